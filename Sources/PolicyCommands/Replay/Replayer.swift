import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

/// What is asked of recorded requests.
struct ReplayQuestion: Sendable {
  /// The set that was; nil where the log says what was decided.
  let before: ReplaySide?
  /// The set that is.
  let after: ReplaySide
  /// The grants of the set that is; nil where nobody asks which are used.
  let grants: WrittenGrants?
}

/// Decides the requests of logs, many lines at a time on all cores.
struct Replayer {
  let question: ReplayQuestion
  var threads = Parallel.cores
  /// About how many bytes of a log one thread takes at a time.
  var blockSize = 1 << 18
  private(set) var tally = ReplayTally()
  private var bytes = 0

  /// Blocks in memory, for each thread: enough for those that are done early.
  private static let blocksPerThread = 4

  init(_ question: ReplayQuestion) { self.question = question }

  /// Decides every request of a log.
  ///
  /// Holds a few blocks of lines, whatever the size of the log. Blocks depend on the bytes of the log
  /// alone, and what they come to is united in their order, so that the number of threads changes
  /// nothing.
  /// - Complexity: O(bytes), and a decision by names on each side for each line.
  mutating func run(
    _ lines: LineReader,
    log: Int,
    telling tell: (String) -> Void
  ) throws(FileError) {
    var lines = lines
    while true {
      var blocks: [LineBlock] = []
      while blocks.count < threads * Self.blocksPerThread,
        let block = try lines.nextBlock(of: blockSize)
      {
        blocks.append(block)
      }
      guard !blocks.isEmpty else { return }
      let tallies = Parallel.map(blocks.count, threads: threads) { [blocks, question] number in
        var worker = ReplayWorker(question, log: log)
        worker.decide(blocks[number])
        return worker.tally
      }
      for tally in tallies { self.tally.unite(tally) }
      bytes += blocks.reduce(0) { $0 + $1.bytes.count }
      tell("replaying: \(Tally.count(tally.requests, "request")), \(bytes >> 20) MB")
    }
  }
}

/// Decides the requests of some lines.
struct ReplayWorker {
  private let question: ReplayQuestion
  private let log: Int
  private var rules = DecidingRules()
  private(set) var tally = ReplayTally()

  /// Requests of longer lines are told by their place alone.
  private static let longestExample = 1 << 14

  init(_ question: ReplayQuestion, log: Int) {
    self.question = question
    self.log = log
  }

  mutating func decide(_ block: LineBlock) {
    if block.isTooLong {
      tally.requests += 1
      let outcome = ReplayOutcome.refused("the line has more than \(LineReader.longest) bytes")
      let example = ReplayExample(log: log, line: block.first, id: nil, document: nil)
      tally.add(outcome, outcome, example)
    }
    block.forEachLine { line, bytes in
      guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return }
      tally.requests += 1
      let read = RequestReader.read(bytes)
      let isShort = bytes.count <= Self.longestExample
      let example = ReplayExample(
        log: log,
        line: line,
        id: isShort ? read.id : nil,
        document: isShort ? read.document : nil
      )
      guard let document = read.document else {
        let outcome = ReplayOutcome.refused(Self.problem(with: read))
        tally.add(outcome, outcome, example)
        return
      }
      decide(document, read, example)
    }
  }

  private static func problem(with read: ReadRequest) -> String {
    // Without the place, so that the same mistake in many lines is one.
    read.syntaxError.map { "the line is not JSON: \($0.message)" }
      ?? read.problems.joined(separator: "; ")
  }

  private mutating func decide(
    _ document: RequestDocument,
    _ read: ReadRequest,
    _ example: ReplayExample
  ) {
    let after = question.after.attempt(document)
    markUsed(after, read)
    if read.recorded == nil { tally.unanswered += 1 } else { tally.answers += 1 }
    let before = question.before?.attempt(document)
    let missing = question.after.missing(read.omitted, to: after)
    let missingBefore = before.flatMap { question.before?.missing(read.omitted, to: $0) } ?? []
    if let before, let recorded = read.recorded, before.isAllowed != recorded.isAllowed,
      missingBefore.isEmpty
    {
      tally.otherThanLog += 1
    }
    let wasAllowed = before?.isAllowed ?? read.recorded?.isAllowed ?? after.isAllowed
    if wasAllowed == after.isAllowed, !after.isRefused, before?.isRefused != true,
      missing.isEmpty, missingBefore.isEmpty
    {
      return
    }
    let new = question.after.outcome(of: after, missing: missing, &rules)
    if let before, let side = question.before {
      let old = side.outcome(of: before, missing: missingBefore, &rules)
      tally.add(old, new, example)
    } else if let recorded = read.recorded {
      tally.add(ReplayOutcome(recorded), new, example)
    } else if after.isRefused {
      tally.add(new, new, example)
    }
  }

  /// Remembers what allowed a request; where the log leaves something out, what may have: nothing is
  /// to be told unused that was used.
  private mutating func markUsed(_ attempt: ReplayAttempt, _ read: ReadRequest) {
    guard let grants = question.grants, case .decided(let request, let isAllowed) = attempt else {
      return
    }
    let isPerhaps = !read.omitted.isEmpty
    // What this set denied when all was known, nothing in it allowed.
    let wasDenied = question.before == nil && read.recorded?.isAllowed == false
    guard isAllowed || isPerhaps && !wasDenied else { return }
    func mark(_ policy: PolicyIndex, _ assignment: AssignmentIndex?) {
      guard let assignment else { return }
      let least: Truth = isPerhaps ? .unknown : .yes
      grants.mark(policy, of: assignment, for: request, atLeast: least, in: &tally.used)
    }
    if isPerhaps {
      question.after.engine.possibleAllows(request, &rules, mark)
    } else {
      _ = question.after.engine.decide(request, &rules, mark)
    }
    rules.take { tally.used.rules.insert($0.position) }
  }
}
