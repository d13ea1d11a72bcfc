import PolicyEngine
package import PolicyModel

/// How long each way of answering took, on the requests of one workload.
package struct DecideMeasurement: Sendable {
  /// Cells that are decided whatever the attributes are: the loop in C, the engine.
  package var plain: [Timing] = []
  package var plainCold: [Timing] = []
  /// All cells, attributes classified: bits in C, the same tables in C, the engine.
  package var classified: [Timing] = []
  package var classifiedCold: [Timing] = []
  /// By user and action, two texts: hashing and reading in C, the engine.
  package var oneShot: [Timing] = []
  /// By names: hashing and reading in C, the engine, the evaluator by hand, the interpreter.
  package var named: [Timing] = []
  /// How many of 100 requests were for open cells.
  package var openShare = 0.0
  /// How many texts a request by names has on average.
  package var textsPerRequest = 0.0
  /// Of how many policies the evaluator by hand has the rules.
  package var byHandPolicies = 0
  /// Requests on which the ways did not agree, each found before anything was measured.
  package var disagreements = 0

  package static let bits = "C bits"
  package static let tables = "C tables"
  package static let engine = "engine"
  package static let hash = "C hash+read"
  package static let byHand = "by hand"
  package static let interpreter = "interpreter"

  /// Whether all agreed, before and while they were measured.
  package var isRight: Bool {
    disagreements == 0
      && [plain, plainCold, classified, classifiedCold, oneShot, named].joined().allSatisfy(
        \.isRight
      )
  }
}

/// What is measured, and for how long.
package struct DecideOptions: Sendable {
  package var rounds: Int
  /// Whether the caches are emptied too.
  package var isCold: Bool
  /// Whether requests by names are answered, by the engine, by hand and by the interpreter.
  package var isNamed: Bool
  /// How many entries the dictionaries of the evaluator by hand may have, about.
  package var byHandEntries: Int

  package init(
    rounds: Int = 200,
    isCold: Bool = true,
    isNamed: Bool = true,
    byHandEntries: Int = 1_000_000
  ) {
    self.rounds = rounds
    self.isCold = isCold
    self.isNamed = isNamed
    self.byHandEntries = byHandEntries
  }
}

/// Measures every way of answering the requests of a workload.
///
/// Without the sources there are neither the interpreter nor the evaluator by hand.
package func measureDecisions(
  _ workload: Workload,
  of set: PolicySet?,
  options: DecideOptions = DecideOptions()
) -> DecideMeasurement {
  var result = DecideMeasurement()
  let all = Array(workload.requests.indices)
  let bits = BitLoop(workload, all)
  let closed = all.filter { bits.cell($0) < 3 }
  result.openShare = 100 * Double(all.count - closed.count) / Double(max(1, all.count))
  let prepared = workload.prepared
  let sweep = options.isCold ? Sweep() : nil
  result.disagreements = all.count { index in
    let answer = workload.engine.decide(prepared[index]).isAllowed
    let cell = bits.cell(index)
    return answer != workload.isAllowed[index] || cell < 3 && answer != (cell == 1)
  }
  if closed.count * 20 > all.count {
    measurePlain(workload, closed, sweep, options, &result)
  }
  measureClassified(workload, prepared, bits, sweep, options, &result)
  if options.isNamed { measureNamed(workload, set, options, &result) }
  return result
}

private func measurePlain(
  _ workload: Workload,
  _ closed: [Int],
  _ sweep: Sweep?,
  _ options: DecideOptions,
  _ result: inout DecideMeasurement
) {
  let bits = BitLoop(workload, closed)
  let queries = closed.map {
    PreparedQuery(subject: workload.subjectOf[$0], action: workload.actions[$0])
  }
  let expected = UInt64(closed.count { workload.isAllowed[$0] })
  let contenders = [
    Contender(DecideMeasurement.bits, count: closed.count, expected: expected) {
      bits.allowed(count: bits.count)
    },
    Contender(DecideMeasurement.engine, count: closed.count, expected: expected) {
      allowed(workload.engine, workload.subjects, queries)
    },
  ]
  result.plain = measure(contenders, rounds: options.rounds)
  guard let sweep else { return }
  result.plainCold = measure(contenders, rounds: max(1, options.rounds / 4)) {
    bits.evict(sweep)
    workload.evictSubjects(sweep)
  }
}

private func measureClassified(
  _ workload: Workload,
  _ prepared: [PolicyEngine.Request],
  _ bits: BitLoop,
  _ sweep: Sweep?,
  _ options: DecideOptions,
  _ result: inout DecideMeasurement
) {
  let all = Array(workload.requests.indices)
  let tables = TableLoop(workload, all, prepared)
  let plainAllowed = UInt64(all.count { bits.cell($0) == 1 })
  let expected = workload.allowed(all.count)
  let contenders = [
    Contender(DecideMeasurement.bits, count: all.count, expected: plainAllowed) {
      bits.allowed(count: bits.count)
    },
    Contender(DecideMeasurement.tables, count: all.count, expected: expected) {
      tables.allowed(count: tables.count)
    },
    Contender(DecideMeasurement.engine, count: all.count, expected: expected) {
      allowed(workload.engine, prepared)
    },
  ]
  result.classified = measure(contenders, rounds: options.rounds)
  guard let sweep else { return }
  result.classifiedCold = measure(contenders, rounds: max(1, options.rounds / 8)) {
    bits.evict(sweep)
    tables.evict(sweep)
    workload.evictSubjects(sweep)
  }
}

extension Workload {
  /// Takes the headers of the prepared subjects, and the subjects themselves, out of the caches.
  fileprivate func evictSubjects(_ sweep: Sweep) {
    guard sweep.isByLine else { return }
    for subject in subjects {
      let cells = unsafe UnsafeRawPointer(subject.memory.cells)
      unsafe sweep.evict(
        UnsafeRawBufferPointer(start: cells - SubjectMemory.headerSize, count: 64)
      )
    }
    unsafe subjects.withUnsafeBytes { unsafe sweep.evict($0) }
  }
}
