/// An action as names are resolved: where it is, and its service.
package struct KnownAction: Sendable {
  package let index: ActionIndex
  package let service: ServiceIndex
  package let serviceName: String

  package init(index: ActionIndex, service: ServiceIndex, serviceName: String) {
    self.index = index
    self.service = service
    self.serviceName = serviceName
  }
}

/// An attribute as names are resolved: where it is, its type, and the services that have it.
package struct KnownAttribute: Sendable {
  package let index: AttributeIndex
  package let type: AttributeType
  /// Nil when every request has it.
  package let services: [ServiceIndex]?

  package init(index: AttributeIndex, type: AttributeType, services: [ServiceIndex]?) {
    self.index = index
    self.type = type
    self.services = services
  }
}

/// The first word of an attribute's path.
package enum RequestSpace: String, CaseIterable, Sendable {
  case principal, context, resource
}

/// The names that requests use, whoever holds them: sources or a compiled set.
///
/// Both refuse the same requests for the same reasons, because `RequestDocument.resolved` is
/// the only code that refuses.
package protocol RequestVocabulary {
  func knownAction(_ path: String) -> KnownAction?
  func knownAttribute(_ space: RequestSpace, _ name: String) -> KnownAttribute?
  func knownUnit(_ path: String) -> UnitIndex?
  func knownPolicy(_ name: String) -> PolicyIndex?
  /// The open group of this name; nil for any other name.
  func openGroup(_ name: String) -> GroupIndex?
}

extension RequestDocument {
  /// The request with its names resolved and its values typed.
  ///
  /// - Complexity: O(size of the document), given constant-time lookups.
  /// - Throws: `RequestRefusal` with everything that is wrong, in the order of the request's parts.
  package func resolved(
    in vocabulary: some RequestVocabulary
  ) throws(RequestRefusal) -> RequestData {
    var problems: [RequestProblem] = []
    let subject = resolvedSubject(in: vocabulary, &problems)
    let known = vocabulary.knownAction(action)
    if known == nil { problems.append(.unknownAction(action)) }
    if let resourceType, let known, !resourceType.utf8.elementsEqual(known.serviceName.utf8) {
      problems.append(.wrongResourceType(resourceType, service: known.serviceName))
    }
    let place = resolvedUnit(in: vocabulary, &problems)
    var values: [AttributeIndex: Value] = [:]
    for (space, properties) in [
      (RequestSpace.principal, subjectProperties), (.resource, resourceProperties),
      (.context, context),
    ] {
      for property in properties {
        resolve(property, space, known, in: vocabulary, &values, &problems)
      }
    }
    guard problems.isEmpty, let known else { throw RequestRefusal(problems) }
    return RequestData(
      kind: subject.kind,
      identity: subject.identity,
      groups: subject.groups.map { Set($0) },
      held: subject.held,
      action: known.index,
      unit: place,
      resourceID: resourceID,
      values: values
    )
  }

  /// What the document says of the principal, with its names resolved.
  ///
  /// - Throws: `RequestRefusal` with everything in that part that is wrong.
  package func resolvedSubject(
    in vocabulary: some RequestVocabulary
  ) throws(RequestRefusal) -> SubjectData {
    var problems: [RequestProblem] = []
    let subject = resolvedSubject(in: vocabulary, &problems)
    guard problems.isEmpty else { throw RequestRefusal(problems) }
    return subject
  }

  private func resolvedSubject(
    in vocabulary: some RequestVocabulary,
    _ problems: inout [RequestProblem]
  ) -> SubjectData {
    let kind = PrincipalKind(word: subjectType)
    if kind == nil { problems.append(.unknownSubjectType(subjectType)) }
    if kind == .anonymous {
      if subjectID != nil { problems.append(.anonymousHas("id")) }
      if groups.map({ !$0.isEmpty }) ?? false { problems.append(.anonymousHas("groups")) }
      if !policies.isEmpty { problems.append(.anonymousHas("policies")) }
    }
    let held = resolvedPolicies(in: vocabulary, &problems)
    let stated = groups.map { names in Set(names.compactMap { vocabulary.openGroup($0) }).sorted() }
    return SubjectData(
      kind: kind ?? .user,
      identity: subjectID.map { .named($0) } ?? .unknown,
      groups: kind == .anonymous ? [] : stated,
      held: held
    )
  }

  private func resolvedPolicies(
    in vocabulary: some RequestVocabulary,
    _ problems: inout [RequestProblem]
  ) -> [Holding] {
    var held: [Holding] = []
    for holding in policies {
      let policy = vocabulary.knownPolicy(holding.policy)
      if policy == nil { problems.append(.unknownPolicy(holding.policy)) }
      var unit: UnitIndex?
      if let path = holding.unit {
        unit = vocabulary.knownUnit(path)
        guard unit != nil else {
          problems.append(.unknownUnit(path))
          continue
        }
      }
      if let policy { held.append(Holding(policy, in: unit)) }
    }
    return held
  }

  private func resolvedUnit(
    in vocabulary: some RequestVocabulary,
    _ problems: inout [RequestProblem]
  ) -> ResourceUnit {
    switch unit {
    case .unsaid: return .unknown
    case .outside: return .outside
    case .unit(let path):
      guard let index = vocabulary.knownUnit(path) else {
        problems.append(.unknownUnit(path))
        return .unknown
      }
      return .unit(index)
    }
  }

  private func resolve(
    _ property: NamedValue,
    _ space: RequestSpace,
    _ action: KnownAction?,
    in vocabulary: some RequestVocabulary,
    _ values: inout [AttributeIndex: Value],
    _ problems: inout [RequestProblem]
  ) {
    let path = "\(space.rawValue).\(property.name)"
    guard let attribute = vocabulary.knownAttribute(space, property.name) else {
      problems.append(.undeclaredAttribute(path))
      return
    }
    if let services = attribute.services, let action, !services.contains(action.service) {
      problems.append(.attributeOfOtherService(path, service: action.serviceName))
      return
    }
    guard values[attribute.index] == nil else {
      problems.append(.repeatedAttribute(path))
      return
    }
    do throws(ValueRefusal) {
      values[attribute.index] = try property.value.typed(as: attribute.type)
    } catch {
      problems.append(
        .value(
          attribute: path,
          type: attribute.type.word,
          form: property.value.form,
          error
        )
      )
    }
  }
}
