import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  /// Over each test, a command that runs it; over each policy whose access is not that of the last
  /// commit, how it changed.
  static let codeLens = Feature(
    "textDocument/codeLens",
    "codeLensProvider",
    options: ["resolveProvider": false],
    .analysed { (question, analysis) throws(ResponseError) in
      let tree = question.tree
      var lenses: [JSONValue] = []
      for test in tree.nodes(tree.root, .test) {
        guard let title = tree.first(test, .string) else { continue }
        let name = tree.stringValue(title)
        lenses.append(lens("▶ run test", .runTest, name, tree.span(title), question))
      }
      try question.cancellation.check()
      guard let difference = question.committed.difference(from: analysis) else {
        return .array(lenses)
      }
      for index in analysis.set.policies.indices {
        let heading = analysis.set.policies[index].heading
        guard heading.nameSpan.file == question.file,
          let title = AccessSinceCommit(index, difference, in: analysis).title
        else { continue }
        lenses.append(lens(title, .accessChange, heading.name, heading.nameSpan, question))
      }
      return .array(lenses)
    }
  )

  private static func lens(
    _ title: String,
    _ command: ServerCommand,
    _ name: String,
    _ span: SourceSpan,
    _ question: Question
  ) -> JSONValue {
    [
      "range": question.range(span),
      "command": [
        "title": .string(title), "command": .string(command.rawValue),
        "arguments": [.string(question.snapshot.uri(question.file)), .string(name)],
      ],
    ]
  }
}

/// What a client can have the server do.
enum ServerCommand: String, CaseIterable {
  /// Takes the URI of a document and the title of a test.
  case runTest = "pol.runTest"
  /// Takes the URI of a document and the name of a policy.
  case accessChange = "pol.accessChange"
}

extension WorkspaceRequest {
  static let executeCommand = WorkspaceRequest(
    method: "workspace/executeCommand",
    capability: (
      "executeCommandProvider",
      ["commands": .strings(ServerCommand.allCases.map(\.rawValue))]
    )
  ) { (question) throws(ResponseError) in
    let name = try question.params.requiredText("command")
    guard let command = ServerCommand(rawValue: name) else {
      throw ResponseError(.invalidParams, "there is no command `\(name)`")
    }
    guard let uri = question.params["arguments"]?[0]?.text,
      let subject = question.params["arguments"]?[1]?.text
    else { throw .missing("arguments") }
    guard let analysis = question.analyses.first(where: { $0.snapshot.file(at: uri) != nil }) else {
      throw ResponseError(.invalidParams, "the document `\(uri)` is not open")
    }
    switch command {
    case .runTest: return try runTest(subject, analysis, question)
    case .accessChange: return try showChange(subject, analysis, question)
    }
  }

  /// Says to which actions a policy gives other access than in the last commit.
  private static func showChange(
    _ name: String,
    _ analysis: SetAnalysis,
    _ question: WorkspaceQuestion
  ) throws(ResponseError) -> JSONValue {
    let policy = analysis.set.policies.indices.first {
      analysis.set.policies[$0].heading.name.utf8.elementsEqual(name.utf8)
    }
    guard let policy, let difference = question.committed.difference(from: analysis) else {
      throw ResponseError(
        .requestFailed,
        "there is nothing to compare `\(name)` with: no commit, or a set that does not check"
      )
    }
    let change = AccessSinceCommit(policy, difference, in: analysis)
    let title = change.title ?? "as in the last commit"
    question.tell(3, (["\(name), \(title)"] + change.details).joined(separator: "\n"))
    return [
      "policy": .string(name), "change": .string(title), "details": .strings(change.details),
    ]
  }

  /// Runs one test, says how it went, and gives it back.
  private static func runTest(
    _ title: String,
    _ analysis: SetAnalysis,
    _ question: WorkspaceQuestion
  ) throws(ResponseError) -> JSONValue {
    guard !analysis.findings.hasErrors else {
      throw ResponseError(.requestFailed, "the policy set does not check, so that no test can run")
    }
    let run = runTests(of: analysis.set, where: { $0.utf8.elementsEqual(title.utf8) })
    guard run.tests > 0 else {
      throw ResponseError(.requestFailed, "there is no test \"\(title)\"")
    }
    let isPassed = run.diagnostics.isEmpty
    let failures = run.diagnostics.map { "\($0.message) (\(analysis.place($0.primary.span)))" }
    question.tell(
      isPassed ? 3 : 1,
      isPassed
        ? "passed: \(title)" : (["failed: \(title)"] + failures.prefix(5)).joined(separator: "\n")
    )
    return [
      "test": .string(title), "passed": .bool(isPassed), "expectations": .int(run.expectations),
      "failures": .strings(failures),
    ]
  }
}
