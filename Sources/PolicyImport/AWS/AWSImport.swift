import PolicyModel
import PolicyReport
import PolicySource

/// AWS IAM: policy documents, each a policy, its statements rules.
///
/// The action `s3:GetObject` of a request is `s3.GetObject`, its resource's ARN `resource.arn`, and
/// condition keys are attributes of the context.
struct AWSImport {
  private let documents: [AWSDocument]
  private let actions: AWSActions
  private var keys: AWSKeys
  private var report: ImportReport
  private var draft = PolicyDraft(catalogue: "aws")
  private var names: Set<Name> = []

  static func draft(
    of sources: SourceMap,
    _ options: ImportOptions,
    _ report: inout ImportReport
  ) -> PolicyDraft? {
    var reader = AWSReader(report: report)
    let documents = sources.ids.compactMap { reader.document(sources[$0], as: $0) }
    var importer = AWSImport(documents, options.known, reader.report)
    for document in documents { importer.write(document) }
    report = importer.report
    importer.draft.attributes = importer.keys.declared
    if !(options.known?.areDeclared ?? false) { importer.draft.actions = importer.actions.all }
    return importer.draft
  }

  private init(_ documents: [AWSDocument], _ known: KnownActions?, _ report: ImportReport) {
    self.documents = documents
    actions = AWSActions(documents, known: known)
    keys = AWSKeys(documents, known: known)
    self.report = report
  }

  private mutating func write(_ document: AWSDocument) {
    var rules: [PolicyDraft.Rule] = []
    for (index, statement) in document.statements.enumerated() {
      guard let rule = rule(statement, in: document) else { continue }
      guard statement.principals != nil else {
        rules.append(rule)
        continue
      }
      let subjects = subjects(of: statement)
      guard !subjects.isEmpty else { continue }
      let name = Name("\(document.name.text)/\(statement.sid ?? String(index + 1))")
      add(PolicyDraft.Policy(name: name, isRole: false, rules: [rule]), at: statement.span)
      draft.assignments.append(PolicyDraft.Assignment(policies: [name], subjects: subjects))
    }
    if !rules.isEmpty || !document.statements.contains(where: { $0.principals != nil }) {
      add(PolicyDraft.Policy(name: document.name, isRole: false, rules: rules), at: document.span)
    }
  }

  private mutating func add(_ policy: PolicyDraft.Policy, at span: SourceSpan) {
    guard policy.name.isSayable else {
      return report.refused(
        span,
        "a policy cannot be called `\(policy.name.text)`",
        help: "rename the file, or the `Sid`"
      )
    }
    guard names.insert(policy.name).inserted else {
      return report.refused(
        span,
        "there are two policies `\(policy.name.text)`",
        help: "rename one of the files, or one `Sid`"
      )
    }
    draft.policies.append(policy)
  }

  /// The rule of a statement; nil where it decides nothing.
  private mutating func rule(
    _ statement: AWSStatement,
    in document: AWSDocument
  ) -> PolicyDraft.Rule? {
    guard let actions = written(statement), isOfNamedResources(statement) else { return nil }
    var conditions = AWSConditions(
      effect: statement.effect,
      hasVariables: document.hasVariables,
      keys: keys,
      report: report
    )
    var parts: [DraftCondition] = []
    if let resources = statement.resources { parts.append(conditions.resources(resources)) }
    for condition in statement.conditions { parts.append(conditions.condition(condition)) }
    parts += conditions.variables.sorted().map { .check("has \($0)") }
    keys = conditions.keys
    report = conditions.report
    guard !parts.contains(where: \.isNever) else {
      if statement.effect == .deny { report.remark(statement.span, "this denies nothing") }
      return nil
    }
    return PolicyDraft.Rule(
      effect: statement.effect,
      actions: actions,
      condition: .every(parts),
      comments: statement.sid.map { [$0] } ?? []
    )
  }

  /// Whether a statement can be said of the resources that it names.
  ///
  /// One that names none, as in the trust policy of a role, is about the one resource that has the
  /// policy. Said of all it may deny, and never allow.
  private mutating func isOfNamedResources(_ statement: AWSStatement) -> Bool {
    guard statement.resources == nil else { return true }
    let message = "there is no `Resource`, and no file names the one that has this policy"
    guard statement.effect == .deny else {
      report.leftOut(statement.span, message, help: "add the `Resource` to the statement")
      return false
    }
    report.deniesMore(statement.span, message + ", so that all are denied")
    return true
  }

  /// The patterns of a statement; nil where they reach nothing.
  private mutating func written(_ statement: AWSStatement) -> String? {
    for text in statement.actions.texts where !AWSActions.isWellFormed(text.text) {
      report.unreadable(text.span, "`\(text.text)` is no action")
    }
    let patterns = statement.actions.texts.filter { AWSActions.isWellFormed($0.text) }
    let isAllow = statement.effect == .allow
    for text in patterns where actions.matches(text.text).isEmpty && !statement.actions.isNegated {
      let message = "there is no action `\(text.text)` in the files, or the catalogue"
      if isAllow {
        report.leftOut(text.span, message, help: "`--catalogue` says which there are")
      } else {
        report.remark(text.span, message)
      }
    }
    let reaching = patterns.filter { !actions.matches($0.text).isEmpty }.map(\.text)
    let reached = reaching.reduce(into: Set<ActionName>()) { $0.formUnion(actions.matches($1)) }
    if isAllow, !actions.isComplete {
      for text in patterns where AWSActions.isPattern(text.text) && !statement.actions.isNegated {
        let count = actions.matches(text.text).count
        guard count > 0 else { continue }
        tellReach(text.text, count, at: text.span)
      }
    }
    guard statement.actions.isNegated else {
      return reached.isEmpty ? nil : actions.written(reaching)
    }
    let rest = actions.all.subtracting(reached)
    if isAllow, !actions.isComplete {
      tellReach("NotAction", rest.count, at: patterns.first?.span ?? statement.span)
    }
    guard !rest.isEmpty else { return nil }
    return reached.isEmpty ? "*" : "* except \(actions.written(reaching))"
  }

  private mutating func tellReach(_ text: String, _ count: Int, at span: SourceSpan) {
    report.leftOut(
      span,
      "`\(text)` reaches only the \(Tally.count(count, "action")) that the files name",
      help: "`--catalogue` says which there are"
    )
  }

  /// Whom a statement of a resource's policy is about: everyone, or users by their ARNs.
  private mutating func subjects(of statement: AWSStatement) -> [PolicyDraft.Subject] {
    guard let principals = statement.principals else { return [] }
    let isDeny = statement.effect == .deny
    func tell(_ span: SourceSpan, _ message: String, _ report: inout ImportReport) {
      if isDeny {
        report.deniesMore(span, message + ", so that everyone is denied")
      } else {
        report.leftOut(span, message)
      }
    }
    guard !principals.isNegated else {
      tell(statement.span, "`NotPrincipal` has no equal here", &report)
      return isDeny ? [.everyone] : []
    }
    var subjects: Set<PolicyDraft.Subject> = []
    for principal in principals.texts {
      if principal.text == "*" || principal.text == "AWS:*" {
        subjects.insert(.everyone)
        continue
      }
      let arn = Name(String(principal.text.dropFirst(4)))
      let parts = arn.text.split(separator: ":", omittingEmptySubsequences: false)
      if principal.text.hasPrefix("AWS:arn:"), parts.count == 6, parts[2] == "iam",
        parts[5].hasPrefix("user/"), !AWSActions.isPattern(arn.text), arn.isSayableAsID
      {
        subjects.insert(.user(arn))
        continue
      }
      tell(principal.span, "`\(principal.text)` is no user and not everyone", &report)
      if isDeny { subjects.insert(.everyone) }
    }
    return subjects.contains(.everyone) ? [.everyone] : subjects.sorted()
  }
}
