import PolicyEngine
import PolicyModel
import PolicySource
import Testing

/// The checks that conditions become (sections 3 to 5 of the language).
@Suite struct ConditionTests {
  private static let catalogue = """
    catalogue portal {
      principal { level: Int  home: Path  name: String }
      context { mfa: Bool  ip: IP  time: Time }
      resource {
        region: "eu" | "us"  owner: Principal  tags: Set<String>  trees: Set<Path>
        viewers: Set<Principal>
      }
      service device { list }
    }
    group staff

    """
  private static let level = Term.attribute(AttributeIndex(0))
  private static let home = Term.attribute(AttributeIndex(1))
  private static let name = Term.attribute(AttributeIndex(2))
  private static let mfa = Term.attribute(AttributeIndex(3))
  private static let ip = Term.attribute(AttributeIndex(4))
  private static let region = Term.attribute(AttributeIndex(6))
  private static let tags = Term.attribute(AttributeIndex(8))
  private static let trees = Term.attribute(AttributeIndex(9))
  private static let viewers = Term.attribute(AttributeIndex(10))

  private static func check(_ check: Check) -> Condition {
    Condition.check(check, SourceSpan(file: FileID(0), lower: 0, upper: 0))
  }

  private static func block(_ text: String) -> Check? {
    (try? IPBlock(text)).map { .inBlock(ip, $0) }
  }

  private static let cases: [(String, Condition)] = [
    ("context.mfa", check(.isTrue(mfa))),
    ("context.mfa == true", check(.isTrue(mfa))),
    ("context.mfa == false", .not(check(.isTrue(mfa)))),
    ("context.mfa != true", .not(check(.isTrue(mfa)))),
    ("false != context.mfa", .not(.not(check(.isTrue(mfa))))),
    ("principal.level == 3", check(.equals(level, .int(3)))),
    ("principal.level != -3", .not(check(.equals(level, .int(-3))))),
    ("principal.level < 3", check(.compare(level, .less, .int(3)))),
    ("principal.level <= 3", check(.compare(level, .lessOrEqual, .int(3)))),
    ("principal.level > 3", .not(check(.compare(level, .lessOrEqual, .int(3))))),
    ("principal.level >= 3", .not(check(.compare(level, .less, .int(3))))),
    ("3 < principal.level", .not(check(.compare(level, .lessOrEqual, .int(3))))),
    ("3 >= principal.level", check(.compare(level, .lessOrEqual, .int(3)))),
    ("3 > 2", .constant(true)),
    ("\"a\" != \"a\"", .constant(false)),
    ("user \"a\" == service-account \"a\"", .constant(false)),
    ("principal == user ada", check(.equals(.principal, .principal(.user("ada"))))),
    ("resource == \"d-1\"", check(.equals(.resource, .string("d-1")))),
    ("principal.name in [\"a\"]", .any([check(.equals(name, .string("a")))])),
    (
      "principal.name not in [\"a\", \"b\"]",
      .not(.any([check(.equals(name, .string("a"))), check(.equals(name, .string("b")))]))
    ),
    ("resource.region in [\"us\"]", .any([check(.equals(region, .string("us")))])),
    ("principal.name in resource.tags", check(.containsTerm(tags, name))),
    ("\"a\" in resource.tags", check(.contains(tags, .string("a")))),
    (
      "user ada not in resource.viewers",
      .not(check(.contains(viewers, .principal(.user("ada")))))
    ),
    (
      "principal.name like \"a*b\\*\"",
      check(.like(name, LikePattern(runs: [Array("a".utf8), Array("b*".utf8)])))
    ),
    ("principal.name not like \"a\"", .not(check(.like(name, LikePattern(runs: [[97]]))))),
    ("resource.trees under \"a/b\"", check(.under(trees, "a/b"))),
    (
      "resource.trees not under [\"a\", principal.home]",
      .not(.any([check(.under(trees, "a")), check(.underTerm(trees, home))]))
    ),
    ("principal.home under principal.home", check(.underTerm(home, home))),
    ("resource.tags contains \"a\"", check(.contains(tags, .string("a")))),
    ("resource.tags not contains principal.name", .not(check(.containsTerm(tags, name)))),
    (
      "resource.tags contains any [\"a\", principal.name]",
      .any([check(.contains(tags, .string("a"))), check(.containsTerm(tags, name))])
    ),
    ("resource.tags contains all [\"a\"]", .all([check(.contains(tags, .string("a")))])),
    ("resource.tags contains any resource.tags", check(.containsAny(tags, tags))),
    ("resource.tags not contains all resource.tags", .not(check(.containsAll(tags, tags)))),
    ("has resource", check(.has(.resource))),
    ("has principal.name", check(.has(name))),
    ("principal in group staff", check(.inGroup(GroupIndex(0)))),
    ("principal not in group staff", .not(check(.inGroup(GroupIndex(0))))),
    ("principal is service-account", check(.isKind(.serviceAccount))),
    (
      "not (true or not context.mfa) and false",
      .all([.not(.any([.constant(true), .not(check(.isTrue(mfa)))])), .constant(false)])
    ),
  ]

  @Test(arguments: cases.map(\.0))
  func `a condition becomes these checks`(_ text: String) throws {
    let expected = try #require(Self.cases.first { $0.0 == text }).1
    let checked = CheckedText(Self.catalogue + "role R { allow device.list when \(text) }")
    #expect(checked.report == "")
    #expect(checked.set.rules.elements.first?.condition?.withoutPlaces == expected)
  }

  @Test(arguments: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"])
  func `an address is in a block, or in one of a list`(_ text: String) throws {
    let expected = Self.check(try #require(Self.block(text)))
    for (written, condition) in [("\"\(text)\"", expected), ("[\"\(text)\"]", .any([expected]))] {
      let checked = CheckedText(
        Self.catalogue + "role R { allow device.list when context.ip in \(written) }"
      )
      #expect(checked.report == "")
      #expect(checked.set.rules.elements.first?.condition?.withoutPlaces == condition)
    }
  }

  @Test func `texts are compared by their bytes`() {
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    let checked = CheckedText(
      """
      catalogue portal {
        context { word: "\(composed)" | "\(decomposed)" }
        service device { list }
      }
      role R {
        allow device.list when "\(composed)" == "\(decomposed)"
        @id("\(composed)") allow device.list
        @id("\(decomposed)") allow device.list
      }
      test "\(composed)" { deny device.list }
      test "\(decomposed)" { deny device.list }
      """
    )
    #expect(checked.report == "")
    #expect(checked.set.rules.elements.first?.condition?.withoutPlaces == .constant(false))
  }

  @Test func `the when and the unless of a rule are kept apart`() {
    let checked = CheckedText(
      Self.catalogue
        + "role R { deny device.list when context.mfa unless principal is user because \"No.\" }"
    )
    let rule = checked.set.rules.elements.first
    #expect(rule?.condition?.withoutPlaces == Self.check(.isTrue(Self.mfa)))
    #expect(rule?.exception?.withoutPlaces == Self.check(.isKind(.user)))
    #expect(rule?.because == "No.")
    #expect(rule?.id == "R#1")
  }
}
