import PolicyEngine
import Testing

@Suite struct TextTests {
  @Test("a path has segments, none of them empty, `.` or `..`")
  func paths() {
    for path in ["a", "a/b", "a.b/..c", " ", "é/ü"] { #expect(PathText.isValid(path), "\(path)") }
    for path in ["", "/", "/a", "a/", "a//b", ".", "a/./b", "..", "a/.."] {
      #expect(!PathText.isValid(path), "\(path)")
    }
  }

  @Test("under is itself or below, by whole segments and bytes")
  func under() {
    #expect(PathText.isUnder("a", "a"))
    #expect(PathText.isUnder("a/b", "a"))
    #expect(!PathText.isUnder("ab", "a"))
    #expect(!PathText.isUnder("a", "a/b"))
    #expect(!PathText.isUnder("e\u{301}/x", "\u{e9}"))
  }

  @Test(
    "like matches the whole text",
    arguments: [
      ("*", "", true), ("*", "x", true), ("a*", "a", true), ("a*", "ba", false),
      ("*a", "ba", true), ("a*a", "a", false), ("a*a", "aa", true), ("a*b*c", "abc", true),
      ("a*b*c", "acb", false), ("**", "", true), ("*ab*ab*", "aabab", true),
      ("*ab*ab*", "aabb", false), ("ab", "ab", true), ("ab", "abc", false), ("", "", true),
      ("", "a", false),
    ]
  )
  func like(pattern: String, text: String, matches: Bool) {
    let runs = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    #expect(LikePattern(runs: runs.map { Array($0) }).matches(text) == matches)
  }

  @Test("values and principals are equal by their bytes")
  func bytes() {
    #expect(Value.string("\u{e9}") != .string("e\u{301}"))
    #expect(PrincipalID.user("\u{e9}") != .user("e\u{301}"))
    #expect(PrincipalID.user("a") != .serviceAccount("a"))
    #expect(Value.strings(["a"]) == .strings(["a"]))
  }
}
