import PolicyEngine
import Testing

@Suite struct RawValueTests {
  private func typed(_ raw: RawValue, _ type: AttributeType) -> Result<Value, ValueRefusal> {
    do throws(ValueRefusal) { return .success(try raw.typed(as: type)) } catch {
      return .failure(error)
    }
  }

  @Test("values that fit their types")
  func fits() {
    #expect(typed(true, .bool) == .success(.bool(true)))
    #expect(typed(-7, .int) == .success(.int(-7)))
    #expect(typed("x", .string) == .success(.string("x")))
    #expect(typed("10.0.0.1", .ip) == .success(.ip(IPAddress(version4: 0x0a00_0001))))
    #expect(typed("1970-01-01T00:00:01Z", .time) == .success(.time(Instant(seconds: 1))))
    #expect(typed("a/b", .path) == .success(.path("a/b")))
    #expect(typed("eu", .oneOf(["eu", "us"])) == .success(.string("eu")))
    #expect(typed("user:a:b", .principal) == .success(.principal(.user("a:b"))))
    #expect(
      typed(.object(type: "service-account", id: "i"), .principal)
        == .success(.principal(.serviceAccount("i")))
    )
    #expect(typed([], .strings) == .success(.strings([])))
    #expect(typed(["a", "b/c"], .paths) == .success(.paths(["a", "b/c"])))
    #expect(typed(["user:a"], .principals) == .success(.principals([.user("a")])))
  }

  @Test("values that do not, with the reason")
  func refusals() {
    #expect(typed(.null, .bool) == .failure(.null))
    #expect(typed(["a", .null], .strings) == .failure(.null))
    #expect(typed(1, .bool) == .failure(.wrongType))
    #expect(typed(.other("a fraction"), .int) == .failure(.wrongType))
    #expect(typed("1", .int) == .failure(.wrongType))
    #expect(typed("a", .strings) == .failure(.wrongType))
    #expect(typed("10.0.0.0/8", .ip) == .failure(.malformed("10.0.0.0/8")))
    #expect(typed("today", .time) == .failure(.malformed("today")))
    #expect(typed(["a", "b/"], .paths) == .failure(.malformed("b/")))
    #expect(typed("EU", .oneOf(["eu"])) == .failure(.notListed("EU")))
    #expect(typed("ada", .principal) == .failure(.malformed("ada")))
    #expect(
      typed(.object(type: "anonymous", id: ""), .principal) == .failure(.malformed("anonymous:"))
    )
  }
}
