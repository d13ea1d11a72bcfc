import PolicyChecker
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension LargeSet {
  /// The engine of the whole set; nil if it does not check.
  func engine() -> PolicyEngine? {
    compiled().flatMap { try? PolicyEngine(bytes: $0) }
  }

  /// The bytes of its tables; nil if it does not check.
  func compiled() -> [UInt8]? {
    let sources = SourceMap(texts.map { SourceFile(path: $0.name + ".pol", text: $0.text) })
    let trees = sources.ids.map { parse(sources[$0], as: $0) }
    let checked = check(trees.map(\.value), sources: sources)
    guard !(trees.flatMap(\.diagnostics) + checked.diagnostics).hasErrors else { return nil }
    return compile(checked.value).bytes
  }
}
