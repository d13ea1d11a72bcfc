import PolicyAnalysis
import PolicyChecker
import PolicyLint
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// What is to be shown right after a keystroke: the findings of the last whole check, with those of
/// the declarations that have changed since found anew.
struct QuickFindings {
  let diagnostics: [Diagnostic]
  /// Whether a whole check can be expected to say the same of the parser's and checker's findings.
  let isComplete: Bool

  /// - Complexity: O(bytes of the changed file + size of the changed declarations + findings).
  init(_ snapshot: SetSnapshot, since base: SetAnalysis) {
    let syntax = snapshot.parsed.flatMap(\.diagnostics)
    guard let change = FileChange(from: base.snapshot, to: snapshot) else {
      isComplete = snapshot.hasSameText(as: base.snapshot)
      diagnostics = isComplete ? base.diagnostics : syntax.inSourceOrder()
      return
    }
    let errors = base.checked.staged.diagnostics.filter { $0.severity == .error }
    let kept = change.kept(errors)
    let added =
      change.isLocal
      ? base.checked.recheck(
        change.newNodes,
        of: change.tree.renumbered(as: change.strangerFile),
        replacing: change.oldSpan
      ) : nil
    // A mistake in a `let` is said once, with one of its uses.
    let known = Set(kept.map { Place(code: $0.code, span: $0.primary.span) })
    let new = (added ?? []).compactMap { change.moved($0) }
      .filter { !known.contains(Place(code: $0.code, span: $0.primary.span)) }
    let found = findings(syntax: syntax, names: kept + new)
    diagnostics =
      (found + Self.judgements(of: base, after: change, isChecked: !found.hasErrors))
      .inSourceOrder()
    isComplete = added != nil
  }

  private struct Place: Hashable {
    let code: DiagnosticCode
    let span: SourceSpan
  }

  /// What was judged of an older text, where that still stands.
  static func judgements(
    of base: SetAnalysis,
    movedTo snapshot: SetSnapshot,
    isChecked: Bool
  ) -> [Diagnostic] {
    guard let change = FileChange(from: base.snapshot, to: snapshot) else { return [] }
    return judgements(of: base, after: change, isChecked: isChecked)
  }

  /// Warnings and notes of the checker, lints, and assertions that do not hold; those that need the
  /// meaning of the policies only while they have one.
  private static func judgements(
    of base: SetAnalysis,
    after change: FileChange,
    isChecked: Bool
  ) -> [Diagnostic] {
    let old = base.diagnostics.filter { finding in
      if syntaxCodes.contains(finding.code) { return false }
      if finding.severity == .error, checkerCodes.contains(finding.code) { return false }
      return isChecked || !meaningCodes.contains(finding.code)
    }
    return change.kept(old)
  }

  private static let syntaxCodes = Set(syntaxPages.map(\.code))
  private static let checkerCodes = Set(checkerPages.map(\.code))
  private static let meaningCodes = Set(
    analysisPages.map(\.code) + allLints.filter { $0.needs == .checkedSet }.map(\.code)
  )
}

extension SetSnapshot {
  fileprivate func hasSameText(as other: SetSnapshot) -> Bool {
    sources.files.count == other.sources.files.count
      && zip(sources.files, other.sources.files)
        .allSatisfy { $0.path == $1.path && $0.bytes == $1.bytes }
  }
}

/// How one file of a set differs from what it was.
private struct FileChange {
  let file: FileID
  let tree: SyntaxTree
  /// A file that neither set has: the places of what is checked anew are told by it.
  let strangerFile: FileID
  /// The old text of the declarations that changed, and the new declarations.
  let oldSpan: SourceSpan
  let newNodes: [NodeID]
  /// Whether all other declarations are what and where they were.
  let isLocal: Bool

  private let lower: UInt32
  /// Where in the old text what is the same up to the end begins.
  private let oldUpper: UInt32
  private let newUpper: UInt32

  /// Nil unless exactly one file differs.
  init?(from old: SetSnapshot, to new: SetSnapshot) {
    guard old.sources.files.count == new.sources.files.count else { return nil }
    var changed: FileID?
    for id in new.sources.ids {
      guard old.sources[id].path == new.sources[id].path else { return nil }
      if old.sources[id].bytes == new.sources[id].bytes { continue }
      guard changed == nil else { return nil }
      changed = id
    }
    guard let changed else { return nil }
    file = changed
    tree = new.tree(changed)
    strangerFile = FileID(new.sources.files.count)
    let oldBytes = old.sources[changed].bytes
    let newBytes = new.sources[changed].bytes
    let same = Self.commonEnds(oldBytes, newBytes)
    lower = UInt32(same.prefix)
    oldUpper = UInt32(oldBytes.count - same.suffix)
    newUpper = UInt32(newBytes.count - same.suffix)
    let oldTree = old.tree(changed)
    let before = Self.split(oldTree, lower, oldUpper)
    let after = Self.split(tree, lower, newUpper)
    newNodes = after.touched
    let spans = before.touched.map { oldTree.span($0) }
    let point = SourceSpan(file: changed, lower: lower, upper: oldUpper)
    oldSpan = spans.reduce(point) { $0.union($1) }
    let kinds: Set<NodeKind> = [
      .policy, .test, .assign, .canAssertion, .onlyAssertion, .holdsAssertion,
    ]
    isLocal =
      before.earlier == after.earlier && before.later == after.later
      && before.touched.allSatisfy { kinds.contains(oldTree.kind($0)) }
  }

  private static func commonEnds(_ old: [UInt8], _ new: [UInt8]) -> (prefix: Int, suffix: Int) {
    let shorter = min(old.count, new.count)
    var prefix = 0
    while prefix < shorter, old[prefix] == new[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] {
      suffix += 1
    }
    return (prefix, suffix)
  }

  /// The declarations that a run of bytes touches, and how many are before and after it.
  private static func split(
    _ tree: SyntaxTree,
    _ lower: UInt32,
    _ upper: UInt32
  ) -> (earlier: Int, touched: [NodeID], later: Int) {
    let nodes = tree.nodes(tree.root)
    let touched = nodes.filter { tree.span($0).upper >= lower && tree.span($0).lower <= upper }
    let earlier = nodes.count { tree.span($0).upper < lower }
    return (earlier, touched, nodes.count - earlier - touched.count)
  }

  /// The findings about text that did not change, at their new places.
  func kept(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.filter { !concerns($0) }.compactMap { moved($0) }
  }

  /// Whether a finding is about text that changed.
  private func concerns(_ diagnostic: Diagnostic) -> Bool {
    ([diagnostic.primary] + diagnostic.secondary).contains { label in
      label.span.file == file && label.span.upper >= oldSpan.lower
        && label.span.lower <= oldSpan.upper
        && (label.span == diagnostic.primary.span
          || label.text == "used here")
    }
  }

  /// A finding at its place in the new text; nil where that is gone.
  func moved(_ diagnostic: Diagnostic) -> Diagnostic? {
    guard let primary = moved(diagnostic.primary) else { return nil }
    return Diagnostic(
      diagnostic.code,
      diagnostic.message,
      at: primary.span,
      label: primary.text,
      severity: diagnostic.severity,
      secondary: diagnostic.secondary.compactMap(moved),
      notes: diagnostic.notes,
      help: diagnostic.help,
      fixes: diagnostic.fixes.compactMap { fix in
        let edits = fix.edits.compactMap { edit in
          moved(edit.span).map { Edit($0, edit.replacement) }
        }
        return edits.count == fix.edits.count ? Fix(fix.title, edits, isSafe: fix.isSafe) : nil
      }
    )
  }

  private func moved(_ label: Label) -> Label? { moved(label.span).map { Label($0, label.text) } }

  private func moved(_ span: SourceSpan) -> SourceSpan? {
    if span.file == strangerFile {
      return SourceSpan(file: file, lower: span.lower, upper: span.upper)
    }
    guard span.file == file, span.upper > lower else { return span }
    guard span.lower >= oldUpper else {
      // Text that the change lies in: both ends are known when it goes around the change.
      guard span.lower <= lower, span.upper >= oldUpper else { return nil }
      return SourceSpan(file: file, lower: span.lower, upper: span.upper - oldUpper + newUpper)
    }
    return SourceSpan(
      file: file,
      lower: span.lower - oldUpper + newUpper,
      upper: span.upper - oldUpper + newUpper
    )
  }
}
