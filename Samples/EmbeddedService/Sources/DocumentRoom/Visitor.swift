import PolicyEngine

/// Who is at the door, as whoever authenticates says.
public struct Visitor: Sendable {
  let name: String
  let isStaff: Bool
  let clearance: Int64?
  let hasSecondFactor: Bool

  /// A visitor; no clearance means that it is not known.
  public init(
    _ name: String,
    isStaff: Bool = false,
    clearance: Int64? = nil,
    hasSecondFactor: Bool = false
  ) {
    self.name = name
    self.isStaff = isStaff
    self.clearance = clearance
    self.hasSecondFactor = hasSecondFactor
  }

  /// The visitor as some policies know it.
  func subject(of engine: PolicyEngine) throws(RequestRefusal) -> PolicyEngine.Subject {
    try Room.subject(.user(name), groups: isStaff ? [.staff] : [], of: engine)
  }
}
