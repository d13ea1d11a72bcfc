import PolicyChecker
import PolicyModel
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
        + "   (\(tokens) tokens)")
  }
  print("  time per byte at the full size, against a tenth: \(decimals(times[1] / times[0], 2))\n")
}

/// Checking a set of 1,000 roles × 1,000 actions × 20,000 rules, and one a tenth of it.
func measureChecking() {
  print("Checking (names, types, patterns) a generated set, the best of three rounds.")
  print("  roles  actions    rules   parse (s)   check (s)")
  var times: [Double] = []
  for (roles, actions, rules) in [(100, 1000, 2000), (1000, 1000, 20_000)] {
    let map = SourceMap([
      SourceFile(path: "catalogue.pol", text: SyntheticSet.catalogue(actions: actions)),
      SourceFile(
        path: "roles.pol", text: SyntheticSet.roles(roles, rules: rules, actions: actions)),
    ])
    var trees: [SyntaxTree] = []
    let parsing = seconds { trees = map.ids.map { parse(map[$0], as: $0).value } }
    var errors = 0
    let checking = seconds { errors = check(trees, sources: map).diagnostics.count }
    times.append(checking / Double(rules))
    print(
      "  " + column("\(roles)", 5) + column("\(actions)", 9) + column("\(rules)", 9)
        + column(decimals(parsing, 3), 12) + column(decimals(checking, 3), 12)
        + (errors > 0 ? "   \(errors) diagnostics" : ""))
  }
  print("  time per rule at the full size, against a tenth: \(decimals(times[1] / times[0], 2))")
}
