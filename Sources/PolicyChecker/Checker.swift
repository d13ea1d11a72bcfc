import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// A node together with the tree it is in.
struct Site: Hashable {
  let tree: Int
  let node: NodeID
}

/// A text that is another only when their bytes are the same.
///
/// Names need none: they are in Unicode's composed form, where canonical equivalence is equality.
struct TextKey: Hashable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }
}

/// What the stages of checking share: the trees, the names found so far and what was wrong.
struct Checker {
  private(set) var trees: [SyntaxTree]
  var set: PolicySet
  private(set) var diagnostics: [Diagnostic] = []
  /// Code and place of everything reported, so that a use of a `let` does not repeat what is wrong
  /// inside it.
  private var reported: Set<ReportKey> = []
  /// The use of the `let` that is being expanded, if any.
  var letUse: SourceSpan?

  /// The declarations of every file by kind, in order.
  var declarations: [NodeKind: [Site]] = [:]

  var serviceNames: [String: ServiceIndex] = [:]
  /// The members of each service by name.
  var memberNames: [[String: Member]] = []
  /// The members of every service that have a name, for `*.name`.
  var membersEverywhere: [String: [Member]] = [:]
  /// The actions that no star and no group around their mark reaches, in order.
  var hiddenActions: [Int] = []
  var attributeNames: [AttributeKey: AttributeIndex] = [:]
  /// Attributes that are declared with a type that was reported; their uses are passed over.
  var untypedAttributes: Set<AttributeKey> = []
  var letNames: [String: Int] = [:]
  var lets: [LetDeclaration] = []
  var policyNames: [String: PolicyIndex] = [:]
  var groupNames: [String: GroupIndex] = [:]
  var unitPaths: [String: UnitIndex] = [:]
  var rootUnits: [String] = []
  var childUnits: [String: [String]] = [:]
  var ruleIDs: [TextKey: (span: SourceSpan, isGiven: Bool)] = [:]

  /// Whether `occurrences` is kept; only editors ask for it.
  private let recordsOccurrences: Bool
  /// The uses of names that were resolved, in the order in which they were met.
  var occurrences: [Occurrence] = []
  /// The text that is being checked again: what was found in it does not count any more.
  private(set) var replaced: SourceSpan?

  private struct ReportKey: Hashable {
    let code: DiagnosticCode
    let span: SourceSpan
  }

  init(trees: [SyntaxTree], sources: SourceMap, recordsOccurrences: Bool = false) {
    self.trees = trees
    self.recordsOccurrences = recordsOccurrences
    set = PolicySet(sources: sources)
  }

  /// Takes note of what is wrong; inside a `let` once only, with the use as a second place.
  mutating func report(_ diagnostic: Diagnostic) {
    let key = ReportKey(code: diagnostic.code, span: diagnostic.primary.span)
    let isNew = reported.insert(key).inserted
    guard let letUse, letUse != diagnostic.primary.span else {
      diagnostics.append(diagnostic)
      return
    }
    guard isNew else { return }
    var diagnostic = diagnostic
    diagnostic.secondary.append(Label(letUse, "used here"))
    diagnostics.append(diagnostic)
  }

  /// Takes note of a name that was resolved.
  mutating func record(_ symbol: Symbol, at span: SourceSpan, isDeclaration: Bool = false) {
    guard recordsOccurrences else { return }
    occurrences.append(Occurrence(symbol, at: span, isDeclaration: isDeclaration))
  }

  /// Prepares for checking a part again: adds the tree that it is in, and forgets what was reported.
  mutating func addForRecheck(_ tree: SyntaxTree, replacing span: SourceSpan) -> Int {
    trees.append(tree)
    replaced = span
    diagnostics = []
    reported = []
    return trees.count - 1
  }

  /// Sorts the declarations of every file by kind.
  mutating func gatherDeclarations() {
    for (index, tree) in trees.enumerated() {
      for node in tree.nodes(tree.root) {
        declarations[tree.kind(node), default: []].append(Site(tree: index, node: node))
      }
    }
  }

  func sites(_ kind: NodeKind) -> [Site] { declarations[kind] ?? [] }

  /// The declarations of any of some kinds, in file order.
  func sites(_ kinds: [NodeKind]) -> [Site] {
    kinds.flatMap { sites($0) }.sorted { ($0.tree, $0.node) < ($1.tree, $1.node) }
  }

  /// The site's children of one kind.
  func nodes(_ site: Site, _ kind: NodeKind) -> [Site] {
    trees[site.tree].nodes(site.node, kind).map { Site(tree: site.tree, node: $0) }
  }

  func nodes(_ site: Site) -> [Site] {
    trees[site.tree].nodes(site.node).map { Site(tree: site.tree, node: $0) }
  }

  func first(_ site: Site, _ kind: NodeKind) -> Site? {
    trees[site.tree].first(site.node, kind).map { Site(tree: site.tree, node: $0) }
  }

  func kind(_ site: Site) -> NodeKind { trees[site.tree].kind(site.node) }
  func span(_ site: Site) -> SourceSpan { trees[site.tree].span(site.node) }
  func name(_ site: Site) -> String { trees[site.tree].nameText(site.node) }
  func string(_ site: Site) -> String { trees[site.tree].stringValue(site.node) }
  func has(_ site: Site, _ keyword: Keyword) -> Bool { trees[site.tree].has(site.node, keyword) }

  /// The name, title, documentation and annotations of a declaration or member.
  mutating func heading(_ site: Site, on target: AnnotationTarget) -> Heading? {
    guard let nameSite = first(site, .name) else { return nil }
    return Heading(
      name: name(nameSite),
      title: first(site, .string).map { string($0) },
      documentation: trees[site.tree].documentation(before: site.node),
      annotations: annotations(of: site, on: target),
      nameSpan: span(nameSite),
      span: span(site)
    )
  }
}
