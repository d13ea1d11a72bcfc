import PolicySource
import PolicySyntax
import Testing

/// Text that is no text.
@Suite struct CharacterTests {
  private func diagnostics(_ bytes: [UInt8]) -> [Diagnostic] {
    parse(SourceFile(path: "test.pol", bytes: bytes), as: FileID(0)).diagnostics
  }

  @Test func `a file in UTF-16 is one message`() {
    let text = Array("policy p { allow a.b }".utf16)
    let little: [UInt8] = [0xFF, 0xFE] + text.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(diagnostics(little).map(\.code) == [.invalidUTF8])
    #expect(diagnostics(big).map(\.code) == [.invalidUTF8])
  }

  @Test func `a file in Latin-1 is one message, wherever its letters are`() {
    let text = "// Gr\u{FC}\u{DF}e\nlet gr\u{F6}sse = \"\u{E4}\"\nou `\u{C4}` { \u{F6} }\n"
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    let found = diagnostics(bytes)
    #expect(found.map(\.code) == [.invalidUTF8])
    #expect(found.first?.notes == ["so are 4 other runs of bytes in this file"])
  }

  @Test func `what spans lines is one message`() {
    let block = Texts.diagnostics("/* two\n   `lines` of \"it */\nlet a = b\n/* open { \nlet c = d")
    #expect(block.map(\.code) == [.blockComment, .blockComment])
    #expect(block.map(\.fixes.count) == [1, 0])
    let string = Texts.diagnostics("let a = \"one\n  two\" and b\nlet c = d")
    #expect(string.map(\.message) == ["this string runs over a line break"])
  }

  @Test func `every control character is reported outside strings`() {
    for value in (0..<32).map(UInt8.init) + [127] where ![9, 10, 13].contains(value) {
      let found = diagnostics([value] + Array("let a = \"".utf8) + [value] + Array("\"".utf8))
      #expect(found.map(\.code) == [.invisibleCharacter], "\(value)")
      #expect(found.first?.primary.span.upper == 1)
    }
  }

  @Test func `invisible characters are reported in names and comments and not in strings`() {
    for scalar in "\u{AD}\u{200B}\u{200D}\u{202A}\u{202E}\u{2066}\u{2069}\u{FEFF}\u{E0041}\u{3164}"
      .unicodeScalars
    {
      for text in ["let a\(scalar)b = 1", "// a\(scalar)b", "/// a\(scalar)b", "ou `a\(scalar)b`"] {
        #expect(Texts.diagnostics(text).map(\.code) == [.invisibleCharacter], "\(scalar.value)")
      }
      #expect(Texts.diagnostics("let a = \"x\(scalar)y\"").isEmpty)
    }
  }

  @Test func `names of all scripts are names`() {
    for name in [
      "Größe", "имя", "名前", "اسم", "ชื่อ", "नाम",
    ] {
      #expect(Texts.diagnostics("ou \(name)").isEmpty, "\(name)")
    }
  }
}
