import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  static let codeAction = Feature(
    "textDocument/codeAction",
    "codeActionProvider",
    options: ["codeActionKinds": ["quickfix", "refactor"]],
    .analysed { (question, analysis) throws(ResponseError) in
      let range = try TextRange(try question.params.required("range"))
      let lower = UInt32(question.layout.offset(range.start))
      let span = SourceSpan(
        file: question.file,
        lower: lower,
        upper: UInt32(question.layout.offset(range.end))
      )
      let only = question.params.at("context", "only")?.elements?.compactMap(\.text)
      func isWanted(_ kind: String) -> Bool {
        only?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true
      }
      var judged = analysis
      if judged.judged == nil { judged.judge() }
      var layouts = LayoutCache(analysis.snapshot)
      var actions: [JSONValue] = []
      if isWanted("quickfix") {
        for finding in judged.diagnostics where finding.primary.span.touches(span) {
          actions += fixes(of: finding, &layouts)
          if let action = suppression(of: finding, question, &layouts) { actions.append(action) }
        }
      }
      if isWanted("refactor"), let action = addTest(at: span, question, analysis, &layouts) {
        actions.append(action)
      }
      return .array(actions)
    }
  )

  private static func fixes(of finding: Diagnostic, _ layouts: inout LayoutCache) -> [JSONValue] {
    finding.fixes.map { fix in
      [
        "title": .string(fix.title), "kind": "quickfix",
        "diagnostics": [DiagnosticMessage.json(finding, &layouts)],
        "isPreferred": .bool(fix.isSafe && finding.fixes.count == 1),
        "edit": WorkspaceEdit.json(fix.edits, &layouts),
      ]
    }
  }

  /// An annotation without its reason, which is an error until the reason is written.
  private static func suppression(
    of finding: Diagnostic,
    _ question: Question,
    _ layouts: inout LayoutCache
  ) -> JSONValue? {
    guard finding.severity != .error,
      SetSettings.suppressible.contains(where: { $0.code == finding.code })
    else { return nil }
    let tree = question.tree
    let kinds: Set<NodeKind> = [
      .rule, .member, .service, .attribute, .unit, .policy, .catalogue, .letDeclaration, .group,
      .ou, .assign, .test, .canAssertion, .onlyAssertion, .holdsAssertion,
    ]
    let path = tree.path(at: Int(finding.primary.span.lower))
    guard let index = path.lastIndex(where: { kinds.contains(tree.kind($0)) }) else { return nil }
    // The root unit's annotations are those of its `ou`.
    let isRoot = tree.kind(path[index]) == .unit && tree.kind(path[index - 1]) == .ou
    let place = tree.span(path[isRoot ? index - 1 : index]).start
    let text = "@suppress(\(finding.code.rawValue), \"\") "
    return [
      "title": .string("suppress `\(finding.code.rawValue)` here, with a reason"),
      "kind": "quickfix", "diagnostics": [DiagnosticMessage.json(finding, &layouts)],
      "edit": WorkspaceEdit.json([Edit(place, text)], &layouts),
    ]
  }

  private static func addTest(
    at span: SourceSpan,
    _ question: Question,
    _ analysis: SetAnalysis,
    _ layouts: inout LayoutCache
  ) -> JSONValue? {
    guard !analysis.findings.hasErrors,
      let rule = question.tree.innermost([.rule], at: Int(span.lower)),
      let policy = question.tree.innermost([.policy], at: Int(span.lower)),
      let index = analysis.rule(at: Int(question.tree.span(rule).lower), in: question.file),
      let text = TestWriter(analysis.set, of: index).text
    else { return nil }
    let edit = Edit(question.tree.span(policy).end, "\n\n" + text)
    return [
      "title": "add a test for this rule", "kind": "refactor",
      "edit": WorkspaceEdit.json([edit], &layouts),
    ]
  }
}

extension SourceSpan {
  func touches(_ other: SourceSpan) -> Bool {
    file == other.file && lower <= other.upper && upper >= other.lower
  }
}
