extension PolicyEngine {
  /// What one policy alone says of a request, and the classes of all variables: for `pol verify`.
  ///
  /// 0 nothing, 1 allow, 2 deny, as if the policy were in force, whoever asks and wherever.
  package func cell(
    of policy: PolicyIndex,
    for request: RequestData
  ) -> (outcome: UInt32, classes: [UInt32]) {
    let classes = classify(request).classes
    let outcome = unsafe classes.withUnsafeBufferPointer { classes in
      unsafe classes.baseAddress.map {
        unsafe tables.deciding.cell(
          UInt32(policy.position),
          tables.actions[request.action.position],
          $0
        )
      }
    }
    return (outcome ?? 0, classes)
  }

  /// The type of an attribute, by its position.
  package func knownType(of attribute: AttributeIndex) -> AttributeType? {
    self.attribute(UInt32(attribute.position))?.type
  }
}
