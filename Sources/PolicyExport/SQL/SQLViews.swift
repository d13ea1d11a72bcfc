import PolicyEngine
import PolicyModel
import PolicySource

/// The views that decide.
struct SQLViews {
  static let drops = """
    DROP VIEW IF EXISTS pol_decisions;
    DROP VIEW IF EXISTS pol_refused;
    DROP VIEW IF EXISTS pol_applying;

    """

  private let set: PolicySet
  var conditions: SQLConditions
  private let rules: SQLGuards
  private let assignments: SQLGuards

  init(_ set: PolicySet, rules: SQLGuards, assignments: SQLGuards) {
    self.set = set
    self.rules = rules
    self.assignments = assignments
    conditions = SQLConditions(set)
  }

  mutating func statements() -> String {
    applying() + Self.refused + Self.decisions
  }

  /// The rules that apply to each request, by the assignment that gives them or NULL for one held.
  private mutating func applying() -> String {
    let assigned = assignments.expression(of: "c.condition", &conditions)
    let guarded = rules.expression(of: "c.guard", &conditions)
    return """

      CREATE VIEW pol_applying AS
      WITH asked AS (
        SELECT q.request, a.action_class, p.principal, p.kind, p.open_groups,
          CASE WHEN p.kind = 'anonymous' OR p.id IS NULL THEN p.kind ELSE p.kind || ':' || p.id END
            AS token,
          CASE WHEN s.outside THEN -1 ELSE u.low END AS place
        FROM pol_requests q
        JOIN pol_actions a ON a.action = q.action
        JOIN pol_principals p ON p.principal = q.principal
        LEFT JOIN pol_resources s ON s.resource = q.resource
        LEFT JOIN pol_units u ON u.unit = s.unit
      ),
      bearing AS (
        SELECT s.action_class, r.rule, r.policy, r.effect, r.guard
        FROM pol_action_sets s
        JOIN pol_rules r ON r.action_set = s.action_set
        WHERE s.action_class IN (SELECT action_class FROM asked)
      ),
      offers AS MATERIALIZED (
        SELECT t.token, t.certain, b.action_class, b.rule, b.effect, b.guard,
          n.assignment, n.guard AS condition, n.everywhere, u.low, u.high
        FROM bearing b
        JOIN pol_policy_closure c ON c.includes = b.policy
        JOIN pol_assignment_policies g ON g.policy = c.policy
        JOIN pol_assignments n ON n.assignment = g.assignment
        JOIN (
          SELECT assignment, token, certain FROM pol_assignment_tokens
          UNION ALL
          SELECT m.assignment, k.token, k.certain
          FROM pol_assignment_groups m JOIN pol_group_tokens k ON k.group_name = m.group_name
        ) t ON t.assignment = n.assignment
        LEFT JOIN pol_assignment_units w ON w.assignment = n.assignment
        LEFT JOIN pol_units u ON u.unit = w.unit
      ),
      held AS MATERIALIZED (
        SELECT c.policy, b.action_class, b.rule, b.effect, b.guard
        FROM bearing b JOIN pol_policy_closure c ON c.includes = b.policy
      ),
      tokens AS (
        SELECT request, action_class, place, 'everyone' AS token FROM asked
        UNION ALL
        SELECT request, action_class, place, token FROM asked
        UNION ALL
        SELECT request, action_class, place, 'group' FROM asked
        WHERE kind <> 'anonymous' AND open_groups IS NULL
        UNION ALL
        SELECT request, action_class, place, 'group:' || group_name
        FROM (
          SELECT request, action_class, place, unnest(open_groups) AS group_name FROM asked
          WHERE kind <> 'anonymous'
        ) g
      ),
      candidates AS (
        SELECT t.request, o.rule, o.effect, o.guard, o.assignment, o.condition,
          o.certain AND (o.everywhere OR t.place BETWEEN o.low AND o.high) AS given
        FROM tokens t
        JOIN offers o ON o.token = t.token AND o.action_class = t.action_class
        UNION ALL
        SELECT a.request, b.rule, b.effect, b.guard, NULL, NULL,
          h.everywhere OR a.place BETWEEN u.low AND u.high
        FROM asked a
        JOIN pol_principal_policies h ON h.principal = a.principal
        JOIN held b ON b.policy = h.policy AND b.action_class = a.action_class
        LEFT JOIN pol_units u ON u.unit = h.unit
        WHERE a.kind <> 'anonymous'
      ),
      \(facts())\
      weighed AS (
        SELECT c.request, c.rule, c.effect, c.assignment,
          c.given
            AND \(assigned)
            AND \(guarded) AS applies
        FROM candidates c\(isPlain ? "" : " JOIN facts f ON f.request = c.request")
        WHERE c.given IS NOT FALSE
      )
      SELECT request, rule, effect, assignment
      FROM weighed
      WHERE CASE effect WHEN 'deny' THEN applies IS NOT FALSE ELSE applies END;

      """
  }

  /// Whether nothing has a condition.
  private var isPlain: Bool { rules.conditions.isEmpty && assignments.conditions.isEmpty }

  /// What conditions read of each request, each thing under the name that it has in Pol.
  private func facts() -> String {
    guard !isPlain else { return "" }
    let columns = conditions.attributes.sorted().map { index in
      let attribute = set.catalogue.attributes[index]
      let table =
        switch attribute.space {
        case .principal: "p"
        case .resource: "s"
        case .context: "q"
        }
      return ",\n    \(table).\(SQLText.name(attribute.path))"
    }
    return """
      facts AS (
        SELECT q.request, p.kind, p.id, p.open_groups, s.id AS "resource",
          CASE WHEN p.kind <> 'anonymous' THEN p.kind || ':' || p.id END AS "principal"\
      \(columns.joined())
        FROM pol_requests q
        JOIN pol_principals p ON p.principal = q.principal
        LEFT JOIN pol_resources s ON s.resource = q.resource
      ),

      """
  }

  /// Requests that name what is not there: they are refused, which is not the same as denied.
  private static let refused = """
    CREATE VIEW pol_refused AS
    SELECT q.request, 'there is no action `' || q.action || '`' AS reason
    FROM pol_requests q LEFT JOIN pol_actions a ON a.action = q.action
    WHERE a.action IS NULL
    UNION ALL
    SELECT q.request, 'there is no principal `' || q.principal || '`'
    FROM pol_requests q LEFT JOIN pol_principals p ON p.principal = q.principal
    WHERE p.principal IS NULL
    UNION ALL
    SELECT q.request, 'there is no resource `' || q.resource || '`'
    FROM pol_requests q LEFT JOIN pol_resources s ON s.resource = q.resource
    WHERE q.resource IS NOT NULL AND s.resource IS NULL
    UNION ALL
    SELECT q.request, 'there is no unit `' || s.unit || '`'
    FROM pol_resources s
    JOIN pol_requests q ON q.resource = s.resource
    LEFT JOIN pol_units u ON u.unit = s.unit
    WHERE s.unit IS NOT NULL AND u.unit IS NULL
    UNION ALL
    SELECT q.request, 'there is no policy `' || h.policy || '`'
    FROM pol_principal_policies h
    JOIN pol_requests q ON q.principal = h.principal
    LEFT JOIN pol_policies p ON p.policy = h.policy
    WHERE p.policy IS NULL
    UNION ALL
    SELECT q.request, 'there is no unit `' || h.unit || '`'
    FROM pol_principal_policies h
    JOIN pol_requests q ON q.principal = h.principal
    LEFT JOIN pol_units u ON u.unit = h.unit
    WHERE h.unit IS NOT NULL AND u.unit IS NULL;

    """

  /// A row for each request: a deny beats every allow, and nothing applying is a deny.
  private static let decisions = """
    CREATE VIEW pol_decisions AS
    SELECT q.request,
      r.request IS NULL AND d.allowed IS TRUE AS allowed,
      CASE WHEN r.request IS NOT NULL THEN 'error' WHEN d.request IS NULL THEN 'default'
        ELSE 'rule' END AS basis
    FROM pol_requests q
    LEFT JOIN (
      SELECT request, bool_and(effect = 'allow') AS allowed FROM pol_applying GROUP BY request
    ) d ON d.request = q.request
    LEFT JOIN (SELECT DISTINCT request FROM pol_refused) r ON r.request = q.request;

    """
}
