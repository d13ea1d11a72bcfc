/// Letters of other scripts that look like letters of ASCII.
///
/// A selection, made by eye, of the pairs that Unicode Technical Standard #39 ("Unicode Security
/// Mechanisms", section 4) calls confusable: the letters of living scripts that fonts draw alike.
/// Letters that are alike within ASCII (`l` and `1`, `O` and `0`) are not among them.
enum Confusables {
  /// The ASCII letter that a scalar looks like.
  static func lookalike(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if (0xFF21...0xFF3A).contains(scalar.value) || (0xFF41...0xFF5A).contains(scalar.value) {
      return Unicode.Scalar(scalar.value - 0xFEE0)  // fullwidth Latin
    }
    return table[scalar]
  }

  /// A text with every lookalike replaced: texts that look alike have one skeleton.
  static func skeleton(of text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { lookalike(of: $0) ?? $0 })
    )
  }

  /// The script of a lookalike, for messages.
  static func script(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x0370...0x03FF: "Greek"
    case 0x0400...0x052F: "Cyrillic"
    case 0x0530...0x058F: "Armenian"
    case 0xFF00...0xFFEF: "fullwidth"
    default: "other"
    }
  }

  private static let table: [Unicode.Scalar: Unicode.Scalar] = {
    let alphabets: [(foreign: String, latin: String)] = [
      // Greek
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορι", "ABEZHIKMNOPTYXavopi"),
      // Cyrillic
      ("АВЕЅІЈКМНОРСТХУԚԜаеѕіјорсухһԁԛԝѵ", "ABESIJKMHOPCTXYQWaesijopcyxhdqwv"),
      // Armenian
      ("Օօոսհզց", "Oonuhqg"),
    ]
    return Dictionary(
      uniqueKeysWithValues: alphabets.flatMap {
        zip($0.foreign.unicodeScalars, $0.latin.unicodeScalars)
      }
    )
  }()
}
