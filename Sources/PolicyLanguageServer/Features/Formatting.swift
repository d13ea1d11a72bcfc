import PolicyFormatter
import PolicyReport
import PolicySource
import PolicySyntax

// The layout of `pol fmt`; the options of the client do not change it.
extension Feature {
  static let formatting = Feature(
    "textDocument/formatting",
    "documentFormattingProvider",
    .atOnce { (question) throws(ResponseError) in edits(question, range: nil) }
  )

  static let rangeFormatting = Feature(
    "textDocument/rangeFormatting",
    "documentRangeFormattingProvider",
    .atOnce { (question) throws(ResponseError) in
      let range = try TextRange(try question.params.required("range"))
      let lower = UInt32(question.layout.offset(range.start))
      let upper = UInt32(question.layout.offset(range.end))
      return edits(question, range: lower..<max(lower, upper))
    }
  )

  private static func edits(_ question: Question, range: Range<UInt32>?) -> JSONValue {
    let parsed = question.snapshot.parsed[Int(question.file.position)]
    return .array(
      format(parsed, range: range).map {
        ["range": question.range($0.span), "newText": .string($0.replacement)]
      }
    )
  }
}
