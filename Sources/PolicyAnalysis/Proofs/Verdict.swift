package import PolicyEngine
package import PolicyModel
package import PolicySource

/// What is known of an assertion.
package enum Verdict: Sendable {
  /// It holds for every request there can be: the diagrams were gone through to the end.
  ///
  /// Of `nobody holds`, what requests alone can bring about is excepted, in words.
  case proved(except: [String])
  /// A request breaks it; the interpreter was asked, and decided so.
  case refuted(Counterexample)
  /// Two policies that nobody may hold come together.
  case together(Together)
  /// Neither a proof nor a request was found.
  case notProved(String)
}

/// A request that breaks an assertion.
package struct Counterexample: Sendable {
  package let request: RequestData
  package let decision: Decision
  /// Whom the assertion speaks of, in words.
  package let who: String
  /// How many actions of the assertion are broken.
  package let actions: Int
}

/// How two policies come into one hand.
package struct Together: Sendable {
  package let first: PolicyIndex
  package let second: PolicyIndex
  /// The holder, in words.
  package let holder: String
  /// The assignments that give the two; none where one policy includes both.
  package let places: [(policy: PolicyIndex, span: SourceSpan)]
}
