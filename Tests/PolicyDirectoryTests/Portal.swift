import PolicyCompiler
import PolicyEngine
import PolicyTestSupport

/// The engine of a policy set of one file, which has to check.
func engine(_ text: String) throws -> PolicyEngine {
  try PolicyEngine(bytes: compile(policySet(text)).bytes)
}

/// A policy set that assigns little, so that grants say the rest.
let portal = """
  catalogue portal {
    context { mfa: Bool  level: Int }
    service device {
      read  { list  get }
      write { create  update  delete }
    }
  }
  ou acme { plant-1  plant-2 { line-a } }
  group operators
  group night { group operators }
  group staff { user "ada"  user "eve" }
  group unused {}
  policy Observer { allow device.read }
  policy Operator includes Observer { allow device.write because "operators operate" }
  policy Guard { deny device.delete }
  policy Buyer { allow device.create }
  policy Approver { allow device.update }
  policy Chief includes Approver {}
  @condition("mfa")
  assign Operator, Guard to group unused when context.mfa
  @condition("late")
  assign Observer to group unused when context.level > 3
  assign Buyer to user "carl"
  assert nobody holds Buyer, Approver
  """

extension PolicyEngine {
  /// Whether a subject is allowed an action in a unit, with or without a second factor.
  func allows(
    _ subject: Subject,
    _ action: String,
    in unit: String? = nil,
    mfa: Bool? = nil
  ) throws -> Bool {
    var request = self.request(subject, try self.action(action))
    if let unit { request.unit = try self.unit(unit) }
    if let mfa { try request.set("context.mfa", .bool(mfa)) }
    return decide(request).isAllowed
  }
}
