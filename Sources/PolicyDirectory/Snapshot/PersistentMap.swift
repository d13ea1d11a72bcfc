/// A dictionary of which a copy costs nothing, and a changed copy little: all but one path of the
/// tree is shared.
///
/// A hash trie with sixteen branches at each node, after P. Bagwell, "Ideal Hash Trees" (2001), with
/// empty branches kept. What it holds has no order that could be relied on.
/// - Complexity: Looking up and changing are O(log n) with base 16.
struct PersistentMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private indirect enum Node: Sendable {
    /// Every entry whose key has this hash.
    case leaf(hash: UInt, [(key: Key, value: Value)])
    /// By the next four bits of the hash.
    case branch([Node?])
  }

  private var root: Node?

  /// How many bits of a hash choose a branch.
  private static var step: UInt { 4 }

  private static func hash(_ key: Key) -> UInt { UInt(bitPattern: key.hashValue) }

  subscript(key: Key) -> Value? {
    get {
      let hash = Self.hash(key)
      var node = root
      var rest = hash
      while case .branch(let children)? = node {
        node = children[Int(rest & 15)]
        rest >>= Self.step
      }
      guard case .leaf(hash, let entries)? = node else { return nil }
      return entries.first { $0.key == key }?.value
    }
    set { root = Self.changed(root, key, newValue, Self.hash(key), 0) }
  }

  /// Calls a function with every entry, in no order.
  func forEach(_ body: (Key, Value) -> Void) {
    if let root { Self.visit(root, body) }
  }

  private static func visit(_ node: Node, _ body: (Key, Value) -> Void) {
    switch node {
    case .leaf(_, let entries): for entry in entries { body(entry.key, entry.value) }
    case .branch(let children): for case let child? in children { visit(child, body) }
    }
  }

  /// A node after the value of a key was set, or removed; nil for one that is empty.
  private static func changed(
    _ node: Node?,
    _ key: Key,
    _ value: Value?,
    _ hash: UInt,
    _ shift: UInt
  ) -> Node? {
    switch node {
    case nil: return value.map { .leaf(hash: hash, [(key, $0)]) }
    case .leaf(hash, var entries):
      entries.removeAll { $0.key == key }
      if let value { entries.append((key, value)) }
      return entries.isEmpty ? nil : .leaf(hash: hash, entries)
    case .leaf(let other, _):
      guard value != nil else { return node }
      var children = [Node?](repeating: nil, count: 16)
      children[Int(other >> shift & 15)] = node
      return changed(.branch(children), key, value, hash, shift)
    case .branch(var children):
      let place = Int(hash >> shift & 15)
      children[place] = changed(children[place], key, value, hash, shift + step)
      return value == nil ? joined(children) : .branch(children)
    }
  }

  /// A branch without needless levels.
  private static func joined(_ children: [Node?]) -> Node? {
    let left = children.compactMap { $0 }
    if left.isEmpty { return nil }
    if left.count == 1, case .leaf = left[0] { return left[0] }
    return .branch(children)
  }
}
