import PolicyEngine
import PolicyReport

extension Decider {
  /// Refuses a request that does not say of what kind the principal is, if that widens access: it is
  /// taken for a user's, and others could not make it.
  ///
  /// - Returns: Nil where the kind is said, where everyone is allowed who can ask so, and where a user
  ///   is denied: to deny is safe.
  func refusalOfUnsaidKind(_ document: RequestDocument, _ asked: RequestArguments) -> Answer? {
    guard !asked.saysKind, answer(document).isAllowed else { return nil }
    let denied = PrincipalKind.allCases.filter { kind in
      var other = document
      other.subjectType = kind.word
      // The anonymous hold no policies: where some are said, they do not ask.
      guard let request = try? other.resolved(in: vocabulary) else { return false }
      return !answer(request).isAllowed
    }
    guard !denied.isEmpty else { return nil }
    let others = denied.map { $0 == .anonymous ? "the anonymous" : "a service account" }
    return .refused([
      "it is not said who asks: a user is allowed, \(others.joined(separator: " and ")) "
        + "\(others.count == 1 ? "is" : "are") not; say it, as with `--as user`"
    ])
  }
}
