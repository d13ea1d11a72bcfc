import PolicyEngine

/// An engine with what setting attributes by number needs.
final class LoadedEngine: Sendable {
  let engine: PolicyEngine
  /// By their positions.
  let attributes: [PolicyEngine.Attribute]

  init(_ engine: PolicyEngine) {
    self.engine = engine
    attributes = (0..<engine.attributeCount).compactMap { engine.attribute(at: $0) }
  }
}

extension LoadedEngine: HandleContent {
  static var mark: HandleMark { .engine }
  static var word: String { "engine" }
}

/// A subject, which keeps its engine.
struct HeldSubject: HandleContent {
  static var mark: HandleMark { .subject }
  static var word: String { "subject" }

  let subject: PolicyEngine.Subject
  let loaded: LoadedEngine
}

/// A request, whose action is always one of its engine's catalogue.
struct HeldRequest: HandleContent {
  static var mark: HandleMark { .request }
  static var word: String { "request" }

  var request: PolicyEngine.Request
  let loaded: LoadedEngine
}

typealias EngineHandle = Handle<LoadedEngine>
typealias SubjectHandle = Handle<HeldSubject>
typealias RequestHandle = Handle<HeldRequest>
