/// Regions of values, gathered into classes that no question can tell apart.
///
/// Class 0 is left for missing values; the others are numbered by the first region that is in them,
/// so that questions about runs of regions are questions about few runs of classes.
struct Partition: Sendable {
  /// The class of each region.
  let classOfRegion: [UInt32]
  /// How many classes there are, the missing one included.
  let classCount: Int
  /// A region of each class but the missing one, the first.
  let firstRegions: [Int]
  /// The classes in which each question is answered with yes, as runs.
  let runs: [[Range<UInt32>]]

  /// Gathers regions by the answers of some questions.
  ///
  /// A region's answers are a vector of bits, kept as a hash-consed binary tree: equal vectors have
  /// equal roots, and passing from one region to the next costs O(log questions) for each answer
  /// that changes. So equality is exact, and the whole is O(n log n) in regions and runs, where
  /// comparing vectors would be quadratic.
  /// - Parameters:
  ///   - regions: How many there are.
  ///   - impossible: A region that no value is in, if any; it goes with the one before.
  ///   - questions: For each, the runs of regions in which the answer is yes, in any order.
  init(regions: Int, impossible: Int? = nil, questions: [[Range<Int>]]) {
    var toggles = [[Int]](repeating: [], count: regions + 1)
    let merged = questions.map(Partition.merged)
    for (question, ranges) in merged.enumerated() {
      for range in ranges {
        toggles[range.lowerBound].append(question)
        toggles[range.upperBound].append(question)
      }
    }
    var answers = AnswerTree(questions: questions.count)
    var classOfRoot: [UInt32: UInt32] = [:]
    var classes: [UInt32] = []
    var firstRegions: [Int] = []
    var repeats: [Int] = []
    // newBefore[r] is how many classes begin before region r.
    var newBefore: [UInt32] = []
    for region in 0..<regions {
      for question in toggles[region] { answers.toggle(question) }
      newBefore.append(UInt32(firstRegions.count))
      if region == impossible, let last = classes.last {
        classes.append(last)
      } else if let known = classOfRoot[answers.root] {
        classes.append(known)
        repeats.append(region)
      } else {
        firstRegions.append(region)
        classes.append(UInt32(firstRegions.count))
        classOfRoot[answers.root] = UInt32(firstRegions.count)
      }
    }
    newBefore.append(UInt32(firstRegions.count))
    classOfRegion = classes
    classCount = firstRegions.count + 1
    self.firstRegions = firstRegions
    runs = merged.map { ranges in
      var found: [Range<Int>] = []
      for range in ranges {
        let new = Int(newBefore[range.lowerBound]) + 1..<Int(newBefore[range.upperBound]) + 1
        found.append(new)
        var index = Partition.firstIndex(in: repeats, notBelow: range.lowerBound)
        while index < repeats.count, repeats[index] < range.upperBound {
          let number = Int(classes[repeats[index]])
          found.append(number..<number + 1)
          index += 1
        }
      }
      return Partition.merged(found).map { UInt32($0.lowerBound)..<UInt32($0.upperBound) }
    }
  }

  /// The union of ranges, sorted, disjoint and not adjacent.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private static func firstIndex(in sorted: [Int], notBelow bound: Int) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A vector of bits as a hash-consed binary tree, all of them 0 at first.
private struct AnswerTree {
  /// The same number for the same vector, whatever the way that led there.
  private(set) var root: UInt32 = 0
  private let depth: Int
  /// The children of inner nodes; 0 is a tree of zeros of any depth, and 1 the leaf of a one.
  private var children: [(left: UInt32, right: UInt32)] = [(0, 0), (0, 0)]
  private var known: [UInt64: UInt32] = [:]

  init(questions: Int) {
    var depth = 0
    while 1 << depth < questions { depth += 1 }
    self.depth = depth
  }

  /// Flips a bit.
  ///
  /// - Complexity: O(log bits).
  mutating func toggle(_ bit: Int) {
    root = toggled(bit, below: root, depth: depth)
  }

  private mutating func toggled(_ bit: Int, below node: UInt32, depth: Int) -> UInt32 {
    guard depth > 0 else { return 1 - node }
    var (left, right) = node == 0 ? (0, 0) : children[Int(node)]
    if bit >> (depth - 1) & 1 == 0 {
      left = toggled(bit, below: left, depth: depth - 1)
    } else {
      right = toggled(bit, below: right, depth: depth - 1)
    }
    guard left != 0 || right != 0 else { return 0 }
    let key = UInt64(left) << 32 | UInt64(right)
    if let found = known[key] { return found }
    children.append((left, right))
    known[key] = UInt32(children.count - 1)
    return UInt32(children.count - 1)
  }
}
