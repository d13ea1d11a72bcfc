package import PolicyAnalysis
package import PolicyModel

/// A state of the files that was asked: that of a commit, or the files as they are now.
package enum BlameRevision: Hashable, Sendable {
  /// The files where they are, with what is not committed.
  case workingCopy
  case commit(id: String, shortID: String, author: String, date: String, subject: String)

  /// Such as `3f2a9c1  2026-03-02  Mia Park: Let operators delete devices`.
  var words: String {
    switch self {
    case .workingCopy: "not committed yet"
    case .commit(_, let shortID, let author, let date, let subject):
      "\(shortID)  \(date)  \(author): \(subject)"
    }
  }

  /// As short as it can be named.
  var name: String {
    switch self {
    case .workingCopy: "the working copy"
    case .commit(_, let shortID, _, _, _): shortID
    }
  }
}

/// Since when, and by which rules, somebody is allowed an action, or is not.
package struct Blame: Sendable {
  /// Why the walk went no further back.
  package enum End: Sendable {
    /// There the answer became what it is: allowed, or never.
    case found
    /// The first commit with the path.
    case beginning
    /// The first commit that the clone has.
    case shallow
  }

  /// Such as `user "ada"`.
  let subject: String
  let action: String
  /// What is so now, or in the revision that the walk began with.
  package let answer: BlameState
  /// The newest first; between them nothing changed.
  let events: [BlameEvent]
  let end: End
  /// How many revisions were asked.
  let count: Int
  /// The revisions that could not be asked, and why, the newest first.
  let passedOver: [(revision: BlameRevision, reason: String)]

  package init(
    of subject: AccessSubject,
    _ action: String,
    in set: PolicySet,
    answer: BlameState,
    events: [BlameEvent],
    end: End,
    count: Int,
    passedOver: [(revision: BlameRevision, reason: String)]
  ) {
    self.subject = subject.words(in: set)
    self.action = action
    self.answer = answer
    self.events = events
    self.end = end
    self.count = count
    self.passedOver = passedOver
  }

  /// The newest revision in which the answer became allowed, or never.
  var origin: BlameEvent? { events.first { $0.isTurn } }
}

extension BlameEvent {
  /// Whether it became allowed at all there, or never.
  package var isTurn: Bool { before.isAllowed != after.isAllowed }
}
