import PolicyModel
import Testing

/// Section 5, clause 2: units and places.
@Suite struct PlaceTests {
  private static let units = """
    ou acme { plant { line }  plant-2 }
    ou other
    role R { allow device.list }
    role G { allow device.get }
    policy D { deny device.get }
    assign R to user "ada" in acme/plant, other
    assign G to user "ada"
    assign D to user "ada" in acme/plant

    """

  @Test func `a place covers itself and what is below`() throws {
    let found = try failures(
      Self.units + """
        test "t" {
          as user "ada"
          allow device.list in acme/plant
          allow device.list in acme/plant/line
          allow device.list in other
          deny device.list in acme
          deny device.list in acme/plant-2
        }
        """
    )
    #expect(found == [])
  }

  @Test func `outside is in no place`() throws {
    let found = try failures(
      Self.units + """
        test "t" { as user "ada" in outside  deny device.list  allow device.get }
        """
    )
    #expect(found == [])
  }

  @Test func `a unit that is not said is perhaps in every place`() throws {
    let found = try failures(
      Self.units + """
        test "t" { as user "ada"  deny device.list, device.get }
        """
    )
    #expect(found == [])
  }

  @Test func `an assignment without a place covers everything`() throws {
    let found = try failures(
      """
      ou acme
      role R { allow device.list }
      assign R to user "ada"
      test "t" {
        as user "ada"
        allow device.list
        allow device.list in acme
        allow device.list in outside
      }
      """
    )
    #expect(found == [])
  }
}
