import Foundation
import PolicyTestSupport
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace
import Testing

/// The samples decide what the documentation of their systems says, cell for cell.
@Suite struct AcceptanceTests {
  @Test func `both tables are there, whole`() {
    #expect(AcceptanceMatrix.all.map(\.cells.count) == [67 * 3, 46 * 13])
    let allowed = AcceptanceMatrix.all[0].cells.filter(\.isAllowed)
    let counts = ["Administrator", "Observer", "User"].map { policy in
      allowed.filter { $0.policy == policy }.count
    }
    #expect(counts == [66, 39, 55])
  }

  @Test(arguments: AcceptanceMatrix.all)
  func `the interpreter decides every cell as the table`(matrix: AcceptanceMatrix) throws {
    let checked = load(try read([Executable.root.appending(path: matrix.sample).path]))
    try #require(!checked.diagnostics.hasErrors)
    let set = checked.value
    let vocabulary = set.vocabulary
    for cell in matrix.cells {
      let document = try #require(RequestReader.read(Array(cell.request.utf8)[...]).document)
      let decision = interpret(try document.resolved(in: vocabulary), in: set)
      #expect((decision.effect == .allow) == cell.isAllowed, "\(cell.policy) \(cell.action)")
    }
  }

  @Test(arguments: AcceptanceMatrix.all)
  func `a stream decides every cell as the table`(matrix: AcceptanceMatrix) throws {
    try expectDecisions(of: matrix, from: matrix.sample)
  }

  @Test(arguments: AcceptanceMatrix.all)
  func `compiled tables decide every cell as the table`(matrix: AcceptanceMatrix) throws {
    let scratch = try TemporaryFolder()
    let tables = scratch.place("tables.polc").path
    let compiled = try Executable.pol(["compile", matrix.sample, "-o", tables])
    #expect(compiled.status == 0, "\(compiled.error)")
    try expectDecisions(of: matrix, from: tables)
  }

  private func expectDecisions(of matrix: AcceptanceMatrix, from set: String) throws {
    let requests = matrix.cells.map { $0.request + "\n" }.joined()
    let outcome = try Executable.pol(["eval", set, "--requests", "-"], input: requests)
    #expect(outcome.status == 0, "\(outcome.error)")
    let answers = outcome.output.split(separator: "\n")
    try #require(answers.count == matrix.cells.count)
    for (cell, answer) in zip(matrix.cells, answers) {
      let start = #"{"id": "\#(cell.policy) \#(cell.action)", "decision": \#(cell.isAllowed),"#
      #expect(answer.hasPrefix(start), "\(answer)")
    }
  }
}
