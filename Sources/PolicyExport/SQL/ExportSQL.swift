package import PolicyModel
package import PolicySource

/// A policy set as one SQL script for PostgreSQL and DuckDB: tables with the policy set, tables for
/// principals, resources and requests, and a view that decides all requests.
///
/// `Grammar/export-sql.md` describes them.
/// - Complexity: O(size of the set), patterns as the classes of actions that they come to.
package func exportSQL(_ set: PolicySet) -> Staged<[ExportedFile]> {
  var tables = SQLPolicyTables(set)
  var inputs = SQLInputTables(set)
  var views = SQLViews(set, rules: tables.ruleGuards, assignments: tables.assignmentGuards)
  let script = """
    -- Written by `pol export --format sql`, for PostgreSQL and DuckDB alike.
    -- Tables of the policy set are made anew; those that you fill stay as they are.
    BEGIN;

    \(SQLViews.drops)\(SQLPolicyTables.drops)
    \(tables.statements())
    \(inputs.statements())\
    \(views.statements())
    COMMIT;

    """
  let findings = tables.text.findings + inputs.text.findings + views.conditions.text.findings
  return Staged([ExportedFile("policies.sql", Array(script.utf8))], findings.inSourceOrder())
}
