extension PolicyEngine {
  /// A request of a prepared subject, to be decided.
  ///
  /// Values are classified when they are set, so that deciding reads numbers only.
  public struct Request: Sendable {
    /// Who asks.
    public let subject: Subject
    /// What for.
    public var action: Action
    /// Where the resource belongs.
    public var unit: Unit = .unknown
    private(set) var classes: [UInt32]
    /// The values of the terms that are compared with others, by their codes.
    private var related: [UInt32: Value] = [:]

    init(_ subject: Subject, _ action: Action) {
      self.subject = subject
      self.action = action
      classes = subject.classes
      if let id = subject.data.principalID { related[TermCode.principal] = .principal(id) }
    }

    private var tables: Tables { subject.engine.tables }

    /// Sets an attribute by name, such as `context.mfa`.
    ///
    /// - Complexity: O(length of name and value).
    /// - Throws: `RequestRefusal` when the catalogue does not declare it for the action, or the
    ///   value is not of its type.
    public mutating func set(_ path: String, _ value: RawValue) throws(RequestRefusal) {
      let attribute = try subject.engine.attribute(path)
      let record = tables.attributes[attribute.index]
      let service = tables.actions[action.index].service
      let isDeclared =
        record.services.start == ArtifactFormat.none
        || record.services.range.contains { tables.attributeServices[$0] == service }
      guard isDeclared else {
        let name = tables.text(tables.services[service].name) ?? ""
        throw RequestRefusal([.attributeOfOtherService(path, service: name)])
      }
      try set(attribute, value)
    }

    /// Sets an attribute that has been resolved.
    ///
    /// - Complexity: O(length of the value).
    /// - Throws: `RequestRefusal` when the value is not of the attribute's type.
    public mutating func set(_ attribute: Attribute, _ value: RawValue) throws(RequestRefusal) {
      do throws(ValueRefusal) {
        let typed = try value.typed(as: attribute.type)
        set(typed, of: attribute.index, tables.attributes[attribute.index].steps.range)
      } catch {
        throw RequestRefusal([
          .value(
            attribute: tables.name(ofAttribute: Int(attribute.index)),
            type: attribute.type.word,
            form: value.form,
            error
          )
        ])
      }
    }

    /// Sets the id of the resource.
    public mutating func setResourceID(_ id: String) {
      set(
        .string(id),
        of: TermCode.resource,
        tables.run(.resourceStepStart, .resourceStepCount)
      )
    }

    /// Sets an attribute by its position, to a value of its type.
    package mutating func set(_ attribute: AttributeIndex, to value: Value) {
      set(
        value,
        of: UInt32(attribute.position),
        tables.attributes[attribute.position].steps.range
      )
    }

    private mutating func set(_ value: Value, of term: UInt32, _ steps: Range<Int>) {
      let tables = tables
      let isRelated = steps.contains { tables.steps[$0].kind == StepKind.relation.rawValue }
      if isRelated { related[term] = value }
      let related = related
      unsafe classes.withUnsafeMutableBufferPointer { classes in
        unsafe tables.classify(value, steps, classes)
        if isRelated { unsafe tables.relate(steps, classes) { related[$0] } }
        unsafe tables.derive(classes)
      }
    }
  }

  /// A request that says nothing of the resource and the context yet.
  public func request(_ subject: Subject, _ action: Action) -> Request {
    Request(subject, action)
  }

  /// Decides for a subject when nothing is known of the resource and the context.
  @inlinable public func decide(_ subject: Subject, _ action: Action) -> Decision {
    precondition(subject.engine === self, "a subject is decided by the engine that prepared it")
    let cell = subject.cell(action)
    return cell < 3 ? Decision(cell: cell) : decideOpen(subject, action)
  }

  /// Decides a request.
  ///
  /// Allocates nothing, locks nothing, throws nothing.  - Complexity: O(1) where the subject's
  /// policies decide whatever the resource is; otherwise O(policies that the subject holds +
  /// variables that their cells read).
  @inlinable public func decide(_ request: Request) -> Decision {
    precondition(
      request.subject.engine === self,
      "a subject is decided by the engine that prepared it"
    )
    let cell = request.subject.cell(request.action)
    return cell < 3 ? Decision(cell: cell) : decideOpen(request)
  }

  @usableFromInline
  func decideOpen(_ subject: Subject, _ action: Action) -> Decision {
    unsafe subject.classes.withUnsafeBufferPointer {
      unsafe decideOpen(subject, action, UnitCode.unknown, $0)
    }
  }

  @usableFromInline
  func decideOpen(_ request: Request) -> Decision {
    unsafe request.classes.withUnsafeBufferPointer {
      unsafe decideOpen(request.subject, request.action, request.unit.code, $0)
    }
  }

  private func decideOpen(
    _ subject: Subject,
    _ action: Action,
    _ unit: UInt32,
    _ classes: UnsafeBufferPointer<UInt32>
  ) -> Decision {
    let record = tables.actions[action.index]
    var best = unsafe UInt32(
      truncatingIfNeeded: subject.planes[Int(action.word)].floor >> UInt64(action.bit) & 1
    )
    for grant in subject.openGrants where best < 2 {
      best = unsafe max(best, tables.cell(of: grant, record, unit, classes))
    }
    return Decision(cell: best)
  }

  /// Decides a request and says why.
  public func explain(_ request: Request) -> Explanation {
    let subject = request.subject
    let memberships = tables.memberships(of: subject.data)
    let classified = Classified(
      grants: tables.grants(of: subject.data, memberships),
      classes: request.classes,
      unit: request.unit.code
    )
    return explain(
      ActionIndex(Int(request.action.index)),
      classified,
      held: subject.data.held
    )
  }

  /// Every action that a subject may do, all else being as in a request.
  ///
  /// - Complexity: O(actions).
  public func allowedActions(_ request: Request) -> [Action] {
    var request = request
    return tables.actions.indices.map { action(at: UInt32($0)) }.filter { action in
      request.action = action
      return decide(request).isAllowed
    }
  }
}

extension PolicyEngine.Subject {
  /// What the planes say of an action: 0 nothing, 1 allow, 2 deny, 3 open.
  ///
  /// Branch-free.
  @inlinable @inline(__always)
  func cell(_ action: PolicyEngine.Action) -> UInt32 {
    precondition(Int(action.word) < wordCount, "an action is one of the engine that resolved it")
    let plane = unsafe planes[Int(action.word)]
    let bit = UInt64(action.bit)
    return UInt32(truncatingIfNeeded: plane.low &>> bit & 1 | (plane.high &>> bit & 1) << 1)
  }
}
