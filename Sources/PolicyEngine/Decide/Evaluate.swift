/// A request brought down to numbers: everything that decides.
struct Classified {
  let subject: SubjectData
  let grants: [SubjectGrant]
  let classes: [UInt32]
  let unit: UInt32
}

extension PolicyEngine {
  /// Decides a request whose names are resolved.
  ///
  /// - Complexity: O(policies that the principal comes by + attributes given + variables read).
  package func decide(_ request: RequestData) -> Decision {
    decide(request, with: [:]) { Decision(cell: $0.cell) }
  }

  /// Decides a request by names.
  ///
  /// - Throws: `RequestRefusal` with everything in it that is wrong.
  public func decide(_ document: RequestDocument) throws(RequestRefusal) -> Decision {
    decide(try document.resolved(in: self))
  }

  /// Takes a request to its grants and classes.
  func classify(_ request: RequestData) -> Classified {
    let subject = SubjectData(request)
    let memberships = tables.memberships(of: subject)
    var classes = [UInt32](repeating: 0, count: max(1, tables.variables.count))
    unsafe classes.withUnsafeMutableBufferPointer { all in
      let classes = unsafe UnsafeMutableBufferPointer(rebasing: all[..<tables.variables.count])
      unsafe tables.classify(subject, memberships, classes)
      for (attribute, value) in request.values {
        let steps = tables.attributes[attribute.position].steps.range
        unsafe tables.classify(value, steps, classes)
      }
      if let id = request.resourceID {
        unsafe tables.classify(
          .string(id),
          tables.run(.resourceStepStart, .resourceStepCount),
          classes
        )
      }
      // Relations of attributes to the principal or the resource are steps of the attributes too,
      // except that of the principal to the resource.
      for attribute in request.values.keys {
        let steps = tables.attributes[attribute.position].steps.range
        unsafe tables.relate(steps, classes) { request.value(ofTerm: $0) }
      }
      unsafe tables.relate(tables.run(.resourceStepStart, .resourceStepCount), classes) {
        request.value(ofTerm: $0)
      }
      unsafe tables.derive(classes)
    }
    return Classified(
      subject: subject,
      grants: tables.grants(of: subject, memberships),
      classes: classes,
      unit: request.unit.code
    )
  }
}

extension PolicyEngine {
  /// Decides a request of a prepared subject, and says why.
  ///
  /// - Complexity: As of deciding by names, with O(log rules) for each policy that is in force.
  public func explain(_ request: Request) -> Explanation {
    precondition(
      isHome(of: request.subject) && isHome(of: request.action),
      "a subject and an action are those of the engine that decides"
    )
    let header = request.subject.header
    let classified = unsafe Classified(
      subject: request.subject.data,
      grants: Array(header.all),
      classes: Array(
        UnsafeBufferPointer(start: request.classes, count: max(1, tables.variables.count))
      ),
      unit: request.unit.code
    )
    return explain(ActionIndex(Int(index(of: request.action))), classified)
  }
}

extension RequestData {
  /// What the request says of a term, by its code in steps.
  func value(ofTerm code: UInt32) -> Value? {
    switch code {
    case TermCode.principal: principalID.map { .principal($0) }
    case TermCode.resource: resourceID.map { .string($0) }
    default: values[AttributeIndex(Int(code))]
    }
  }
}
