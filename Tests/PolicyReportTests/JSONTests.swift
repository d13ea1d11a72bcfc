import PolicyReport
import PolicyTestSupport
import Testing

/// The JSON parser and writer, against the rules of RFC 8259.
@Suite struct JSONTests {
  @Test(arguments: [
    ("null", "null"), (" true ", "true"), ("[]", "[]"), ("{}", "{}"),
    (
      "[1,-0,0.5,1e3,9223372036854775807,9223372036854775808]",
      "[1, 0, 0.5, 1e3, 9223372036854775807, 9223372036854775808]"
    ),
    (#"{"b":[{}],"a":"x"}"#, #"{"b": [{}], "a": "x"}"#),
    (#""\u00e9\ud83d\ude80\"\\\/\b\f\n\r\t""#, "\"é🚀\\\"\\\\/\\u0008\\u000c\\n\\r\\t\""),
    (#""\u0000\u001f""#, #""\u0000\u001f""#),
  ])
  func `what is JSON is read and written`(text: String, written: String) throws {
    let value = try JSONParser.parse(Array(text.utf8))
    #expect(String(decoding: JSONWriter.line(value), as: UTF8.self) == written)
    #expect(
      try JSONWriter.line(JSONParser.parse(JSONWriter.document(value))) == Array(written.utf8)
    )
  }

  @Test(arguments: [
    ("", "the text ends where a value is expected", 0),
    ("[1,]", "`]` stands where a value is expected", 3),
    ("[1 2]", "`2` stands where `,` or `]` is expected", 3),
    (#"{"a":1,}"#, "`}` stands where a key is expected", 7),
    (#"{"a" 1}"#, "`1` stands where `:` is expected", 5),
    ("{a:1}", "`a` stands where a key is expected", 1),
    ("nul", "`n` stands where a value is expected", 0),
    ("01", "`1` stands where the end is expected", 1),
    ("-", "the text ends where a digit is expected", 1),
    ("1.", "the text ends where a digit is expected", 2),
    ("1e+", "the text ends where a digit is expected", 3),
    ("+1", "`+` stands where a value is expected", 0),
    ("// c\n1", "`/` stands where a value is expected", 0),
    ("{\"a\":1,\"b\":2,\"a\":3}", "the key `a` occurs twice", 13),
    ("\"a", "the string does not end", 0),
    ("\"a\nb\"", "a control character stands unescaped in a string", 2),
    (#""\x""#, "the escape is none of JSON's", 1),
    (#""\u12""#, "the escape is cut off", 1),
    (#""\u12g4""#, "the escape has something else than hexadecimal digits", 1),
    (#""\ud800""#, "the escape is half of a surrogate pair", 1),
    (#""\ud800\u0041""#, "the escape is half of a surrogate pair", 1),
    (#""\udc00""#, "the escape is half of a surrogate pair", 1),
    ("\u{FEFF}1", "an unexpected byte stands where a value is expected", 0),
  ])
  func `what is not JSON is refused with its place`(
    text: String,
    message: String,
    offset: Int
  ) throws {
    #expect(throws: JSONError(message, at: offset)) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func `strings are UTF-8`() {
    for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] {
      #expect(throws: JSONError.self) { try JSONParser.parse([0x22] + bad + [0x22]) }
    }
  }

  @Test func `keys are compared by their bytes`() throws {
    // The two spellings of é are canonically equivalent, and two keys.
    let value = try JSONParser.parse(Array("{\"e\u{301}\": 1, \"\u{e9}\": 2}".utf8))
    guard case .object(let members) = value else { throw Mismatch() }
    #expect(members.count == 2)
  }

  @Test func `a key occurs once among however many`() throws {
    let keys = (0..<100).map { "\"k\($0)\": \($0)" }
    _ = try JSONParser.parse(Array("{\(keys.joined(separator: ","))}".utf8))
    let twice = keys + ["\"k50\": 0"]
    #expect(throws: JSONError.self) {
      try JSONParser.parse(Array("{\(twice.joined(separator: ","))}".utf8))
    }
  }

  @Test func `deep nesting is refused, however deep`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    _ = try JSONParser.parse(nested(JSONParser.deepest))
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(JSONParser.deepest + 1)) }
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(1_000_000)) }
  }

  @Test func `documents are indented`() {
    let value: JSONValue = ["a": .array([.int(1), .object([])]), "b": .array([])]
    let text = """
      {
        "a": [
          1,
          {}
        ],
        "b": []
      }

      """
    #expect(String(decoding: JSONWriter.document(value), as: UTF8.self) == text)
  }

  /// Damaged requests: no crash, and whatever is read is written and read again as the same.
  @Test func `any bytes are read or refused`() {
    let sample = Array(
      #"{"id": "r\u00e9", "a": [1, -2.5e3, true, null, {"x": "\ud83d\ude80"}], "é": {}}"#.utf8
    ).map { [$0] }
    let failure = RandomCases(5000).firstFailure { random in
      var bytes = Array(sample.joined())
      for _ in 0...random.below(4) {
        let mutation = random.element(of: Mutation.allCases)
        bytes = Mutation.apply(mutation, to: bytes.map { [$0] }, using: &random)
      }
      guard let value = try? JSONParser.parse(bytes) else { return nil }
      let written = JSONWriter.line(value)
      let again = (try? JSONParser.parse(written)).map(JSONWriter.line)
      return again == written ? nil : String(decoding: bytes, as: UTF8.self)
    }
    #expect(failure == nil)
  }

  struct Mismatch: Error {}
}
