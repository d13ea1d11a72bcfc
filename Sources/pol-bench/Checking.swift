import PolicyBenchmark
import PolicyChecker
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// Writes a policy set of many files into a directory, so that `pol check` can be timed, and measures
/// what it does with them before it lints: reading, parsing on one thread and on all, and checking.
func measureChecking(in directory: String, files: Int, rules: Int) {
  do throws(FileError) {
    try write(files: files, rules: rules, to: directory)
    var sources = SourceMap([])
    let reading = seconds { sources = (try? read([directory])) ?? sources }
    var trees: [SyntaxTree] = []
    let parsing = seconds { trees = sources.ids.map { parse(sources[$0], as: $0).value } }
    let parallel = seconds {
      trees = Parallel.map(sources.files.count) { [sources] number in
        parse(sources[FileID(number)], as: FileID(number)).value
      }
    }
    var findings = 0
    let checking = seconds { findings = check(trees, sources: sources).diagnostics.count }
    print("\(sources.files.count) files, \(rules) rules, \(Parallel.cores) cores; best of three")
    print("  read      \(decimals(reading, 3)) s")
    print("  parse     \(decimals(parsing, 3)) s on one thread, \(decimals(parallel, 3)) s on all")
    print("  check     \(decimals(checking, 3)) s, \(findings) findings")
    print("  `pol check \(directory)` does all of it, lints too, cold")
  } catch {
    print(error.message)
  }
}

/// A catalogue of 1,000 actions, and as many files with a role each as are wanted.
private func write(files: Int, rules: Int, to directory: String) throws(FileError) {
  try System.makeDirectory(directory)
  let catalogue = SyntheticSet.catalogue(actions: 1000)
  try FileContents.write(Array(catalogue.utf8), to: directory + "/catalogue.pol")
  let roles = SyntheticSet.roles(files, rules: rules, actions: 1000).split(separator: "}\nrole ")
  for (number, role) in roles.enumerated() {
    let start = number == 0 ? "" : "role "
    let end = number == roles.count - 1 ? "" : "}\n"
    let text = start + role + end
    try FileContents.write(Array(text.utf8), to: "\(directory)/role-\(number).pol")
  }
}
