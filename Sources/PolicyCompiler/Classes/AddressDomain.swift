import PolicyEngine
import PolicyModel

extension Domain {
  /// Disjoint ranges of IPv4 addresses, then of IPv6 addresses.
  static func ip(_ questions: [Question]) -> Domain {
    let blocks = questions.map { $0.compactMap(addresses) }
    let line4 = Line(
      blocks.map { blocks in
        blocks.filter(\.isVersion4).map { block in
          let (first, last) = (UInt32(block.first.low), UInt32(block.last.low))
          return (first == 0 ? nil : first, last == .max ? nil : last + 1)
        }
      }
    )
    let intervals6 = blocks.map { blocks in
      blocks.filter { !$0.isVersion4 }.map { block in
        let first = Wide(high: block.first.high, low: block.first.low)
        let last = Wide(high: block.last.high, low: block.last.low)
        return (from: first == Wide(high: 0, low: 0) ? nil : first, to: last.successor)
      }
    }
    // The addresses that IPv4 ones map to are IPv4 ones (RFC 4291, 2.5.5.2): no IPv6 value is there.
    let isAsked6 = intervals6.contains { !$0.isEmpty }
    let mapped = isAsked6 ? [mappedFirst, mappedEnd] : []
    let line6 = Line(intervals6, also: mapped)
    let count4 = line4.cuts.count + 1
    let impossible = line6.cuts.firstIndex(of: mappedFirst).map { count4 + $0 + 1 }
    let partition = Partition(
      regions: count4 + line6.cuts.count + 1,
      impossible: impossible,
      questions: zip(line4.questions, line6.questions).map { first, second in
        first + second.map { $0.lowerBound + count4..<$0.upperBound + count4 }
      }
    )
    let witnesses = partition.firstRegions.map { region in
      if region < count4 {
        return IPAddress(version4: region == 0 ? 0 : line4.cuts[region - 1])
      }
      let from = region == count4 ? Wide(high: 0, low: 0) : line6.cuts[region - count4 - 1]
      return IPAddress(high: from.high, low: from.low)
    }
    let classes = partition.classOfRegion
    return Domain(
      classifier: .ip(
        IPClassifier(
          cuts4: line4.cuts,
          classes4: Array(classes[..<count4]),
          cuts6: line6.cuts,
          classes6: Array(classes[count4...])
        )
      ),
      witnesses: [.missing] + witnesses.map { .value(.ip($0)) },
      runs: partition.runs
    )
  }

  private static let mappedFirst = Wide(high: 0, low: 0xffff_0000_0000)
  private static let mappedEnd = Wide(high: 0, low: 0x1_0000_0000_0000)

  private struct Addresses {
    let first: IPAddress
    let last: IPAddress
    var isVersion4: Bool { first.isVersion4 }
  }

  private static func addresses(_ check: Check) -> Addresses? {
    switch check {
    case .inBlock(_, let block): Addresses(first: block.first, last: block.last)
    case .equals(_, .ip(let address)): Addresses(first: address, last: address)
    default: nil
    }
  }
}
