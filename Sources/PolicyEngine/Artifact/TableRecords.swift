// The elements of the sections of classification, tables and pages.

/// What is done with the value of a term; the meaning of `a` to `f` depends on the kind.
package struct StepRecord: BitwiseCopyable, Sendable {
  package var kind: UInt32
  package var slot: UInt32
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
  package var d: UInt32 = 0
  package var e: UInt32 = 0
  package var f: UInt32 = 0
  package init(_ kind: StepKind, slot: UInt32) {
    self.kind = kind.rawValue
    self.slot = slot
  }
}

/// What classes are taken to: dense (`runs` 0), or by runs: first classes, then their values.
package struct MapRecord: Hashable, BitwiseCopyable, Sendable {
  package var offset: UInt32
  package var runs: UInt32
  package var classCount: UInt32
  package var highest: UInt32
  package init(offset: UInt32, runs: UInt32, classCount: UInt32, highest: UInt32) {
    self.offset = offset
    self.runs = runs
    self.classCount = classCount
    self.highest = highest
  }
  /// Where in `mapValues` what classes are taken to is: one for each class, or for each run.
  package var values: Range<Int> {
    let start = Int(offset) + Int(runs)
    return start..<start + Int(runs == 0 ? classCount : runs)
  }
}

/// A variable and what its classes are taken to.
package struct ReaderRecord: Hashable, BitwiseCopyable, Sendable {
  package var slot: UInt32
  package var map: UInt32
  package init(slot: UInt32, map: UInt32) {
    self.slot = slot
    self.map = map
  }
}

/// A function of classes to 0, 1 and 2.
package struct TableRecord: Hashable, BitwiseCopyable, Sendable {
  /// 0: the readers' sum is the position of the outcome.
  ///
  /// 1: a diagram.
  package var form: UInt32
  package var readers: Run
  /// The first outcome's byte, four to a byte; or the root: 0 to 2 constants, else a node plus 3.
  package var root: UInt32
  package init(form: UInt32, readers: Run, root: UInt32) {
    self.form = form
    self.readers = readers
    self.root = root
  }
}

/// The cells of up to 64 actions of one service in one policy.
package struct PlaneRecord: Hashable, BitwiseCopyable, Sendable {
  /// With `high`: 00 nothing, 01 allow, 10 deny, 11 conditional (low bit first named).
  package var low: UInt64
  package var high: UInt64
  /// Conditional cells whose table is not that of the conditional cell before.
  package var change: UInt64
  /// The position in `cells` of the table after the last change before this word.
  package var base: UInt64
  package init(low: UInt64, high: UInt64, change: UInt64, base: UInt64) {
    self.low = low
    self.high = high
    self.change = change
    self.base = base
  }
}
