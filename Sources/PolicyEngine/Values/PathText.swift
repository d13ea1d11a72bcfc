/// The rules of path values: segments separated by `/`, none empty, `.` or `..`.
public enum PathText {
  /// Whether a text is a path; `a//b`, `/a`, `a/`, `./a` and the empty text are not.
  ///
  /// - Complexity: O(length).
  public static func isValid(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { segment in
        !segment.isEmpty && !segment.elementsEqual(".".utf8) && !segment.elementsEqual("..".utf8)
      }
  }

  /// Whether a path is another one or lies below it.
  ///
  /// - Complexity: O(length of the ancestor).
  public static func isUnder(_ path: String, _ ancestor: String) -> Bool {
    var rest = path.utf8[...]
    for byte in ancestor.utf8 {
      guard rest.popFirst() == byte else { return false }
    }
    return rest.isEmpty || rest.first == UInt8(ascii: "/")
  }
}
