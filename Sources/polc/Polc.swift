import PolicyAnalysis
import PolicyCompiler
import PolicyGenerator
import PolicySource
import PolicyWorkspace

/// The build plugin's tool: policy files in, Swift source out.
///
/// `polc OUTPUT FILE…` compiles the files as one policy set. What is wrong with them goes to the
/// build log in the form that compilers have, `file:line:column: error: message`, and any error, a
/// broken assertion among them, is a failed build.
@main struct Polc {
  nonisolated static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      return end(2, "usage: polc OUTPUT FILE…")
    }
    do {
      try build(Array(arguments.dropFirst()), to: arguments[0])
    } catch {
      end(2, "error: \(error.message)")
    }
  }

  /// Sources -> trees -> policy set -> tables -> Swift.
  private static func build(_ paths: [String], to output: String) throws(FileError) {
    let sources = try read(paths.map(WorkingDirectory.relative))
    let checked = load(sources)
    var diagnostics = checked.diagnostics
    if !diagnostics.hasErrors { diagnostics += judgeAssertions(of: checked.value).diagnostics }
    for diagnostic in diagnostics { log(diagnostic, sources) }
    if diagnostics.hasErrors { return end(1, "") }
    let compiled = compile(checked.value)
    let text = generateSwift(checked.value, tables: compiled.bytes)
    try FileContents.write(Array(text.utf8), to: output)
  }

  private static func log(_ diagnostic: Diagnostic, _ sources: SourceMap) {
    let span = diagnostic.primary.span
    let place = sources.place(span)
    var line = "\(sources[span.file].path):\(place.line):\(place.column): "
    line += "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code.rawValue)]"
    if let help = diagnostic.help { line += "; \(help)" }
    write(line)
  }

  private static func write(_ line: String) {
    _ = Descriptor.write(Array((line + "\n").utf8), to: 2)
  }

  private static func end(_ status: Int32, _ message: String) {
    if !message.isEmpty { write(message) }
    System.exit(status)
  }
}
