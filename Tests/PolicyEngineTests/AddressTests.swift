import PolicyEngine
import Testing

@Suite struct AddressTests {
  @Test(
    "addresses in their usual notations, written as RFC 5952 writes them",
    arguments: [
      ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.1.2.3", "10.1.2.3"),
      ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::1", "2001:db8::1"),
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8::0001", "2001:db8::1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("::ffff:192.0.2.128", "192.0.2.128"), ("::ffff:c000:280", "192.0.2.128"),
      ("::192.0.2.1", "::c000:201"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ]
  )
  func addresses(text: String, written: String) {
    #expect(IPAddress(text)?.description == written)
  }

  @Test(
    "texts that are no addresses",
    arguments: [
      "", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.-4", "1..2.3",
      ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
      "fe80::1%eth0", "1.2.3.4::", "::1.2.3", "::1.2.3.4.5", "1:2:3:4:5:6:7:8::", "10.0.0.0/8",
    ]
  )
  func noAddresses(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test("blocks hold their addresses and no others")
  func blocks() throws {
    let inside = [
      ("10.0.0.0/8", "10.255.255.255"), ("0.0.0.0/0", "255.255.255.255"), ("1.2.3.4", "1.2.3.4"),
      ("2001:db8::/32", "2001:db8:ffff::"), ("::/0", "ffff::"), ("::/80", "::1"),
      ("::fffe:0:0/95", "::fffe:ffff:ffff"), ("::ffff:10.0.0.0/104", "10.1.1.1"),
      ("10.0.0.0/8", "::ffff:10.0.0.1"),
    ]
    for (block, address) in inside {
      let address = try #require(IPAddress(address))
      #expect(try IPBlock(block).contains(address), "\(address) is in \(block)")
    }
    let outside = [
      ("10.0.0.0/8", "11.0.0.0"), ("10.0.0.0/8", "9.255.255.255"), ("::/0", "1.2.3.4"),
      ("0.0.0.0/0", "::"), ("::/80", "::ffff:1.2.3.4"), ("::fffe:0:0/95", "::ffff:0.0.0.1"),
      ("2001:db8::/32", "2001:db9::"), ("1.2.3.4/32", "1.2.3.5"),
    ]
    for (block, address) in outside {
      let address = try #require(IPAddress(address))
      #expect(try !IPBlock(block).contains(address), "\(address) is not in \(block)")
    }
  }

  @Test("malformed blocks say what is wrong")
  func malformations() {
    func malformation(_ text: String) -> IPBlock.Malformation? {
      do throws(IPBlock.Malformation) {
        _ = try IPBlock(text)
        return nil
      } catch {
        return error
      }
    }
    #expect(malformation("10.0.0.1/8") == .hostBits(meant: "10.0.0.0/8"))
    #expect(malformation("2001:db8::1/32") == .hostBits(meant: "2001:db8::/32"))
    for text in ["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/08", "::ffff:0:0/95"] {
      #expect(malformation(text) == .length, "\(text)")
    }
    for text in ["/8", "x/8", "10.0.0/8"] { #expect(malformation(text) == .address, "\(text)") }
  }
}
