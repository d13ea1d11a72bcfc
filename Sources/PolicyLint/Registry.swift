package import PolicySource

/// Every lint, in the order of `DiagnosticCode`.
package let allLints: [Lint] = [
  // Names.
  ConfusableName.lint,
  BidiText.lint,
  NamingStyle.lint,
  // Dead weight.
  UnusedLet.lint,
  UnusedGroup.lint,
  UnassignedPolicy.lint,
  EmptyPolicy.lint,
  RedundantInclude.lint,
  DuplicatePattern.lint,
  PatternCovered.lint,
  // Semantics.
  AlwaysFalse.lint,
  AlwaysTrue.lint,
  RedundantRuleLint.lint,
  PartlyDeadRule.lint,
  OverruledAllowLint.lint,
  DenyWithoutEffect.lint,
  EquivalentPolicies.lint,
  // Risk.
  WildcardAllow.lint,
  SensitiveUnconditional.lint,
  SensitiveByWildcard.lint,
  SelfEscalation.lint,
  EveryoneWrite.lint,
  ExplicitNeverGranted.lint,
  ActionNeverGranted.lint,
  // Tests.
  UntestedPolicy.lint,
  VacuousTest.lint,
  VacuousAssertion.lint,
  // Reading.
  MixedAndOr.lint,
  DoubleNegation.lint,
  MissingTitle.lint,
  ScatteredFile.lint,
  // Size.
  LargeCell.lint,
  ManyConditions.lint,
]

/// The pages of every lint, and of suppressions that silence nothing, in the order of
/// `DiagnosticCode`.
package let lintPages: [CodePage] = {
  let pages = allLints.map(\.page) + [UnusedSuppression.page]
  return DiagnosticCode.allCases.compactMap { code in pages.first { $0.code == code } }
}()
