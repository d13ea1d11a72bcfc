import Foundation
import PolicyCommands
import PolicyTestSupport
import Testing

/// `pol explain`, word for word.
@Suite struct ExplainCommandTests {
  /// Each case: the name of its fixture, and the arguments after the policy set.
  static let cases = [
    ("allow-held", "--as user:eve --holding Lead@acme --in acme/plant-1 device.list"),
    ("allow-assigned", "--as user:ada --in acme/plant-1 device.delete context.mfa=true"),
    ("deny-known", "--as user:ada --in acme/plant-1 device.delete context.mfa=false"),
    ("deny-unknown", "--as user:ada device.update"),
    (
      "default-conditions",
      "--as user:bob --group crew --in acme/plant-2 device.update resource.region=us"
    ),
    ("default-grants", "--as user:eve --no-groups --in outside device.list"),
    ("default-nobody", "--as anonymous user.list"),
  ]

  static let set = """
    catalogue portal {
      context { mfa: Bool }
      service device {
        resource { region: "eu" | "us"  owner: Principal }
        list update delete
      }
      service user { list }
    }
    let european = resource.region == "eu"
    role Observer { allow device.list }
    role Lead includes Observer { allow device.* when european or resource.owner == principal }
    role Eraser { allow device.delete }
    policy guardrails {
      @id("factor") deny device.delete unless context.mfa because "A second factor is needed."
      deny device.update when principal in group frozen
    }
    policy unused { allow device.update }
    ou acme { plant-1 plant-2 }
    group crew
    group frozen
    assign Lead to group crew in acme
    assign Eraser to user "ada", group crew in acme/plant-1
    assign Observer to user "u1" in acme
    assign Observer to user "u2" in acme when context.mfa
    assign Observer to user "u3"
    assign guardrails to everyone

    """

  @Test func `how to see the rest is said`() throws {
    let rules = (1...6).map { "policy p\($0) { allow s.a }\nassign p\($0) to everyone\n" }.joined()
    let session = try Session(["a.pol": "catalogue c { service s { a } }\n" + rules])
    let some = session.pol("explain DIR --as user:x s.a").output
    #expect(some.contains("\n1 further rule decided so too; `--all` shows it.\n"), "\(some)")
    #expect(session.pol("explain DIR --as user:x s.a --all").output.contains("p6"))
  }

  @Test(arguments: cases)
  func `the reasons are told`(name: String, line: String) throws {
    let session = try Session(["a.pol": Self.set])
    let outcome = session.pol("explain DIR " + line)
    #expect(outcome.error.isEmpty)
    #expect(outcome.status == (name.hasPrefix("allow") ? .success : .negative))
    let file = Fixture.folder().appending(path: "Explain/\(name).txt")
    if let problem = Golden.mismatch(outcome.output, with: file) { Issue.record("\(problem)") }
    let json = session.pol("explain DIR --format json " + line)
    #expect(json.status == outcome.status)
    let document = Fixture.folder().appending(path: "Explain/\(name).json")
    if let problem = Golden.mismatch(json.output, with: document) { Issue.record("\(problem)") }
  }

  @Test func `a request is refused as by eval`() throws {
    let session = try Session(["a.pol": Self.set])
    let outcome = session.pol("explain DIR device.lst")
    #expect(outcome.status == .unchecked)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error == session.pol("eval DIR device.lst").error)
  }
}
