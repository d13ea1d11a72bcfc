import PolicyWorkspace

/// Gives changed inputs to everything that takes bytes from anyone.
///
///     pol-fuzz TARGET|all [--seconds N] [--runs N] [--seed N] [--corpus DIR] [FILE…]
///
/// Every file of the corpus is taken first as it is, then changed: the same seed makes the same
/// inputs. What crashes, does not end, or breaks a promise is written to `fuzz-TARGET.bin`, which
/// goes to the corpus when it is mended. With files, only those are taken.
@main struct PolFuzz {
  nonisolated static func main() {
    do throws(FileError) {
      System.exit(try run(Array(CommandLine.arguments.dropFirst())))
    } catch {
      print("error: \(error.message)")
      System.exit(2)
    }
  }

  private static func run(_ arguments: [String]) throws(FileError) -> Int32 {
    guard let plan = FuzzPlan(arguments) else {
      print("usage: pol-fuzz TARGET|all [--seconds N] [--runs N] [--seed N] [--corpus DIR] [FILE…]")
      print("targets: " + FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))
      return 2
    }
    let corpus = try Corpus(plan.corpus)
    for target in plan.targets {
      guard try fuzz(target, plan, corpus) else { return 1 }
    }
    return 0
  }

  /// Runs one target; false when something was found.
  private static func fuzz(
    _ target: FuzzTarget,
    _ plan: FuzzPlan,
    _ corpus: Corpus
  ) throws(FileError) -> Bool {
    let name = "fuzz-\(target.rawValue).bin"
    Reproducer.begin(name)
    var inputs: [[UInt8]] = []
    for file in plan.files { inputs.append(try FileContents.read(file)) }
    if plan.files.isEmpty { inputs = corpus.inputs(of: target) }
    var runs = 0
    func take(_ bytes: [UInt8]) -> Bool {
      runs += 1
      Reproducer.take(bytes)
      guard let problem = target.take(bytes, corpus.context) else { return true }
      Reproducer.save()
      print("\(target.rawValue): \(problem); the input is in \(name)")
      return false
    }
    for input in inputs { if !take(input) { return false } }
    guard plan.files.isEmpty, !inputs.isEmpty else { return true }
    var mutator = Mutator(seed: plan.seed)
    let start = ContinuousClock.now
    while plan.runs.map({ runs < $0 }) ?? (start.duration(to: .now) < .seconds(plan.seconds)) {
      let input = inputs[mutator.below(inputs.count)]
      let changed =
        target == .loader
        ? mutator.changedTables(input)
        : mutator.changed(input, with: inputs[mutator.below(inputs.count)])
      if !take(changed) { return false }
    }
    print("\(target.rawValue): \(runs) inputs, seed \(plan.seed), nothing found")
    return true
  }
}

/// What the command line asks for.
struct FuzzPlan {
  var targets: [FuzzTarget] = []
  var seconds = 60
  var runs: Int?
  var seed: UInt64 = 1
  var corpus = "Tests/Corpus"
  var files: [String] = []

  init?(_ arguments: [String]) {
    guard let first = arguments.first else { return nil }
    if first == "all" {
      targets = FuzzTarget.allCases
    } else {
      guard let target = FuzzTarget(rawValue: first) else { return nil }
      targets = [target]
    }
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        files.append(word)
        continue
      }
      guard let value = rest.popFirst() else { return nil }
      switch (word, UInt64(value)) {
      case ("--seconds", let number?): seconds = Int(clamping: number)
      case ("--runs", let number?): runs = Int(clamping: number)
      case ("--seed", let number?): seed = number
      case ("--corpus", _): corpus = value
      default: return nil
      }
    }
  }
}

/// The inputs that are kept, and the policy set that other targets need.
struct Corpus {
  let context: FuzzContext
  private var files: [String: [[UInt8]]] = [:]

  /// Reads the inputs of each kind, from a directory with a directory for each.
  init(_ path: String) throws(FileError) {
    for kind in Set(FuzzTarget.allCases.map(\.corpus)).sorted() {
      let directory = "\(path)/\(kind)"
      var found: [[UInt8]] = []
      if System.isDirectory(directory) {
        let names = try System.names(in: directory).sorted { left, right in
          left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        for name in names { found.append(try FileContents.read("\(directory)/\(name)")) }
      }
      files[kind] = found
    }
    guard
      let context = FuzzContext(
        policies: files["policy"] ?? [],
        requests: files["request"] ?? []
      )
    else { throw .unreadable(path, reason: "it has no policy set that checks") }
    self.context = context
  }

  /// The inputs that a target begins with; for the loader the tables of the policy set too.
  func inputs(of target: FuzzTarget) -> [[UInt8]] {
    (files[target.corpus] ?? []) + (target == .loader ? [context.bytes] : [])
  }
}
