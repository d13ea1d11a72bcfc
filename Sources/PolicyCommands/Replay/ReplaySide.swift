import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

/// A policy set that recorded requests are decided by.
struct ReplaySide: Sendable {
  /// The argument that named it.
  let name: String
  let engine: PolicyEngine
  /// Its sources; nil where it is compiled.
  let set: PolicySet?
}

extension ReplaySide {
  /// The policy set that an argument names: compiled, or as for `pol diff`.
  init(_ name: String, _ arguments: Arguments, _ console: Console) throws(Failure) {
    if name.hasSuffix(".polc") {
      self.init(name: name, engine: try compiledEngine(at: name), set: nil)
    } else {
      let set = try policySet(named: name, arguments, console)
      let engine = try PolicyCommands.engine(of: try tables(of: set, console))
      self.init(name: name, engine: engine, set: set)
    }
  }

  /// A request as the set takes it, with whether it is allowed; or why it is refused.
  func attempt(_ document: RequestDocument) -> ReplayAttempt {
    do throws(RequestRefusal) {
      let request = try document.resolved(in: engine)
      return .decided(request, isAllowed: engine.decide(request).isAllowed)
    } catch {
      let problems = error.problems.map { $0.withoutValue.description }
      return .refused(problems.joined(separator: "; "))
    }
  }

  /// What a log leaves out, where the decision may rest on it; nothing where it does not.
  ///
  /// An allow rests on none of it: missing information never widens access. Held policies are the
  /// exception, since who does not say them holds none. A deny may, also what is plainly false, because
  /// `has` is false of what is missing; unless the request is denied whatever was left out.
  func missing(_ omitted: [String], to attempt: ReplayAttempt) -> [String] {
    guard !omitted.isEmpty, case .decided(let request, let isAllowed) = attempt else { return [] }
    if isAllowed { return omitted.contains(Self.heldPolicies) ? omitted : [] }
    guard let withheld = withheld(omitted, from: request) else { return omitted }
    return engine.mayBeAllowed(request, knowing: withheld) ? omitted : []
  }

  /// What a log leaves out of a request, in this set; nil where it is more than resource and
  /// attributes, or the set has no such attributes.
  private func withheld(_ omitted: [String], from request: RequestData) -> Withheld? {
    var withheld = Withheld()
    for name in omitted {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let space = RequestSpace(rawValue: parts[0]) else { return nil }
      let isResource = name == Self.resourceID
      if isResource { withheld.hasResourceID = true }
      if let attribute = engine.knownAttribute(space, parts[1], for: request.action) {
        withheld.attributes.insert(attribute.index)
      } else if !isResource {
        return nil
      }
    }
    return withheld
  }

  /// What a log calls the id of the resource.
  private static let resourceID = "resource.id"

  /// What a log calls held policies that it cannot say.
  static let heldPolicies = "subject.policies"

  /// The whole outcome of a request, with what the log leaves out and the decision may rest on.
  func outcome(
    of attempt: ReplayAttempt,
    missing: [String],
    _ scratch: inout DecidingRules
  ) -> ReplayOutcome {
    switch attempt {
    case .refused(let problem): return .refused(problem)
    case .decided(let request, let isAllowed):
      var outcome = ReplayOutcome(effect: isAllowed ? .allow : .deny)
      _ = engine.decide(request, &scratch) { _, _ in }
      scratch.take { outcome.rules.append($0) }
      outcome.missing = missing
      return outcome
    }
  }
}

/// A request of a log as one policy set takes it.
enum ReplayAttempt {
  case decided(RequestData, isAllowed: Bool)
  case refused(String)

  var isAllowed: Bool {
    if case .decided(_, true) = self { true } else { false }
  }

  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// What became of a request on one side.
struct ReplayOutcome: Sendable {
  var effect: ReplayReport.Outcome.Effect
  /// The deciding rules, as the set that decided numbers them.
  var rules: [RuleIndex] = []
  /// The deciding rules, as the log names them.
  var names: [String] = []
  /// What the log leaves out, and a deny may rest on.
  var missing: [String] = []
  var problem: String?

  /// Texts longer than this are cut: they come from anyone.
  private static let longestProblem = 300

  static func refused(_ problem: String) -> ReplayOutcome {
    var outcome = ReplayOutcome(effect: .refused)
    outcome.problem =
      problem.utf8.count > longestProblem ? problem.prefix(longestProblem) + "…" : problem
    return outcome
  }

  init(effect: ReplayReport.Outcome.Effect) { self.effect = effect }

  /// What the log says.
  init(_ recorded: RecordedAnswer) {
    effect = recorded.isAllowed ? .allow : .deny
    names = recorded.rules
  }

  /// Appends what tells the outcome from others.
  func write(to key: inout [UInt8]) {
    // No text has this byte: it is none of UTF-8.
    let end: UInt8 = 0xff
    key += effect.rawValue.utf8
    for text in names + missing { key += [end] + text.utf8 }
    key.append(end)
    for rule in rules {
      for shift in [0, 8, 16, 24] { key.append(UInt8(truncatingIfNeeded: rule.position >> shift)) }
    }
    key.append(end)
    key += (problem ?? "").utf8
  }
}

extension RequestProblem {
  /// The problem without the value of the one request, so that those of many are one.
  fileprivate var withoutValue: RequestProblem {
    guard case .value(let attribute, let type, let form, let refusal) = self else { return self }
    return switch refusal {
    case .malformed: .value(attribute: attribute, type: type, form: form, .malformed("…"))
    case .notListed: .value(attribute: attribute, type: type, form: form, .notListed("…"))
    case .null, .wrongType: self
    }
  }
}
