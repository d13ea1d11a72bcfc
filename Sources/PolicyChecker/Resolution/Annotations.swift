import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// What an annotation stands on.
enum AnnotationTarget: String {
  case catalogue, service, action, actionGroup = "action group", attribute, policy, rule
  case letDeclaration = "let", group, unit, assignment, test, assertion

  /// As a phrase, such as "an action".
  var withArticle: String {
    switch self {
    case .action, .actionGroup, .attribute, .assignment, .assertion: "an \(rawValue)"
    default: "a \(rawValue)"
    }
  }
}

/// The annotations whose meaning the language gives.
enum KnownAnnotation: String, CaseIterable {
  case explicit, sensitive, grants, deprecated, id, suppress

  /// How it is written, for messages.
  var form: String {
    switch self {
    case .explicit: "`@explicit`"
    case .sensitive: "`@sensitive`"
    case .grants: "`@grants(attribute)`"
    case .deprecated: "`@deprecated(\"why\")`"
    case .id: "`@id(\"name\")`"
    case .suppress: "`@suppress(code, \"why\")`"
    }
  }

  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .explicit, .sensitive: 0...0
    case .grants: 0...1
    case .deprecated, .id: 1...1
    case .suppress: 2...2
    }
  }

  /// Whether its last argument is a text, and no name.
  var endsWithText: Bool { self != .grants }

  /// Where it has a meaning; nil for anywhere.
  var targets: Set<AnnotationTarget>? {
    switch self {
    case .explicit, .sensitive: [.action, .actionGroup]
    case .grants: [.action]
    case .id: [.rule]
    case .deprecated, .suppress: nil
    }
  }
}

extension Checker {
  /// The annotations of a declaration, the known ones checked.
  mutating func annotations(of site: Site, on target: AnnotationTarget) -> [Annotation] {
    var result: [Annotation] = []
    for annotation in nodes(site, .annotation) {
      let parts = nodes(annotation)
      guard let head = parts.first, kind(head) == .name else { continue }
      let value = Annotation(
        name: name(head),
        arguments: parts.dropFirst().map { part in
          switch kind(part) {
          case .string: string(part)
          case .name: name(part)
          default: trees[part.tree].text(span(part))
          }
        },
        span: span(annotation)
      )
      verify(value, parts: parts, on: target)
      if result.contains(where: { $0.name == value.name && value.name != "suppress" }),
        KnownAnnotation(rawValue: value.name) != nil
      {
        report(InvalidAnnotation.repeated(value.name, at: value.span))
      }
      result.append(value)
    }
    return result
  }

  private mutating func verify(
    _ annotation: Annotation,
    parts: [Site],
    on target: AnnotationTarget
  ) {
    guard let known = KnownAnnotation(rawValue: annotation.name) else {
      let near = Suggestion.nearest(
        to: annotation.name,
        among: KnownAnnotation.allCases.map(\.rawValue),
        limit: 1
      )
      if let near = near.first {
        report(AnnotationTypo.at(span(parts[0]), name: annotation.name, near: near))
      }
      return
    }
    if let targets = known.targets, !targets.contains(target) {
      report(InvalidAnnotation.misplaced(known, on: target, at: annotation.span))
      return
    }
    let arguments = parts.dropFirst()
    guard known.argumentCounts.contains(arguments.count),
      arguments.last.map({ (kind($0) == .string) == known.endsWithText }) ?? true,
      annotation.arguments.last.map({ !$0.isEmpty }) ?? true
    else {
      report(InvalidAnnotation.arguments(known, at: annotation.span))
      return
    }
    if known == .suppress, DiagnosticCode(rawValue: annotation.arguments[0]) == nil {
      let near = Suggestion.nearest(
        to: annotation.arguments[0],
        among: DiagnosticCode.allCases.map(\.rawValue)
      )
      report(
        InvalidAnnotation.unknownCode(
          annotation.arguments[0],
          at: span(parts[1]),
          suggestions: near
        )
      )
    }
  }

  /// Every `@grants` has to say whom its action is about: one that does not would protect nothing.
  mutating func verifyGrants() {
    // An attribute whose type is not known may be the one.
    guard untypedAttributes.isEmpty else { return }
    for action in set.catalogue.actions.elements {
      guard let mark = action.heading.annotation("grants"), mark.arguments.count < 2 else {
        continue
      }
      let known = set.catalogue.grantees(of: action)
      let meant = set.catalogue.grantees(of: action, by: mark)
      guard meant.isEmpty else { continue }
      report(
        InvalidAnnotation.noGrantee(
          mark,
          service: set.catalogue.services[action.service].heading.name,
          known: known.map { set.catalogue.attributes[$0].heading.name }
        )
      )
    }
  }
}
