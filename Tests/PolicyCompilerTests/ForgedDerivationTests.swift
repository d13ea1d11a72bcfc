import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Variables that are derived from what they must not be derived from, or in a very long row.
@Suite struct ForgedDerivationTests {
  private let set: PolicySet

  init() throws {
    set = try policySet(
      """
      catalogue c { context { mfa: Bool } service s { a } }
      policy P { allow s.a when context.mfa }
      assign P to everyone
      """
    )
  }

  /// A request whose explanation goes through what the rule reads.
  private func explained(_ bytes: [UInt8]) throws -> PolicyEngine.Explanation {
    try PolicyEngine(bytes: bytes).explain(RequestDocument(action: "s.a"))
  }

  @Test(arguments: [false, true])
  func `derived from itself, or from a later one`(isDiagram: Bool) throws {
    for (later, isFine) in [(-1, true), (0, true), (1, false), (2, false)] {
      let file = compile(set) { contents in
        // The first is derived from `mfa`, the second from what is tested, the third from that.
        let (mfa, first) = (contents.steps[0].slot, contents.variables.count)
        contents.derive(from: mfa, isDiagram)
        contents.derive(from: later < 0 ? mfa : UInt32(first + later), isDiagram)
        contents.derive(from: UInt32(first + 1), isDiagram)
        contents.rules[0].guardTable = UInt32(contents.tables.count - 1)
      }
      if isFine {
        let explanation = try explained(file.bytes)
        #expect(explanation.nearMisses.map(\.missing) == [["context.mfa"]])
      } else {
        #expect(throws: ArtifactError.self) { try PolicyEngine(bytes: file.bytes) }
      }
    }
  }

  @Test func `a row of very many, each derived from the one before, twice`() throws {
    let file = compile(set) { contents in
      contents.derive(from: contents.steps[0].slot, false)
      for _ in 0..<100_000 {
        let last = UInt32(contents.variables.count - 1)
        contents.derive(from: last, also: last, false)
      }
      contents.rules[0].guardTable = UInt32(contents.tables.count - 1)
    }
    #expect(try explained(file.bytes).nearMisses.map(\.missing) == [["context.mfa"]])
  }
}

extension ArtifactContents {
  /// Adds a variable that is unknown whatever some others are, and the table that says so; as a
  /// diagram, it reads the first of them.
  fileprivate mutating func derive(
    from slot: UInt32,
    also other: UInt32? = nil,
    _ isDiagram: Bool
  ) {
    func map(of slot: UInt32, to value: UInt32) -> UInt32 {
      let count = Int(slot) < variables.count ? variables[Int(slot)] : 3
      let record = MapRecord(
        offset: UInt32(mapValues.count),
        runs: 0,
        classCount: count,
        highest: value
      )
      mapValues += Array(repeating: value, count: Int(count))
      maps.append(record)
      return UInt32(maps.count - 1)
    }
    if isDiagram {
      nodes.append(ReaderRecord(slot: slot, map: map(of: slot, to: 1)))
      tables.append(
        TableRecord(
          form: 1,
          readers: Run(start: UInt32(readers.count), count: 0),
          root: UInt32(nodes.count + 2)
        )
      )
    } else {
      let first = UInt32(readers.count)
      for slot in [slot, other].compactMap({ $0 }) {
        readers.append(ReaderRecord(slot: slot, map: map(of: slot, to: 0)))
      }
      tables.append(
        TableRecord(
          form: 0,
          readers: Run(start: first, count: UInt32(readers.count) - first),
          root: UInt32(outcomes.count)
        )
      )
      outcomes.append(0x55)
    }
    variables.append(3)
    derivations.append(UInt32(tables.count - 1))
  }
}
