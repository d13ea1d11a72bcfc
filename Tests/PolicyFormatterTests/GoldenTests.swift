import Foundation
import PolicyFormatter
import PolicySource
import PolicyTestSupport
import Testing

/// Texts beside what is made of them: `x.pol` becomes `x.formatted.pol`.
@Suite struct GoldenTests {
  private static let fixtures = Fixture.all(in: Fixture.folder())
    .filter { !$0.name.hasSuffix(".formatted.pol") }

  @Test(arguments: fixtures)
  func `a text is laid out as it is kept`(_ fixture: Fixture) {
    let name = fixture.url.lastPathComponent.replacing(".pol", with: ".formatted.pol")
    let file = fixture.url.deletingLastPathComponent().appending(path: name)
    let made = String(decoding: format(fixture.source).bytes, as: UTF8.self)
    if let problem = Golden.mismatch(made, with: file) { Issue.record("\(problem)") }
  }

  @Test(arguments: fixtures)
  func `no line is longer than it must be`(_ fixture: Fixture) {
    let result = format(fixture.source)
    guard !result.diagnostics.hasErrors else { return }
    for line in String(decoding: result.bytes, as: UTF8.self).split(separator: "\n") {
      #expect(line.unicodeScalars.count <= 100, "\(line)")
    }
  }
}
