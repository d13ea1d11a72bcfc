package import PolicySource

/// The pages of every code that running a policy set reports.
package let analysisPages: [CodePage] = [
  TestFailed.page,
  BecauseOnDefault.page,
  AssertionFailed.page,
  AssertionNotProved.page,
]
