import Foundation
import PolicyTestSupport
import Testing

/// The page of `pol matrix --format html`, in a real browser.
@Suite struct MatrixPageTests {
  private static let hostile = """
    catalogue portal "<b>bold</b>" {
      context { mfa: Bool }
      service device "</script><img src=x onerror='hit=1'>" {
        read { list "<img src=x onerror='hit=1'>"  get "]]>--><script>hit=1</script>" }
      }
    }
    policy `</script><script>window.hit=1</script>` "<i>&amp;\\u{2028}</i>" {
      allow device.list
    }
    policy `"><img src=x onerror=hit=1>` {
      deny device.get when context.mfa because "</script><script>window.hit=1</script>"
    }
    group `<!--<script>` { user "<img src=x onerror=hit=1>" }
    ou `<b>unit`
    assign `"><img src=x onerror=hit=1>` to group `<!--<script>` in `<b>unit`
    assign `</script><script>window.hit=1</script>` to everyone

    """

  /// Many roles and actions.
  private static var large: String {
    var text = "catalogue large { context { mfa: Bool }\n"
    for service in 0..<100 {
      let actions = (0..<20).map { "a\($0)" }.joined(separator: " ")
      text += "service s\(service) { \(actions) }\n"
    }
    text += "}\n"
    for role in 0..<120 {
      text += "role r\(role) { allow s\(role % 100).*  allow *.a\(role % 20) when context.mfa }\n"
      text += "assign r\(role) to user \"u\(role)\"\n"
    }
    return text
  }

  @Test func `the page works in a browser, by mouse and by keys, and trusts no name`() throws {
    let scratch = try TemporaryFolder()
    let hasPython = try Executable.shell("command -v python3", in: scratch.url).status == 0
    guard hasPython else { return print("skipped: the page of a matrix: there is no python3") }
    for (name, text) in [("hostile", Self.hostile), ("large", Self.large)] {
      let folder = scratch.place("set-\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appending(path: "a.pol"))
    }
    let sets = [
      ("plain", ["Samples/payments"]),
      ("diff", ["Samples/pull-request/branch", "--against", "Samples/pull-request/main"]),
      ("hostile", [scratch.place("set-hostile").path]),
      ("large", [scratch.place("set-large").path]),
    ]
    for (name, arguments) in sets {
      for format in ["html", "json"] {
        let path = scratch.place("\(name).\(format)").path
        let outcome = try Executable.pol(["matrix", "--format", format, "-o", path] + arguments)
        try #require(outcome.status == 0, "\(outcome.error)")
      }
    }
    let page = try String(contentsOf: scratch.place("hostile.html"), encoding: .utf8)
    #expect(page.components(separatedBy: "</script>").count == 3, "the data ends no script")
    let check = Executable.root.appending(path: "Tests/MatrixPage/check.py").path
    let outcome = try Executable.shell(
      "python3 -B '\(check)' '\(scratch.url.path)' 2>&1",
      in: scratch.url
    )
    if outcome.status == 77 { return print("skipped: the page of a matrix: no browser") }
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("checked: contrast\n"))
  }
}
