import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// The values that comparisons are made with do not depend on what the compiler believes.
@Suite struct ProbeTests {
  @Test("some value makes each check true, and some makes it false")
  func bothSides() throws {
    let text = """
      catalogue c {
        principal { name: String  level: Int  home: Path  boss: Principal }
        context { ip: IP  at: Time  on: Bool }
        resource { kind: "a" | "b"  tags: Set<String>  trees: Set<Path>  owners: Set<Principal> }
        service s { do }
      }
      policy p {
        allow s.do when principal.name == "x y" or principal.name like "a*b*" or principal.level < 5
        allow s.do when principal.level >= 5 or principal.home under "a/b" or principal.home == "a"
        allow s.do when principal.boss == user "eve" or context.on or resource.kind == "b"
        allow s.do when context.ip in "10.0.0.0/8" or context.ip in "2001:db8::/32"
        allow s.do when context.ip == "10.0.0.1" or context.at < "2026-01-01T00:00:00Z"
        allow s.do when resource.tags contains "t" or resource.trees under "q/r"
        allow s.do when resource.owners contains user "eve" or resource.trees contains "q"
      }
      """
    let set = try policySet(text)
    let probes = ProbeValues(set)
    var count = 0
    for (check, _) in set.rules.elements.flatMap({ $0.guardCondition?.checks ?? [] }) {
      guard let term = check.terms.first, case .attribute(let index) = term else { continue }
      count += 1
      let truths = (0..<probes.count(term)).map { number in
        var request = RequestData(action: ActionIndex(0))
        request.values[index] = probes.value(term, number)
        return truth(of: check, for: request, in: set)
      }
      #expect(truths.contains(.yes) && truths.contains(.no), "\(check)")
    }
    #expect(count == 17)
  }
}
