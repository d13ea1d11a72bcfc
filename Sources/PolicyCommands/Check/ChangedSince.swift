import PolicyReport
import PolicySource
import PolicyWorkspace

/// What a policy set was in a revision, to tell what changed lines say and what they cause.
struct ChangedSince {
  private let before: SourceMap
  /// What was found there.
  private let findings: [Diagnostic]
  /// What people are told of it.
  let remark: String?

  /// Reads the revision at which the work on `HEAD` left another one, and checks what it has.
  init(
    _ revision: String,
    at paths: [String],
    _ settings: CheckSettings,
    _ console: Console
  ) throws(Failure) {
    before = try files { () throws(FileError) in try Self.sources(revision, at: paths) }
    guard !before.files.isEmpty else {
      findings = []
      remark = "there were no policies in \(revision): all of them are new"
      return
    }
    findings =
      try PolicyCommands.findings(in: before, configuration: settings.lints, console).diagnostics
    remark =
      findings.contains(where: settings.alwaysFails)
      ? "the policies of \(revision) do not check, so that findings may look new that are not" : nil
  }

  /// The findings that are in changed lines, or that were not there before.
  ///
  /// - Complexity: O(findings + bytes of both), and that of `LineDifference`.
  func news(
    among findings: [Diagnostic],
    in sources: SourceMap,
    _ settings: CheckSettings
  ) -> [Diagnostic] {
    var known: [Fingerprint: Int] = [:]
    var olds = Fingerprints(before, below: "")
    for finding in self.findings { known[olds.fingerprint(of: finding), default: 0] += 1 }
    var news = Fingerprints(sources, below: "")
    let changed = changedLines(of: sources)
    return findings.filter { finding in
      let fingerprint = news.fingerprint(of: finding)
      let count = known[fingerprint, default: 0]
      known[fingerprint] = count - 1
      return settings.alwaysFails(finding) || count <= 0
        || changed.touch(finding.primary.span, in: sources)
    }
  }

  private func changedLines(of sources: SourceMap) -> ChangedLines {
    var lines = ChangedLines()
    for id in sources.ids {
      let file = sources[id]
      let old = before.files.first { $0.path.utf8.elementsEqual(file.path.utf8) }
      guard let old else {
        lines.ranges[id] = [0..<file.lineStarts.count]
        continue
      }
      let changes = LineDifference.changes(from: old, to: file)
      // Lines that went away are a change of the line that follows.
      lines.ranges[id] = changes.map {
        $0.new.lowerBound..<max($0.new.upperBound, $0.new.lowerBound + 1)
      }
    }
    return lines
  }

  /// The files of a revision under the paths that they have now.
  private static func sources(
    _ revision: String,
    at paths: [String]
  ) throws(FileError) -> SourceMap {
    var found: [SourceFile] = []
    for path in paths {
      let isDirectory = System.isDirectory(path)
      let directory = isDirectory ? path : ConfigurationFile.directory(of: path)
      let name =
        isDirectory ? "" : String(path.dropFirst(directory.isEmpty ? 0 : directory.utf8.count + 1))
      let git = Git(in: directory.isEmpty ? "." : directory)
      let base = try git.base(of: revision)
      let place = GitRevision(revision: base, path: "./" + name)
      _ = try place.resolvedRevision(git)
      // A path that the revision lacks is one whose files are all new.
      guard let files = try? place.sources(git).files else { continue }
      let prefix = base + ":./"
      found += files.map { file in
        let inside = String(file.path.dropFirst(prefix.count))
        return SourceFile(path: ConfigurationFile.joined(directory, inside), bytes: file.bytes)
      }
    }
    var seen: Set<[UInt8]> = []
    return SourceMap(found.filter { seen.insert(Array($0.path.utf8)).inserted })
  }
}

/// Lines that are not as they were.
private struct ChangedLines {
  /// By file, in order, from 0.
  var ranges: [FileID: [Range<Int>]] = [:]

  func touch(_ span: SourceSpan, in sources: SourceMap) -> Bool {
    let file = sources[span.file]
    let first = file.lineIndex(of: span.lower)
    let last = file.lineIndex(
      of: max(span.lower, span.upper == span.lower ? span.upper : span.upper - 1)
    )
    return ranges[span.file, default: []].contains {
      $0.lowerBound <= last && first < $0.upperBound
    }
  }
}

extension Git {
  /// The revision at which `HEAD` left another one; that one itself where they have none in common.
  fileprivate func base(of revision: String) throws(FileError) -> String {
    guard let answer = try ask(["merge-base", "--end-of-options", revision, "HEAD"]) else {
      return revision
    }
    return String(decoding: answer.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
