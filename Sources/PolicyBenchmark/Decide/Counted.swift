import CBitLoop
import PolicyEngine

/// A way of deciding whose instructions are counted.
package enum CountedForm: String, CaseIterable, Sendable {
  case cBits = "c-bits"
  case cTables = "c-tables"
  case plain
  case classified
  case oneShot = "one-shot"
  case document
}

/// Decides so many batches inside the function in which a profiler counts.
///
/// - Returns: How many decisions were made there; nil when one was wrong.
package func runCounted(_ form: CountedForm, _ workload: Workload, batches: Int) -> Int? {
  let batch: Contender
  let all = Array(workload.requests.indices)
  switch form {
  case .cBits:
    let bits = BitLoop(workload, all)
    let expected = UInt64(all.count { bits.cell($0) == 1 })
    batch = Contender(form.rawValue, count: all.count, expected: expected) {
      bits.allowed(count: bits.count)
    }
  case .cTables:
    let tables = TableLoop(workload, all, workload.prepared)
    batch = Contender(form.rawValue, count: all.count, expected: workload.allowed(all.count)) {
      tables.allowed(count: tables.count)
    }
  case .plain: batch = contender(form.rawValue, workload, .plain)
  case .classified: batch = contender(form.rawValue, workload, .classified)
  case .oneShot: batch = contender(form.rawValue, workload, .oneShot)
  case .document: batch = contender(form.rawValue, workload, .named)
  }
  let job = CountedJob(batch.run)
  var isRight = true
  for _ in 0..<batches {
    let found = withExtendedLifetime(job) {
      unsafe cbit_measured(
        { context in
          guard let context = unsafe context else { return 0 }
          return unsafe Unmanaged<CountedJob>.fromOpaque(context).takeUnretainedValue().run()
        },
        Unmanaged.passUnretained(job).toOpaque()
      )
    }
    isRight = isRight && found == batch.expected
  }
  return isRight ? batches * batch.count : nil
}

private final class CountedJob {
  let run: () -> UInt64

  init(_ run: @escaping () -> UInt64) { self.run = run }
}
