extension Tables {
  /// The name that an assignment gives its condition, by `@condition("name")`.
  package func conditionName(ofAssignment index: AssignmentIndex) -> String? {
    for position in assignments[index.position].annotations.range {
      let annotation = annotations[position]
      guard annotation.arguments.count == 1,
        text(annotation.name).map({ $0.utf8.elementsEqual("condition".utf8) }) == true
      else { continue }
      return text(strings[annotation.arguments.range.lowerBound])
    }
    return nil
  }
}
