import PolicyEngine
import PolicyHosting

/// What it costs to look for an exchange of the policies before each decision: an engine alone, and
/// the same through a reader, in turn in every round.
package func measureReader(_ workload: Workload, rounds: Int = 200) -> [Timing] {
  let all = Array(workload.requests.indices)
  let queries = all.map {
    PreparedQuery(subject: workload.subjectOf[$0], action: workload.actions[$0])
  }
  let (engine, subjects) = (workload.engine, workload.subjects)
  let expected = allowed(engine, subjects, queries)
  let place = ReaderPlace(PolicyEngineReference(engine))
  return measure(
    [
      Contender("engine", count: all.count, expected: expected) {
        allowed(engine, subjects, queries)
      },
      Contender("through a reader", count: all.count, expected: expected) {
        allowed(&place.reader, subjects, queries)
      },
    ],
    rounds: rounds
  )
}

private final class ReaderPlace {
  var reader: PolicyReader

  init(_ reference: PolicyEngineReference) { reader = reference.reader() }
}

/// How many requests are allowed by the engine that is in force when each is decided.
private func allowed(
  _ reader: inout PolicyReader,
  _ subjects: [PolicyEngine.Subject],
  _ queries: [PreparedQuery]
) -> UInt64 {
  unsafe subjects.withUnsafeBufferPointer { subjects in
    unsafe queries.withUnsafeBufferPointer { queries in
      var allowed: UInt64 = 0
      for index in queries.indices {
        let query = unsafe queries[index]
        let decision = unsafe reader.engine.decide(subjects[Int(query.subject)], query.action)
        allowed &+= UInt64(1 &- decision.effect.rawValue)
      }
      return allowed
    }
  }
}
