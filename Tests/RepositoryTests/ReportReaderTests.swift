import Foundation
import Testing

/// Reports and the README's files for continuous integration, before the schemas and readers of
/// those who take them.
@Suite struct ReportReaderTests {
  @Test func `what others read is what they take`() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", Repository.root.appending(path: ".ci/check-reports").path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // `env` ends with 127 where there is no such program.
    guard process.terminationStatus != 127 else {
      print("skipped: .ci/check-reports: there is no python3")
      return
    }
    #expect(process.terminationStatus == 0, "\(output)")
    for line in output.split(separator: "\n") where line.hasPrefix("skipped: ") { print(line) }
  }
}
