/// Slips of the pen in a name, in a fixed order: a letter dropped, doubled, or swapped with the next.
struct Typo {
  let text: String

  /// The first slip that makes a name of the same form which nothing else has.
  ///
  /// `start` turns the order, so that one slip or another comes first.
  init?(of name: String, isQuoted: Bool, start: Int, avoiding taken: Set<String>) {
    let letters = Array(name.unicodeScalars)
    for turn in 0..<3 * letters.count {
      let position = (start / 3 + turn / 3) % letters.count
      var slipped = letters
      switch (start + turn) % 3 {
      case 0: slipped.remove(at: position)
      case 1: slipped.insert(letters[position], at: position)
      default:
        guard position + 1 < letters.count else { continue }
        slipped.swapAt(position, position + 1)
      }
      guard Typo.isName(slipped, isQuoted: isQuoted) else { continue }
      let text = String(String.UnicodeScalarView(slipped))
      if slipped != letters, !taken.contains(text) {
        self.text = text
        return
      }
    }
    return nil
  }

  private static func isName(_ scalars: [Unicode.Scalar], isQuoted: Bool) -> Bool {
    guard let first = scalars.first, let last = scalars.last else { return false }
    if isQuoted { return first != " " && last != " " }
    return (first.properties.isXIDStart || first == "_") && last != "-"
      && zip(scalars, scalars.dropFirst()).allSatisfy { $0 != "-" || $1 != "-" }
  }
}
