import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource

/// What a name at some place stands for.
struct NameAtPlace {
  /// More than one for a name that stands for several things, as in `*.list`.
  let symbols: [Symbol]
  let span: SourceSpan
}

extension SetAnalysis {
  /// The name that an offset is in or at the end of.
  ///
  /// - Complexity: O(log names).
  func name(at offset: Int, in file: FileID) -> NameAtPlace? {
    let all = checked.occurrences
    let place = SourceSpan(file: file, lower: UInt32(offset), upper: UInt32.max)
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].span < place { low = middle + 1 } else { high = middle }
    }
    guard low > 0, all[low - 1].span.file == file, Int(all[low - 1].span.upper) >= offset else {
      return nil
    }
    let span = all[low - 1].span
    var first = low - 1
    while first > 0, all[first - 1].span == span { first -= 1 }
    return NameAtPlace(symbols: all[first..<low].map(\.symbol), span: span)
  }

  /// Everywhere that any of some symbols is named, in source order; each place once.
  func occurrences(of symbols: [Symbol]) -> [Occurrence] {
    let wanted = Set(symbols)
    var last: SourceSpan?
    return checked.occurrences.filter { occurrence in
      guard wanted.contains(occurrence.symbol), occurrence.span != last else { return false }
      last = occurrence.span
      return true
    }
  }

  /// Name, title and documentation of what a symbol stands for.
  func heading(_ symbol: Symbol) -> Heading {
    switch symbol {
    case .service(let index): set.catalogue.services[index].heading
    case .action(let index): set.catalogue.actions[index].heading
    case .actionGroup(let position): set.catalogue.groups[position].heading
    case .attribute(let index): set.catalogue.attributes[index].heading
    case .policy(let index): set.policies[index].heading
    case .letName(let position): checked.lets[position]
    case .group(let index): set.groups[index].heading
    case .unit(let index): set.units[index].heading
    }
  }

  /// What kind of thing a symbol stands for, in words.
  func kindWord(_ symbol: Symbol) -> String {
    switch symbol {
    case .service: "service"
    case .action: "action"
    case .actionGroup: "group of actions"
    case .attribute: "attribute"
    case .policy(let index): set.policies[index].isRole ? "role" : "policy"
    case .letName: "let"
    case .group: "group"
    case .unit: "unit"
    }
  }

  /// A symbol as policy text names it from outside.
  func path(_ symbol: Symbol) -> String {
    func name(_ text: String) -> String { describe(name: text) }
    switch symbol {
    case .action(let index):
      let action = set.catalogue.actions[index]
      return name(set.catalogue.services[action.service].heading.name) + "."
        + name(action.heading.name)
    case .actionGroup(let position):
      let group = set.catalogue.groups[position]
      return name(set.catalogue.services[group.service].heading.name) + "."
        + name(group.heading.name)
    case .attribute(let index): return describe(.attribute(index), in: set)
    case .policy(let index): return describe(index, in: set)
    case .unit(let index): return describe(index, in: set)
    case .service, .letName, .group: return name(heading(symbol).name)
    }
  }

  /// `path:line` of a place.
  func place(_ span: SourceSpan) -> String {
    "\(snapshot.sources[span.file].path):\(snapshot.sources.place(span).line)"
  }

  /// The rule at an offset, and its position.
  func rule(at offset: Int, in file: FileID) -> RuleIndex? {
    set.rules.indices.first { index in
      let span = set.rules[index].span
      return span.file == file && Int(span.lower) <= offset && offset <= Int(span.upper)
    }
  }
}
