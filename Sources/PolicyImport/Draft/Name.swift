import PolicyModel
import PolicySource
import PolicySyntax

/// A text of another system's policies; equal only to one of the same bytes.
package struct Name: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: Name, right: Name) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package static func < (left: Name, right: Name) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Texts of equal bytes are canonically equivalent, so their hashes are equal.
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Whether policy text can have it as a name, if need be in backquotes.
  ///
  /// The parser is asked, so that there is one rule of what a name is.
  /// - Complexity: O(length).
  var isSayable: Bool {
    if text.utf8.allSatisfy(Self.isPlain), !text.isEmpty { return true }
    guard !text.utf8.contains(UInt8(ascii: "`")), !text.utf8.contains(UInt8(ascii: "\n")) else {
      return false
    }
    let declaration = SourceFile(path: "", text: "group `\(text)`\n")
    return parse(declaration, as: FileID(0)).diagnostics.isEmpty
  }

  /// Whether policy text can have it as the id of a user.
  ///
  /// - Complexity: O(length).
  var isSayableAsID: Bool {
    if text.utf8.allSatisfy(Self.isPlain), !text.isEmpty { return true }
    let member = SourceFile(path: "", text: "group g { user \(describe(string: text)) }\n")
    return parse(member, as: FileID(0)).diagnostics.isEmpty
  }

  /// Letters, digits and marks that are in a name between backquotes whatever their order.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// The name as policy text writes it.
  var written: String { describe(name: text) }

  /// The name as policy text writes it where it stands beside keywords.
  var writtenAsPolicy: String { describe(name: text, reserved: reservedPolicyNames) }

  /// The name of a root unit as policy text writes it.
  var writtenAsUnit: String { describe(name: text, reserved: ["outside"]) }
}
