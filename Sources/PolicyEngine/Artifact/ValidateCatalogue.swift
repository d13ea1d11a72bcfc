extension Validation {
  /// Services, actions, attributes and units.
  func catalogue() throws(ArtifactError) {
    try services()
    try attributes()
    for index in tables.units.indices {
      let unit = tables.units[index]
      try expect(
        Int(unit.end) > index && Int(unit.end) <= tables.units.count,
        .units,
        "unit \(index) ends elsewhere"
      )
    }
  }

  private func services() throws(ArtifactError) {
    var action = 0
    var word = 0
    for index in tables.services.indices {
      let service = tables.services[index]
      try check(service.name, .services)
      try check(service.title, .services, optional: true)
      try checkConsecutive(service.actions, &action, .services)
      try checkConsecutive(service.words, &word, .services)
      try expect(
        action <= tables.actions.count
          && Int(service.words.count) == (Int(service.actions.count) + 63) / 64,
        .services,
        "service \(index) has another number of actions"
      )
      for position in service.actions.range {
        let record = tables.actions[position]
        let offset = position - Int(service.actions.start)
        try check(record.title, .actions, optional: true)
        try expect(
          Int(record.service) == index && Int(record.word) == offset / 64
            && Int(record.bit) == offset % 64,
          .actions,
          "action \(position) is elsewhere"
        )
      }
    }
    try expect(
      action == tables.actions.count && word == tables.summary(.wordCount),
      .services,
      "they do not hold all actions"
    )
    // Handles of actions have 31 bits for a position.
    try expect(word < 1 << 25, .services, "they have too many actions")
  }

  private func attributes() throws(ArtifactError) {
    var step = 0
    for index in tables.attributes.indices {
      let attribute = tables.attributes[index]
      try check(attribute.name, .attributes)
      try check(attribute.title, .attributes, optional: true)
      try expect(attribute.space < 3, .attributes, "a space is unknown")
      try expect(
        TypeCode.type(attribute.type, words: []) != nil,
        .attributes,
        "a type is unknown"
      )
      try check(attribute.words, in: tables.strings.count, .attributes, "words are not there")
      if attribute.services.start != ArtifactFormat.none {
        try check(
          attribute.services,
          in: tables.attributeServices.count,
          .attributes,
          "services are not there"
        )
      }
      try checkConsecutive(attribute.steps, &step, .attributes)
    }
    for run in [
      tables.run(.principalStepStart, .principalStepCount),
      tables.run(.resourceStepStart, .resourceStepCount),
    ] {
      try expect(run.lowerBound == step, .summary, "steps overlap or leave gaps")
      step = run.upperBound
    }
    try expect(step == tables.steps.count, .steps, "some belong to no term")
  }
}
