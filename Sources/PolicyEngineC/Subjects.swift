public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that make and free subjects.

/// Prepares a principal with its groups and policies.
@c @implementation
public func pol_subject_new(
  _ engine: OpaquePointer?,
  _ kind: pol_kind,
  _ id: UnsafePointer<CChar>?,
  _ id_length: Int,
  _ holdings: UnsafePointer<pol_holding>?,
  _ holding_count: Int,
  _ groups: UnsafePointer<pol_text>?,
  _ group_count: Int,
  _ subject: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe subject?.pointee = nil
  return unsafe attempt(error) { () throws(Failure) in
    guard let subject = unsafe subject else { throw .null("the place for the subject") }
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    let found = try loaded.subject(
      try principal(kind, try unsafe optionalText(id, id_length, "the id")),
      holding: try unsafe policies(holdings, holding_count),
      groups: try unsafe optionalGroups(groups, group_count)
    )
    unsafe subject.pointee = SubjectHandle.give(HeldSubject(subject: found, loaded: loaded))
  }
}

extension LoadedEngine {
  /// Prepares a principal.
  func subject(
    _ principal: PolicyEngine.Principal,
    holding policies: [HeldPolicy] = [],
    groups: [String]?
  ) throws(Failure) -> PolicyEngine.Subject {
    do throws(RequestRefusal) {
      return try engine.subject(principal, holding: policies, groups: groups)
    } catch {
      throw Failure(POL_REFUSED, error.description)
    }
  }
}

/// Who a caller means.
func principal(_ kind: pol_kind, _ id: String?) throws(Failure) -> PolicyEngine.Principal {
  switch Int(kind) {
  case POL_USER: return .user(id)
  case POL_SERVICE_ACCOUNT: return .serviceAccount(id)
  case POL_ANONYMOUS:
    if id == nil { return .anonymous }
    throw Failure(POL_REFUSED, RequestProblem.anonymousHas("id").description)
  default: throw Failure(POL_INVALID_VALUE, "\(kind) is no kind of principal")
  }
}

/// The groups that a caller states; nil for NULL, which says nothing.
func optionalGroups(
  _ groups: UnsafePointer<pol_text>?,
  _ count: Int
) throws(Failure) -> [String]? {
  let names = try unsafe texts(groups, count, "the groups")
  return unsafe groups == nil ? nil : names
}

private func policies(
  _ holdings: UnsafePointer<pol_holding>?,
  _ count: Int
) throws(Failure) -> [HeldPolicy] {
  let elements = try unsafe elements(holdings, count, "the holdings")
  var held: [HeldPolicy] = []
  for index in elements.indices {
    let holding = unsafe elements[index]
    let name = try unsafe text(
      holding.policy.bytes,
      holding.policy.length,
      "the policy of holding \(index)"
    )
    let unit = try unsafe optionalText(
      holding.unit.bytes,
      holding.unit.length,
      "the unit of holding \(index)"
    )
    held.append(HeldPolicy(name, in: unit))
  }
  return held
}

/// Frees the handle of a subject.
@c @implementation
public func pol_subject_free(_ subject: OpaquePointer?) -> pol_status {
  unsafe SubjectHandle.free(subject)?.status ?? pol_status(POL_OK)
}
