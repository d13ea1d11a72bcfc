public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that decide. For prepared requests they allocate nothing.

extension PolicyEngine.Decision {
  /// What the header calls it.
  @inline(__always) fileprivate var number: pol_decision {
    // The header's numbers, told apart without a branch that cannot be foreseen.
    effect == .allow ? 1 : basis == .rule ? 2 : 0
  }
}

/// Whether a request is allowed; false for what is none; allocates nothing.
@c @implementation
public func pol_allows(_ request: OpaquePointer?) -> Bool {
  guard let place = unsafe RequestHandle.find(request) else { return false }
  return unsafe place.pointee.content.request.decided().isAllowed
}

/// Decides a request, and allocates nothing.
@c @implementation
public func pol_decide(
  _ request: OpaquePointer?,
  _ decision: UnsafeMutablePointer<pol_decision>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  guard let decision = unsafe decision else {
    return unsafe report(.null("the place for the decision"), error)
  }
  guard let place = unsafe RequestHandle.find(request) else {
    unsafe decision.pointee = pol_decision(POL_DENY_BY_DEFAULT)
    return unsafe report(RequestHandle.failure(of: request), error)
  }
  unsafe decision.pointee = unsafe place.pointee.content.request.decided().number
  return pol_status(POL_OK)
}

/// Decides many requests, or denies them all, and allocates nothing.
@c @implementation
public func pol_decide_requests(
  _ requests: UnsafePointer<OpaquePointer?>?,
  _ count: Int,
  _ decisions: UnsafeMutablePointer<pol_decision>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attemptAll(count, decisions, error) { decisions throws(Failure) in
    let requests = try unsafe elements(requests, count, "requests")
    for index in 0..<count {
      guard let place = unsafe RequestHandle.find(requests[index]) else {
        let failure = unsafe RequestHandle.failure(of: requests[index])
        throw Failure(Int(failure.status), "request \(index): \(failure.message)")
      }
      unsafe decisions[index] = unsafe place.pointee.content.request.decided().number
    }
  }
}

/// Decides many actions of one request, or denies them all, and allocates nothing.
@c @implementation
public func pol_decide_actions(
  _ request: OpaquePointer?,
  _ actions: UnsafePointer<pol_action>?,
  _ count: Int,
  _ decisions: UnsafeMutablePointer<pol_decision>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attemptAll(count, decisions, error) { decisions throws(Failure) in
    let actions = try unsafe elements(actions, count, "actions")
    let place = try unsafe RequestHandle.known(request)
    for index in 0..<count {
      let action = try unsafe place.pointee.content.loaded.action(actions[index])
      unsafe decisions[index] = unsafe place.pointee.content.request.decided(action).number
    }
  }
}

/// Answers many questions, or denies them all.
@inline(__always)
private func attemptAll(
  _ count: Int,
  _ decisions: UnsafeMutablePointer<pol_decision>?,
  _ error: UnsafeMutablePointer<pol_error>?,
  _ body: (UnsafeMutablePointer<pol_decision>) throws(Failure) -> Void
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    _ = try unsafe elements(decisions, count, "decisions")
    guard let decisions = unsafe decisions else { return }
    do throws(Failure) {
      try unsafe body(decisions)
    } catch {
      unsafe decisions.update(repeating: pol_decision(POL_DENY_BY_DEFAULT), count: count)
      throw error
    }
  }
}

/// Decides by names.
@c @implementation
public func pol_decide_once(
  _ engine: OpaquePointer?,
  _ kind: pol_kind,
  _ id: UnsafePointer<CChar>?,
  _ id_length: Int,
  _ action: UnsafePointer<CChar>?,
  _ action_length: Int,
  _ unit: pol_unit,
  _ groups: UnsafePointer<pol_text>?,
  _ group_count: Int,
  _ decision: UnsafeMutablePointer<pol_decision>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe decision?.pointee = pol_decision(POL_DENY_BY_DEFAULT)
  return unsafe attempt(error) { () throws(Failure) in
    guard let decision = unsafe decision else { throw .null("the place for the decision") }
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    let principal = try principal(kind, try unsafe optionalText(id, id_length, "the id"))
    let found = try loaded.decide(
      principal,
      try unsafe text(action, action_length, "the action"),
      in: try loaded.unit(unit),
      groups: try unsafe optionalGroups(groups, group_count)
    )
    unsafe decision.pointee = found.number
  }
}

extension LoadedEngine {
  /// Decides by names; who has no name is prepared.
  fileprivate func decide(
    _ principal: PolicyEngine.Principal,
    _ action: String,
    in unit: PolicyEngine.Unit,
    groups: [String]?
  ) throws(Failure) -> PolicyEngine.Decision {
    do throws(RequestRefusal) {
      switch principal {
      case .user(let id?):
        return try engine.decide(user: id, action, in: unit, groups: groups)
      case .serviceAccount(let id?):
        return try engine.decide(serviceAccount: id, action, in: unit, groups: groups)
      default: break
      }
    } catch {
      throw Failure(POL_UNKNOWN_NAME, error.description)
    }
    let subject = try subject(principal, groups: groups)
    do throws(RequestRefusal) {
      var request = engine.request(subject, try engine.action(action))
      request.unit = unit
      return engine.decide(request)
    } catch {
      throw Failure(POL_UNKNOWN_NAME, error.description)
    }
  }
}
