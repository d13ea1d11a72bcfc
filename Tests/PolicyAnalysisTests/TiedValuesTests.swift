import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// What is compared with each other: requests that show something are found.
@Suite struct TiedValuesTests {
  private static let tied = """
    catalogue t {
      principal {
        p: Path  ip: IP  teams: Set<String>  n: Int  boss: Principal  friends: Set<Principal>
      }
      resource {
        p: Path  pp: Set<Path>  ip: IP  tags: Set<String>  n: Int  m: Int  owner: Principal
        readers: Set<Principal>  team: String
      }
      service doc { get }
    }

    """

  private static let checks = [
    "resource.tags contains all principal.teams", "resource.tags contains any principal.teams",
    "principal.teams contains all resource.tags", "resource.tags contains \"a\"",
    "principal.teams contains resource.team", "resource.team == \"c\"",
    "resource.p under principal.p", "resource.p == principal.p", "principal.p under \"a\"",
    "resource.pp under principal.p", "resource.pp contains principal.p",
    "resource.ip == principal.ip", "principal.ip in \"10.0.0.0/8\"",
    "resource.ip in \"10.0.0.0/9\"",
    "resource.n < resource.m", "resource.n <= principal.n", "principal.n < resource.m",
    "resource.m < 3", "resource.n == 1", "resource.owner == principal",
    "resource.owner == principal.boss", "resource.readers contains principal.boss",
    "resource.owner == user \"bob\"", "resource.readers contains any principal.friends",
    "has resource.p and has principal.p",
  ]

  private static func condition(_ random: inout RandomSource) -> String {
    let parts = (0..<1 + random.below(3)).map { _ in
      let check = random.element(of: checks)
      return random.oneIn(3) && !check.hasPrefix("has") ? "not (\(check))" : "(\(check))"
    }
    return parts.joined(separator: random.oneIn(3) ? " or " : " and ")
  }

  /// A request with few different values, so that many are equal, above or below others.
  private static func request(_ random: inout RandomSource, in set: PolicySet) -> RequestData {
    var request = RequestData(
      identity: .named(random.element(of: ["ada", "bob"])),
      groups: [],
      action: ActionIndex(0)
    )
    func some<Element>(_ all: [Element]) -> [Element] { all.filter { _ in random.oneIn(2) } }
    for index in set.catalogue.attributes.indices where !random.oneIn(4) {
      request.values[index] =
        switch set.catalogue.attributes[index].type {
        case .int: .int(Int64(random.below(4)))
        case .string: .string(random.element(of: ["a", "b", "c"]))
        case .path: .path(random.element(of: ["a", "a/x", "b"]))
        case .ip:
          .ip(IPAddress(version4: random.element(of: [0x0a00_0001, 0x0a80_0000, 0x0b00_0000])))
        case .principal: .principal(.user(random.element(of: ["ada", "bob"])))
        case .strings: .strings(some(["a", "b"]))
        case .paths: .paths(some(["a", "a/x"]))
        default: .principals(some([.user("ada"), .user("bob")]))
        }
    }
    return request
  }

  @Test func `what a request with few values refutes is refuted`() {
    var refuted = 0
    let failure = RandomCases(150).firstFailure { random in
      let text = """
        policy a { allow doc.get when \(Self.condition(&random)) }
        assign a to everyone
        assert everyone cannot doc.get when \(Self.condition(&random))
        """
      guard let set = try? policySet(Self.tied + text), let premise = set.assertions[0].condition
      else { return "does not check:\n\(text)" }
      let breaking = (0..<400).map { _ in Self.request(&random, in: set) }.first { request in
        truth(of: premise, for: request, in: set) == .yes
          && interpret(request, in: set).effect == .allow
      }
      guard let breaking else { return nil }
      refuted += 1
      let run = judgeAssertions(of: set)
      return run.refuted == 1 ? nil : "\(requestText(breaking, in: set)):\n\(text)"
    }
    #expect(failure == nil)
    #expect(refuted > 50)
  }

  @Test func `a change that a request with few values shows is shown`() {
    var shown = 0
    let failure = RandomCases(100).firstFailure { random in
      let texts = (0..<2).map { _ in
        "policy a { allow doc.get when \(Self.condition(&random)) }\nassign a to everyone"
      }
      guard let old = try? policySet(Self.tied + texts[0]),
        let new = try? policySet(Self.tied + texts[1])
      else { return "does not check:\n\(texts)" }
      let requests = (0..<400).map { _ in Self.request(&random, in: old) }
      func isAllowed(_ request: RequestData, _ set: PolicySet) -> Bool {
        interpret(request, in: set).effect == .allow
      }
      let isWidened = requests.contains { isAllowed($0, new) && !isAllowed($0, old) }
      let isNarrowed = requests.contains { isAllowed($0, old) && !isAllowed($0, new) }
      shown += isWidened || isNarrowed ? 1 : 0
      let difference = compare(old, new)
      return isWidened && !difference.isWidened || isNarrowed && !difference.isNarrowed
        ? texts.joined(separator: "\n") : nil
    }
    #expect(failure == nil)
    #expect(shown > 40)
  }

  @Test(arguments: [
    (
      "resource.tags contains all principal.teams",
      "resource.tags contains any principal.teams"
    ),
    ("resource.p under principal.p", "resource.p == principal.p"),
    ("resource.pp under principal.p", "resource.pp contains principal.p"),
    (
      "resource.ip == principal.ip and principal.ip in \"10.0.0.0/8\"",
      "resource.ip in \"10.0.0.0/9\""
    ),
    ("resource.owner == principal", "resource.owner != user \"bob\""),
    ("resource.n < resource.m and resource.m < principal.n", "principal.n != 7"),
  ])
  func `one implies the other only nearly`(_ allowed: String, _ claimed: String) throws {
    let text = """
      policy a { allow doc.get when \(allowed) }
      assign a to everyone
      assert everyone cannot doc.get when not (\(claimed))
      """
    let run = judgeAssertions(of: try policySet(Self.tied + text))
    #expect(run.refuted == 1, "\(run.diagnostics.map(\.message))")
  }

  @Test(arguments: [
    ("resource.owner == principal.boss", ["resource.owner", "principal.boss"]),
    ("resource.tags contains any principal.teams", ["resource.tags", "principal.teams"]),
    (
      "resource.tags contains all principal.teams and principal.n > 3",
      ["resource.tags", "principal.teams", "principal.n"]
    ),
    ("resource.pp under principal.p", ["resource.pp", "principal.p"]),
    ("resource.n < resource.m", ["resource.n", "resource.m"]),
    ("principal.ip not in [\"0.0.0.0/0\"]", ["principal.ip"]),
  ])
  func `both sides are missing, and both are told`(_ condition: String, _ terms: [String]) throws {
    let text = "policy a { allow doc.get when \(condition) } assign a to everyone"
    let set = try policySet(Self.tied + text)
    let request = RequestData(identity: .named("ada"), groups: [], action: ActionIndex(0))
    let found = remedies(for: request, in: set).map { remedyText($0, in: set) }
    #expect(
      found.contains { remedy in
        remedy.split(separator: ", and ").count == terms.count
          && terms.allSatisfy { remedy.contains("`\($0)` is") }
      },
      "\(found)"
    )
  }

  @Test func `what cannot be shown is told once for each direction`() throws {
    func text(_ condition: String) -> String {
      Self.tied + "policy a { allow doc.get when \(condition) } assign a to everyone"
    }
    // No request can be so, which classes of two attributes do not tell.
    let old = try policySet(text("resource.n < resource.m and resource.m < 3 and resource.n > 4"))
    let new = try policySet(text("resource.n < resource.m and resource.m < 3 and resource.n > 5"))
    let undecided = compare(old, new).undecided
    #expect(undecided.map(\.direction) == [.narrowing])
    #expect(undecided.map { $0.actions.count } == [1])
  }

  @Test func `what is shown one way is told, whatever the other way is`() throws {
    func text(_ condition: String) -> String {
      Self.tied + "policy a { allow doc.get when \(condition) } assign a to everyone"
    }
    let old = try policySet(text("resource.n < resource.m and resource.m < 3 and resource.n > 4"))
    let new = try policySet(text("resource.n == 7"))
    let difference = compare(old, new)
    #expect(difference.changes.map(\.kind) == [.widened])
    #expect(difference.changes.allSatisfy { $0.widening != nil && $0.narrowing == nil })
    #expect(difference.undecided.map(\.direction) == [.narrowing])
  }
}
