import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// A literal before it is read as a value of a type.
enum Literal {
  case string(Site)
  case integer(Int64, SourceSpan)
  case bool(Bool, SourceSpan)
  case principal(PrincipalID, SourceSpan)
}

/// What stands on one side of a check, `let`s looked through.
enum Operand {
  case term(Term, AttributeType, SourceSpan)
  case literal(Literal, SourceSpan)
  /// A list, literal or through a `let`.
  case list(Site)
  /// A `let` that stands for a condition.
  case condition(Int, SourceSpan)
}

extension Checker {
  /// Resolves an operand; nil when that has been reported.
  mutating func operand(_ site: Site) -> Operand? {
    let place = span(site)
    switch kind(site) {
    case .string:
      return .literal(.string(site), place)
    case .integer:
      guard let value = trees[site.tree].integerValue(site.node) else { return nil }
      return .literal(.integer(value, place), place)
    case .boolean:
      return .literal(.bool(has(site, .true), place), place)
    case .principalLiteral:
      guard let id = principalID(site) else { return nil }
      return .literal(.principal(id, place), place)
    case .list:
      return .list(site)
    case .attributeReference:
      return attribute(site)
    case .letReference:
      return letOperand(site)
    default:
      return nil
    }
  }

  /// The user or service account that a principal literal or a member names.
  func principalID(_ site: Site) -> PrincipalID? {
    guard let idSite = nodes(site).first else { return nil }
    let kind: PrincipalKind = has(site, .serviceAccount) ? .serviceAccount : .user
    return PrincipalID(kind: kind, id: name(idSite))
  }

  private mutating func attribute(_ site: Site) -> Operand? {
    let space: AttributeSpace =
      has(site, .principal) ? .principal : has(site, .context) ? .context : .resource
    guard let nameSite = first(site, .name) else {
      switch space {
      case .principal: return .term(.principal, .principal, span(site))
      case .resource: return .term(.resource, .string, span(site))
      case .context: return nil
      }
    }
    let text = name(nameSite)
    guard let index = attributeNames[AttributeKey(space: space, name: text)] else {
      report(
        UnknownAttribute.at(
          span(nameSite),
          name: text,
          space: space,
          catalogue: set.catalogue.name,
          attributes: set.catalogue.attributes.elements
        )
      )
      return nil
    }
    let attribute = set.catalogue.attributes[index]
    noteUse(of: attribute.heading, as: "attribute", at: span(nameSite))
    return .term(.attribute(index), attribute.type, span(site))
  }

  private mutating func letOperand(_ site: Site) -> Operand? {
    guard let nameSite = first(site, .name) else { return nil }
    let text = name(nameSite)
    guard let index = letNames[text] else {
      report(UnknownName.at(span(nameSite), name: text, lets: lets.map(\.heading.name)))
      return nil
    }
    guard !lets[index].isCyclic else { return nil }
    noteUse(of: lets[index].heading, as: "let", at: span(nameSite))
    let body = lets[index].body
    switch kind(body) {
    case .string, .integer, .boolean, .principalLiteral, .list, .attributeReference, .letReference:
      let resolved = operand(body)
      // The place of a let's value is where it is used; its literals keep their own.
      switch resolved {
      case .term(let term, let type, _): return .term(term, type, span(site))
      case .literal(let literal, _): return .literal(literal, span(site))
      case .condition(let inner, _): return .condition(inner, span(site))
      case .list, nil: return resolved
      }
    default:
      return .condition(index, span(site))
    }
  }

  /// Runs a body with a use in mind, so that what is wrong inside a `let` names it.
  mutating func using<Result>(
    _ site: Site,
    _ body: (inout Checker) -> Result
  ) -> Result {
    guard kind(site) == .letReference else { return body(&self) }
    let outer = letUse
    letUse = letUse ?? span(site)
    defer { letUse = outer }
    return body(&self)
  }
}
