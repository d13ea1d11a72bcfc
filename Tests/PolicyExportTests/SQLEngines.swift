import Foundation
import PolicyTestSupport
import Testing

/// DuckDB, as a module of Python.
enum DuckDB {
  /// Whether it is there; where not, tests say so.
  static let isThere: Bool = {
    guard let python = Program.python else { return false }
    let outcome = try? Program.run(python, ["-c", "import duckdb"])
    return outcome?.status == 0
  }()

  /// The rows of the last query of each script, columns separated by `|`.
  static func run(_ scripts: [String]) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    let files = try scripts.enumerated().map { number, script in
      try folder.file("\(number).sql", Array(script.utf8)).path
    }
    let runner = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Tests/ExportReader/duck.py")
    return try Program.run(try #require(Program.python), ["-B", runner.path] + files)
  }
}

/// A PostgreSQL server of a run's own: in a temporary folder, on a socket.
enum PostgreSQL {
  /// The search path, and where Debian has what it does not put there.
  private static let path: String = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let folders = versions.sorted().reversed().map { "\(root)/\($0)/bin" }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (folders + [path]).joined(separator: ":")
  }()

  /// Why there is none; nil where there is.
  static let absence: String? = {
    let folders = path.split(separator: ":").map(String.init)
    for name in ["initdb", "pg_ctl", "psql"] where Program.find(name, in: folders) == nil {
      return "there is no PostgreSQL: `\(name)` is missing"
    }
    guard isRoot else { return nil }
    let user = try? Program.run(URL(filePath: "/usr/bin/id"), ["postgres"])
    return user?.status == 0
      ? nil : "PostgreSQL does not run as root, and there is no user `postgres`"
  }()

  private static let isRoot = NSUserName() == "root"

  /// The rows of the queries of a script, columns separated by `|`.
  static func run(_ script: String) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    let file = try folder.file("script.sql", Array(script.utf8))
    let runner = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Tests/ExportReader/postgres.sh")
    let shell = try #require(Program.find("sh"))
    // What is run as another user is read by it too.
    let own = try folder.file("run.sh", Array(try Data(contentsOf: runner)))
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.url.path)
    let words = [own.path, folder.url.path, file.path]
    guard isRoot else { return try Program.run(shell, words, environment: ["PATH": path]) }
    let line = "PATH='\(path)' exec sh " + words.map { "'\($0)'" }.joined(separator: " ")
    return try Program.run(
      try #require(Program.find("su")),
      ["-s", shell.path, "postgres", "-c", line]
    )
  }
}
