import Foundation
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyImport

/// The YAML reader beside PyYAML.
@Suite struct YAMLTests {
  private static let texts = [
    "a: 1\nb: \"x\\ty\\u00e9\"\nc: 'it''s'\n", "- a\n- - b\n  - c\n- d: e\n  f: g\n",
    "k:\n- a\n- b\nl:\n  - c\n", "a: [x, \"y\", 'z', [], {}]\nb: {c: d, e: [f]}\n",
    "text: |\n  one\n    two\n\n  three\nnext: x\n",
    "text: |-\n  one\n\nnext: >-\n  a\n  b\n\n  c\n",
    "text: |+\n  one\n\n\nnext: y\n", "text: >\n  one\n  two\n    more\n  three\n\n",
    "a: one two\n  three\n\n  four\nb: x # why\n", "a: \"one\n  two\n\n  three \\\n  four\"\n",
    "# only\n---\na: b\n...\n---\n- c\n", "a:\n  b:\n    c:\n  d: ~\ne:\n",
    "a: http://x.example/#y\n",
    "a: 'x: y'\nb: \"# no\"\n'c d': e\n\"f\": g\n", "[a, b,\n c # x\n, d]\n", "{a: b,\n  c: d}\n",
    "plain\n",
    "a: -x\nb: x-y:z\nc: x#y\n", "a: yes\nb: 1.5\nc: 2020-01-01\nd: null\n", "- \n- a\n-\n  b: c\n",
    "a: |\n\n  x\nb: |\n\n", "a:\r\n  - b\r\n  - c: d\r\n",
  ]

  /// A value as the program of the fixtures writes it.
  private static func plain(_ node: DataNode) -> Any {
    switch node.value {
    case .null: NSNull()
    case .bool(let flag): flag
    case .number(let text): ["other": text]
    case .string(let text): text
    case .list(let elements): elements.map(plain)
    case .object(let members):
      ["object": members.map { [$0.key.text, plain($0.value)] as [Any] }]
    }
  }

  /// Whether both read the same; what may be a number or a boolean to some may be anything.
  private static func isSame(_ own: Any, _ other: Any) -> Bool {
    if let own = own as? [String: Any], own["other"] != nil { return true }
    if let own = own as? [Any], let other = other as? [Any] {
      return own.count == other.count && zip(own, other).allSatisfy { isSame($0, $1) }
    }
    if let own = own as? [String: Any], let other = other as? [String: Any] {
      guard let left = own["object"], let right = other["object"] else { return false }
      return isSame(left, right)
    }
    if let own = own as? String, let other = other as? String {
      return own.utf8.elementsEqual(other.utf8)
    }
    return own is NSNull && other is NSNull || (own as? Bool).map { $0 == other as? Bool } ?? false
  }

  private static func read(_ text: String) -> [Any]? {
    let file = SourceFile(path: "a.yaml", text: text)
    return (try? YAMLReader.documents(file, as: FileID(0)))?.map(plain)
  }

  @Test func `all of it is read`() throws {
    for text in Self.texts { #expect(Self.read(text) != nil, "\(text)") }
  }

  @Test func `what is read is what PyYAML reads`() throws {
    let manifests = Fixture.all(in: Fixture.folder().appending(path: "kubernetes"), suffix: ".yaml")
      .map(\.text)
    var texts = Self.texts + manifests
    let plain = texts.count
    for seed in RandomCases(400).seeds {
      var random = RandomSource(seed: seed)
      let text = random.element(of: Self.texts + manifests)
      let pieces = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        .map { Array($0) + [0x20] }
      let bytes = Mutation.apply(random.element(of: Mutation.allCases), to: pieces, using: &random)
      if let text = String(validating: bytes, as: UTF8.self) { texts.append(text) }
    }
    let lines = try texts.map { try Python.json($0) }
    guard let answers = try Python.run("yaml_values.py", lines) else { return }
    try #require(answers.count == texts.count)
    var compared = 0
    for (index, (text, answer)) in zip(texts, answers).enumerated() {
      guard let own = Self.read(text) else { continue }
      guard let other = try Python.parse(answer) as? [Any] else {
        if index < plain { Issue.record("PyYAML refuses:\n\(text)") }
        continue
      }
      compared += 1
      // Documents without anything in them are none here.
      guard Self.isSame(own, other.filter { !($0 is NSNull) }) else {
        Issue.record("read as \(own), not as \(answer):\n\(text)")
        return
      }
    }
    #expect(compared > plain)
  }

  @Test(
    arguments: [
      "a: &x b\n", "a: *x\n", "a: !!str b\n", "%YAML 1.2\n---\na: b\n", "? a\n: b\n", "<<: a\n",
      "a: b\na: c\n", "a: b: c\n", "\ta: b\n", "a: [b\n", "a: \"b\n", "a: b\n c: d\n", "a: - b\n",
      "- a\nb: c\n", "on: x\n", "a: {b: c, b: d}\n", "a: @x\n", "--- a\n", "a: |2\n  x\n",
      "a: [b] c\n",
      String(repeating: "- ", count: 100) + "a\n", String(repeating: "[", count: 100),
    ]
  )
  func `what is not read is refused`(text: String) {
    #expect(Self.read(text) == nil)
  }
}
