extension PolicyEngine {
  /// Whether another engine has the same actions and the same attributes in the same places, so that
  /// what was looked up in one means the same in the other.
  ///
  /// Digests that differ settle it; that they are equal does not, since a digest is what a file says
  /// of itself, and anyone can write a file.
  /// - Complexity: O(actions + attributes), and O(1) where the digests differ.
  package func hasSameCatalogue(as other: PolicyEngine) -> Bool {
    if self === other { return true }
    return catalogueDigest == other.catalogueDigest && hasSameActions(as: other)
      && hasSameAttributes(as: other)
  }

  /// Whether both also have the same services, empty ones included, so that a page of one is as long
  /// as the other's of the same service.
  ///
  /// - Complexity: O(services).
  func hasSameServices(as other: PolicyEngine) -> Bool {
    let (left, right) = (tables.services, other.tables.services)
    // The loader has proved that the words of a service are as many as its actions need.
    return left.count == right.count
      && left.indices.allSatisfy { left[$0].actions == right[$0].actions }
  }

  private func hasSameActions(as other: PolicyEngine) -> Bool {
    let (left, right) = (tables, other.tables)
    return left.actions.count == right.actions.count
      && left.actions.indices.allSatisfy { index in
        let action = UInt32(index)
        return self.action(at: action).position == other.action(at: action).position
          && left.isSame(left.actions[index].name, right.actions[index].name, in: right)
      }
  }

  private func hasSameAttributes(as other: PolicyEngine) -> Bool {
    let (left, right) = (tables, other.tables)
    return left.attributes.count == right.attributes.count
      && left.attributes.indices.allSatisfy { index in
        let (own, others) = (left.attributes[index], right.attributes[index])
        return own.space == others.space && own.type == others.type
          && left.isSame(own.name, others.name, in: right)
          && left.haveSameWords(own, others, in: right)
          && left.haveSameServices(own, others, in: right)
      }
  }
}

extension Tables {
  /// Whether a text is that of other tables, byte by byte.
  ///
  /// - Complexity: O(length).
  fileprivate func isSame(_ own: TextRef, _ others: TextRef, in other: Tables) -> Bool {
    guard own != .none, others != .none else { return own == others }
    guard own.length == others.length else { return false }
    return unsafe text.withElements(Int(own.offset)..<Int(own.offset) + Int(own.length)) {
      unsafe other.text.equals(UnsafeRawBufferPointer($0), at: Int(others.offset))
    }
  }

  /// Whether the words of two one-of types are the same.
  fileprivate func haveSameWords(
    _ own: AttributeRecord,
    _ others: AttributeRecord,
    in other: Tables
  ) -> Bool {
    own.words.count == others.words.count
      && zip(own.words.range, others.words.range).allSatisfy {
        isSame(strings[$0], other.strings[$1], in: other)
      }
  }

  /// Whether the services that have two attributes are the same by name, or every one has both.
  fileprivate func haveSameServices(
    _ own: AttributeRecord,
    _ others: AttributeRecord,
    in other: Tables
  ) -> Bool {
    let isEverywhere = own.services.start == ArtifactFormat.none
    guard isEverywhere == (others.services.start == ArtifactFormat.none) else { return false }
    if isEverywhere { return true }
    return own.services.count == others.services.count
      && zip(own.services.range, others.services.range).allSatisfy {
        isSame(
          services[attributeServices[$0]].name,
          other.services[other.attributeServices[$1]].name,
          in: other
        )
      }
  }
}
