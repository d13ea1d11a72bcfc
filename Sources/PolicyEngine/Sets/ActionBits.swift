extension PolicyEngine {
  /// Some actions of a catalogue, one bit each: what a subject may do, say.
  ///
  /// In the order of the catalogue. Asking for one action costs a load.
  public struct ActionBits: Sequence, Hashable, Sendable {
    let bits: BitWords
    private let engine: PolicyEngine

    init(_ bits: BitWords, of engine: PolicyEngine) {
      self.bits = bits
      self.engine = engine
    }

    /// How many actions there are.
    ///
    /// - Complexity: O(actions / 64).
    public var count: Int { bits.count }

    /// Whether there is none.
    ///
    /// - Complexity: O(actions / 64).
    public var isEmpty: Bool { bits.isEmpty }

    /// Whether an action is among them; never for one of another catalogue.
    public func contains(_ action: Action) -> Bool {
      engine.isHome(of: action) && bits.contains(Int(action.position))
    }

    /// The names of the actions.
    ///
    /// - Complexity: O(actions).
    public var names: [String] { map { engine.name(of: $0) } }

    /// The actions, one after the other.
    public func makeIterator() -> Iterator { Iterator(bits: bits, engine: engine) }

    /// Goes through actions in the order of the catalogue.
    public struct Iterator: IteratorProtocol {
      let bits: BitWords
      let engine: PolicyEngine
      var position = 0
      var service = 0

      /// The next action; nil after the last.
      public mutating func next() -> Action? {
        guard let found = bits.next(from: position) else { return nil }
        position = found + 1
        let services = engine.tables.services
        while services[service].words.range.upperBound <= found >> 6 { service += 1 }
        let record = services[service]
        let offset = found - Int(record.words.start) << 6
        return engine.action(at: record.actions.start + UInt32(offset))
      }
    }

    /// Whether both hold the same actions of the same catalogue.
    public static func == (left: ActionBits, right: ActionBits) -> Bool {
      left.bits == right.bits
        && left.engine.tables.catalogueIdentity == right.engine.tables.catalogueIdentity
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(bits) }
  }

  /// Every action that a subject may do, all else being as in a request, whatever its action.
  ///
  /// Attributes count for the actions whose services have them. - Complexity: O(actions / 64), and
  /// for each action that the subject's policies leave open, as much as deciding it.
  public func allowedActions(_ request: Request) -> ActionBits {
    precondition(isHome(of: request.subject), "a subject is one of the engine that decides")
    let subject = request.subject
    let header = unsafe SubjectHeader.before(subject.cells)
    var bits = BitWords(wordCount: tables.summary(.wordCount))
    for service in tables.services.indices {
      let record = tables.services[service]
      for word in record.words.range {
        let halves = unsafe (subject.cells[2 * word], subject.cells[2 * word + 1])
        let low = Bits.gathered(halves.0) | Bits.gathered(halves.1) << 32
        let high = Bits.gathered(halves.0 >> 1) | Bits.gathered(halves.1 >> 1) << 32
        var allowed = low & ~high
        var open = low & high
        while open != 0 {
          let bit = open.trailingZeroBitCount
          open &= open - 1
          let position = UInt32(word) << 6 | UInt32(bit)
          let cell = unsafe header.decide(position, request.unit.code, request.classes)
          if cell == 1 { allowed |= 1 << UInt64(bit) }
        }
        bits[word: word] = allowed
      }
    }
    return ActionBits(bits, of: self)
  }

  /// Every action that a subject may do when nothing is known of the context, and of the resource
  /// at most where it belongs.
  ///
  /// - Complexity: O(actions / 64), and for each action that the subject's policies leave open, as
  ///   much as deciding it.
  public func allowedActions(_ subject: Subject, in unit: Unit = .unknown) -> ActionBits {
    guard tables.actions.count > 0 else { return ActionBits(BitWords(wordCount: 0), of: self) }
    var request = Request(subject, action(at: 0), false)
    request.unit = unit
    return allowedActions(request)
  }
}
