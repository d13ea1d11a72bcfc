import PolicyBenchmark
import PolicySource
import PolicySyntax

/// Lexing and parsing one large file, and one a tenth of it.
func measureFrontEnd(megabytes: Int) {
  print("Lexing and parsing one generated file, the best of three rounds.")
  print("  size (MB)    lex (MB/s)   lex+parse (MB/s)   parse (s)")
  var times: [Double] = []
  for share in [0.1, 1.0] {
    let size = Double(megabytes) * share
    var text = SyntheticSet.catalogue(actions: 1000)
    let part = SyntheticSet.roles(1000, rules: 20_000, actions: 1000)
    while Double(text.utf8.count) < size * 1e6 { text += part }
    let source = SourceFile(path: "generated.pol", text: text)
    let measured = Double(source.bytes.count) / 1e6
    var tokens = 0
    let lexing = seconds { tokens = lexOnly(source) }
    let parsing = seconds { _ = parse(source, as: FileID(0)).value.nodeCount }
    times.append(parsing / measured)
    print(
      "  " + column(decimals(measured), 9) + column(decimals(measured / lexing, 0), 14)
        + column(decimals(measured / parsing, 0), 19) + column(decimals(parsing, 3), 12)
        + "   (\(tokens) tokens)"
    )
  }
  print("  time per byte at the full size, against a tenth: \(decimals(times[1] / times[0], 2))\n")
}
