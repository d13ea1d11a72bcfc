extension Matrix {
  /// The rows of one view.
  package enum View: String, CaseIterable, Sendable {
    case policies, principals, units
  }

  package func rows(_ view: View) -> [MatrixRow] {
    switch view {
    case .policies: policies
    case .principals: principals
    case .units: units
    }
  }

  /// The matrix of some services, and of a view only the rows of some names; nil for all of them.
  ///
  /// What nothing refers to any more is left out; rows of the other views stay.
  /// - Complexity: O(size of the matrix).
  package func selecting(services names: [String]?, rows: [String]?, of view: View) -> Matrix {
    var result = Matrix(isCompared: isCompared)
    let kept = services.indices.filter { index in
      names?.contains { $0.utf8.elementsEqual(services[index].name.utf8) } ?? true
    }
    for index in kept {
      let start = result.actions.count
      result.actions += actions[services[index].actions]
      result.services.append(
        MatrixService(
          name: services[index].name,
          title: services[index].title,
          actions: start..<result.actions.count
        )
      )
    }
    var renumbering = Renumbering(self)
    func select(_ own: View) -> [MatrixRow] {
      self.rows(own).filter { row in
        guard own == view, let rows else { return true }
        return rows.contains { $0.utf8.elementsEqual(row.name.utf8) }
      }.map { row in
        var row = row
        row.pages = kept.map { renumbering.page(row.pages[$0]) }
        return row
      }
    }
    result.policies = select(.policies)
    // Cells of units speak of principals by their places, so that these stay in full for them.
    result.principals = select(.principals)
    result.units = view == .principals && rows != nil ? [] : select(.units)
    result.pages = renumbering.pages
    result.cells = renumbering.cells
    result.rules = renumbering.rules
    result.grants = renumbering.grants
    return result
  }
}

/// What is still referred to, by its new position.
private struct Renumbering {
  private let matrix: Matrix
  private(set) var pages: [[Matrix.Run]] = []
  private(set) var cells: [MatrixCell] = []
  private(set) var rules: [MatrixRule] = []
  private(set) var grants: [MatrixGrant] = []
  private var pageOf: [Int: Int] = [:]
  private var cellOf: [Int: Int] = [:]
  private var ruleOf: [Int: Int] = [:]
  private var grantOf: [Int: Int] = [:]

  init(_ matrix: Matrix) {
    self.matrix = matrix
    _ = cell(0)
  }

  mutating func page(_ old: Int) -> Int {
    if let known = pageOf[old] { return known }
    var runs: [Matrix.Run] = []
    for run in matrix.pages[old] { runs.append(Matrix.Run(count: run.count, cell: cell(run.cell))) }
    pages.append(runs)
    pageOf[old] = pages.count - 1
    return pages.count - 1
  }

  private mutating func cell(_ old: Int) -> Int {
    if let known = cellOf[old] { return known }
    var copy = matrix.cells[old]
    copy.before = copy.before.map { cell($0) }
    copy.entries = copy.entries.map { entry in
      MatrixEntry(rule: rule(entry.rule), grants: entry.grants.map { grant($0) })
    }
    cells.append(copy)
    cellOf[old] = cells.count - 1
    return cells.count - 1
  }

  private mutating func rule(_ old: Int) -> Int {
    if let known = ruleOf[old] { return known }
    rules.append(matrix.rules[old])
    ruleOf[old] = rules.count - 1
    return rules.count - 1
  }

  private mutating func grant(_ old: Int) -> Int {
    if let known = grantOf[old] { return known }
    grants.append(matrix.grants[old])
    grantOf[old] = grants.count - 1
    return grants.count - 1
  }
}
