import PolicyEngine

/// Maps from classes to numbers, each stored once.
struct MapLayout: Sendable {
  private(set) var maps: [MapRecord] = []
  private(set) var values: [UInt32] = []
  private var known: [Key: UInt32] = [:]

  private struct Key: Hashable {
    let classCount: UInt32
    let numbers: [UInt32]
  }

  /// The position of a map that is given by runs of classes.
  ///
  /// Dense where that is small, else by runs: a variable with ten thousand classes, of which one
  /// cell tells two apart, costs that cell two runs. - Complexity: O(classes, or runs).
  mutating func add(_ runs: [(firstClass: UInt32, value: UInt32)], classCount: UInt32) -> UInt32 {
    let isDense = classCount <= 64 || Int(classCount) <= 4 * runs.count
    var numbers: [UInt32] = []
    if isDense {
      for (index, run) in runs.enumerated() {
        let end = index + 1 < runs.count ? runs[index + 1].firstClass : classCount
        numbers += repeatElement(run.value, count: Int(end - run.firstClass))
      }
    } else {
      numbers = runs.map(\.firstClass) + runs.map(\.value)
    }
    let key = Key(classCount: classCount, numbers: [isDense ? 0 : 1] + numbers)
    if let found = known[key] { return found }
    maps.append(
      MapRecord(
        offset: UInt32(values.count),
        runs: isDense ? 0 : UInt32(runs.count),
        classCount: classCount,
        highest: runs.map(\.value).max() ?? 0
      )
    )
    values += numbers
    known[key] = UInt32(maps.count - 1)
    return UInt32(maps.count - 1)
  }
}
