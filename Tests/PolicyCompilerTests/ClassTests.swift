import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

@Suite struct ClassTests {
  private let term = Term.attribute(AttributeIndex(0))

  @Test("regions with the same answers are one class, by all the answers")
  func partition() {
    let failure = RandomCases(300).firstFailure { random in
      let regions = 1 + random.below(40)
      let questions = (0..<random.below(12)).map { _ in
        (0..<random.below(4)).map { _ in
          let lower = random.below(regions)
          return lower..<lower + random.below(regions - lower + 1)
        }
      }
      let partition = Partition(regions: regions, questions: questions)
      let answers = (0..<regions).map { region in
        questions.map { $0.contains { $0.contains(region) } }
      }
      for (left, right) in (0..<regions).flatMap({ l in (0..<regions).map { (l, $0) } })
      where (answers[left] == answers[right])
        != (partition.classOfRegion[left] == partition.classOfRegion[right])
      {
        return "regions \(left) and \(right)"
      }
      for (question, runs) in partition.runs.enumerated() {
        for region in 0..<regions
        where runs.contains(where: { $0.contains(partition.classOfRegion[region]) })
          != answers[region][question]
        {
          return "question \(question) of region \(region)"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test("a value is in the class whose example answers all questions alike")
  func classes() {
    let attributes: [(AttributeType, [Value], (inout RandomSource) -> Check)] = [
      (
        .int, [.min, -1, 0, 1, 2, 3, 4, .max].map { .int($0) },
        { .compare(self.term, $0.oneIn(2) ? .less : .lessOrEqual, .int(Int64($0.below(4)))) }
      ),
      (
        .time, (0..<6).map { .time(Instant(seconds: 1, nanoseconds: $0)) },
        { .compare(self.term, .less, .time(Instant(seconds: 1, nanoseconds: UInt32($0.below(5))))) }
      ),
      (
        .path, ["a", "a/b", "a/b/c", "ab", "b", "b/a"].map { .path($0) },
        { random in
          let path = random.element(of: ["a", "a/b", "b"])
          return random.oneIn(2) ? .under(self.term, path) : .equals(self.term, .path(path))
        }
      ),
      (
        .string, ["a", "ab", "b", "abc", ""].map { .string($0) },
        { random in
          let text = random.element(of: ["a", "ab", ""])
          return .equals(self.term, .string(text))
        }
      ),
      (
        .principal,
        ["a", "b"].flatMap { [.principal(.user($0)), .principal(.serviceAccount($0))] },
        { .equals(self.term, .principal($0.oneIn(2) ? .user("a") : .serviceAccount("b"))) }
      ),
    ]
    let failure = RandomCases(100).firstFailure { random in
      let (type, values, check) = random.element(of: attributes)
      let checks = (0..<1 + random.below(4)).map { _ in check(&random) }
      let domain = Domain.of(type, checks.map { [$0] })
      let variable = Variable(
        subject: .value(self.term),
        witnesses: domain.witnesses,
        classifier: domain.classifier
      )
      for value in values {
        guard let number = variable.number(of: value),
          case .value(let example) = variable.witnesses[number]
        else { return "\(value) is in no class of \(checks)" }
        let isAlike = checks.allSatisfy { answer($0, value) == answer($0, example) }
        if !isAlike { return "\(value) is not like \(example) for \(checks)" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  private func answer(_ check: Check, _ value: Value) -> Truth {
    let request = RequestData(action: ActionIndex(0), values: [AttributeIndex(0): value])
    return truth(of: check, for: request, in: PolicySet(sources: SourceMap([])))
  }

  @Test("numbers fall into the intervals between thresholds")
  func numbers() {
    let domain = Domain.int([
      [.compare(term, .less, .int(5))], [.compare(term, .lessOrEqual, .int(5))],
      [.equals(term, .int(.max))], [.compare(term, .less, .int(.min))],
    ])
    guard case .int(let cuts, let classes) = domain.classifier else { return }
    #expect(cuts == [5, 6, .max])
    #expect(classes == [1, 2, 3, 4])
    #expect(
      domain.witnesses
        == [.missing] + [4, 5, 6, .max].map { .value(.int($0)) }
    )
    #expect(domain.runs == [[1..<2], [1..<3], [4..<5], []])
  }

  @Test("a list that is always asked as one is one class")
  func lists() {
    let list = (0..<1000).map { Check.equals(term, .string("w\($0)")) }
    #expect(Domain.text([list]).witnesses.count == 3)
    #expect(Domain.text([list, [list[7]]]).witnesses.count == 4)
    #expect(Domain.text([]).witnesses.count == 2)
  }

  @Test("the words of a one-of type that nothing asks for are one class")
  func words() {
    let domain = Domain.text(
      [[.equals(term, .string("eu"))]],
      words: ["eu", "us", "apac"]
    )
    #expect(domain.witnesses == [.missing, .value(.string("apac")), .value(.string("eu"))])
    let all = Domain.text(
      [["eu", "us"].map { .equals(term, .string($0)) }],
      words: ["eu", "us"]
    )
    #expect(all.witnesses.count == 2, "listing all words is asking nothing")
  }

  @Test("IPv4 and IPv6 are apart, and no class holds only mapped addresses")
  func addresses() throws {
    func block(_ text: String) throws -> Check { .inBlock(term, try IPBlock(text)) }
    let everything = try Domain.ip([[block("0.0.0.0/0")], [block("::/0")]])
    #expect(everything.witnesses.count == 3)
    let around = try Domain.ip([[block("::fffe:0:0/95")], [block("::1:0:0:0/80")]])
    for case .value(.ip(let address)) in around.witnesses.dropFirst(2) {
      #expect(!address.isVersion4)
    }
    #expect(around.witnesses.count == 4)
  }

  @Test("all that is under a path is one run of classes")
  func paths() {
    let questions: [Question] = ["a", "a/b", "a/b/c", "b", "ab"].map { [.under(term, $0)] }
    let domain = Domain.path(questions)
    #expect(domain.runs.allSatisfy { $0.count == 1 })
    #expect(domain.witnesses.count == 7)
    for (question, runs) in zip(questions, domain.runs) {
      guard case .under(_, let ancestor) = question[0] else { continue }
      for (number, witness) in domain.witnesses.enumerated() {
        guard case .value(.path(let path)) = witness else { continue }
        #expect(
          runs.contains { $0.contains(UInt32(number)) } == PathText.isUnder(path, ancestor)
        )
      }
    }
  }
}
