import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

/// Compiled and interpreted decisions of the samples: every policy and action, and of each cell every
/// vector of classes where there are few, else some at random.
@Suite struct SampleTests {
  static let names = ["emnify", "emnify-next", "enos", "payments"]

  @Test("every cell of a sample", arguments: names)
  func cells(name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let loaded = load(try read([root.appending(path: "Samples/\(name)").path]))
    #expect(loaded.diagnostics.isEmpty)
    let set = loaded.value
    let compiled = compile(set)
    let engine = try PolicyEngine(bytes: compiled.bytes)
    var cells = CellRequests(set, compiled.diagrams, seed: 1)
    var compared = 0
    for policy in set.policies.indices {
      for action in set.catalogue.actions.indices {
        for request in cells.requests(policy, action) {
          compared += 1
          let (got, meant) = (engine.decide(request), interpret(request, in: set))
          let isSame =
            got.isAllowed == (meant.effect == .allow)
            && (got.basis == .rule) == (meant.basis == .rule)
          guard isSame else {
            Issue.record("decided \(got), meant \(meant) for \(request)")
            return
          }
        }
      }
    }
    #expect(compared >= set.policies.count * set.catalogue.actions.count)
  }
}

/// Requests that fall into the classes of a cell.
private struct CellRequests {
  private let set: PolicySet
  private let diagrams: PolicyDiagrams
  private var random: RandomSource
  private let subjects: [PrincipalID]

  init(_ set: PolicySet, _ diagrams: PolicyDiagrams, seed: UInt64) {
    self.set = set
    self.diagrams = diagrams
    random = RandomSource(seed: seed)
    var subjects: Set<PrincipalID> = []
    for group in set.groups.elements { subjects.formUnion(group.members) }
    for subject in set.assignments.elements.flatMap(\.subjects) {
      if case .principal(let id) = subject { subjects.insert(id) }
    }
    self.subjects = subjects.sorted { ($0.kind.word, $0.id) < ($1.kind.word, $1.id) }
  }

  /// A request for every vector of classes of the cell, up to 64; else 16 at random.
  mutating func requests(_ policy: PolicyIndex, _ action: ActionIndex) -> [RequestData] {
    let cell = diagrams.cell(policy, action)
    let read = diagrams.store.support(of: cell).map { diagrams.variables[$0.position] }
    let size = read.reduce(1) { min(1 << 20, $0 * $1.classCount) }
    return (0..<(size <= 64 ? size : 16)).map { number in
      var request = background(policy, action)
      var rest = number
      for variable in read {
        let pick = size <= 64 ? rest % variable.classCount : random.below(variable.classCount)
        rest /= variable.classCount
        put(variable, variable.witnesses[pick], into: &request)
      }
      return request
    }
  }

  /// What a request says besides: who asks, where, and what the other policies read.
  private mutating func background(_ policy: PolicyIndex, _ action: ActionIndex) -> RequestData {
    var request = RequestData(action: action)
    request.kind = random.element(of: PrincipalKind.allCases)
    request.held = [Holding(policy)]
    if random.oneIn(2), !subjects.isEmpty {
      let subject = random.element(of: subjects)
      (request.kind, request.identity) = (subject.kind, .named(subject.id))
    } else if random.oneIn(2) {
      request.identity = .someone
    }
    if random.oneIn(2) { request.groups = Set(set.groups.indices.filter { _ in random.oneIn(3) }) }
    let units: [ResourceUnit] = [.unknown, .outside] + set.units.indices.map { .unit($0) }
    request.unit = random.element(of: units)
    for variable in diagrams.variables where random.oneIn(2) {
      put(variable, random.element(of: variable.witnesses), into: &request)
    }
    return request
  }

  private func put(
    _ variable: Variable,
    _ witness: ClassWitness,
    into request: inout RequestData
  ) {
    func set(_ term: Term, _ value: Value?) {
      switch (term, value) {
      case (.attribute(let index), _): request.values[index] = value
      case (.resource, .string(let id)?): request.resourceID = id
      case (.resource, _): request.resourceID = nil
      case (.principal, .principal(let id)?) where request.kind != .anonymous:
        (request.kind, request.identity) = (id.kind, .named(id.id))
      case (.principal, _): break
      }
    }
    switch (variable.subject, witness) {
    case (.value(let term), .value(let value)): set(term, value)
    case (.value(let term), .missing), (.presence(let term), .missing): set(term, nil)
    case (.element(let term, _), .element(let value, let isIn)):
      var elements = request.value(of: term)?.elements ?? []
      elements.removeAll { $0 == value }
      if isIn { elements.append(value) }
      set(term, SampleTests.collection(elements, like: value))
    case (.elementUnder(let term, _), .elementUnder(let path, true)):
      set(term, .paths([path + "/below"]))
    case (.relation(_, let left, let right), .related(true)),
      (.relation(_, let left, let right), .ordered(0)):
      if let value = request.value(of: right) { set(left, value) }
    case (.kind, .kind(let kind)):
      request.kind = kind
      if kind == .anonymous {
        request.identity = .unknown
        request.held = []
      }
    default: break
    }
  }
}

extension SampleTests {
  /// A set value of elements of one type.
  fileprivate static func collection(_ elements: [Value], like example: Value) -> Value {
    switch example {
    case .path: .paths(elements.compactMap { if case .path(let path) = $0 { path } else { nil } })
    case .principal:
      .principals(elements.compactMap { if case .principal(let id) = $0 { id } else { nil } })
    default:
      .strings(elements.compactMap { if case .string(let text) = $0 { text } else { nil } })
    }
  }
}
