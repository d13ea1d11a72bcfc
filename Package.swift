// swift-tools-version: 6.3
import PackageDescription

/// The settings of every target: Swift 6 mode, explicit unsafety, no warnings.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A target with the house settings, and exactly the imports that ARCHITECTURE.md grants it.
func module(_ name: String, imports: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: imports.map { .byName(name: $0) },
    swiftSettings: house
  )
}

/// The tests of one module, with the shared test support.
func tests(_ name: String, of imports: [String]) -> Target {
  .testTarget(
    name: name,
    dependencies: (imports + ["PolicyTestSupport"]).map { .byName(name: $0) },
    exclude: ["Fixtures"],
    swiftSettings: house
  )
}

let package = Package(
  name: "Pol",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "PolicyEngine", targets: ["PolicyEngine"]),
    .library(name: "PolicyHosting", targets: ["PolicyHosting"]),
    // For C and whatever calls C: libpolicyengine, with the header policyengine.h.
    .library(name: "policyengine", type: .dynamic, targets: ["PolicyEngineC"]),
    .library(name: "policyengine-static", type: .static, targets: ["PolicyEngineC"]),
    .library(name: "PolicyDirectory", targets: ["PolicyDirectory"]),
    .library(name: "PolicyLibrary", targets: ["PolicyLibrary"]),
    .executable(name: "pol", targets: ["pol"]),
    .plugin(name: "PolicyTables", targets: ["PolicyTables"]),
    .plugin(name: "PolCommand", targets: ["PolCommand"]),
  ],
  targets: [
    // Holds decision tables and answers a request in constant time.
    module("PolicyEngine"),
    // Maps compiled policies from files, and replaces them while readers go on.
    module("PolicyHosting", imports: ["PolicyEngine"]),
    // The header of the C library, and its functions.
    .target(name: "CPolicyEngine"),
    module("PolicyEngineC", imports: ["CPolicyEngine", "PolicyEngine", "PolicyHosting"]),
    // Grants policies to principals while programs run.
    module("PolicyDirectory", imports: ["PolicyEngine", "PolicyHosting"]),
    // Owns the text, its positions, and what is said about it.
    module("PolicySource"),
    // Turns any text into a lossless tree, with recovery.
    module("PolicySyntax", imports: ["PolicySource"]),
    // Lays text out in the one canonical way.
    module("PolicyFormatter", imports: ["PolicySource", "PolicySyntax"]),
    // The checked policy set as plain values; requests; the interpreter, which is the meaning.
    module("PolicyModel", imports: ["PolicySource", "PolicyEngine"]),
    // Resolves names and types: tree -> policy set.
    module(
      "PolicyChecker",
      imports: ["PolicySource", "PolicySyntax", "PolicyModel", "PolicyEngine"]
    ),
    // Policy set -> diagrams -> tables.
    module("PolicyCompiler", imports: ["PolicySource", "PolicyModel", "PolicyEngine"]),
    // Exact questions about a policy set: tests, proofs, explanations.
    module(
      "PolicyAnalysis",
      imports: ["PolicySource", "PolicyModel", "PolicyCompiler", "PolicyEngine"]
    ),
    // Findings beyond errors: one file per lint.
    module(
      "PolicyLint",
      imports: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyCompiler",
        "PolicyAnalysis", "PolicyEngine",
      ]
    ),
    // Diagnostics and answers for people and machines.
    module(
      "PolicyReport",
      imports: ["PolicySource", "PolicyModel", "PolicyAnalysis", "PolicyEngine"]
    ),
    // Policy sets as other systems read them.
    module(
      "PolicyExport",
      imports: [
        "PolicySource", "PolicyModel", "PolicyCompiler", "PolicyAnalysis", "PolicyReport",
        "PolicyEngine",
      ]
    ),
    // Finds and reads policy sets; the only file input and output of the compiler.
    module(
      "PolicyWorkspace",
      imports: ["PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker"]
    ),
    // Compiles sources while a program runs: the whole compiler behind one function.
    module(
      "PolicyLibrary",
      imports: [
        "PolicySource", "PolicyModel", "PolicyCompiler", "PolicyAnalysis", "PolicyReport",
        "PolicyWorkspace", "PolicyEngine",
      ]
    ),
    // Policies of other systems as policy text.
    module(
      "PolicyImport",
      imports: [
        "PolicySource", "PolicySyntax", "PolicyFormatter", "PolicyModel", "PolicyReport",
        "PolicyEngine",
      ]
    ),
    // What decisions are measured against, in C: the least work on the same tables.
    .target(name: "CBitLoop"),
    // Measures decisions beside that loop, the interpreter and an evaluator written by hand.
    module(
      "PolicyBenchmark",
      imports: ["PolicyModel", "PolicyEngine", "PolicyHosting", "CBitLoop"]
    ),
    // Answers editors: LSP over standard input and output.
    module(
      "PolicyLanguageServer",
      imports: [
        "PolicySource", "PolicySyntax", "PolicyFormatter", "PolicyModel", "PolicyChecker",
        "PolicyCompiler", "PolicyAnalysis", "PolicyLint", "PolicyReport", "PolicyWorkspace",
        "PolicyEngine",
      ]
    ),
    // One file per subcommand.
    module(
      "PolicyCommands",
      imports: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyCompiler",
        "PolicyAnalysis", "PolicyLint", "PolicyReport", "PolicyWorkspace", "PolicyFormatter",
        "PolicyEngine", "PolicyBenchmark", "PolicyLanguageServer", "PolicyExport", "PolicyImport",
      ]
    ),
    // Swift source with compiled policies in it.
    module("PolicyGenerator", imports: ["PolicyModel", "PolicyEngine"]),
    // The build plugin's tool: it is compiled by everyone who uses the plugin, so it is small.
    .executableTarget(
      name: "polc",
      dependencies: [
        "PolicySource", "PolicyModel", "PolicyCompiler", "PolicyAnalysis", "PolicyWorkspace",
        "PolicyGenerator",
      ],
      swiftSettings: house
    ),
    .plugin(name: "PolicyTables", capability: .buildTool(), dependencies: ["polc"]),
    .plugin(
      name: "PolCommand",
      capability: .command(
        intent: .custom(verb: "pol", description: "Check, test and compare access policies.")
      ),
      dependencies: ["pol"]
    ),
    // Measures the stages on policy sets that it makes.
    .executableTarget(
      name: "pol-bench",
      dependencies: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyCompiler",
        "PolicyEngine", "PolicyBenchmark", "PolicyWorkspace", "PolicyReport",
        "PolicyLanguageServer", "PolicyDirectory", "CBitLoop", "CPolicyEngine", "PolicyEngineC",
      ],
      swiftSettings: house
    ),
    // Gives changed inputs to everything that takes bytes from anyone.
    .executableTarget(
      name: "pol-fuzz",
      dependencies: [
        "PolicySource", "PolicySyntax", "PolicyFormatter", "PolicyModel", "PolicyChecker",
        "PolicyCompiler", "PolicyAnalysis", "PolicyReport", "PolicyWorkspace", "PolicyEngine",
        "PolicyHosting", "PolicyDirectory", "PolicyImport",
      ],
      swiftSettings: house
    ),
    .executableTarget(
      name: "pol",
      dependencies: ["PolicyCommands"],
      swiftSettings: house
    ),
    // Fixtures, expectations in carets, seeded randomness: what the tests share.
    .target(
      name: "PolicyTestSupport",
      dependencies: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyEngine",
        "PolicyAnalysis", "PolicyReport",
      ],
      path: "Tests/PolicyTestSupport",
      swiftSettings: house
    ),
    tests("PolicySyntaxTests", of: ["PolicySource", "PolicySyntax"]),
    tests(
      "PolicyCheckerTests",
      of: ["PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyEngine"]
    ),
    tests(
      "PolicyReportTests",
      of: [
        "PolicyReport", "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker",
        "PolicyAnalysis", "PolicyCompiler", "PolicyEngine",
      ]
    ),
    tests(
      "PolicyLintTests",
      of: [
        "PolicyLint", "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker",
        "PolicyWorkspace", "PolicyEngine",
      ]
    ),
    tests(
      "PolicyCommandsTests",
      of: [
        "PolicyCommands", "PolicyReport", "PolicySource", "PolicyWorkspace", "PolicyAnalysis",
        "PolicyLint", "PolicySyntax", "PolicyCompiler", "PolicyEngine", "PolicyModel",
      ]
    ),
    tests(
      "EndToEndTests",
      of: [
        "PolicyCommands", "PolicyModel", "PolicyReport", "PolicySource", "PolicyWorkspace",
        "PolicyEngine", "PolicyHosting", "PolicyDirectory", "PolicyLibrary", "pol", "pol-fuzz",
        "polc",
      ]
    ),
    .testTarget(
      name: "GrammarTests",
      dependencies: ["PolicySource", "PolicySyntax", "PolicyTestSupport"],
      exclude: ["Fixtures"],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyEngineTests",
      dependencies: ["PolicyEngine", "PolicyTestSupport"],
      swiftSettings: house
    ),
    // Counts what is taken from the heap: stands in for the allocator of the C library.
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "PolicyHostingTests",
      dependencies: [
        "AllocationCounter", "PolicyHosting", "PolicyEngine", "PolicyCompiler", "PolicyModel",
        "PolicyTestSupport",
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyEngineCTests",
      dependencies: [
        "PolicyAnalysis", "PolicyCompiler", "PolicyEngine", "PolicyModel", "PolicyReport",
        "PolicySource", "PolicyWorkspace", "PolicyTestSupport", "PolicyEngineC",
      ],
      exclude: ["Programs"],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyLibraryTests",
      dependencies: ["PolicyLibrary", "PolicyEngine"],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyDirectoryTests",
      dependencies: [
        "PolicyDirectory", "PolicyEngine", "PolicyCompiler", "PolicyTestSupport",
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyCompilerTests",
      dependencies: [
        "PolicyAnalysis", "PolicyCompiler", "PolicyDirectory", "PolicyEngine", "PolicyModel",
        "PolicyReport",
        "PolicySource", "PolicyWorkspace", "PolicyTestSupport",
      ],
      swiftSettings: house
    ),
    tests(
      "PolicyFormatterTests",
      of: ["PolicyChecker", "PolicyFormatter", "PolicyModel", "PolicySource", "PolicySyntax"]
    ),
    .testTarget(
      name: "PolicyModelTests",
      dependencies: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyEngine",
        "PolicyTestSupport",
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "PolicyAnalysisTests",
      dependencies: [
        "PolicySource", "PolicySyntax", "PolicyModel", "PolicyChecker", "PolicyCompiler",
        "PolicyEngine", "PolicyAnalysis", "PolicyLint", "PolicyTestSupport",
      ],
      swiftSettings: house
    ),
    tests(
      "PolicyExportTests",
      of: [
        "PolicyAnalysis", "PolicyEngine", "PolicyExport", "PolicyModel", "PolicyReport",
        "PolicySource", "PolicyWorkspace",
      ]
    ),
    tests(
      "PolicyGeneratorTests",
      of: ["PolicyCompiler", "PolicyGenerator", "PolicySource", "PolicyWorkspace"]
    ),
    .testTarget(
      name: "PolicyBenchmarkTests",
      dependencies: [
        "PolicyBenchmark", "PolicyCompiler", "PolicyEngine", "PolicyModel", "PolicySource",
        "PolicyWorkspace", "pol-bench",
      ],
      swiftSettings: house
    ),
    tests(
      "PolicyLanguageServerTests",
      of: ["PolicyLanguageServer", "PolicyReport", "PolicySource", "pol"]
    ),
    tests(
      "PolicyImportTests",
      of: [
        "PolicyImport", "PolicyModel", "PolicyReport", "PolicySource", "PolicySyntax",
        "PolicyFormatter", "PolicyEngine", "PolicyWorkspace", "PolicyLint",
      ]
    ),
    .testTarget(name: "RepositoryTests", swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
