import Foundation
import PolicyLanguageServer
import PolicyReport

/// A client with a policy set open, and places in its texts by their words.
final class Desk {
  let scratch: Scratch
  let client: LanguageClient
  private(set) var texts: [String: String]

  /// A set that checks, and about which nothing is said.
  static let portal = [
    "catalogue.pol": """
    /// What the portal can do.
    catalogue portal "Portal" {
      principal { department: String }
      context { mfa: Bool  level: Int }
      service device "Devices" {
        resource { owner: Principal  region: "eu" | "us" }
        read { list "List devices"  get }
        write {
          create
          /// There is no way back.
          @sensitive delete
        }
      }
      service user "Users" {
        read { list }
        @explicit impersonate
      }
    }
    """,
    "roles.pol": """
    let strong = context.mfa and context.level > 2
    let regions = ["eu", "us"]

    role Observer "Looks" {
      allow *.read except user.list
    }
    role Operator "Works" includes Observer {
      allow device.write when strong
      deny device.create unless resource.region in regions
    }
    policy guardrails "For everyone" {
      deny device.delete unless context.mfa because "A second factor."
    }
    """,
    "people.pol": """
    ou acme "Acme" { plant-1  plant-2 }
    group operators { user "ada"  group night-shift }
    group night-shift

    assign Operator to group operators in acme/plant-1
    assign guardrails to everyone

    test "observers look" {
      as Observer
      allow device.list
      deny device.create
    }
    assert Observer cannot device.write
    """,
  ]

  /// Opens all files, and waits until the whole set was looked at.
  init(_ texts: [String: String] = portal) throws {
    self.texts = texts
    scratch = try Scratch(texts)
    client = try LanguageClient.started(in: [scratch.folder])
    for name in texts.keys.sorted() {
      client.open(scratch.uri(name), texts[name] ?? "")
    }
    // Whatever needs a whole check waits for the one before it.
    _ = try client.request("workspace/symbol", ["query": ""])
  }

  func uri(_ file: String) -> String { scratch.uri(file) }

  func text(_ file: String) -> String { texts[file] ?? "" }

  /// The position so many characters into the n-th occurrence of some words.
  func position(_ file: String, _ words: String, nth: Int = 1, plus: Int = 0) -> JSONValue {
    let text = text(file)
    var start = text.startIndex
    for count in 1...nth {
      guard let found = text[start...].range(of: words) else { return .null }
      start = count == nth ? found.lowerBound : found.upperBound
    }
    let before = text[..<text.index(start, offsetBy: plus)]
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return ["line": .int(lines.count - 1), "character": .int(lines.last?.utf16.count ?? 0)]
  }

  func range(_ file: String, _ words: String, nth: Int = 1) -> JSONValue {
    [
      "start": position(file, words, nth: nth),
      "end": position(file, words, nth: nth, plus: words.count),
    ]
  }

  /// Asks about a place.
  func ask(
    _ method: String,
    _ file: String,
    _ words: String,
    nth: Int = 1,
    plus: Int = 0,
    more: [JSONMember] = []
  ) throws -> JSONValue {
    try client.request(
      "textDocument/\(method)",
      .object(
        [
          JSONMember("textDocument", ["uri": .string(uri(file))]),
          JSONMember("position", position(file, words, nth: nth, plus: plus)),
        ] + more
      )
    )
  }

  /// Asks about a document.
  func ask(_ method: String, _ file: String, more: [JSONMember] = []) throws -> JSONValue {
    try client.request(
      "textDocument/\(method)",
      .object([JSONMember("textDocument", ["uri": .string(uri(file))])] + more)
    )
  }

  /// Replaces the text of a file in the client's buffer.
  func write(_ file: String, _ text: String) {
    texts[file] = text
    client.change(uri(file), to: text)
  }

  /// The text that a range of a file covers.
  func covered(_ file: String, _ range: JSONValue?) -> String {
    guard let low = range?["start"].flatMap({ index(file, $0) }),
      let high = range?["end"].flatMap({ index(file, $0) })
    else { return "(no range)" }
    return String(text(file)[low..<high])
  }

  private func index(_ file: String, _ position: JSONValue) -> String.Index? {
    guard let line = position["line"]?.number, let character = position["character"]?.number else {
      return nil
    }
    var start = text(file).startIndex
    for _ in 0..<line {
      guard let end = text(file)[start...].firstIndex(of: "\n") else { return nil }
      start = text(file).index(after: end)
    }
    return text(file).utf16.index(start, offsetBy: character)
  }

  /// `file:text` for each location.
  func places(_ locations: JSONValue) -> [String] {
    (locations.elements ?? []).map { location in
      let name = location["uri"]?.text.map { String($0.split(separator: "/").last ?? "") } ?? ""
      let line = location["range"]?["start"]?["line"]?.number ?? -1
      return "\(name):\(line + 1):\(covered(name, location["range"]))"
    }
  }

  /// The text of a file with the edits of a workspace edit applied.
  func applied(_ edit: JSONValue?, to file: String) -> String {
    applied(edit?["changes"]?[uri(file)], edits: file)
  }

  /// The text of a file with text edits applied.
  func applied(_ edits: JSONValue?, edits file: String) -> String {
    var text = text(file)
    let places = (edits?.elements ?? []).compactMap { edit -> (Range<String.Index>, String)? in
      guard let low = edit["range"]?["start"].flatMap({ index(file, $0) }),
        let high = edit["range"]?["end"].flatMap({ index(file, $0) })
      else { return nil }
      return (low..<high, edit["newText"]?.text ?? "")
    }
    for (range, replacement) in places.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      text.replaceSubrange(range, with: replacement)
    }
    return text
  }
}
