/// Whether a diagram can be a table of the outcomes that one table may have.
///
/// What cannot is laid out as a diagram, and decided in one step for each attribute that it reads.
/// - Complexity: O(nodes × edges of a variable).
package func fitsTable(
  _ diagram: Diagram,
  in store: DiagramStore,
  limit: Int = CompileOptions().tableLimit
) -> Bool {
  diagram.isConstant
    || TablePlan(diagram, nodes: store.nodes(of: [diagram]), in: store, limit: limit) != nil
}
