import PolicySource
import PolicySyntax

extension SyntaxTree {
  /// The fix that takes an element out of a list, with a comma; none where a comment stands there.
  ///
  /// The fixes of all elements that go (`removed`, of which one at least is left) can be applied
  /// together: their edits do not overlap.
  func removal(of position: Int, from list: [NodeID], removed: Set<Int>, _ title: String) -> Fix? {
    let isFirstLeft = (0..<position).allSatisfy { removed.contains($0) }
    let own = span(list[position])
    let extent: SourceSpan
    if isFirstLeft {
      guard position + 1 < list.count else { return nil }
      let next = span(list[position + 1])
      extent = SourceSpan(file: file, lower: own.lower, upper: next.lower)
    } else {
      let previous = span(list[position - 1])
      extent = SourceSpan(file: file, lower: previous.upper, upper: own.upper)
    }
    guard !text(extent).contains("//") else { return nil }
    return Fix(title, [Edit(extent, "")])
  }
}
