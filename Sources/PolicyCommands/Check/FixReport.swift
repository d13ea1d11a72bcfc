import PolicyAnalysis
import PolicyReport
import PolicySource
import PolicyWorkspace

extension FixRun {
  /// The files that differ from how they were read, with what they were.
  func changes(from sources: SourceMap) -> [(old: SourceFile, new: SourceFile)] {
    zip(sources.files, fixed.sources.files).filter { $0.bytes != $1.bytes }.map { ($0, $1) }
  }

  /// What was done, in one line, such as `fixed 3 findings in 2 files; no decision changed`.
  func summary(_ verb: String, files: Int) -> String {
    let what = "\(verb) \(Tally.count(applied, "finding")) in \(Tally.count(files, "file"))"
    guard applied > 0 else { return "there is nothing that can be fixed safely" }
    return what
      + (checkedBefore
        ? "; no decision changes, as `pol diff` proves"
        : "; the policy set did not check, so there were no decisions to keep")
  }

  /// Says which fixes were left alone, and what they would have changed.
  func tellRefusals(_ console: Console, color: ColorChoice) {
    let terminal = console.terminal(color, for: .error)
    for (finding, difference) in refused {
      let why = difference == nil ? "its fix does not mend it" : "its fix would change decisions:"
      console.write("not fixed: \(VisibleText.of(finding)): \(why)\n", to: .error)
      guard let difference else { continue }
      var text = DifferenceText(difference, on: terminal)
      console.write(text.text(), to: .error)
    }
  }
}

extension FileContents {
  /// Replaces several files, or none: those that were replaced are put back when one cannot be.
  ///
  /// A file that is no longer as it was read stays, and so do all others.
  static func replaceAll(_ changes: [(old: SourceFile, new: SourceFile)]) throws(FileError) {
    for (old, _) in changes where try read(old.path) != old.bytes {
      throw .notWritten(old.path, reason: "it has changed in the meantime")
    }
    var done: [SourceFile] = []
    for (old, new) in changes {
      do throws(FileError) {
        try replace(new.bytes, at: new.path)
        done.append(old)
      } catch {
        for file in done { try? replace(file.bytes, at: file.path) }
        throw error
      }
    }
  }
}
