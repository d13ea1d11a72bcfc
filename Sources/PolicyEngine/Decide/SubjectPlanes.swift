/// What the policies of a subject decide together, whatever the resource and the attributes are.
struct SubjectPlanes {
  /// For up to 64 actions each: what is allowed, what is denied, and what is open.
  private var words: [(allow: UInt64, deny: UInt64, open: UInt64)]
  /// What is open there, and by which policy; nil where nothing is.
  private var openWords: [SubjectRoutes.Word?]

  /// Unites what grants decide.
  ///
  /// - Complexity: O(policies × words), a word for every 64 actions.
  init(_ tables: Tables, _ grants: [SubjectGrant], _ known: inout SubjectKnowledge) {
    words = Array(repeating: (0, 0, 0), count: tables.summary(.wordCount))
    openWords = Array(repeating: nil, count: words.count)
    var united: Set<UInt32> = []
    for grant in grants where !grant.isPlain || united.insert(grant.policy).inserted {
      for service in tables.services.indices {
        let range = tables.services[service].words.range
        let page = Int(tables.pages[Int(grant.policy) * tables.services.count + service])
        for offset in 0..<range.count {
          let plane = tables.planes[page + offset]
          let (low, high) = known.closed(plane)
          add(low, high, grant, at: range.lowerBound + offset)
          if low | high != 0 { addOpen(low, high, grant, plane, at: range.lowerBound + offset) }
        }
      }
    }
  }

  private mutating func add(_ low: UInt64, _ high: UInt64, _ grant: SubjectGrant, at word: Int) {
    let conditional = low & high
    if grant.isPlain {
      words[word].allow |= low & ~conditional
      words[word].deny |= high & ~conditional
      words[word].open |= conditional
    } else {
      // Only a deny counts of what is perhaps in force.
      words[word].open |= grant.truth == 2 ? low | high : high
    }
  }

  /// Remembers whose the open cells are.
  private mutating func addOpen(
    _ low: UInt64,
    _ high: UInt64,
    _ grant: SubjectGrant,
    _ plane: PlaneRecord,
    at index: Int
  ) {
    let conditional = low & high
    guard !grant.isPlain || conditional != 0 else { return }
    var word = openWords[index] ?? SubjectRoutes.Word()
    openWords[index] = nil
    if grant.isPlain {
      word.add(conditional, of: plane)
    } else {
      word.mixed |= low | high
    }
    openWords[index] = word
  }

  /// Calls a function with the two planes of every word, and what is allowed where it is open; and
  /// finds the tables of what is open.
  func settle(
    _ routes: inout SubjectRoutes,
    _ body: (_ word: Int, _ low: UInt64, _ high: UInt64, _ allowed: UInt64) -> Void
  ) {
    for (index, word) in words.enumerated() {
      let open = word.open & ~word.deny
      body(index, open | word.allow & ~word.deny, open | word.deny, word.allow & open)
      routes.add(openWords[index], open: open)
    }
  }
}

/// Bit arithmetic.
enum Bits {
  /// The halves of two words, bit by bit in turn: those of `low` are even.
  static func interleaved(_ low: UInt64, _ high: UInt64, half: Int) -> UInt64 {
    let shift = UInt64(half * 32)
    return spread(low &>> shift) | spread(high &>> shift) << 1
  }

  /// Puts the low 32 bits of a word at its even positions, the odd ones being 0.
  ///
  /// After H. S. Warren, "Hacker's Delight", 7-2.
  static func spread(_ word: UInt64) -> UInt64 {
    var bits = word & 0xffff_ffff
    bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff
    bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff
    bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333
    return (bits | bits << 1) & 0x5555_5555_5555_5555
  }

  /// Brings the bits at even positions together in the low half: what `spread` takes apart.
  static func gathered(_ word: UInt64) -> UInt64 {
    var bits = word & 0x5555_5555_5555_5555
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333
    bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f
    bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff
    bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff
    return (bits | bits >> 16) & 0x0000_0000_ffff_ffff
  }
}
