package import PolicyModel

/// A run of actions for which a policy decides alike, and how.
package struct CellRun: Hashable, Sendable {
  package let actions: Range<Int>
  package let cell: Diagram

  package init(actions: Range<Int>, cell: Diagram) {
    self.actions = actions
    self.cell = cell
  }
}

/// The cells of a policy, from its rules' actions and what each rule contributes.
///
/// The ends of the rules' ranges cut the actions into segments; a tree over the segments holds each
/// range at the O(log n) nodes that make it up (a segment tree: J. Bentley, 1977). What a segment
/// decides is the union of the nodes above it, so that neither wide patterns nor many rules for one
/// action make the work more than O(n log n) combinations in the number of ranges.
package func sweep(
  _ rules: [(actions: ActionSet, contribution: Diagram)],
  in store: inout DiagramStore
) -> [CellRun] {
  let bounds = Set(
    rules.flatMap { $0.actions.ranges.flatMap { [$0.lowerBound, $0.upperBound] } }
  ).sorted()
  guard bounds.count > 1 else { return [] }
  var segmentAt: [Int: Int] = [:]
  for (index, bound) in bounds.enumerated() { segmentAt[bound] = index }
  var width = 1
  while width < bounds.count - 1 { width *= 2 }
  var contributions = [[Diagram]](repeating: [], count: 2 * width)
  for rule in rules where rule.contribution != .nothing {
    for range in rule.actions.ranges {
      guard var low = segmentAt[range.lowerBound].map({ $0 + width }),
        var high = segmentAt[range.upperBound].map({ $0 + width })
      else { continue }
      while low < high {
        if low % 2 == 1 {
          contributions[low].append(rule.contribution)
          low += 1
        }
        if high % 2 == 1 {
          high -= 1
          contributions[high].append(rule.contribution)
        }
        low /= 2
        high /= 2
      }
    }
  }
  var cells = [Diagram](repeating: .nothing, count: 2 * width)
  for node in 1..<2 * width {
    let above = node == 1 ? Diagram.nothing : cells[node / 2]
    let own = contributions[node]
    cells[node] =
      own.isEmpty || above == .deny
      ? above : store.combine(.or, above, own.count == 1 ? own[0] : store.reduce(.or, own))
  }
  var runs: [CellRun] = []
  for index in 0..<bounds.count - 1 where cells[width + index] != .nothing {
    let cell = cells[width + index]
    if let last = runs.last, last.cell == cell, last.actions.upperBound == bounds[index] {
      runs[runs.count - 1] = CellRun(
        actions: last.actions.lowerBound..<bounds[index + 1],
        cell: cell
      )
    } else {
      runs.append(CellRun(actions: bounds[index]..<bounds[index + 1], cell: cell))
    }
  }
  return runs
}
