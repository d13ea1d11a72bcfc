import PolicyChecker
package import PolicyEngine
package import PolicyModel
package import PolicySource
import PolicySyntax

/// Text of a test that was to check, and does not.
package struct UncheckedText: Error, CustomStringConvertible {
  /// The errors, a line each, with their places.
  package let description: String
}

/// A policy set of one file, which has to check.
package func policySet(_ text: String) throws(UncheckedText) -> PolicySet {
  try policySet([SourceFile(path: "set.pol", text: text)])
}

/// A policy set of several files, which has to check.
package func policySet(_ files: [SourceFile]) throws(UncheckedText) -> PolicySet {
  let sources = SourceMap(files)
  let parsed = sources.ids.map { parse(sources[$0], as: $0) }
  let checked = check(parsed.map(\.value), sources: sources)
  let errors = (parsed.flatMap(\.diagnostics) + checked.diagnostics)
    .filter { $0.severity == .error }
    .map { "\(sources.description($0.primary.span)): \($0.message)" }
  guard errors.isEmpty else {
    throw UncheckedText(description: errors.joined(separator: "\n"))
  }
  return checked.value
}

/// Names of a test's own sets, which have to be there.
extension PolicySet {
  package func action(_ path: String) -> ActionIndex {
    ActionIndex(catalogue.actions.elements.firstIndex { $0.path == path } ?? 0)
  }

  package func attribute(_ path: String) -> AttributeIndex {
    AttributeIndex(catalogue.attributes.elements.firstIndex { $0.path == path } ?? 0)
  }

  package func policy(_ name: String) -> PolicyIndex {
    PolicyIndex(policies.elements.firstIndex { $0.heading.name == name } ?? 0)
  }

  package func group(_ name: String) -> GroupIndex {
    GroupIndex(groups.elements.firstIndex { $0.heading.name == name } ?? 0)
  }

  package func unit(_ path: String) -> UnitIndex {
    UnitIndex(units.elements.firstIndex { $0.path == path } ?? 0)
  }

  /// The effect of the interpreter's decision about a request.
  package func effect(_ request: RequestData) -> Effect { interpret(request, in: self).effect }
}
