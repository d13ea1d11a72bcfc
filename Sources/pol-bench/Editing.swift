import PolicyBenchmark
import PolicyLanguageServer
import PolicyReport
import PolicySource
import PolicyWorkspace

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How long a language server takes from a keystroke to what it says about it, on a policy set of
/// 10,000 lines: measured by a client over pipes, with pauses as between keystrokes.
func measureEditing(in directory: String, program: String) {
  guard let slash = program.lastIndex(of: "/") else {
    return say("run it by its path, beside `pol`")
  }
  let server = String(program[..<slash]) + "/pol"
  say("Keystroke to diagnostics over pipes, 10,000 lines; milliseconds.")
  say("  typed in                        keys   median      p90      p99      max  memory MB")
  for isOneFile in [false, true] {
    let folder = directory + (isOneFile ? "/one-file" : "/many-files")
    do throws(FileError) {
      let files = try EditedSet.write(to: folder, isOneFile: isOneFile)
      guard let session = EditingSession(program: server, root: folder) else {
        return say("`\(server)` cannot be started")
      }
      session.measure(files, isOneFile: isOneFile)
    } catch {
      say(error.message)
    }
  }
}

/// Shows a row as soon as it is measured.
private func say(_ text: String) { _ = Descriptor.write(Array((text + "\n").utf8), to: 1) }

/// A policy set of 10,000 lines.
private enum EditedSet {
  /// The paths and texts of its files.
  static func write(
    to folder: String,
    isOneFile: Bool
  ) throws(FileError) -> [(path: String, text: String)] {
    try System.makeDirectory(folder)
    let catalogue = SyntheticSet.catalogue(actions: 1000)
    let roles = SyntheticSet.roles(200, rules: 7800, actions: 1000)
    var people = ""
    for role in 0..<200 { people += "assign role-\(role) to group team-\(role % 40)\n" }
    for team in 0..<40 { people += "group team-\(team) \"Team \(team)\"\n" }
    for role in 0..<60 {
      people += "test \"role \(role) may not delete\" {\n  as role-\(role)\n"
      people += "  deny service-\(role % 50).put-9 with context.mfa = false\n}\n"
    }
    var files: [(path: String, text: String)] = [
      ("catalogue.pol", catalogue), ("people.pol", people),
    ]
    for (number, part) in split(roles, into: 20).enumerated() {
      files.append(("roles-\(number).pol", part))
    }
    if isOneFile { files = [("all.pol", files.map(\.text).joined())] }
    for file in files {
      try FileContents.write(Array(file.text.utf8), to: folder + "/" + file.path)
    }
    return files
  }

  /// Parts of whole declarations.
  private static func split(_ text: String, into count: Int) -> [String] {
    var parts = [String](repeating: "", count: count)
    var role = -1
    for line in text.split(separator: "\n") {
      if line.hasPrefix("role ") { role += 1 }
      parts[max(0, role) * count / 200] += line + "\n"
    }
    return parts
  }
}

/// One session with a server, in which somebody types.
private final class EditingSession {
  private let server: EditorServer
  private let root: String
  private var version = 1

  init?(program: String, root: String) {
    guard let server = EditorServer(program: program) else { return nil }
    self.server = server
    self.root = root
    server.send([
      "jsonrpc": "2.0", "id": "start", "method": "initialize",
      "params": [
        "processId": .null, "capabilities": [:],
        "workspaceFolders": [["uri": .string("file://" + root), "name": "set"]],
      ],
    ])
    _ = server.wait { $0["id"]?.text == "start" }
    server.notify("initialized", [:])
  }

  func measure(_ files: [(path: String, text: String)], isOneFile: Bool) {
    let rules = isOneFile ? files[0] : files.first { $0.path == "roles-7.pol" } ?? files[0]
    let place = isOneFile ? "one file" : "22 files"
    type(
      "  allow service-3.{get-1, put-4} when context.mfa and resource.level > 3\n",
      into: rules,
      after: "role role-77 \"Role 77\" {\n",
      "a rule, \(place)"
    )
    let people = isOneFile ? files[0] : files[1]
    type(
      "  allow service-7.get-1, service-7.get-2 with context.mfa = true\n",
      into: people,
      after: "test \"role 30 may not delete\" {\n  as role-30\n",
      "a test, \(place)"
    )
    let catalogue = files[0]
    type(
      "      rotate-key \"Change the key\"\n",
      into: catalogue,
      after: "  service service-20 \"Service 20\" {\n    read {\n",
      "the catalogue, \(place)"
    )
    measureWholeCheck(catalogue, "whole check, \(place)")
    say("  memory of the server, \(place): \(server.finish()) MB")
  }

  /// Types a line twice, a key at a time, and takes it back.
  private func type(
    _ line: String,
    into file: (path: String, text: String),
    after start: String,
    _ what: String
  ) {
    let uri = "file://" + root + "/" + file.path
    open(uri, file.text)
    guard let range = place(after: start, in: file.text) else { return }
    var times: [Double] = []
    for _ in 0..<2 {
      var (row, column) = range
      for key in line {
        times.append(seconds(rounds: 1) { stroke(uri, key, row, column) } * 1000)
        if key == "\n" { (row, column) = (row + 1, 0) } else { column += 1 }
        usleep(key == " " ? 200_000 : 30_000)
      }
      takeBack(uri, range)
    }
    server.notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]])
    say(report(what, times.sorted()))
  }

  /// From a key to an answer that needs the names of the whole set.
  private func measureWholeCheck(_ file: (path: String, text: String), _ what: String) {
    let uri = "file://" + root + "/" + file.path
    open(uri, file.text)
    var times: [Double] = []
    for _ in 0..<8 {
      times.append(
        seconds(rounds: 1) {
          change(uri, 0, 0, 0, 0, " ")
          awaitNames()
        } * 1000
      )
      usleep(700_000)
    }
    say(report(what, times.sorted()))
  }

  private func open(_ uri: String, _ text: String) {
    version = 1
    server.notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": "pol", "version": 1, "text": .string(text),
        ]
      ]
    )
    awaitNames()
    usleep(2_000_000)
  }

  /// Waits for an answer that needs the whole set.
  private func awaitNames() {
    server.send([
      "jsonrpc": "2.0", "id": "names", "method": "workspace/symbol", "params": ["query": "zzz"],
    ])
    _ = server.wait { $0["id"]?.text == "names" }
  }

  /// Sends a key and waits for what is said about it.
  private func stroke(_ uri: String, _ key: Character, _ row: Int, _ column: Int) {
    change(uri, row, column, row, column, String(key))
    let wanted = version
    _ = server.wait { message in
      message["method"]?.text == "textDocument/publishDiagnostics"
        && message["params"]?["uri"]?.text == uri
        && message["params"]?["version"]?.number == wanted
    }
  }

  private func takeBack(_ uri: String, _ place: (row: Int, column: Int)) {
    change(uri, place.row, place.column, place.row + 1, 0, "")
    usleep(500_000)
  }

  private func change(
    _ uri: String,
    _ row: Int,
    _ column: Int,
    _ endRow: Int,
    _ endColumn: Int,
    _ text: String
  ) {
    version += 1
    let range: JSONValue = [
      "start": ["line": .int(row), "character": .int(column)],
      "end": ["line": .int(endRow), "character": .int(endColumn)],
    ]
    server.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .int(version)],
        "contentChanges": [["range": range, "text": .string(text)]],
      ]
    )
  }

  /// The line and column after some text.
  private func place(after start: String, in text: String) -> (row: Int, column: Int)? {
    let bytes = Array(text.utf8)
    let wanted = Array(start.utf8)
    for offset in 0..<max(0, bytes.count - wanted.count)
    where bytes[offset] == wanted[0] && bytes[offset..<offset + wanted.count].elementsEqual(wanted)
    {
      let before = bytes[..<(offset + wanted.count)]
      return (before.count { $0 == UInt8(ascii: "\n") }, 0)
    }
    return nil
  }

  private func report(_ what: String, _ times: [Double]) -> String {
    func share(_ part: Double) -> Double {
      times[min(times.count - 1, Int(Double(times.count) * part))]
    }
    let numbers = [share(0.5), share(0.9), share(0.99), times.last ?? 0]
    let name = what + String(repeating: " ", count: max(0, 28 - what.count))
    let cells = numbers.map { column(decimals($0, 2), 9) }.joined()
    return "  \(name)" + column("\(times.count)", 8) + cells
  }
}
