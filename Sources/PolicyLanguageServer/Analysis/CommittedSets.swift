import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyWorkspace
import Synchronization

/// What policy sets were in the last commit of their repositories, and what has changed since.
final class CommittedSets: Sendable {
  /// Larger sets are not compared while one types.
  private static let mostRules = 30_000

  private struct Known {
    /// The tree of the commit, as git calls it.
    let tree: String
    /// Nil where it does not check.
    let set: PolicySet?
    var compared: (version: Int, difference: Difference)?
  }

  private let known = Mutex<[String: Known]>([:])

  /// What access differs from that in the last commit; nil where there is no repository, no commit,
  /// or either set does not check.
  ///
  /// - Complexity: That of `compare`, once for each version; and a run of git.
  func difference(from analysis: SetAnalysis) -> Difference? {
    let root = analysis.snapshot.root
    guard root.hasPrefix("/"), !analysis.findings.hasErrors,
      analysis.set.rules.count <= Self.mostRules, var known = known(root), let old = known.set
    else { return nil }
    if let compared = known.compared, compared.version == analysis.snapshot.version {
      return compared.difference
    }
    let difference = compare(old, analysis.set)
    known.compared = (analysis.snapshot.version, difference)
    store(known, of: root)
    return difference
  }

  private func known(_ root: String) -> Known? {
    let git = Git(in: root)
    let revision = GitRevision(revision: "HEAD", path: "./")
    guard let tree = try? revision.resolvedRevision(git) else { return nil }
    if let known = known.withLock({ $0[root] }), known.tree == tree { return known }
    guard let sources = try? revision.sources(git) else { return nil }
    let checked = load(sources)
    let made = Known(tree: tree, set: checked.diagnostics.hasErrors ? nil : checked.value)
    store(made, of: root)
    return made
  }

  private func store(_ made: Known, of root: String) { known.withLock { $0[root] = made } }
}
