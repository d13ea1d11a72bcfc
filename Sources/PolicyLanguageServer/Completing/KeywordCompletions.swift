import PolicySyntax

/// The words of the language that are legal at a place, with what they do and how they go on.
enum KeywordCompletions {
  static func items(at point: CompletionPoint, snippets: Bool) -> [CompletionItem] {
    var items: [CompletionItem] = []
    for keyword in Keyword.allCases {
      guard let trial = point.trial(keyword.rawValue), isKeyword(trial),
        isMeaningful(keyword, trial)
      else { continue }
      let template = snippets ? template(keyword, in: trial.innermost) : nil
      items.append(
        CompletionItem(
          label: keyword.rawValue,
          kind: template == nil ? .keyword : .snippet,
          documentation: meaning(keyword, in: trial.innermost),
          text: template,
          isSnippet: template != nil
        )
      )
    }
    return items
  }

  /// Whether the parser took the word for a keyword and not for a name.
  private static func isKeyword(_ trial: Trial) -> Bool {
    switch trial.innermost {
    case .name, .glob, .letReference, .error, .string: false
    default: true
    }
  }

  /// Whether the checker can make something of what the parser takes.
  private static func isMeaningful(_ keyword: Keyword, _ trial: Trial) -> Bool {
    switch keyword {
    case .outside: return trial.around(.assign) == nil
    case .as:
      guard let test = trial.around(.test) else { return true }
      return trial.tree.first(test, .expectation) == nil
    default: return true
    }
  }

  /// How a declaration, block or clause that begins with a word goes on.
  private static func template(_ keyword: Keyword, in kind: NodeKind) -> String? {
    switch (keyword, kind) {
    case (.catalogue, .catalogue): "catalogue ${1:name} {\n  service ${2:service} {\n    $0\n  }\n}"
    case (.service, .service): "service ${1:name} \"${2:title}\" {\n  $0\n}"
    case (.principal, .attributeBlock), (.context, .attributeBlock), (.resource, .attributeBlock):
      "\(keyword.rawValue) { ${1:name}: ${2:String} }"
    case (.policy, .policy), (.role, .policy):
      "\(keyword.rawValue) ${1:name} \"${2:title}\" {\n  allow $0\n}"
    case (.builtIn, .policy): "built-in role ${1:name} \"${2:title}\" {\n  allow $0\n}"
    case (.let, .letDeclaration): "let ${1:name} = $0"
    case (.group, .group): "group ${1:name} { user \"$0\" }"
    case (.ou, .ou): "ou ${1:name} \"${2:title}\" { $0 }"
    case (.assign, .assign): "assign ${1:policy} to ${2:everyone}$0"
    case (.test, .test):
      "test \"${1:what it shows}\" {\n  as ${2:policy}\n  allow ${3:service.action}$0\n}"
    case (.assert, .canAssertion), (.assert, .onlyAssertion), (.assert, .holdsAssertion):
      "assert ${1:anyone} cannot ${2:service.action}$0"
    case (.because, .becauseClause): "because \"$0\""
    default: nil
    }
  }

  private static func meaning(_ keyword: Keyword, in kind: NodeKind) -> String? {
    switch keyword {
    case .catalogue: "Declares services, their actions, and attributes."
    case .service: "Declares a service with its actions."
    case .policy: "Declares a policy: rules that allow and deny."
    case .role: "Declares a role; the same as a policy."
    case .builtIn: "A policy that may not be changed or removed against a baseline."
    case .includes: "The policy is also all that others are."
    case .allow: kind == .expectation ? "Expects that it is allowed." : "Allows actions."
    case .deny:
      kind == .expectation
        ? "Expects that it is denied." : "Denies actions; a deny beats every allow."
    case .except: "Takes actions out of those before."
    case .when: "Applies only where the condition is true."
    case .unless: "Does not apply where the condition is true."
    case .because: "The reason, which decisions show."
    case .let: "Names a condition, a value or a list."
    case .group where kind == .group: "Declares a group of principals; without a block it is open."
    case .ou: "Declares an organisational unit and those below it."
    case .assign: "Gives policies to principals."
    case .test: "Says what must be decided about some requests."
    case .assert: "Says what must be true of every request; it is proved."
    case .outside: "In no unit."
    case .everyone: "Everyone, anonymous principals included."
    case .anyone: "Someone who holds any policies of the set, or none."
    case .anonymous: "A principal without id, groups and held policies."
    case .has: "True where the attribute is given."
    case .under: "The path itself or below it."
    case .like: "The whole text, `*` being any run of characters."
    case .contains: "The set has the element, or with `any` or `all`, some or all of them."
    default: nil
    }
  }
}
