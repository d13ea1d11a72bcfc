/// A percentage from 0 to 100 with at most two decimals, as options take it.
enum Percentage {
  /// A percentage in hundredths of a percent; the help says what to write where it is none.
  static func basisPoints(of text: String, help: String) throws(Failure) -> Int {
    let failure = Failure("`\(text)` is no percentage", help: help)
    let sides = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isWritten = sides.allSatisfy { side in
      !side.isEmpty && side.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isWritten, sides[0].utf8.count <= 3, sides.count == 1 || sides[1].utf8.count <= 2 else {
      throw failure
    }
    let decimals = sides.count == 1 ? "00" : sides[1] + (sides[1].utf8.count == 1 ? "0" : "")
    guard let whole = Int(sides[0]), let rest = Int(decimals), whole * 100 + rest <= 10_000 else {
      throw failure
    }
    return whole * 100 + rest
  }
}
