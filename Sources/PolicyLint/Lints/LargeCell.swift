import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies whose decision about an action fits no table.
enum LargeCell {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .largeCell,
    finds: "a decision of a policy about an action that takes a table of more than 65,536 outcomes",
    explanation: """
      What a policy decides about an action is a table over the values that its rules tell apart, \
      multiplied over the attributes that they read. One that is too large stays a diagram: still \
      exact, and decided in one step for each attribute instead of one look-up. Rules for one action \
      that read many different attributes are the cause; make them read fewer, or different actions. \
      Where a single condition asks more than 12 questions, that is reported instead, as \
      `many-conditions`.
      """,
    given: """
      catalogue portal {
        resource {
          a: Bool  b: Bool  c: Bool  d: Bool  e: Bool  f: Bool  g: Bool  h: Bool  i: Bool
          j: Bool  k: Bool  l: Bool  m: Bool  n: Bool  o: Bool  p: Bool  q: Bool
        }
        service device { list  get }
      }
      """,
    bad: """
      role Observer {
        allow device.list
          when resource.a and resource.b and resource.c and resource.d and resource.e
            and resource.f and resource.g and resource.h
        allow device.list
          when resource.i and resource.j and resource.k and resource.l and resource.m
            and resource.n and resource.o and resource.p and resource.q
      }
      """,
    good: """
      role Observer {
        allow device.list
          when resource.a and resource.b and resource.c and resource.d and resource.e
            and resource.f and resource.g and resource.h
        allow device.get
          when resource.i and resource.j and resource.k and resource.l and resource.m
            and resource.n and resource.o and resource.p and resource.q
      }
      """,
    severity: .note
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    let diagrams = context.diagrams
    var fits: [Diagram: Bool] = [:]
    return set.policies.indices.compactMap { index in
      let large = ActionSet(
        diagrams.cells[index].filter { run in
          if let known = fits[run.cell] { return !known }
          let isFitting = fitsTable(run.cell, in: diagrams.store)
          fits[run.cell] = isFitting
          return !isFitting
        }.map(\.actions)
      )
      guard !large.isEmpty else { return nil }
      let policy = set.policies[index]
      let rules = policy.closure.flatMap { set.policies[$0].rules }.map { set.rules[$0] }
        .filter { !$0.actions.intersection(large).isEmpty }
      let isOneRule = rules.contains { rule in
        (rule.guardCondition?.checks.count ?? 0) > ManyConditions.limit
      }
      // An including policy has no larger cells than those it includes unless it adds rules.
      guard !isOneRule, !policy.rules.isEmpty || policy.includes.count > 1 else { return nil }
      return Diagnostic(
        .largeCell,
        "what `\(policy.heading.name)` decides about \(set.named(large)) fits no table",
        at: policy.heading.nameSpan,
        secondary: rules.prefix(3).map { Label($0.actionsSpan, "one of \(rules.count) rules") }
      )
    }
  }
}
