import PolicyEngine

extension ArtifactContents {
  /// Places all names so that each is found by one look.
  ///
  /// Buckets with the most names first, as in "Hash, Displace, and Compress"; ties by position, so
  /// that equal names give equal tables. Should two names have one hash, the next seed tells them
  /// apart. - Complexity: O(n) expected, about a microsecond for each name.
  mutating func placeNames() {
    displacements = [UInt32](repeating: 0, count: PerfectHash.bucketCount(keys.count))
    guard !keys.isEmpty else { return }
    partTexts()
    var seed: UInt32 = 0
    while !place(seed: seed) { seed += 1 }
    self[.hashSeed] = Int(seed)
  }

  /// Gives names that share a text texts of their own, where all names together would be longer than
  /// the texts: the loader hashes each, and does not do more work than a file is long.
  private mutating func partTexts() {
    let length = keys.reduce(0) { $0 + Int($1.text.length) }
    guard length > text.bytes.count else { return }
    var seen: Set<UInt32> = []
    for index in keys.indices where !seen.insert(keys[index].text.offset).inserted {
      keys[index].text = text.addCopy(of: keys[index].text)
    }
  }

  private mutating func place(seed: UInt32) -> Bool {
    let hashes = unsafe text.bytes.withUnsafeBytes { all in
      keys.map { key in
        let range = Int(key.text.offset)..<Int(key.text.offset) + Int(key.text.length)
        return unsafe ArtifactHash.name(
          UnsafeRawBufferPointer(rebasing: all[range]),
          space: key.space,
          seed: seed
        )
      }
    }
    guard Set(hashes).count == hashes.count else { return false }
    let buckets = Buckets(hashes, count: displacements.count)
    var taken = [Bool](repeating: false, count: keys.count)
    var order = [Int](repeating: 0, count: keys.count)
    var slots: [Int] = []
    for bucket in buckets.largestFirst {
      var displacement: UInt32 = 0
      search: while true {
        guard displacement < 1 << 24 else { return false }
        slots.removeAll(keepingCapacity: true)
        for key in buckets.members(bucket) {
          let slot = PerfectHash.slot(hashes[key], displacement: displacement, of: keys.count)
          if taken[slot] || slots.contains(slot) {
            displacement += 1
            continue search
          }
          slots.append(slot)
        }
        break
      }
      for (slot, key) in zip(slots, buckets.members(bucket)) {
        taken[slot] = true
        order[slot] = key
      }
      displacements[bucket] = displacement
    }
    names = order.map { keys[$0] }
    return true
  }
}

/// Keys by bucket.
private struct Buckets {
  private var starts: [Int]
  private var keys: [Int]

  init(_ hashes: [UInt64], count: Int) {
    starts = [Int](repeating: 0, count: count + 1)
    let buckets = hashes.map { PerfectHash.bucket($0, of: count) }
    for bucket in buckets { starts[bucket + 1] += 1 }
    for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
    var next = starts
    keys = [Int](repeating: 0, count: hashes.count)
    for (key, bucket) in buckets.enumerated() {
      keys[next[bucket]] = key
      next[bucket] += 1
    }
  }

  func members(_ bucket: Int) -> ArraySlice<Int> { keys[starts[bucket]..<starts[bucket + 1]] }

  /// The buckets that hold any, by falling size.
  var largestFirst: [Int] {
    var bySize: [[Int]] = []
    for bucket in 0..<starts.count - 1 {
      let size = starts[bucket + 1] - starts[bucket]
      while bySize.count <= size { bySize.append([]) }
      bySize[size].append(bucket)
    }
    return Array(bySize.dropFirst().reversed().joined())
  }
}
