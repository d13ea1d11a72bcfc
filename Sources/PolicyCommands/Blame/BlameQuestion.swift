import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// What `blame` asks of every revision.
struct BlameQuestion: Sendable {
  private let asked: RequestArguments

  init(_ asked: RequestArguments) {
    self.asked = asked
  }

  /// The subject and the action in one set, with what is given of requests; an attribute that the
  /// set does not have says nothing there.
  func resolved(
    in set: PolicySet
  ) throws(Failure) -> (subject: AccessSubject, action: ActionIndex, givens: AccessGivens) {
    let arguments = AccessArguments(asked, set)
    guard let word = asked.others.first, asked.action != nil else {
      throw Failure("a subject and an action are needed, such as `user:ada device.delete`")
    }
    let (action, givens) = try arguments.actionWithoutUnknowns()
    return (try arguments.subject(word), action, givens)
  }

  /// The answer of one set that checks.
  func state(of set: PolicySet) -> BlameState {
    do throws(Failure) {
      let (subject, action, givens) = try resolved(in: set)
      let only = ActionSet([action.position..<action.position + 1])
      return BlameState(whatCan(subject, given: givens, within: only, in: set), in: set)
    } catch {
      return .never(error.message)
    }
  }

  /// The answer of one revision, and its set if that checks.
  func state(
    of sources: () throws(FileError) -> SourceMap
  ) -> (state: BlameState, set: PolicySet?) {
    let found: SourceMap
    do throws(FileError) {
      found = try sources()
    } catch {
      return (.never("there are no policies"), nil)
    }
    let checked = load(found)
    guard let error = checked.diagnostics.first(where: { $0.severity == .error }) else {
      return (state(of: checked.value), checked.value)
    }
    let place = found.description(error.primary.span)
    return (.unsettled("the policies do not check: \(place): \(error.message)"), nil)
  }
}
