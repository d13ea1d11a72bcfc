import Foundation
import PolicyCommands
import PolicyWorkspace

/// A folder of its own, and `pol` run in this process as if from there.
final class Session {
  /// What a command did.
  struct Outcome {
    let status: ExitStatus
    let output: String
    let error: String
  }

  /// The path that commands are given; in what they write it is `DIR`.
  let folder: String

  init(_ files: [String: String] = [:]) throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "pol-tests-\(UUID().uuidString)")
    folder = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func write(_ text: String, to name: String) throws {
    let url = URL(filePath: folder).appending(path: name)
    let parent = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(of name: String) throws -> String {
    try String(contentsOf: URL(filePath: folder).appending(path: name), encoding: .utf8)
  }

  /// Runs a command line, split at spaces; `DIR` stands for the folder.
  func pol(_ line: String, input: String = "", variables: [String: String] = [:]) -> Outcome {
    pol(line.split(separator: " ").map(String.init), input: input, variables: variables)
  }

  func pol(
    _ arguments: [String],
    input: String = "",
    variables: [String: String] = [:],
    isTerminal: Bool = false
  ) -> Outcome {
    var output: [UInt8] = []
    var error: [UInt8] = []
    let console = Console(
      isTerminal: { _ in isTerminal },
      variable: { variables[$0] },
      input: { () throws(FileError) in LineReader("standard input", bytes: Array(input.utf8)) },
      sink: { channel, bytes in
        switch channel {
        case .output: output += bytes
        case .error: error += bytes
        }
      }
    )
    let given = arguments.map { $0.replacingOccurrences(of: "DIR", with: folder) }
    let status = run(given, on: console)
    func shown(_ bytes: [UInt8]) -> String {
      String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: folder, with: "DIR")
    }
    return Outcome(status: status, output: shown(output), error: shown(error))
  }
}
