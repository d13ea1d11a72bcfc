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

  /// Resolves both sides of a check, the right one also when something on the left was reported.
  mutating func operands(_ sites: [Site]) -> (Operand, Operand)? {
    let found = sites.map { site in using(site) { $0.operand(site) } }
    guard found.count == 2, let left = found[0], let right = found[1] else { return nil }
    return (left, right)
  }

  /// Resolves the names of a value or list whose type is not known.
  mutating func resolveNames(in site: Site) {
    for operand in kind(site) == .list ? nodes(site) : [site] { _ = self.operand(operand) }
  }

  /// The user or service account that a principal literal or a member names.
  func principalID(_ site: Site) -> PrincipalID? {
    guard let idSite = first(site, .name) ?? first(site, .string) else { return nil }
    let kind: PrincipalKind = has(site, .serviceAccount) ? .serviceAccount : .user
    return PrincipalID(kind: kind, id: name(idSite))
  }

  private mutating func attribute(_ site: Site) -> Operand? {
    let space: AttributeSpace =
      has(site, .principal) ? .principal : has(site, .context) ? .context : .resource
    guard let nameSite = first(site, .name) else {
      // A `.` without a name was reported by the parser.
      let tree = trees[site.tree]
      guard tree.childTokens(site.node).count == 1 else { return nil }
      switch space {
      case .principal: return .term(.principal, .principal, span(site))
      case .resource: return .term(.resource, .string, span(site))
      case .context: return nil
      }
    }
    let text = name(nameSite)
    let key = AttributeKey(space: space, name: text)
    guard !untypedAttributes.contains(key) else { return nil }
    guard let index = attributeNames[key] else {
      report(
        UnknownAttribute.at(
          span(nameSite),
          name: text,
          space: space,
          label: notInCatalogue,
          attributes: set.catalogue.attributes.elements,
          reference: span(site)
        )
      )
      return nil
    }
    let attribute = set.catalogue.attributes[index]
    noteUse(.attribute(index), of: attribute.heading, as: "attribute", at: span(nameSite))
    return .term(.attribute(index), attribute.type, span(site))
  }

  private mutating func letOperand(_ site: Site) -> Operand? {
    guard let nameSite = first(site, .name) else { return nil }
    let text = name(nameSite)
    guard let index = letNames[text] else {
      report(
        UnknownName.at(
          span(nameSite),
          name: text,
          lets: lets.map(\.heading.name),
          attribute: attributePath(of: text)
        )
      )
      return nil
    }
    noteUse(.letName(index), of: lets[index].heading, as: "let", at: span(nameSite))
    // The place of a let's value is where it is used; its literals keep their own.
    switch lets[index].meaning {
    case .term(let term, let type, _): return .term(term, type, span(site))
    case .literal(let literal, _): return .literal(literal, span(site))
    case .condition(let inner, _): return .condition(inner, span(site))
    case .list(let list): return .list(list)
    case nil: return nil
    }
  }

  /// How the first attribute of a name, in the order of the spaces, is written.
  private func attributePath(of name: String) -> String? {
    AttributeSpace.allCases.lazy
      .compactMap { attributeNames[AttributeKey(space: $0, name: name)] }
      .first.map { set.catalogue.attributes[$0].path }
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
