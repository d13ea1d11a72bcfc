import Foundation
import PolicyTestSupport
import PolicyWorkspace
import Testing

/// Finding, reading and writing files.
@Suite struct WorkspaceTests {
  private func find(_ session: Session, _ paths: String...) throws -> [String] {
    try PolicyFiles.find(at: paths.map { session.folder + $0 })
      .map { $0.replacingOccurrences(of: session.folder, with: "DIR") }
  }

  @Test func `files are found by the bytes of their names, hidden ones are not`() throws {
    let session = try Session([
      "b.pol": "", "a/z.pol": "", "a-b.pol": "", "B.pol": "", "a/deep/er/x.pol": "", "é.pol": "",
      ".build-x/c.pol": "", ".d.pol": "", "a/e.txt": "", "f.pol.orig": "", "g.pol/h.pol": "",
    ])
    let all = [
      "DIR/B.pol", "DIR/a/deep/er/x.pol", "DIR/a/z.pol", "DIR/a-b.pol", "DIR/b.pol",
      "DIR/g.pol/h.pol", "DIR/é.pol",
    ]
    #expect(try find(session, "") == all)
    #expect(try find(session, "/") == all)
    #expect(try find(session, "/a/e.txt", "/a") == ["DIR/a/e.txt"] + all[1...2])
  }

  @Test func `links make no loops and no file twice`() throws {
    let session = try Session(["a/x.pol": ""])
    let files = FileManager.default
    try files.createSymbolicLink(atPath: session.folder + "/a/z-up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: session.folder + "/b", withDestinationPath: "a")
    try files.createSymbolicLink(atPath: session.folder + "/y.pol", withDestinationPath: "a/x.pol")
    #expect(try find(session, "") == ["DIR/a/x.pol"])
    #expect(try find(session, "/b", "/a") == ["DIR/b/x.pol"])
    try files.createSymbolicLink(atPath: session.folder + "/c.pol", withDestinationPath: "none")
    #expect(throws: FileError.notFound(session.folder + "/c.pol")) { try find(session, "") }
  }

  @Test func `what cannot be read is said`() throws {
    let session = try Session(["a.txt": "123456"])
    #expect(throws: FileError.notFound("nowhere")) { try PolicyFiles.find(at: ["nowhere"]) }
    #expect(throws: FileError.noPolicyFiles(session.folder)) {
      try PolicyFiles.find(at: [session.folder])
    }
    #expect(throws: FileError.tooLarge(session.folder + "/a.txt", limit: 5)) {
      try FileContents.read(session.folder + "/a.txt", limit: 5)
    }
    #expect(try FileContents.read(session.folder + "/a.txt", limit: 6) == Array("123456".utf8))
    #expect(throws: FileError.self) { try FileContents.read(session.folder) }
  }

  @Test func `a device is written to, and keeps its name`() throws {
    let session = try Session(["a.txt": ""])
    let link = session.folder + "/null"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
    try FileContents.write([1, 2, 3], to: link)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
  }

  @Test func `a file is replaced as a whole, and nothing is left beside it`() throws {
    let session = try Session(["a.polc": "old"])
    let path = session.folder + "/a.polc"
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    try FileContents.write(bytes, to: path)
    #expect(try FileContents.read(path) == bytes)
    try FileContents.write([], to: session.folder + "/new")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: session.folder).sorted() == [
        "a.polc", "new",
      ]
    )
    #expect(try !FileContents.create([1], at: path))
    #expect(try FileContents.read(path) == bytes)
    #expect(throws: FileError.self) { try FileContents.write([], to: session.folder + "/no/where") }
    // A directory is in the way of the name: the temporary file goes.
    try session.write("", to: "dir/x")
    #expect(throws: FileError.self) { try FileContents.write([1], to: session.folder + "/dir") }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: session.folder).sorted()
        == ["a.polc", "dir", "new"]
    )
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `lines do not depend on how they arrive`(size: Int) throws {
    let text = "one\r\n\ntwo é\nlast without break"
    var rest = Array(text.utf8)[...]
    var reader = LineReader("x") { () throws(FileError) in
      let piece = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return piece
    }
    var lines: [String] = []
    while let line = try reader.nextLine() {
      lines.append("\(reader.line) " + String(decoding: line, as: UTF8.self))
    }
    #expect(lines == ["1 one", "2 ", "3 two é", "4 last without break"])
    #expect(try reader.nextLine() == nil)
  }

  @Test(arguments: [1, 2, 1000])
  func `a mark of UTF-8 is no part of the first line`(size: Int) throws {
    let text = "\u{FEFF}one\n\u{FEFF}two"
    func reader() -> LineReader {
      var rest = Array(text.utf8)[...]
      return LineReader("x") { () throws(FileError) in
        let piece = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        return piece
      }
    }
    var lines = reader()
    #expect(try lines.nextLine() == Array("one".utf8)[...])
    #expect(try lines.nextLine() == Array("\u{FEFF}two".utf8)[...])
    var blocks = reader()
    #expect(try blocks.nextBlock()?.bytes == Array("one\n".utf8))
    // Policy text is written back, and what is read of it is whole.
    var whole = reader()
    #expect(try whole.remainingBytes() == Array(text.utf8))
    let session = try Session(["a.json": text])
    #expect(try FileContents.readText(session.folder + "/a.json").count == text.utf8.count - 3)
    #expect(try FileContents.read(session.folder + "/a.json") == Array(text.utf8))
  }

  @Test func `the file that was asked for is named, not a temporary one`() throws {
    let path = try Session().folder + "/no/where.sql"
    do throws(FileError) {
      try FileContents.write([1], to: path)
      Issue.record("\(path) was written")
    } catch {
      #expect(error.message.hasPrefix("cannot write `\(path)`: "))
    }
  }

  @Test func `a line without end is refused`() throws {
    let piece = [UInt8](repeating: 0x61, count: 1 << 20)
    var count = 0
    var reader = LineReader("x") { () throws(FileError) in
      count += 1
      return count == 1 ? Array("ok\n".utf8) : piece
    }
    #expect(try reader.nextLine() == Array("ok".utf8)[...])
    #expect(throws: FileError.lineTooLong("x", line: 2, limit: LineReader.longest)) {
      try reader.nextLine()
    }
    #expect(count < 20)
  }

  @Test func `blocks of lines do not depend on how they arrive`() throws {
    let failure = RandomCases(300).firstFailure { random in
      let text =
        (0..<random.below(40)).map { _ in
          String(repeating: "x", count: random.below(12))
            + random.element(of: ["\n", "\r\n", "\n\n"])
        }.joined() + random.element(of: ["", "end"])
      let size = 1 + random.below(30)
      do {
        var whole = LineReader("x", bytes: Array(text.utf8))
        var expected: [String] = []
        while let line = try whole.nextLine() {
          expected.append("\(whole.line) " + String(decoding: line, as: UTF8.self))
        }
        var ends: [[Int]] = []
        for _ in 0..<2 {
          var rest = Array(text.utf8)[...]
          var source = random
          var reader = LineReader("x") { () throws(FileError) in
            let piece = Array(rest.prefix(1 + source.below(9)))
            rest = rest.dropFirst(piece.count)
            return piece
          }
          random = source
          var lines: [String] = []
          ends.append([])
          while let block = try reader.nextBlock(of: size) {
            ends[ends.count - 1].append(block.first)
            block.forEachLine { lines.append("\($0) " + String(decoding: $1, as: UTF8.self)) }
          }
          if lines != expected { return "\(lines), not \(expected)" }
        }
        return ends[0] == ends[1] ? nil : "blocks \(ends)"
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `a line that is too long is passed over, with what is before and behind it`() throws {
    var parts = [Array("one\n".utf8)]
    parts += Array(repeating: [UInt8](repeating: 0x61, count: 1 << 20), count: 17)
    parts.append(Array("a\ntwo".utf8))
    for size in [64, 1 << 20] {
      var rest = parts[...]
      var reader = LineReader("x") { () throws(FileError) in rest.popFirst() ?? [] }
      var lines: [String] = []
      while let block = try reader.nextBlock(of: size) {
        if block.isTooLong { lines.append("\(block.first) too long") }
        block.forEachLine { lines.append("\($0) " + String(decoding: $1, as: UTF8.self)) }
      }
      #expect(lines == ["1 one", "2 too long", "3 two"])
    }
  }
}
