import PolicyBenchmark
import PolicyDirectory
import PolicyEngine

/// What granting, revoking and preparing cost in directories of growing size, beside a dictionary of
/// arrays, which has no snapshots, checks no name and knows no separation of duties.
func measureGranting() {
  let roles = 100
  let text = LargeSet(roles: roles, actions: 1000, rules: 2000)
  guard let engine = text.engine() else { return print("the policy set does not check") }
  print(
    "Directories of grants, \(roles) roles x 1,000 actions; microseconds, the best of three rounds."
  )
  var table = TextTable([
    "grants", "grant, from empty", "in a dictionary", "ratio", "one more", "and back", "in a copy",
    "prepare a subject", "without grants",
  ])
  for count in [1000, 10_000, 100_000, 1_000_000] {
    let grants = (0..<count).map { number in
      PolicyGrant(
        "role-\(number % roles)",
        to: .user("guest-\(number / 2)"),
        in: "area-\(number % 10)/site-\(number % 9)"
      )
    }
    guard var snapshot = try? DirectorySnapshot(engine, grants) else {
      return print("a grant is refused")
    }
    let building = seconds(rounds: count > 100_000 ? 1 : 3) {
      snapshot = (try? DirectorySnapshot(engine, grants)) ?? snapshot
    }
    var byHand: [String: [PolicyGrant]] = [:]
    let keeping = seconds(rounds: count > 100_000 ? 1 : 3) {
      byHand = [:]
      for grant in grants { byHand[grant.subject.description, default: []].append(grant) }
    }
    let changes = 1000
    let more = (0..<changes).map { number in
      PolicyGrant("role-1", to: .user("guest-\(number * 7919 % (count / 2))"), in: "area-3")
    }
    var isRight = snapshot.count == count && byHand.values.reduce(0) { $0 + $1.count } == count
    let kept = snapshot
    let granting = seconds(rounds: 1) { for grant in more { _ = try? snapshot.grant(grant) } }
    isRight = isRight && snapshot.count > count && kept.count == count
    let revoking = seconds(rounds: 1) { for grant in more { _ = try? snapshot.revoke(grant) } }
    isRight = isRight && snapshot.count == count
    // Whoever reads holds on to a snapshot, so that each change copies a path.
    let copying = seconds(rounds: 1) {
      for grant in more {
        var next = kept
        _ = try? next.grant(grant)
      }
    }
    var found = 0
    let preparing = seconds {
      for grant in more { found += snapshot.memory(of: grant.subject.id) }
    }
    let plain = seconds {
      for grant in more { found += engine.memory(of: grant.subject.id) }
    }
    isRight = isRight && found > 0
    func each(_ time: Double, _ count: Int) -> String { decimals(time * 1e6 / Double(count), 2) }
    table.add([
      "\(count)" + (isRight ? "" : " WRONG"), each(building, count), each(keeping, count),
      decimals(building / keeping, 1), each(granting, changes), each(revoking, changes),
      each(copying, changes), each(preparing, changes), each(plain, changes),
    ])
  }
  print(table.text)
}

extension GrantSubject {
  fileprivate var id: String {
    if case .user(let id) = self { id } else { "" }
  }
}

extension DirectorySnapshot {
  /// The size of a prepared user, so that the work for it cannot be left out.
  fileprivate func memory(of id: String) -> Int {
    (try? subject(.user(id), groups: []))?.memory.wordCount ?? 0
  }
}

extension PolicyEngine {
  fileprivate func memory(of id: String) -> Int {
    (try? subject(.user(id), groups: []))?.memory.wordCount ?? 0
  }
}
