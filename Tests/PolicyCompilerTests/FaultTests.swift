import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// The comparison of tables with their sources notices what it is there for.
@Suite struct FaultTests {
  @Test("a broken compiler is caught", arguments: CompilerFault.allCases)
  func caught(fault: CompilerFault) throws {
    for seed in UInt64(1)...40 {
      var sets = RandomSets(seed: seed)
      let set = sets.set()
      var broken = set
      fault.change(&broken)
      let compiled = compile(broken) { fault.change(&$0) }
      guard compiled.bytes != compile(set).bytes else { continue }
      // A fault that the loader refuses proves nothing about comparisons.
      guard let engine = try? PolicyEngine(bytes: compiled.bytes) else { continue }
      let found = verify(engine, against: set, VerificationOptions(budget: 2000, seed: seed))
      guard case .compared(_, _?) = found else { continue }
      return
    }
    Issue.record("\(fault) is not caught by 40 random sets")
  }
}
