package import PolicyEngine

/// A request of a prepared subject for a resolved action, as a service holds it.
struct PreparedQuery {
  let subject: UInt32
  let action: PolicyEngine.Action
}

// The loops stand alone, as a service would write them, so that what is measured is the call. They
// run over buffers, because an iterator of an array of requests copies each of them, and sum without
// branches, as the loop in C does.

/// How many requests are allowed, by prepared subject and resolved action.
func allowed(
  _ engine: PolicyEngine,
  _ subjects: [PolicyEngine.Subject],
  _ queries: [PreparedQuery]
) -> UInt64 {
  unsafe subjects.withUnsafeBufferPointer { subjects in
    unsafe queries.withUnsafeBufferPointer { queries in
      var allowed: UInt64 = 0
      for index in queries.indices {
        let query = unsafe queries[index]
        let decision = unsafe engine.decide(subjects[Int(query.subject)], query.action)
        allowed &+= UInt64(1 &- decision.effect.rawValue)
      }
      return allowed
    }
  }
}

/// How many requests are allowed, their attributes classified.
package func allowed(_ engine: PolicyEngine, _ requests: [PolicyEngine.Request]) -> UInt64 {
  unsafe requests.withUnsafeBufferPointer { requests in
    var allowed: UInt64 = 0
    for index in requests.indices {
      allowed &+= unsafe UInt64(1 &- engine.decide(requests[index]).effect.rawValue)
    }
    return allowed
  }
}

/// A request by the names of user and action alone.
struct OneShotRequest {
  let user: String
  let action: String
  /// The answer to it by another way.
  let isAllowed: Bool
}

/// How many requests by user and action are allowed; a refusal allows nothing.
func allowed(_ engine: PolicyEngine, _ requests: [OneShotRequest]) -> UInt64 {
  unsafe requests.withUnsafeBufferPointer { requests in
    var allowed: UInt64 = 0
    for index in requests.indices {
      let effect = unsafe try? engine.decide(
        user: requests[index].user,
        requests[index].action,
        in: .outside,
        groups: []
      ).effect
      allowed &+= UInt64(1 &- (effect ?? .deny).rawValue)
    }
    return allowed
  }
}

/// How many requests by names are allowed; a refusal, which there is none of, allows nothing.
func allowed(_ engine: PolicyEngine, _ documents: [RequestDocument]) -> UInt64 {
  unsafe documents.withUnsafeBufferPointer { documents in
    var allowed: UInt64 = 0
    for index in documents.indices {
      let decision = unsafe try? engine.decide(documents[index])
      allowed &+= decision?.isAllowed == true ? 1 : 0
    }
    return allowed
  }
}
