import PolicyEngine

/// Which of its decisions are measured of a workload.
package enum DecisionForm: Sendable {
  /// By prepared subject and resolved action; of cells that are decided whatever the attributes are.
  case plain
  /// With classified attributes; of all cells.
  case classified
  /// By the user's id and the action's name, nothing else known; of declared users only.
  case oneShot
  /// By names, as a document with everything that the request says.
  case named
}

/// Measures one form of decisions on several policy sets in turn, so that sets can be compared.
package func compare(
  _ workloads: [(name: String, workload: Workload)],
  _ form: DecisionForm,
  rounds: Int = 200
) -> [Timing] {
  measure(workloads.map { contender($0.name, $0.workload, form) }, rounds: rounds)
}

/// The engine's decisions of one form.
func contender(_ name: String, _ workload: Workload, _ form: DecisionForm) -> Contender {
  let engine = workload.engine
  let all = Array(workload.requests.indices)
  switch form {
  case .plain:
    let bits = BitLoop(workload, all)
    let closed = all.filter { bits.cell($0) < 3 }
    let queries = closed.map {
      PreparedQuery(subject: workload.subjectOf[$0], action: workload.actions[$0])
    }
    let expected = UInt64(closed.count { workload.isAllowed[$0] })
    return Contender(name, count: closed.count, expected: expected) {
      allowed(engine, workload.subjects, queries)
    }
  case .classified:
    let prepared = workload.prepared
    return Contender(name, count: all.count, expected: workload.allowed(all.count)) {
      allowed(engine, prepared)
    }
  case .oneShot:
    let requests = workload.oneShots
    let expected = UInt64(requests.count { $0.isAllowed })
    return Contender(name, count: requests.count, expected: expected) {
      allowed(engine, requests)
    }
  case .named:
    let documents = all.prefix(1024).map { workload.document($0) }
    let expected = workload.allowed(documents.count)
    return Contender(name, count: documents.count, expected: expected) {
      allowed(engine, documents)
    }
  }
}
