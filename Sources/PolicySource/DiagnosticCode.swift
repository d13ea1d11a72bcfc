/// Every code that a diagnostic can have, on one page: they are a contract.
///
/// The raw value is what people write in `@suppress`, `pol.json` and `pol rule`. A released code is
/// never renamed and never given another meaning.
package enum DiagnosticCode: String, CaseIterable, Sendable {
  // Characters and tokens.
  case invalidUTF8 = "invalid-utf8"
  case invisibleCharacter = "invisible-character"
  case unexpectedCharacter = "unexpected-character"
  case unterminatedString = "unterminated-string"
  case unterminatedName = "unterminated-name"
  case invalidEscape = "invalid-escape"
  case invalidName = "invalid-name"
  case integerOutOfRange = "integer-out-of-range"
  case hashComment = "hash-comment"
  case blockComment = "block-comment"
  case singleQuotes = "single-quotes"
  case operatorSpelling = "operator-spelling"

  // Syntax.
  case unexpectedToken = "unexpected-token"
  case unclosedBlock = "unclosed-block"
  case nestingTooDeep = "nesting-too-deep"
  case reservedName = "reserved-name"
  case clauseOrder = "clause-order"
  case repeatedClause = "repeated-clause"
  case trailingComma = "trailing-comma"
  case chainedComparison = "chained-comparison"
  case singleEquals = "single-equals"
  case misplacedAnnotation = "misplaced-annotation"

  // Names.
  case duplicateDeclaration = "duplicate-declaration"
  case conflictingAttributeType = "conflicting-attribute-type"
  case unknownService = "unknown-service"
  case unknownAction = "unknown-action"
  case unknownAttribute = "unknown-attribute"
  case unknownType = "unknown-type"
  case unknownPolicy = "unknown-policy"
  case unknownGroup = "unknown-group"
  case unknownUnit = "unknown-unit"
  case unknownName = "unknown-name"
  case includeCycle = "include-cycle"
  case groupCycle = "group-cycle"
  case letCycle = "let-cycle"
  case includeTooDeep = "include-too-deep"
  case groupTooDeep = "group-too-deep"
  case invalidAnnotation = "invalid-annotation"
  case annotationTypo = "annotation-typo"
  case deprecatedName = "deprecated-name"

  // Patterns.
  case emptyPattern = "empty-pattern"
  case needlessExcept = "needless-except"
  case explicitNotNamed = "explicit-not-named"

  // Types and conditions.
  case typeMismatch = "type-mismatch"
  case malformedLiteral = "malformed-literal"
  case notACondition = "not-a-condition"
  case emptyList = "empty-list"
  case undeclaredByService = "undeclared-by-service"
  case hasWidens = "has-widens"
  case assignmentCondition = "assignment-condition"
  case missingCondition = "missing-condition"
  case conditionTooLarge = "condition-too-large"

  // Tests and assertions.
  case outsideNotAllowed = "outside-not-allowed"
  case conflictingPrincipal = "conflicting-principal"
  case becauseOnDefault = "because-on-default"
  case testFailed = "test-failed"
  case assertionFailed = "assertion-failed"
  case assertionNotProved = "assertion-not-proved"
  case mutantSurvived = "mutant-survived"

  // Exports.
  case notExpressible = "not-expressible"

  // Settings.
  case invalidConfiguration = "invalid-configuration"

  // What differs from another policy set, or from the lock beside the files.
  case builtInChanged = "built-in-changed"
  case catalogueGrowth = "catalogue-growth"
  case accessWidened = "access-widened"
  case accessReconditioned = "access-reconditioned"
  case accessNarrowed = "access-narrowed"
  case accessNotShown = "access-not-shown"
  case lockStale = "lock-stale"
  case lockUnreadable = "lock-unreadable"

  // What policies of other systems say and policy text cannot.
  case importUnreadable = "import-unreadable"
  case importRefused = "import-refused"
  case importLeftOut = "import-left-out"
  case importDeniesMore = "import-denies-more"

  // Lints: names.
  case confusableName = "confusable-name"
  case bidiText = "bidi-text"
  case namingStyle = "naming-style"

  // Lints: dead weight.
  case unusedLet = "unused-let"
  case unusedGroup = "unused-group"
  case unassignedPolicy = "unassigned-policy"
  case emptyPolicy = "empty-policy"
  case redundantInclude = "redundant-include"
  case duplicatePattern = "duplicate-pattern"
  case patternCovered = "pattern-covered"
  case unusedSuppression = "unused-suppression"

  // Lints: semantics.
  case alwaysFalse = "always-false"
  case alwaysTrue = "always-true"
  case redundantRule = "redundant-rule"
  case partlyDeadRule = "partly-dead-rule"
  case overruledAllow = "overruled-allow"
  case denyWithoutEffect = "deny-without-effect"
  case equivalentPolicies = "equivalent-policies"

  // Lints: risk.
  case wildcardAllow = "wildcard-allow"
  case sensitiveUnconditional = "sensitive-unconditional"
  case sensitiveByWildcard = "sensitive-by-wildcard"
  case selfEscalation = "self-escalation"
  case everyoneWrite = "everyone-write"
  case explicitNeverGranted = "explicit-never-granted"
  case actionNeverGranted = "action-never-granted"

  // Lints: tests.
  case untestedPolicy = "untested-policy"
  case vacuousTest = "vacuous-test"
  case vacuousAssertion = "vacuous-assertion"

  // Lints: reading.
  case mixedAndOr = "mixed-and-or"
  case doubleNegation = "double-negation"
  case missingTitle = "missing-title"
  case scatteredFile = "scattered-file"

  // Lints: size.
  case largeCell = "large-cell"
  case manyConditions = "many-conditions"
}
