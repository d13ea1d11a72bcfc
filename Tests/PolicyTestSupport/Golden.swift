package import Foundation

/// Text that is kept beside a test and compared with what the program makes.
package enum Golden {
  /// Whether the run rewrites what is kept; it fails all the same, so that recording is not passing.
  package static var isUpdating: Bool {
    ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1"
  }

  /// What is wrong with the kept text, or nothing.
  ///
  /// - Complexity: O(bytes).
  package static func mismatch(_ actual: String, with file: URL) -> String? {
    let kept = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if let kept, kept.utf8.elementsEqual(actual.utf8) { return nil }
    if isUpdating {
      do {
        try Data(actual.utf8).write(to: file)
        return "\(file.lastPathComponent) was rewritten; read the change and run again"
      } catch {
        return "\(file.lastPathComponent) could not be written: \(error)"
      }
    }
    guard let kept else {
      return "\(file.lastPathComponent) is missing; UPDATE_FIXTURES=1 makes it"
    }
    return "\(file.lastPathComponent) differs; UPDATE_FIXTURES=1 rewrites it\n"
      + firstDifference(kept, actual)
  }

  private static func firstDifference(_ kept: String, _ actual: String) -> String {
    let left = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(left.count, right.count) {
      let old = index < left.count ? String(left[index]) : "(end)"
      let new = index < right.count ? String(right[index]) : "(end)"
      if !old.utf8.elementsEqual(new.utf8) {
        return "line \(index + 1)\n  kept: \(old)\n  made: \(new)"
      }
    }
    return "the line breaks differ"
  }
}
