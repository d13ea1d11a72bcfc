import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// Walks a history back, asking each revision the same, until the answer was another.
struct BlameWalk {
  /// Revisions that are asked at a time, on all cores.
  private static let stride = 32

  private struct Asked {
    let revision: BlameRevision
    let state: BlameState
  }

  private let question: BlameQuestion
  private let history: GitHistory
  /// Whether it goes on behind the revision in which it was turned.
  private let isWhole: Bool
  /// What the walk begins with, unless it is the newest commit of the history.
  private let workingCopy: SourceMap?

  private(set) var events: [BlameEvent] = []
  private(set) var passedOver: [(revision: BlameRevision, reason: String)] = []
  private(set) var count = 0
  private(set) var end = Blame.End.beginning
  /// The newest revision that could be asked.
  private(set) var answer: BlameState?

  /// Of the last that could be asked.
  private var last: Asked?

  init(
    _ question: BlameQuestion,
    _ history: GitHistory,
    workingCopy: SourceMap?,
    isWhole: Bool
  ) {
    self.question = question
    self.history = history
    self.workingCopy = workingCopy
    self.isWhole = isWhole
  }

  /// - Complexity: For each revision that of reading, checking, and asking it; a few times as much
  ///   where the answer changed.
  mutating func run(_ progress: (String) -> Void) {
    end = history.isShallow ? .shallow : .beginning
    if let workingCopy {
      let (state, _) = question.state { () throws(FileError) in workingCopy }
      if take(Asked(revision: .workingCopy, state: state)) { return }
    }
    var rest = history.commits[...]
    while !rest.isEmpty {
      progress("\(count) of \(history.commits.count) revisions asked")
      let commits = Array(rest.prefix(Self.stride))
      rest = rest.dropFirst(commits.count)
      let states = Parallel.map(commits.count) { [question, history] number in
        question.state { () throws(FileError) in try history.sources(in: commits[number]) }.state
      }
      for (commit, state) in zip(commits, states)
      where take(Asked(revision: BlameRevision(commit), state: state)) { return }
    }
    // Before the first commit there was nothing.
    if !history.isShallow, let last, last.state.isAllowed {
      events.append(
        BlameEvent(
          last.revision,
          before: .never("there were no policies"),
          in: nil,
          after: last.state,
          in: set(of: last.revision)
        )
      )
    }
  }

  /// Goes one revision back; whether that is enough.
  private mutating func take(_ asked: Asked) -> Bool {
    count += 1
    if case .unsettled(let reason) = asked.state {
      passedOver.append((asked.revision, reason))
      return false
    }
    defer { last = asked }
    if answer == nil { answer = asked.state }
    guard let last, !last.state.isSame(as: asked.state) else { return false }
    let event = BlameEvent(
      last.revision,
      before: asked.state,
      in: set(of: asked.revision),
      after: last.state,
      in: set(of: last.revision)
    )
    events.append(event)
    guard event.isTurn, !isWhole else { return false }
    end = .found
    return true
  }

  /// The set of a revision once more: most are not needed again, and thousands would not fit.
  private func set(of revision: BlameRevision) -> PolicySet? {
    switch revision {
    case .workingCopy: return workingCopy.flatMap { sources in question.state { sources }.set }
    case .commit(let id, _, _, _, _):
      guard let commit = history.commits.first(where: { $0.id == id }) else { return nil }
      return question.state { () throws(FileError) in try history.sources(in: commit) }.set
    }
  }
}

extension BlameRevision {
  init(_ commit: GitCommit) {
    self = .commit(
      id: commit.id,
      shortID: commit.shortID,
      author: commit.author,
      date: commit.date,
      subject: commit.subject
    )
  }
}
