/// A request brought down to numbers: everything that decides.
struct Classified {
  let grants: [SubjectGrant]
  let classes: [UInt32]
  let unit: UInt32
}

extension PolicyEngine {
  /// Decides a request whose names are resolved.
  ///
  /// - Complexity: O(policies that the principal comes by + attributes given + variables read).
  package func decide(_ request: RequestData) -> Decision {
    let action = tables.actions[request.action.position]
    let classified = classify(request)
    return unsafe classified.classes.withUnsafeBufferPointer { classes in
      var best: UInt32 = 0
      for grant in classified.grants where best < 2 {
        best = unsafe max(best, tables.cell(of: grant, action, classified.unit, classes))
      }
      return Decision(cell: best)
    }
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
    var classes = [UInt32](repeating: 0, count: tables.variables.count)
    unsafe classes.withUnsafeMutableBufferPointer { classes in
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
      grants: tables.grants(of: subject, memberships),
      classes: classes,
      unit: request.unit.code
    )
  }
}

extension Tables {
  /// What a grant contributes to an action: 0 nothing, 1 allow, 2 deny.
  ///
  /// A deny counts unless the grant is not in force, an allow only where it surely is.
  func cell(
    of grant: SubjectGrant,
    _ action: ActionRecord,
    _ unit: UInt32,
    _ classes: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    let force = unsafe force(grant, unit: unit, classes)
    guard force > 0 else { return 0 }
    let cell = unsafe cell(grant.policy, action, classes)
    return force == 2 || cell == 2 ? cell : 0
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
