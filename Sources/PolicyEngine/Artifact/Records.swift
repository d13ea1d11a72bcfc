// The elements of the sections: trivial structs whose memory is the format's.

/// A run of section `text`; an offset of `ArtifactFormat.none` is no text at all.
package struct TextRef: Hashable, BitwiseCopyable, Sendable {
  package var offset: UInt32
  package var length: UInt32
  package init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }
  package static let none = TextRef(offset: ArtifactFormat.none, length: 0)
}

/// A run of another section.
package struct Run: Hashable, BitwiseCopyable, Sendable {
  package var start: UInt32
  package var count: UInt32
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
  package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

package struct NameRecord: Hashable, BitwiseCopyable, Sendable {
  package var space: UInt32
  package var index: UInt32
  package var text: TextRef
  package init(space: UInt32, index: UInt32, text: TextRef) {
    self.space = space
    self.index = index
    self.text = text
  }
}

package struct ServiceRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var title: TextRef
  package var actions: Run
  /// Its words in planes that cover all services.
  package var words: Run
  package init(name: TextRef, title: TextRef, actions: Run, words: Run) {
    self.name = name
    self.title = title
    self.actions = actions
    self.words = words
  }
}

package struct ActionRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var title: TextRef
  package var service: UInt32
  /// The word of the action's bit, within its service.
  package var word: UInt32
  package var bit: UInt32
  package var flags: UInt32
  package init(
    name: TextRef,
    title: TextRef,
    service: UInt32,
    word: UInt32,
    bit: UInt32,
    flags: UInt32
  ) {
    self.name = name
    self.title = title
    self.service = service
    self.word = word
    self.bit = bit
    self.flags = flags
  }
}

package struct AttributeRecord: BitwiseCopyable, Sendable {
  /// Without its space.
  package var name: TextRef
  package var title: TextRef
  /// 0 principal, 1 context, 2 resource.
  package var space: UInt32
  package var type: UInt32
  /// The words of a one-of type, in section `strings`.
  package var words: Run
  /// The services that have it, in section `attributeServices`; none at `none` is every request.
  package var services: Run
  package var steps: Run
  package init(
    name: TextRef,
    title: TextRef,
    space: UInt32,
    type: UInt32,
    words: Run,
    services: Run,
    isEverywhere: Bool,
    steps: Run
  ) {
    self.name = name
    self.title = title
    self.space = space
    self.type = type
    self.words = words
    self.services = isEverywhere ? Run(start: ArtifactFormat.none, count: 0) : services
    self.steps = steps
  }
}

package struct UnitRecord: BitwiseCopyable, Sendable {
  package var path: TextRef
  /// The unit after the last one below.
  package var end: UInt32
  package var reserved: UInt32 = 0
  package init(path: TextRef, end: UInt32) {
    self.path = path
    self.end = end
  }
}

package struct GroupRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var flags: UInt32
  /// The slot of membership, plus 1; 0 when nothing asks for it.
  package var slot: UInt32
  /// Itself and every group that holds it, in section `groupLists`.
  package var containers: Run
  package var assignments: Run
  package init(name: TextRef, flags: UInt32, slot: UInt32, containers: Run, assignments: Run) {
    self.name = name
    self.flags = flags
    self.slot = slot
    self.containers = containers
    self.assignments = assignments
  }
}

package struct PrincipalRecord: BitwiseCopyable, Sendable {
  /// Every group that it is a declared member of, nested ones included.
  package var groups: Run
  package var assignments: Run
  package init(groups: Run, assignments: Run) {
    self.groups = groups
    self.assignments = assignments
  }
}
