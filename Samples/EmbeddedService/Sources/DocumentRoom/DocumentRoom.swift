import PolicyEngine
import PolicyHosting
import Synchronization

/// A service that asks its policies before it does anything, and keeps a log of what they said.
public final class DocumentRoom: Sendable {
  /// Why something was not done.
  public enum Refusal: Error, Hashable, Sendable {
    /// There is no such document.
    case unknownDocument
    /// With what the rules that denied it say; nothing where no rule allowed it.
    case denied([String])
  }

  /// The policies in force: those of the build, until others are loaded.
  private let policies = PolicyEngineReference(Room.engine)
  private let documents: Mutex<[String: Document]>
  private let log: DecisionLog

  /// A room with some documents in it.
  public init(_ documents: [Document], log: DecisionLog) {
    let named = documents.map { ($0.id, $0) }
    self.documents = Mutex(Dictionary(named, uniquingKeysWith: { _, last in last }))
    self.log = log
  }

  /// Opens a document; its shelf is where to find it.
  public func open(_ id: String, by visitor: Visitor) throws(Refusal) -> String {
    let document = try find(id)
    try ask(visitor, .open, document)
    return document.shelf
  }

  /// Destroys a document.
  public func shred(_ id: String, by visitor: Visitor) throws(Refusal) {
    try ask(visitor, .shred, try find(id))
    documents.withLock { $0[id] = nil }
  }

  /// What a visitor may do with a document, for showing and hiding buttons.
  public func choices(with id: String, for visitor: Visitor) throws(Refusal) -> [String] {
    let document = try find(id)
    let actions: [(name: String, action: Room.Document)] = [
      ("open", .open), ("edit", .edit), ("shred", .shred),
    ]
    var names: [String] = []
    for (name, action) in actions
    where try request(visitor, action, document).decide().isAllowed { names.append(name) }
    return names
  }

  /// Puts policies from a file in force.
  ///
  /// They must leave the constants of this build valid, and change no built-in policy; if they do
  /// not, the old ones stay.
  ///
  /// - Returns: What this widens and narrows.
  /// - Throws: Why the file is not used.
  public func reload(_ path: String) throws(ReplacementRefusal) -> PolicyChanges {
    try policies.replace(
      withContentsOf: path,
      if: [.sameCatalogue, .builtInPoliciesUnchanged]
    )
  }

  private func find(_ id: String) throws(Refusal) -> Document {
    guard let document = documents.withLock({ $0[id] }) else { throw .unknownDocument }
    return document
  }

  private func ask(
    _ visitor: Visitor,
    _ action: Room.Document,
    _ document: Document
  ) throws(Refusal) {
    let request = try request(visitor, action, document)
    guard log.decide(request.recorded).isAllowed else {
      throw .denied(request.explain().reasons.compactMap(\.rule.because))
    }
  }

  private func request(
    _ visitor: Visitor,
    _ action: Room.Document,
    _ document: Document
  ) throws(Refusal) -> Room.Request<Room.Document> {
    let subject: PolicyEngine.Subject
    do throws(RequestRefusal) {
      subject = try visitor.subject(of: policies.current)
    } catch {
      throw .denied(["\(error)"])
    }
    return Room.Request(
      subject,
      action,
      in: document.place,
      id: document.id,
      resource: document.attributes,
      context: Room.Context(mfa: visitor.hasSecondFactor),
      principal: Room.Principal(clearance: visitor.clearance)
    )
  }
}
