import PolicyModel

extension Difference {
  /// Adds what was judged of a subject; of a policy, also what nobody notices.
  mutating func record(_ judged: Judged, _ subject: ChangeSubject, _ pair: PolicyPair?) {
    for (kind, actions, causes, evidence) in judged.changes {
      changes.append(
        AccessChange(
          subjects: [subject],
          kind: kind,
          actions: actions,
          causes: causes,
          widening: evidence.new,
          narrowing: evidence.old
        )
      )
    }
    addUndecided(judged, subject)
    if let pair, !judged.withoutEffect.isEmpty {
      withoutEffect.append((pair, judged.withoutEffect))
    }
  }

  /// What could not be shown of a subject, once for each direction, whoever it was looked at for.
  mutating func addUndecided(_ judged: Judged, _ subject: ChangeSubject) {
    for (direction, actions) in judged.undecided {
      let same = undecided.firstIndex { $0.subject == subject && $0.direction == direction }
      let known = same.map { undecided.remove(at: $0).actions } ?? ActionSet()
      undecided.insert(
        Undecided(subject: subject, direction: direction, actions: known.union(actions)),
        at: same ?? undecided.count
      )
    }
  }

  /// Policies that changed alike by the same rules are told together, and so are actions that they
  /// all gained or lost.
  mutating func joinSubjects() {
    var joinedChanges: [AccessChange] = []
    for change in changes {
      let same = joinedChanges.firstIndex {
        $0.kind == change.kind && $0.causes == change.causes && $0.actions == change.actions
          && !(change.causes.old + change.causes.new).isEmpty
      }
      if let same {
        joinedChanges[same].subjects += change.subjects
      } else {
        joinedChanges.append(change)
      }
    }
    changes = joinedChanges
    for side in Side.allCases {
      var all: [Growth] = []
      for growth in side == .new ? gained : lost {
        let same = all.firstIndex {
          $0.rules == growth.rules && $0.actions == growth.actions
            && $0.isByPattern == growth.isByPattern
        }
        if let same { all[same].policies += growth.policies } else { all.append(growth) }
      }
      if side == .new { gained = all } else { lost = all }
    }
  }
}
