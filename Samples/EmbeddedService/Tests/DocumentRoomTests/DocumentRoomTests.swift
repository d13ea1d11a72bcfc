import Synchronization
import Testing

@testable import DocumentRoom

@Suite struct DocumentRoomTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private let lines = Lines()

  private func room() -> DocumentRoom {
    let documents = [
      Document(id: "open", owner: "ada", level: 1, state: .published, shelf: "hall/a"),
      Document(id: "secret", owner: "ada", level: 3, state: .draft, shelf: "hall/b"),
      Document(id: "old", owner: "bob", level: 0, state: .archived, shelf: "cellar/2019"),
    ]
    return DocumentRoom(
      documents,
      log: DecisionLog { [lines] line in
        lines.all.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
      }
    )
  }

  @Test func `staff open what they are cleared for`() throws {
    let room = room()
    let staff = Visitor("bea", isStaff: true, clearance: 2)
    #expect(try room.open("open", by: staff) == "hall/a")
    #expect(throws: DocumentRoom.Refusal.denied([])) { try room.open("secret", by: staff) }
    #expect(throws: DocumentRoom.Refusal.denied([])) {
      try room.open("open", by: Visitor("bea", isStaff: true))
    }
    #expect(throws: DocumentRoom.Refusal.denied([])) {
      try room.open("open", by: Visitor("eve", clearance: 9))
    }
  }

  @Test func `the archivist shreds, with a second factor`() throws {
    let room = room()
    #expect(
      throws: DocumentRoom.Refusal.denied(["Destroying a document needs a second factor."])
    ) { try room.shred("old", by: Visitor("noor@room.example")) }
    try room.shred("old", by: Visitor("noor@room.example", hasSecondFactor: true))
    #expect(throws: DocumentRoom.Refusal.unknownDocument) {
      try room.open("old", by: Visitor("noor@room.example"))
    }
    // Which policies decided stands in the line; here only that it does.
    let set = "\(Room.engine.sourceDigest)"
    let told = lines.all.withLock { $0 }.map { $0.replacing(set, with: "…") }
    let resource =
      #""resource":{"type":"document","id":"old","unit":"room/archive","properties":"#
      + #"{"owner":{"type":"user","id":"bob"},"level":0,"state":"archived","shelf":"cellar/2019"}}"#
    let start =
      #"{"v":1,"set":"…","subject":{"type":"user","id":"noor@room.example","groups":[]},"#
      + #""action":{"name":"document.shred"},"# + resource + #","context":{"mfa":"#
    #expect(
      told == [
        start + #"false},"decision":false,"effect":"deny","by":"rule","#
          + #""reasons":[{"policy":"guardrails","rule":"second-factor"}]}"# + "\n",
        start + #"true},"decision":true,"effect":"allow","by":"rule","#
          + #""reasons":[{"policy":"Archivist","rule":"Archivist#2"}]}"# + "\n",
      ]
    )
  }

  @Test func `what a visitor is cleared for is not written down`() throws {
    _ = try room().open("open", by: Visitor("bea", isStaff: true, clearance: 2))
    let line = try #require(lines.all.withLock { $0 }.first)
    #expect(line.contains(#""omitted":["principal.clearance"],"decision":true"#))
    #expect(!line.contains("properties\":{\"clearance"))
  }

  @Test func `buttons show what is allowed`() throws {
    let archivist = Visitor("noor@room.example", clearance: 0, hasSecondFactor: true)
    #expect(try room().choices(with: "old", for: archivist) == ["open", "shred"])
  }

  @Test func `a file that is none leaves the policies in force`() throws {
    let room = room()
    #expect(throws: (any Error).self) { try room.reload("/dev/null") }
    #expect(try room.open("open", by: Visitor("bea", isStaff: true, clearance: 2)) == "hall/a")
  }

  @Test func `every action of the catalogue has its constant`() {
    // Were an action removed or renamed, this file would not compile.
    let actions =
      [
        Room.Document.list, .open, .create, .edit, .shred,
      ].map { Room.engine.name(of: $0.action) }
      + [Room.Shelf.browse, .label].map {
        Room.engine.name(of: $0.action)
      }
    #expect(actions == Room.engine.actionNames)
  }
}
