import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Variables that say of themselves what their sources do not.
@Suite struct ForgedVariableTests {
  private static let everything: PolicySet = {
    var sets = RandomSets(seed: 11)
    return sets.setOfEveryCheck()
  }()

  @Test func `more classes than the steps of a variable give`() {
    let set = Self.everything
    var slots = 0
    // The last is the unit of the resource, which only analysis asks for.
    _ = compile(set) { slots = $0[.requestVariableCount] - 1 }
    var kinds: Set<UInt32> = []
    for slot in 0..<slots {
      let found = refusal(set) { contents in
        if let step = contents.steps.first(where: { Int($0.slot) == slot }) {
          kinds.insert(step.kind)
        }
        contents.widen(UInt32(slot), by: 200_000)
      }
      #expect(found != nil, "variable \(slot)")
    }
    #expect(kinds.isSuperset(of: Set(1...13).subtracting([12])))
  }

  @Test func `a variable of two steps`() {
    let set = Self.everything
    var pairs: [(Int, UInt32)] = []
    _ = compile(set) { contents in
      for (index, step) in contents.steps.enumerated() {
        for other in contents.steps[..<index] where other.slot != step.slot {
          let isSame = contents.variables[Int(other.slot)] == contents.variables[Int(step.slot)]
          if isSame, other.kind == step.kind, ![10, 11].contains(step.kind) {
            pairs.append((index, other.slot))
          }
        }
      }
    }
    #expect(!pairs.isEmpty)
    for (index, slot) in pairs.prefix(20) {
      #expect(refusal(set) { $0.steps[index].slot = slot } != nil, "step \(index), slot \(slot)")
    }
  }

  @Test func `steps of two attributes`() {
    let found = refusal(Self.everything) { contents in
      let index = contents.attributes.indices.first { contents.attributes[$0].steps.count > 0 } ?? 0
      contents.attributes[(index + 1) % contents.attributes.count].steps =
        contents.attributes[index].steps
    }
    #expect(found == "section `attributes`: runs overlap or leave gaps")
  }
}

extension ArtifactContents {
  /// Says that a variable has more classes than it has, in every map of it.
  fileprivate mutating func widen(_ slot: UInt32, by more: UInt32) {
    variables[Int(slot)] += more
    var known: [UInt32: UInt32] = [:]
    func widened(_ map: UInt32, _ contents: inout ArtifactContents) -> UInt32 {
      if let found = known[map] { return found }
      let old = contents.maps[Int(map)]
      let values = contents.mapValues[old.values]
      let runs = Int(old.offset)..<Int(old.offset + old.runs)
      let firsts = old.runs == 0 ? Array(0..<old.classCount) : Array(contents.mapValues[runs])
      known[map] = UInt32(contents.maps.count)
      contents.maps.append(
        MapRecord(
          offset: UInt32(contents.mapValues.count),
          runs: UInt32(firsts.count),
          classCount: old.classCount + more,
          highest: old.highest
        )
      )
      contents.mapValues += firsts + values
      return UInt32(contents.maps.count - 1)
    }
    for index in readers.indices where readers[index].slot == slot {
      readers[index].map = widened(readers[index].map, &self)
    }
    for index in nodes.indices where nodes[index].slot == slot {
      nodes[index].map = widened(nodes[index].map, &self)
    }
  }
}
