package import PolicyAnalysis

/// A matrix as one page of HTML that needs nothing else: no network, no fonts, no other file.
///
/// The page shows a part of the matrix at a time, so that it is as quick with a thousand roles and
/// twenty thousand actions as with ten. All that comes from policies is data in it, never markup.
package struct MatrixPage {
  private let data: MatrixPageData
  private let title: String

  package init(_ matrix: Matrix, of argument: String, against other: String?) {
    data = MatrixPageData(matrix, of: argument, against: other)
    let shown = VisibleText.of(argument)
    title = other.map { "\(shown) against \(VisibleText.of($0))" } ?? shown
  }

  /// - Complexity: O(size of the matrix), which is that of its different cells and pages.
  package func bytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n".utf8
    bytes += "<title>Access matrix of \(Self.escaped(title))</title>\n".utf8
    // Nothing may be fetched, whatever a policy is called.
    bytes += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ".utf8
    bytes += "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n".utf8
    bytes += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n".utf8
    bytes += "<style>\n\(MatrixPageStyle.text)\(MatrixPageStyle.print)</style>\n</head>\n".utf8
    bytes += "<body>\n\(MatrixPageMarkup.text)".utf8
    bytes += "<script type=\"application/json\" id=\"data\">".utf8
    bytes += data.bytes()
    bytes += "</script>\n<script>\n\"use strict\";\n".utf8
    bytes += MatrixPageScript.model.utf8
    bytes += MatrixPageScript.filters.utf8
    bytes += MatrixPageScript.grid.utf8
    bytes += MatrixPageScript.details.utf8
    bytes += MatrixPageScript.keys.utf8
    bytes += MatrixPageScript.print.utf8
    bytes += MatrixPageScript.start.utf8
    bytes += "</script>\n</body>\n</html>\n".utf8
    return bytes
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
