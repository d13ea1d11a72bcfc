package import PolicyEngine
package import PolicyModel

/// How tables are laid out.
package struct CompileOptions: Sendable {
  /// How many bytes decision tables may take beyond the pages; what does not fit stays a diagram.
  package var tableBudget: Int
  /// How many outcomes one table may have.
  package var tableLimit: Int
  /// What analysis asks besides.
  package var extras: DiagramExtras

  package init(
    tableBudget: Int = 4 << 20,
    tableLimit: Int = 1 << 16,
    extras: DiagramExtras = DiagramExtras()
  ) {
    self.tableBudget = tableBudget
    self.tableLimit = tableLimit
    self.extras = extras
  }
}

/// What a compiled policy set is made of, for people.
package struct CompileReport: Hashable, Sendable {
  package let bytes: Int
  /// The bytes of each section, in their order in the file.
  package let sectionBytes: [Int]
  package let policies: Int
  package let actions: Int
  package let rules: Int
  /// Without that of the unit, which only analysis asks.
  package let variables: Int
  /// Distinct pages of bit planes; there are policies × services places for them.
  package let pages: Int
  /// Distinct decision tables, those of rules and assignments included.
  package let tables: Int
  /// How many of these are diagrams because the budget did not reach.
  package let diagrams: Int
  /// The outcomes of the largest table.
  package let largestTable: Int
  /// The most variables that one cell reads: the bound of a decision.
  package let readBound: Int
  /// How many cells, of policies × actions, depend on the request.
  package let conditionalCells: Int

  package func bytes(of section: ArtifactSection) -> Int { sectionBytes[Int(section.rawValue)] }

  /// What decision tables take beyond the pages.
  package var tableBytes: Int {
    [.maps, .mapValues, .tables, .readers, .outcomes, .nodes].reduce(0) { $0 + bytes(of: $1) }
  }

  /// What the pages take for each policy, rounded up.
  package var bytesPerPolicy: Int { (pageBytes + max(1, policies) - 1) / max(1, policies) }

  /// What decision tables take for each conditional cell, rounded up.
  package var bytesPerConditionalCell: Int {
    (tableBytes + max(1, conditionalCells) - 1) / max(1, conditionalCells)
  }

  /// What the pages take, with the directory of policies and services.
  package var pageBytes: Int {
    [.pages, .planes, .cells].reduce(0) { $0 + bytes(of: $1) }
  }
}

/// A policy set in its compiled form.
package struct CompiledSet: Sendable {
  /// The artifact, as `PolicyEngine` loads it.
  package let bytes: [UInt8]
  package let report: CompileReport
  package let diagrams: PolicyDiagrams
}

/// Takes a policy set to its decision tables: diagrams, layout, bytes.
///
/// The same policy set gives the same bytes.
/// - Complexity: About O(n log n) in the size of the set.
package func compile(
  _ set: PolicySet,
  options: CompileOptions = CompileOptions()
) -> CompiledSet {
  compile(set, options: options) { _ in }
}

/// Takes a policy set to its decision tables, changed by a function before they are written: the
/// tests break them so, to see that comparisons notice.
func compile(
  _ set: PolicySet,
  options: CompileOptions = CompileOptions(),
  change: (inout ArtifactContents) -> Void
) -> CompiledSet {
  let diagrams = PolicyDiagrams(set, extras: options.extras)
  let tables = TableLayout(
    diagrams.roots,
    in: diagrams.store,
    budget: options.tableBudget,
    limit: options.tableLimit
  )
  let pages = PageLayout(
    diagrams,
    set.catalogue.services.elements.map(\.actions),
    tables.tableOf
  )
  var contents = ArtifactContents()
  var steps = StepLayout(diagrams.variables)
  func table(_ diagram: Diagram) -> UInt32 {
    diagram == .yes ? ArtifactFormat.none : tables.tableOf[diagram] ?? 0
  }
  contents.addFiles(set)
  contents.addCatalogue(set, &steps)
  contents.addPolicies(
    set,
    guards: diagrams.guards.map(table),
    isConditional: pages.isConditional
  )
  contents.addDirectory(
    set,
    steps,
    conditions: diagrams.assignmentConditions.map(table)
  )
  contents.addSeparations(set)
  contents.add(tables, pages)
  contents.variables = diagrams.store.classCounts
  contents[.requestVariableCount] = diagrams.store.requestVariableCount
  contents.derivations = diagrams.store.derivations.map { tables.tableOf[$0.diagram] ?? 0 }
  let readBound = diagrams.readBound
  contents[.readBound] = readBound
  contents.placeNames()
  change(&contents)
  let bytes = contents.file(
    sourceDigest: sourceDigest(set),
    catalogueDigest: catalogueDigest(set.catalogue)
  )
  let report = CompileReport(
    bytes: bytes.count,
    sectionBytes: ArtifactSection.allCases.map { contents.bytes(of: $0).count },
    policies: set.policies.count,
    actions: set.catalogue.actions.count,
    rules: set.rules.count,
    variables: diagrams.store.classCounts.count - 1,
    pages: pages.pageCount,
    tables: tables.tables.count,
    diagrams: tables.diagramCount,
    largestTable: tables.largestTable,
    readBound: readBound,
    conditionalCells: diagrams.cells.elements.joined().reduce(0) { count, run in
      run.cell.isConstant ? count : count + run.actions.count
    }
  )
  return CompiledSet(bytes: bytes, report: report, diagrams: diagrams)
}

extension ArtifactContents {
  fileprivate mutating func add(_ layout: TableLayout, _ pages: PageLayout) {
    maps = layout.maps.maps
    mapValues = layout.maps.values
    tables = layout.tables
    readers = layout.readers
    outcomes = layout.outcomes
    nodes = layout.nodes
    self.pages = pages.pages
    planes = pages.planes
    cells = pages.cells
  }
}

extension PolicyDiagrams {
  /// Every diagram that evaluation needs, those of cells first, those of explanations last.
  fileprivate var roots: [Diagram] {
    var roots: [Diagram] = []
    for runs in cells.elements { roots += runs.lazy.map(\.cell).filter { !$0.isConstant } }
    roots += assignmentConditions.filter { $0 != .yes }
    roots += store.derivations.map(\.diagram)
    roots += guards.filter { $0 != .yes }
    return roots
  }

  /// The most variables that one cell reads, through derived ones too.
  fileprivate var readBound: Int {
    var walk = DiagramWalk(store)
    var bound = 0
    for cell in Set(cells.elements.lazy.joined().map(\.cell)) where !cell.isConstant {
      var read: Set<UInt32> = []
      var waiting = [cell]
      while let diagram = waiting.popLast() {
        for node in walk.nodes(of: diagram, in: store) {
          let level = store.level(node)
          guard read.insert(level).inserted else { continue }
          let derived = store.derivation(of: VariableIndex(Int(level)))
          if !derived.isConstant { waiting.append(derived) }
        }
      }
      bound = max(bound, read.count)
    }
    return bound
  }
}
