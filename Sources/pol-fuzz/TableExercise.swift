import PolicyDirectory
import PolicyEngine
import PolicyHosting

/// Everything that anyone does with compiled policies that anyone may have made: deciding, listing,
/// logging, granting, and comparing them with others and putting them in force.
///
/// What leaves its memory stops debug builds, where every read is checked, and is what the sanitizer
/// looks for in others.
struct TableExercise {
  private let engine: PolicyEngine
  private let context: FuzzContext
  private let actions: [PolicyEngine.Action]

  init(_ engine: PolicyEngine, _ context: FuzzContext) {
    self.engine = engine
    self.context = context
    actions = engine.actionNames.prefix(8).compactMap { try? engine.action($0) }
  }

  /// Which promise does not hold; nil when all do.
  func problem() -> String? {
    decideDocuments()
    for subject in subjects() {
      if let problem = decidePrepared(subject) { return problem }
    }
    grant()
    return compare() ?? replace(context.engine, by: engine) ?? replace(engine, by: context.engine)
  }

  private func decideDocuments() {
    _ = engine.policyNames + engine.unitPaths
    for document in context.documents {
      var document = document
      _ = try? engine.explain(document)
      for action in actions {
        document.action = engine.name(of: action)
        _ = try? engine.decide(document)
        _ = try? engine.explain(document)
        var lines: [UInt8] = []
        var log = PolicyEngine.DecisionLog(of: engine)
        _ = try? log.append(document, decidedBy: engine, to: &lines)
      }
    }
  }

  private func subjects() -> [PolicyEngine.Subject] {
    var principals: [(PolicyEngine.Principal, RequestDocument)] = []
    for document in context.documents {
      principals.append((.user(document.subjectID), document))
      principals.append((.serviceAccount(document.subjectID), document))
    }
    principals.append((.anonymous, RequestDocument(action: "")))
    return principals.compactMap { principal, document in
      (try? engine.subject(principal, holding: document.policies, groups: document.groups))
        ?? (try? engine.subject(principal))
    }
  }

  /// Values of every type, some of which every attribute refuses.
  private static let values: [RawValue] = [
    .bool(true), .bool(false), .int(3), .int(.max), .string("eu"), .string("10.1.2.3"),
    .string("2001:db8::1"), .string("2026-01-01T00:00:00Z"), .string("a/b"),
    .object(type: "user", id: "ada"), .object(type: "service-account", id: "bot"), .array([]),
    .array([.string("eu"), .string("a/b")]), .array([.object(type: "user", id: "ada")]),
  ]

  private func decidePrepared(_ subject: PolicyEngine.Subject) -> String? {
    guard let first = actions.first else { return nil }
    var request = engine.request(subject, first, keepingValues: true)
    var log = PolicyEngine.DecisionLog(of: engine)
    log.hasPlaces = true
    var lines: [UInt8] = []
    for round in 0..<3 {
      for index in 0..<engine.attributeCount where round > 0 {
        guard let attribute = engine.attribute(at: index) else { continue }
        for offset in Self.values.indices {
          let value = Self.values[(offset + round * 7) % Self.values.count]
          if (try? request.set(attribute, value)) != nil { break }
        }
      }
      request.setResourceID("ada")
      request.unit = round == 0 ? .outside : unit()
      let allowed = engine.allowedActions(request)
      for action in actions {
        request.action = action
        let decision = engine.decide(request)
        guard allowed.contains(action) == decision.isAllowed else {
          return "what is allowed is not what is decided"
        }
        _ = engine.explain(request)
        guard log.append(request, to: &lines) == decision else { return "the log says otherwise" }
      }
    }
    return nil
  }

  private func unit() -> PolicyEngine.Unit {
    engine.unitPaths.last.flatMap { try? engine.unit($0) } ?? .unknown
  }

  /// Compares with the policies of the corpus, whose digests changed tables often have.
  private func compare() -> String? {
    for action in actions {
      let answers = engine.whoCan(action)
      for policy in answers.yes where answers.depends.contains(policy) {
        return "a policy says yes and perhaps"
      }
    }
    for (new, old) in [(engine, context.engine), (context.engine, engine)] {
      _ = new.unsettledConditions(since: old)
      if new.changes(since: old, naming: 0).widened == 0, isWider(new, than: old) {
        return "more is allowed, and nothing is said to be widened"
      }
    }
    return nil
  }

  /// Whether a request that one allows is denied by the other.
  private func isWider(_ new: PolicyEngine, than old: PolicyEngine) -> Bool {
    for document in context.documents {
      var document = document
      for action in actions {
        document.action = engine.name(of: action)
        guard let now = try? new.decide(document), let then = try? old.decide(document) else {
          continue
        }
        if now.isAllowed, !then.isAllowed { return true }
      }
    }
    return false
  }

  /// Puts policies in force in place of others, if they meet conditions.
  private func replace(_ old: PolicyEngine, by new: PolicyEngine) -> String? {
    for conditions in [.sameCatalogue, .builtInPoliciesUnchanged, .nothingWidened, []]
      as [ReplacementConditions]
    {
      let reference = PolicyEngineReference(old)
      guard (try? reference.replace(with: new, if: conditions)) != nil else { continue }
      guard conditions == .sameCatalogue else { continue }
      // What was looked up before means the same afterwards.
      for name in old.actionNames {
        guard let action = try? old.action(name), new.isHome(of: action),
          new.name(of: action).utf8.elementsEqual(name.utf8)
        else { return "an action is another one in the same catalogue" }
      }
    }
    return nil
  }

  private func grant() {
    var snapshot = DirectorySnapshot(engine)
    let units = [nil, engine.unitPaths.first]
    let subjects: [GrantSubject] = [
      .everyone, .anonymous, .user("ada"), .serviceAccount("bot"), .group("staff"),
    ]
    for policy in engine.policyNames.prefix(4) {
      for subject in subjects {
        for unit in units { _ = try? snapshot.grant(PolicyGrant(policy, to: subject, in: unit)) }
      }
    }
    for principal in [.user("ada"), .user(nil), .serviceAccount(nil), .anonymous]
      as [PolicyEngine.Principal]
    {
      guard let subject = try? snapshot.subject(principal) else { continue }
      _ = decidePrepared(subject)
    }
    _ = try? snapshot.moved(to: context.engine)
    _ = try? DirectorySnapshot(context.engine, snapshot.grants).moved(to: engine)
  }
}
