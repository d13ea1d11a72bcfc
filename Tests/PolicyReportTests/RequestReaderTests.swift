import PolicyEngine
import PolicyReport
import PolicyTestSupport
import Testing

/// Requests as JSON, and the answers to them.
@Suite struct RequestReaderTests {
  private func read(_ text: String) -> ReadRequest { RequestReader.read(Array(text.utf8)[...]) }

  @Test func `a request with everything`() throws {
    let request = read(
      """
      {"id": "r1", "subject": {"type": "user", "id": "bob@acme.example", "groups": ["night-shift"], \
      "policies": ["Observer", {"policy": "User", "in": "acme/plant-2"}], \
      "properties": {"department": "ops"}}, "action": {"name": "device.delete"}, \
      "resource": {"type": "device", "id": "d-17", "unit": "acme/plant-2", \
      "properties": {"region": "eu", "trees": ["a", "b"]}}, \
      "context": {"mfa": true, "level": 3, "by": {"type": "user", "id": "x"}, "half": 0.5}}
      """
    )
    #expect(request.problems == [])
    #expect(request.id == "r1")
    var expected = RequestDocument(action: "device.delete")
    expected.subjectID = "bob@acme.example"
    expected.groups = ["night-shift"]
    expected.policies = [HeldPolicy("Observer"), HeldPolicy("User", in: "acme/plant-2")]
    expected.subjectProperties = [NamedValue("department", "ops")]
    expected.resourceType = "device"
    expected.resourceID = "d-17"
    expected.unit = .unit("acme/plant-2")
    expected.resourceProperties = [NamedValue("region", "eu"), NamedValue("trees", ["a", "b"])]
    expected.context = [
      NamedValue("mfa", true), NamedValue("level", 3),
      NamedValue("by", .object(type: "user", id: "x")),
      NamedValue("half", .other("a number that is no 64-bit integer")),
    ]
    #expect(request.document == expected)
  }

  @Test func `null is outside every unit, and absence says nothing`() {
    let start = #"{"subject": {"type": "anonymous"}, "action": {"name": "a.b"}"#
    #expect(read(start + "}").document?.unit == .unsaid)
    #expect(read(start + #", "resource": {}}"#).document?.unit == .unsaid)
    #expect(read(start + #", "resource": {"unit": null}}"#).document?.unit == .outside)
    #expect(read(start + "}").document?.groups == nil)
    #expect(read(start + "}").document?.subjectType == "anonymous")
  }

  @Test func `all that is wrong is said at once`() {
    let request = read(
      """
      {"id": "x", "subjct": {}, "subject": {"id": 7, "groups": "g", "policies": [3, {"in": "u"}], \
      "extra": 1}, "action": {}, "resource": {"unit": 5, "properties": []}, "context": null}
      """
    )
    #expect(request.id == "x")
    #expect(request.document == nil)
    #expect(
      request.problems == [
        "there is no key `subjct` (did you mean `subject`?)",
        "`subject.id` is an integer, not a string",
        "`subject.groups` is a string, not an array",
        "`subject.policies[0]` is an integer, neither a string nor an object",
        "`subject.policies[1].policy` is missing",
        "there is no key `subject.extra`",
        "`subject.type` is missing",
        "`action.name` is missing",
        "`resource.unit` is an integer, not a string",
        "`resource.properties` is an array, not an object",
        "`context` is null, not an object",
      ]
    )
  }

  @Test func `lines that are no request`() {
    #expect(read("[]").problems == ["the request is an array, not an object"])
    #expect(read("{}").problems == ["`subject` is missing", "`action` is missing"])
    #expect(
      read(#"{"id": 1,}"#).problems == [
        "the line is not JSON: `}` stands where a key is expected, at byte 10"
      ]
    )
  }

  @Test func `any line is a request or says what is wrong`() {
    let sample = #"""
      {"id": "r", "subject": {"type": "user", "groups": ["g"], "policies": [{"policy": "P"}]}, \#
      "action": {"name": "a.b"}, "resource": {"unit": null, "properties": {"x": [1, null]}}}
      """#
    // The pieces are what stands between spaces, so that whole members move about.
    let pieces = sample.split(separator: " ").map { Array($0.utf8) + [0x20] }
    let failure = RandomCases(5000).firstFailure { random in
      let mutation = random.element(of: Mutation.allCases)
      let line = Mutation.apply(mutation, to: pieces, using: &random)
      let request = RequestReader.read(line[...])
      let isRefused = request.document == nil
      return isRefused == !request.problems.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
    #expect(failure == nil)
  }

  @Test func `answers`() {
    func line(_ answer: Answer, _ id: String?, _ line: Int? = nil) -> String {
      String(decoding: JSONWriter.line(answer.json(id: id, line: line)), as: UTF8.self)
    }
    let reason = Reason(
      policy: "guardrails",
      rule: "second-factor",
      file: "roles.pol",
      line: 30,
      because: "No."
    )
    let denied = Answer.rules(isAllowed: false, [reason, reason])
    #expect(
      line(denied, "r1") == """
        {"id": "r1", "decision": false, "effect": "deny", "by": "rule", "reasons": \
        [{"policy": "guardrails", "rule": "second-factor", "file": "roles.pol", "line": 30, \
        "because": "No."}, {"policy": "guardrails", "rule": "second-factor", "file": "roles.pol", \
        "line": 30, "because": "No."}]}
        """
    )
    #expect(
      line(.byDefault, nil)
        == #"{"decision": false, "effect": "deny", "by": "default", "reasons": []}"#
    )
    #expect(
      line(.refused(["a", "b"]), "r2", 7) == """
        {"id": "r2", "decision": false, "effect": "deny", "by": "error", "error": "a; b", "line": 7}
        """
    )
    #expect(
      denied.text(on: .plain) == """
        deny: No.
          by `second-factor` of `guardrails` (roles.pol:30), and 1 other rule

        """
    )
    let allowed = Reason(
      policy: "Observer",
      rule: "Observer#2",
      file: "roles.pol",
      line: 9,
      because: nil
    )
    #expect(
      Answer.rules(isAllowed: true, [allowed]).text(on: .plain)
        == "allow\n  by `Observer#2` (roles.pol:9)\n"
    )
  }
}
