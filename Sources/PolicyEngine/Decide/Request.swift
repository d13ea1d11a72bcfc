extension PolicyEngine {
  /// A request of a prepared subject, to be decided.
  ///
  /// Values are classified when they are set, so that deciding reads numbers only. The first value
  /// takes memory, 4 bytes for each variable that conditions read; later ones and `reset()` take
  /// none, unless a copy of the request shares it. So one request serves many resources.
  @safe @frozen public struct Request: @unchecked Sendable {
    /// Who asks.
    public let subject: Subject
    /// What for.
    ///
    /// Attributes that were set stay so, also when the other action's service does not have them.
    public var action: Action
    /// Where the resource belongs; `unknown` at first.
    public var unit: Unit = .unknown {
      didSet {
        precondition(
          unit.home == 0 || unit.home == subject.home.serial,
          "a unit is looked up in the engine that decides"
        )
      }
    }
    /// Nil until something is set.
    @usableFromInline var storage: RequestStorage?
    /// The classes of all variables: the storage's, or else the subject's.
    @usableFromInline var classes: UnsafePointer<UInt32>
    /// Whether values are kept beside their classes, for a log.
    public let keepsValues: Bool

    init(_ subject: Subject, _ action: Action, _ keepsValues: Bool) {
      self.subject = subject
      self.action = action
      self.keepsValues = keepsValues
      unsafe classes = subject.header.classes
    }

    private var tables: Tables { subject.home.tables }

    /// Sets an attribute by name, such as `context.mfa`.
    ///
    /// - Complexity: O(length of name and value).
    /// - Throws: `RequestRefusal` when the catalogue does not declare it for the action, or the
    ///   value is not of its type.
    public mutating func set(_ path: String, _ value: RawValue) throws(RequestRefusal) {
      try set(try subject.engine.attribute(path), value)
    }

    /// Sets an attribute that has been looked up.
    ///
    /// - Complexity: O(length of the value).
    /// - Throws: `RequestRefusal` when the service of the action does not have the attribute, or the
    ///   value is not of its type.
    public mutating func set(_ attribute: Attribute, _ value: RawValue) throws(RequestRefusal) {
      let record = try checked(attribute)
      do throws(ValueRefusal) {
        set(try value.typed(as: attribute.type), of: attribute.index, record.steps.range)
      } catch {
        throw refusal(of: attribute, form: value.form, error)
      }
    }

    /// Sets an attribute that has been looked up, to a value that is typed already.
    ///
    /// Of truth values, numbers, times and addresses this allocates nothing.
    /// - Complexity: O(length of the value).
    /// - Throws: `RequestRefusal` when the service of the action does not have the attribute, or the
    ///   value is not of its type.
    public mutating func set(_ attribute: Attribute, to value: Value) throws(RequestRefusal) {
      let record = try checked(attribute)
      if let problem = value.refusal(as: attribute.type) {
        throw refusal(of: attribute, form: value.form, problem)
      }
      set(value, of: attribute.index, record.steps.range)
    }

    /// Sets the id of the resource.
    ///
    /// - Complexity: O(length).
    public mutating func setResourceID(_ id: String) {
      set(
        .string(id),
        of: TermCode.resource,
        tables.run(.resourceStepStart, .resourceStepCount)
      )
    }

    /// Forgets every attribute, the resource's id and unit; subject and action stay.
    ///
    /// - Complexity: O(variables).
    public mutating func reset() {
      unit = .unknown
      guard storage != nil else { return }
      unsafe own().reset(to: subject.header.classes)
    }

    /// Sets an attribute by its position, to a value of its type.
    package mutating func set(_ attribute: AttributeIndex, to value: Value) {
      set(
        value,
        of: UInt32(attribute.position),
        tables.attributes[attribute.position].steps.range
      )
    }

    /// What the tables say of an attribute that the action's service has.
    private func checked(_ attribute: Attribute) throws(RequestRefusal) -> AttributeRecord {
      let tables = tables
      precondition(
        attribute.catalogue == tables.catalogueIdentity
          && Int(attribute.index) < tables.attributes.count,
        "an attribute is one of this engine's catalogue"
      )
      let record = tables.attributes[attribute.index]
      guard record.services.start != ArtifactFormat.none else { return record }
      let service = tables.actions[subject.engine.index(of: action)].service
      for position in record.services.range where tables.attributeServices[position] == service {
        return record
      }
      throw RequestRefusal([
        .attributeOfOtherService(
          tables.name(ofAttribute: Int(attribute.index)),
          service: tables.text(tables.services[service].name) ?? ""
        )
      ])
    }

    private func refusal(
      of attribute: Attribute,
      form: String,
      _ problem: ValueRefusal
    ) -> RequestRefusal {
      RequestRefusal([
        .value(
          attribute: tables.name(ofAttribute: Int(attribute.index)),
          type: attribute.type.word,
          form: form,
          problem
        )
      ])
    }

    private mutating func set(_ value: Value, of term: UInt32, _ steps: Range<Int>) {
      let storage = own()
      let tables = tables
      let isRelated = steps.contains { tables.steps[$0].kind == StepKind.relation.rawValue }
      if isRelated || keepsValues { storage.values[term] = value }
      let classes = unsafe UnsafeMutableBufferPointer(
        start: storage.classes,
        count: storage.count
      )
      unsafe tables.classify(value, steps, classes)
      if isRelated {
        let principal = subject.data.principalID
        unsafe tables.relate(steps, classes) { code in
          code == TermCode.principal ? principal.map { .principal($0) } : storage.values[code]
        }
      }
      unsafe tables.derive(classes)
    }

    /// Memory that no copy of this request shares.
    private mutating func own() -> RequestStorage {
      // Asked before the reference is read, which would be a second one.
      if isKnownUniquelyReferenced(&storage), let storage { return storage }
      let count = tables.variables.count
      let new: RequestStorage
      if let storage {
        new = unsafe RequestStorage(storage.classes, count, storage.values)
      } else {
        new = unsafe RequestStorage(subject.header.classes, count, [:])
      }
      storage = new
      unsafe classes = UnsafePointer(new.classes)
      return new
    }
  }

  /// A request that says nothing of the resource and the context yet.
  ///
  /// - Parameters:
  ///   - subject: Who asks.
  ///   - action: What for.
  ///   - keepsValues: Whether the values that are set are kept, which a `DecisionLog` needs. Setting
  ///     one then takes memory until as many attributes have been set once.
  /// - Returns: The request.
  public func request(
    _ subject: Subject,
    _ action: Action,
    keepingValues keepsValues: Bool = false
  ) -> Request {
    precondition(
      isHome(of: subject) && isHome(of: action),
      "a subject and an action are those of the engine that decides"
    )
    return Request(subject, action, keepsValues)
  }
}

/// What a request says, as classes of variables.
@safe @usableFromInline final class RequestStorage: @unchecked Sendable {
  let classes: UnsafeMutablePointer<UInt32>
  let count: Int
  /// The values of the terms that are compared with others, by their codes; of all that were set,
  /// where values are kept.
  var values: [UInt32: Value]

  init(_ source: UnsafePointer<UInt32>, _ count: Int, _ values: [UInt32: Value]) {
    unsafe classes = .allocate(capacity: max(1, count))
    unsafe classes.initialize(from: source, count: max(1, count))
    self.count = count
    self.values = values
  }

  func reset(to source: UnsafePointer<UInt32>) {
    unsafe classes.update(from: source, count: count)
    values.removeAll(keepingCapacity: true)
  }

  deinit { unsafe classes.deallocate() }
}

extension Value {
  /// Why a value is none of a type; nil when it is one.
  func refusal(as type: AttributeType) -> ValueRefusal? {
    switch (self, type) {
    case (.bool, .bool), (.int, .int), (.string, .string), (.ip, .ip), (.time, .time),
      (.strings, .strings):
      return nil
    // Nobody in particular is no principal that could be compared.
    case (.principal(let id), .principal): return id.kind == .anonymous ? .wrongType : nil
    case (.principals(let ids), .principals):
      return ids.contains { $0.kind == .anonymous } ? .wrongType : nil
    case (.path(let path), .path): return PathText.isValid(path) ? nil : .malformed(path)
    case (.paths(let paths), .paths):
      return paths.first { !PathText.isValid($0) }.map { .malformed($0) }
    case (.string(let text), .oneOf(let words)):
      return words.contains { $0.utf8.elementsEqual(text.utf8) } ? nil : .notListed(text)
    default: return .wrongType
    }
  }

  /// What a message calls a value of this form.
  var form: String {
    switch self {
    case .bool: "a truth value"
    case .int: "an integer"
    case .string: "a text"
    case .ip: "an address"
    case .time: "a time"
    case .path: "a path"
    case .principal: "a principal"
    case .strings, .paths, .principals: "a set"
    }
  }
}
