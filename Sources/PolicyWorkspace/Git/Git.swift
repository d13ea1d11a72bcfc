/// The `git` of the system, asked about the repository around a directory.
///
/// It is only ever asked to read, and never to fetch: what is not in the repository is missing.
package struct Git: Sendable {
  /// Blobs are read in one go, so that a limit keeps a wrong path from filling the memory.
  private static let limit = 1 << 30

  /// Where it runs; relative paths after `REV:./` begin there.
  private let directory: String

  package init(in directory: String = ".") {
    self.directory = directory
  }

  /// What one git command answers; nil when it says no.
  package func ask(_ arguments: [String], input: [UInt8] = []) throws(FileError) -> [UInt8]? {
    let outcome = try outcome(arguments, input: input)
    return outcome.status == 0 ? outcome.output : nil
  }

  /// What one git command answers; what it complains of is the error, in which the subject is what
  /// was asked for.
  package func answer(
    _ arguments: [String],
    about subject: String,
    input: [UInt8] = []
  ) throws(FileError) -> [UInt8] {
    let outcome = try outcome(arguments, input: input)
    guard outcome.status == 0 else {
      let complaint = String(decoding: outcome.error, as: UTF8.self)
      let line = complaint.split(separator: "\n").first.map(String.init) ?? ""
      throw .revision(subject, reason: line.isEmpty ? "git ends with \(outcome.status)" : line)
    }
    return outcome.output
  }

  /// Whether there is a repository around the directory.
  package var isInRepository: Bool {
    get throws(FileError) { try ask(["rev-parse", "--git-dir"]) != nil }
  }

  private func outcome(
    _ arguments: [String],
    input: [UInt8]
  ) throws(FileError) -> Subprocess.Outcome {
    let outcome = try Subprocess.run(
      ["git", "-C", directory, "--no-pager", "--literal-pathspecs"] + arguments,
      environment: Self.environment,
      input: input,
      limit: Self.limit
    )
    guard let outcome else {
      throw .revision("git", reason: "there is no program of that name in PATH")
    }
    return outcome
  }

  /// What git is told of the surroundings: where it finds itself, its settings and the repository,
  /// and that nobody is there to be asked.
  private static var environment: [String] {
    let names = [
      "PATH", "HOME", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE",
      "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES",
      "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT",
    ]
    let count = System.environment("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0
    let settings = (0..<max(0, min(count, 1000))).flatMap {
      ["GIT_CONFIG_KEY_\($0)", "GIT_CONFIG_VALUE_\($0)"]
    }
    return (names + settings).compactMap { name in
      System.environment(name).map { "\(name)=\($0)" }
    } + ["LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1"]
  }
}
