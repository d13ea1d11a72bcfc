import PolicyEngine
package import PolicyModel
package import PolicySource

/// A policy set as policies, schema and entities of Cedar, which decide as the set does.
///
/// `Grammar/export-cedar.md` says how requests are asked.
/// - Complexity: O(rules × (their conditions + the assignments of their policies) + the rest).
package func exportCedar(_ set: PolicySet) -> Staged<[ExportedFile]> {
  var policies = CedarPolicies(set)
  let files = [
    ExportedFile("entities.json", CedarEntities(set).document()),
    ExportedFile("policies.cedar", Array(policies.text().utf8)),
    ExportedFile("schema.cedarschema", Array(CedarSchema(set).text().utf8)),
  ]
  return Staged(files, policies.findings + escapes(in: set.catalogue))
}

/// Attributes called as Cedar's JSON marks entities and calls: it would read a record as one.
private func escapes(in catalogue: Catalogue) -> [Diagnostic] {
  catalogue.attributes.elements.compactMap { attribute in
    let name = attribute.heading.name
    guard ["__entity", "__extn", "__expr"].contains(name) else { return nil }
    return NotExpressible.finding(
      "an attribute called `\(name)`, which has a meaning in its JSON",
      in: "Cedar",
      at: attribute.heading.nameSpan,
      help: "give the attribute another name"
    )
  }
}
