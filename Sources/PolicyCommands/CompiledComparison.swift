import PolicyCompiler
import PolicyEngine
import PolicyReport
import PolicyWorkspace

/// Two policy sets of which one at least is compiled, compared by their tables.
///
/// Tables have cells and no rules: what a policy answers about an action is compared, and conditions
/// where both have the same classes. Assignments, groups and units are not.
struct CompiledComparison {
  /// Actions that a policy answers alike on each side.
  private struct Row {
    let policy: String
    let before: PolicyChange.Answer
    let after: PolicyChange.Answer
    /// Also where a deny is gone of what is allowed on conditions.
    let isWider: Bool
    var actions: [String]
  }

  /// More names than these are counted.
  private static let mostNames = 12

  private var rows: [Row] = []
  /// By policy, the actions on conditions of which nothing is known.
  private var unsettled: [(policy: String, actions: [String])] = []
  /// Whether the files are the same, byte for byte, so that everything is.
  private let isIdentical: Bool

  /// - Complexity: That of `changes(since:)` and `unsettledConditions(since:)`.
  init(_ old: String, _ new: String, _ arguments: Arguments, _ console: Console) throws(Failure) {
    let before = try Self.bytes(of: old, arguments, console)
    let after = try Self.bytes(of: new, arguments, console)
    isIdentical = before == after
    let engines = (try engine(of: before, from: old), try engine(of: after, from: new))
    var places: [String: Int] = [:]
    for change in engines.1.changes(since: engines.0, naming: .max).named {
      guard case .answer(let policy, let action, let before, let after) = change.subject else {
        continue
      }
      let key = "\(before) \(after) \(change.isWidening) \(policy)"
      if let place = places[key] {
        rows[place].actions.append(action)
      } else {
        places[key] = rows.count
        rows.append(
          Row(
            policy: policy,
            before: before,
            after: after,
            isWider: change.isWidening,
            actions: [action]
          )
        )
      }
    }
    for (policy, action) in engines.1.unsettledConditions(since: engines.0) {
      if unsettled.last?.policy.utf8.elementsEqual(policy.utf8) == true {
        unsettled[unsettled.count - 1].actions.append(action)
      } else {
        unsettled.append((policy, [action]))
      }
    }
  }

  var isWidened: Bool { rows.contains(where: \.isWider) }
  var isNarrowed: Bool { rows.contains { !$0.isWider } }
  /// Whether conditions may differ, in either direction.
  var isUnsettled: Bool { !unsettled.isEmpty }

  func text(on terminal: Terminal) -> String {
    var text = ""
    func head(_ word: String, _ style: Style, _ policy: String) {
      text += terminal.paint(word, style) + VisibleText.of(": policy `\(policy)`") + "\n"
    }
    func row(_ label: String, _ value: String) {
      text += "  " + terminal.paint(label, .frame)
      text += String(repeating: " ", count: 9 - label.count) + VisibleText.of(value) + "\n"
    }
    for change in rows {
      head(change.isWider ? "widened" : "narrowed", change.isWider ? .error : .note, change.policy)
      row("actions", Self.list(change.actions))
      row("before", change.before.words)
      row("after", change.after.words)
      text += "\n"
    }
    for (policy, actions) in unsettled {
      head("not shown", .warning, policy)
      row("actions", Self.list(actions))
      row("note", "it depends on the request before and after, perhaps on something else")
      text += "\n"
    }
    return text + summary + "\n"
  }

  private var summary: String {
    guard !isIdentical else { return "no access differs: both compile to the same tables" }
    var parts: [String] = []
    for (word, isWider) in [("widened", true), ("narrowed", false)] {
      let count = rows.filter { $0.isWider == isWider }
        .reduce(0) { $0 + $1.actions.count }
      if count > 0 { parts.append("\(Tally.grouped(count)) \(word)") }
    }
    let open = unsettled.reduce(0) { $0 + $1.actions.count }
    if open > 0 { parts.append("\(Tally.grouped(open)) not shown") }
    let cells = "answers of policies about actions"
    return
      (parts.isEmpty
      ? "no \(cells) differ" : "\(cells) differ: " + parts.joined(separator: ", "))
      + "; assignments, groups and units are not compared in compiled sets"
  }

  private static func list(_ names: [String]) -> String {
    let rest = names.count - mostNames
    let count = names.count > 1 ? "\(Tally.grouped(names.count)): " : ""
    return count + names.prefix(mostNames).joined(separator: ", ")
      + (rest > 0 ? " and \(Tally.grouped(rest)) more" : "")
  }

  /// The tables of a set, which is compiled first where it is not.
  private static func bytes(
    of argument: String,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) -> [UInt8] {
    if argument.hasSuffix(".polc") {
      return try files { () throws(FileError) in try FileContents.read(argument) }
    }
    return try tables(of: try policySet(named: argument, arguments, console), console).bytes
  }
}

extension PolicyChange.Answer {
  /// Such as "allowed, whatever the request says".
  fileprivate var words: String {
    switch self {
    case .denies: "denied, always or on conditions, and never allowed"
    case .nothing: "neither allowed nor denied"
    case .depends: "allowed on conditions"
    case .allows: "allowed, whatever the request says"
    }
  }
}
