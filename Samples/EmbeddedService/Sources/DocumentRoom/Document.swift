import PolicyEngine

/// What the room keeps.
public struct Document: Sendable {
  /// How far it is.
  public enum State: Sendable { case draft, published, archived }

  let id: String
  let owner: String
  let level: Int64
  let state: State
  let shelf: String

  /// A document; its level is 0 when everybody may see it.
  public init(id: String, owner: String, level: Int64, state: State, shelf: String) {
    self.id = id
    self.owner = owner
    self.level = level
    self.state = state
    self.shelf = shelf
  }

  /// What policies may ask about it: the compiler knows the attributes and their types.
  var attributes: Room.Document.Resource {
    let state: Room.Document.Resource.State =
      switch state {
      case .draft: .draft
      case .published: .published
      case .archived: .archived
      }
    return Room.Document.Resource(
      owner: .user(owner),
      level: level,
      state: state,
      shelf: Room.Path(shelf)
    )
  }

  /// Where it belongs: what is archived is in the archive.
  var place: Room.Place { .unit(state == .archived ? .roomArchive : .roomDesk) }
}
