import PolicyDirectory
import PolicyEngine
import PolicyModel
import PolicyTestSupport

@testable import PolicyCompiler

/// An artifact with the set that it came from, to be damaged.
struct Artifact: Sendable {
  let name: String
  let set: PolicySet
  let bytes: [UInt8]

  init(_ name: String, _ set: PolicySet, _ options: CompileOptions = CompileOptions()) {
    self.name = name
    self.set = set
    bytes = compile(set, options: options).bytes
  }

  /// A small one, one with every kind of step, one without tables, and one with derived variables.
  static let all: [Artifact] = {
    var sets = RandomSets(seed: 3)
    var everything = RandomSets(seed: 11)
    return [
      Artifact("portal", SmallSet.portal(lamps: 4)),
      Artifact("every kind of step", everything.setOfEveryCheck()),
      Artifact("diagrams", sets.set(), CompileOptions(tableBudget: 0)),
      Artifact("nothing", SmallSet.empty(lamps: 1)),
    ]
  }()

  /// Loads bytes; what loads must answer anything without leaving its memory (in debug builds every
  /// read is checked).
  func exercise(_ bytes: [UInt8], _ random: inout RandomSource) -> ArtifactError? {
    do throws(ArtifactError) {
      let engine = try PolicyEngine(bytes: bytes)
      exercise(engine, &random)
      return nil
    } catch {
      return error
    }
  }

  /// What is asked of two files at once; the other is the one that was damaged.
  private func exercisePair(_ engine: PolicyEngine) {
    guard let whole = try? PolicyEngine(bytes: bytes) else { return }
    for (new, old) in [(engine, whole), (whole, engine)] {
      _ = new.changes(since: old)
      _ = new.changedBuiltInPolicy(since: old)
      _ = new.unsettledConditions(since: old)
      _ = new.hasSameCatalogue(as: old)
    }
    var snapshot = DirectorySnapshot(engine)
    for policy in engine.policyNames.prefix(2) {
      _ = try? snapshot.grant(PolicyGrant(policy, to: .everyone, in: engine.unitPaths.first))
      _ = try? snapshot.grant(PolicyGrant(policy, to: .user("ada")))
    }
    _ = try? snapshot.subject(.user("ada"))
    _ = try? snapshot.moved(to: whole)
    for name in engine.actionNames.prefix(4) {
      guard let action = try? engine.action(name) else { continue }
      _ = engine.whoCan(action)
      var lines: [UInt8] = []
      var log = PolicyEngine.DecisionLog(of: whole)
      if engine.hasSameCatalogue(as: whole) {
        _ = try? log.append(RequestDocument(action: name), decidedBy: engine, to: &lines)
      }
    }
  }

  private func exercise(_ engine: PolicyEngine, _ random: inout RandomSource) {
    exercisePair(engine)
    var sets = RandomSets(seed: random.next())
    for _ in 0..<3 {
      guard engine.tables.actions.count >= set.catalogue.actions.count,
        engine.tables.attributes.count >= set.catalogue.attributes.count,
        engine.tables.policies.count >= set.policies.count,
        engine.tables.units.count >= set.units.count, !set.policies.isEmpty
      else { break }
      let request = sets.request(set)
      _ = engine.decide(request)
      _ = engine.explain(request)
    }
    let names = engine.actionNames
    _ = engine.policyNames + engine.unitPaths
    // A name of one space must not be taken for one of another.
    for principal in [PolicyEngine.Principal.user(names.last), .serviceAccount(names.last)] {
      guard let subject = try? engine.subject(principal, holding: [], groups: nil),
        let action = names.first.flatMap({ try? engine.action($0) })
      else { continue }
      var request = engine.request(subject, action)
      try? request.set("context.mfa", true)
      if let name = names.last {
        request.setResourceID(name)
        for attribute in set.catalogue.attributes.elements {
          try? request.set(attribute.path, .string(name))
          try? request.set(attribute.path, .array([.string(name)]))
          try? request.set(attribute.path, .object(type: "service-account", id: name))
        }
      }
      _ = engine.explain(request)
      _ = engine.allowedActions(request)
    }
  }
}

extension RandomSets {
  /// A set whose one policy asks very many questions of every attribute.
  mutating func setOfEveryCheck() -> PolicySet {
    var set = SmallSet.portal(lamps: 70)
    let lines = (0..<73).map { action -> SmallSet.Line in
      (random.oneIn(3) ? .deny : .allow, action..<action + 1, condition(set, 2))
    }
    let presence = SmallSet.check(.has(SmallSet.attribute("tags")))
    SmallSet.add("every", lines + [(.allow, 0..<1, presence)], to: &set)
    return set
  }
}

/// The parts of an artifact's bytes that crafted files get wrong.
struct CraftedFile {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func entry(_ section: ArtifactSection) -> Int { ArtifactRepair.entry(section) }

  func number(_ offset: Int, _ width: Int = 8) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  mutating func store(_ value: UInt64, at offset: Int, _ width: Int = 8) {
    for byte in 0..<width {
      bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
    }
  }

  /// Where a section begins, and how many elements it has.
  func place(_ section: ArtifactSection) -> (offset: Int, count: Int) {
    let entry = Self.entry(section)
    return (Int(number(entry + 8)), Int(number(entry + 16)))
  }

  /// Makes every checksum right for the bytes as they are, as far as sections are there.
  mutating func renewChecksums() { ArtifactRepair.renewChecksums(&bytes) }
}
