import Foundation
import PolicyCommands
import PolicyReport
import PolicyTestSupport
import Testing

/// `pol replay`, as it is run.
@Suite struct ReplayCommandTests {
  private static let before = """
    catalogue shop {
      context { mfa: Bool }
      service order { list  cancel  refund }
    }
    role Clerk { allow order.{list, cancel} }
    role Owner { allow order.* when context.mfa }
    assign Clerk to user "cem", user "eve"
    assign Owner to user "olga"
    """
  private static let after = """
    catalogue shop {
      context { mfa: Bool }
      service order { list  refund }
    }
    group night
    role Clerk { allow order.* }
    role Owner { allow order.* when context.mfa }
    assign Clerk to user "cem"
    assign Owner to user "olga"
    policy guardrails { @id("needs-mfa") deny order.refund unless context.mfa }
    assign guardrails to group night
    """

  private func line(_ id: String, _ user: String, _ action: String, _ rest: String = "") -> String {
    #"{"id":"\#(id)","subject":{"type":"user","id":"\#(user)","groups":[]},"#
      + #""action":{"name":"order.\#(action)"}\#(rest)}"# + "\n"
  }

  private func session() throws -> Session {
    let log =
      line("1", "cem", "list") + line("2", "cem", "refund") + line("3", "cem", "refund")
      + line("4", "eve", "list") + "\n" + line("5", "cem", "cancel") + line("6", "eve", "cance")
      + "{\"subject\":\n" + line("7", "olga", "refund", #","context":{"mfa":true}"#)
    return try Session(["a/set.pol": Self.before, "b/set.pol": Self.after, "log.jsonl": log])
  }

  @Test func `requests that are decided otherwise, by cause`() throws {
    let outcome = try session().pol("replay DIR/log.jsonl DIR/a DIR/b")
    #expect(
      outcome.output == """
        widened: 2 requests
          before   denied: no rule allows it
          after    allowed by `Clerk#1` (DIR/b/set.pol:6:14)
          example  DIR/log.jsonl:2 (2)
                   order.refund as user "cem"

        narrowed: 1 request
          before   allowed by `Clerk#1` (DIR/a/set.pol:5:14)
          after    denied: no rule allows it
          example  DIR/log.jsonl:4 (4)
                   order.list as user "eve"

        narrowed: 1 request
          before   allowed by `Clerk#1` (DIR/a/set.pol:5:14)
          after    refused: the catalogue has no action `order.cancel`
          example  DIR/log.jsonl:6 (5)
                   order.cancel as user "cem"

        refused: 1 request
          both     refused: the catalogue has no action `order.cance`
          example  DIR/log.jsonl:7 (6)
                   order.cance as user "eve"

        refused: 1 request
          both     refused: the line is not JSON: the text ends where a value is expected
          example  DIR/log.jsonl:8

        4 of 8 requests are decided otherwise: 2 widened, 2 narrowed; 2 refused

        """
    )
    #expect(outcome.status == .negative && outcome.error == "")
  }

  @Test func `what fails, and how it ends`() throws {
    let session = try session()
    #expect(session.pol("replay DIR/log.jsonl DIR/a DIR/b --fail-on widened").status == .negative)
    #expect(session.pol("replay DIR/log.jsonl DIR/a DIR/b --fail-on none").status == .unchecked)
    #expect(session.pol("replay DIR/log.jsonl DIR/a DIR/a").status == .unchecked)
    try session.write(line("1", "cem", "list"), to: "good.jsonl")
    #expect(session.pol("replay DIR/good.jsonl DIR/a DIR/b").status == .success)
    try session.write("\n \n", to: "empty.jsonl")
    try session.write("role R { allow x.y }", to: "bad.pol")
    #expect(session.pol("replay DIR/good.jsonl DIR/bad.pol DIR/a").status == .unchecked)
    for (arguments, message) in [
      ("", "a log and a policy set are needed"),
      ("DIR/good.jsonl", "a policy set is needed, which decides the requests of `DIR/good.jsonl`"),
      ("DIR/none DIR/a", "there is no file or directory `DIR/none`"),
      ("DIR/empty.jsonl DIR/a DIR/b", "there are no requests in `DIR/empty.jsonl`"),
      ("DIR/good.jsonl DIR/a", "nothing in `DIR/good.jsonl` says what was decided"),
      ("--log - --log - DIR/a", "standard input can be read once"),
      (
        "DIR/good.jsonl DIR/a DIR/b DIR/c",
        "`DIR/c` is one argument too many: requests are replayed through one policy set or two"
      ),
    ] {
      let outcome = session.pol("replay \(arguments)")
      #expect(outcome.status == .unable)
      #expect(outcome.error.contains(message), "\(arguments): \(outcome.error)")
    }
  }

  @Test func `compiled sets, standard input, several logs`() throws {
    let session = try session()
    #expect(session.pol("compile DIR/a -o DIR/a.polc").status == .success)
    let log = try session.text(of: "log.jsonl")
    let once = session.pol("replay - DIR/a.polc DIR/b", input: log)
    #expect(once.output.contains("4 of 8 requests are decided otherwise: 2 widened, 2 narrowed"))
    #expect(once.output.contains("before   allowed by `Clerk#1` (set.pol:5:14)"))
    let twice = session.pol("replay --log DIR/log.jsonl --log - DIR/a DIR/b", input: log)
    #expect(twice.output.contains("8 of 16 requests are decided otherwise: 4 widened, 4 narrowed"))
    let refused = session.pol("replay DIR/log.jsonl DIR/a DIR/a.polc --unused")
    #expect(refused.status == .unable && refused.error.contains("`DIR/a.polc` is compiled"))
  }

  @Test func `what the log says was decided is compared, and what nobody used is told`() throws {
    let session = try session()
    func answer(_ isAllowed: Bool, _ rules: String) -> String {
      #","decision":\#(isAllowed),"reasons":[\#(rules)]"#
    }
    let log =
      line("1", "cem", "refund", answer(true, #"{"policy":"Clerk","rule":"refunds"}"#))
      + line("2", "cem", "list", answer(true, #"{"policy":"Clerk","rule":"Clerk#1"}"#))
      + line("3", "eve", "refund", answer(false, "")) + line("4", "cem", "list")
    try session.write(log, to: "answers.jsonl")
    let outcome = session.pol("replay DIR/answers.jsonl DIR/a --unused")
    #expect(
      outcome.output == """
        narrowed: 1 request
          before   allowed by `refunds`
          after    denied: no rule allows it
          example  DIR/answers.jsonl:1 (1)
                   order.refund as user "cem"

        unused: 1 of 2 allow rules of `DIR/a` allowed none of these requests
          `Owner#1`  allow order.* when context.mfa  (DIR/a/set.pol:6:14)

        unused: 2 of 3 assigned policies of `DIR/a` allowed none of these requests
          `Clerk` to user "eve"  (DIR/a/set.pol:7:1)
          `Owner` to user "olga"  (DIR/a/set.pol:8:1)

        note: that is what this log shows: what is not in it may have used them
        1 of 4 requests is decided otherwise: 1 narrowed; 1 without a recorded decision

        """
    )
    let two = session.pol("replay DIR/answers.jsonl DIR/a DIR/b")
    #expect(
      two.output.contains(
        """
        note: `DIR/a` decides 1 request otherwise than the log says: others wrote it
        note: `DIR/a` has no open group `night`: a decision log of it says nobody is in it

        """
      )
    )
    // Without answers the grants alone are told.
    let plain = session.pol("replay DIR/log.jsonl DIR/a --unused")
    #expect(plain.output.hasSuffix("8 requests were decided; 2 refused\n"))
  }

  @Test func `JSON is what its schema says`() throws {
    let session = try session()
    let schema = try SchemaValidator(grammar: "replay.schema.json")
    for arguments in ["DIR/a DIR/b --unused", "DIR/a --unused", "DIR/a DIR/b"] {
      let outcome = session.pol("replay DIR/log.jsonl \(arguments) --format json")
      #expect(schema.problems(with: try JSONParser.parse(Array(outcome.output.utf8))) == [])
    }
  }

  @Test func `Markdown for a pull request`() throws {
    let session = try session()
    let outcome = session.pol("replay DIR/log.jsonl DIR/a DIR/b --unused --format markdown")
    let folder = session.folder.replacing("-", with: "\\-")
    let text = outcome.output.replacing(folder, with: "DIR")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(5).joined(separator: "\n") == """
        ### 4 of 8 requests are decided otherwise: 2 widened, 2 narrowed; 2 refused

        | | requests | before | after | example |
        |---|--:|---|---|---|
        | **widened** | 2 | denied: no rule allows it | allowed by `Clerk#1` \\(DIR/b/set.pol:6:14\\) | \
        DIR/log.jsonl:2 \\(2\\): order.refund as user "cem" |
        """
    )
    #expect(text.contains("<details><summary>0 of 2 allow rules of `DIR/b`"))
  }

  @Test func `lines that are anything do not stop the stream`() throws {
    let session = try session()
    let deep = String(repeating: "[", count: 10_000)
    var bytes = Array((line("1", "cem", "list") + deep + "\n").utf8)
    bytes += [0xff, 0xfe, 0x0a] + Array("{\"id\":\"\u{e9}".utf8) + [0xff] + Array("\"}\n".utf8)
    bytes += [UInt8](repeating: 0x20, count: 17 << 20) + [0x0a]
    bytes += Array(line("2", "cem", "refund").utf8) + Array(#"{"subject":{"type":"us"#.utf8)
    try Data(bytes).write(to: URL(filePath: session.folder).appending(path: "odd.jsonl"))
    let outcome = session.pol("replay DIR/odd.jsonl DIR/a DIR/b")
    #expect(outcome.output.contains("1 of 7 requests is decided otherwise: 1 widened; 5 refused"))
    #expect(outcome.output.contains("nested more than 64 levels deep"))
    #expect(outcome.output.contains("the line has more than 16777216 bytes"))
    #expect(outcome.status == .negative)
  }
}
