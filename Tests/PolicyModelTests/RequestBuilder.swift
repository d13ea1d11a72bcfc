import PolicyEngine
import PolicyModel
import PolicyTestSupport

/// Requests of someone who holds one policy.
enum RequestBuilder {
  static func holding(_ policy: String, _ action: String, _ set: PolicySet) -> RequestData {
    RequestData(
      identity: .someone,
      groups: [],
      held: [Holding(set.policy(policy))],
      action: set.action(action)
    )
  }
}
