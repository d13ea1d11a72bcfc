import PolicyEngine
import PolicyModel

/// The classes of a variable of values: what the questions asked of it cannot tell apart.
struct Domain: Sendable {
  let classifier: Classifier
  /// One for each class, the missing one first.
  let witnesses: [ClassWitness]
  /// The classes in which each question is answered with yes.
  let runs: [[Range<UInt32>]]
  /// The patterns of each question that the classes do not cover.
  var patterns: [[LikePattern]] = []
}

/// A question asked of one value: whether any of some checks holds of it.
typealias Question = [Check]

extension Domain {
  /// The two truth values.
  static func bool(_ questions: [Question]) -> Domain {
    let asked = questions.map { checks in
      checks.flatMap { check -> [Range<Int>] in
        switch check {
        case .isTrue, .equals(_, .bool(true)): [1..<2]
        case .equals(_, .bool(false)): [0..<1]
        default: []
        }
      }
    }
    let partition = Partition(regions: 2, questions: asked)
    let witnesses = partition.firstRegions.map { ClassWitness.value(.bool($0 == 1)) }
    return Domain(
      classifier: .bool(no: partition.classOfRegion[0], yes: partition.classOfRegion[1]),
      witnesses: [.missing] + witnesses,
      runs: partition.runs
    )
  }

  /// The intervals between thresholds.
  static func int(_ questions: [Question]) -> Domain {
    let asked = questions.map { checks in
      checks.compactMap { check -> (from: Int64?, to: Int64?)? in
        switch check {
        case .equals(_, .int(let value)):
          (value, value == .max ? nil : value + 1)
        case .compare(_, .less, .int(let value)):
          value == .min ? nil : (nil, value)
        case .compare(_, .lessOrEqual, .int(let value)):
          (nil, value == .max ? nil : value + 1)
        default: nil
        }
      }
    }
    let line = Line(asked.map { $0.map { ($0.from == .min ? nil : $0.from, $0.to) } })
    let partition = Partition(regions: line.cuts.count + 1, questions: line.questions)
    let witnesses = partition.firstRegions.map { region in
      ClassWitness.value(.int(region > 0 ? line.cuts[region - 1] : (line.cuts.first ?? 1) - 1))
    }
    return Domain(
      classifier: .int(cuts: line.cuts, classes: partition.classOfRegion),
      witnesses: [.missing] + witnesses,
      runs: partition.runs
    )
  }

  /// The stretches between points in time.
  static func time(_ questions: [Question]) -> Domain {
    let asked = questions.map { checks in
      checks.compactMap { check -> (from: Instant?, to: Instant?)? in
        switch check {
        case .equals(_, .time(let value)): (value, value.successor)
        case .compare(_, .less, .time(let value)): (nil, value)
        case .compare(_, .lessOrEqual, .time(let value)): (nil, value.successor)
        default: nil
        }
      }
    }
    let line = Line(asked)
    let partition = Partition(regions: line.cuts.count + 1, questions: line.questions)
    let witnesses = partition.firstRegions.map { region in
      let before = Instant(seconds: (line.cuts.first?.seconds ?? 1) - 1)
      return ClassWitness.value(.time(region > 0 ? line.cuts[region - 1] : before))
    }
    return Domain(
      classifier: .time(cuts: line.cuts, classes: partition.classOfRegion),
      witnesses: [.missing] + witnesses,
      runs: partition.runs
    )
  }
}

extension Instant {
  /// The next point in time, a nanosecond later.
  fileprivate var successor: Instant {
    nanoseconds == 999_999_999
      ? Instant(seconds: seconds + 1) : Instant(seconds: seconds, nanoseconds: nanoseconds + 1)
  }
}

/// A line that the bounds of intervals cut into regions.
struct Line<Point: Hashable & Comparable> {
  /// Region 0 is before the first cut; region n begins at cut n - 1.
  let cuts: [Point]
  let questions: [[Range<Int>]]

  /// Half-open intervals; nil is an open end.
  ///
  /// - Complexity: O(n log n).
  init(_ intervals: [[(from: Point?, to: Point?)]], also extra: [Point] = []) {
    let cuts = Set(intervals.joined().flatMap { [$0.from, $0.to].compactMap { $0 } } + extra)
      .sorted()
    var regionAt: [Point: Int] = [:]
    for (index, cut) in cuts.enumerated() { regionAt[cut] = index + 1 }
    self.cuts = cuts
    questions = intervals.map { parts in
      parts.compactMap { part in
        let lower = part.from.flatMap { regionAt[$0] } ?? 0
        let upper = part.to.flatMap { regionAt[$0] } ?? cuts.count + 1
        return lower < upper ? lower..<upper : nil
      }
    }
  }
}
