import PolicyAnalysis
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// A lock says what the policy set means, and nothing else.
@Suite struct LockTests {
  /// What is wrong with the lock of a set.
  private func problem(_ set: PolicySet) -> String? {
    var writer = LockText(set)
    let text = writer.text()
    do {
      let locked = try policySet(text)
      let difference = compare(locked, set)
      guard difference.isUnremarkable else { return "\(difference.changes)\n\(text)" }
      var again = LockText(locked)
      let second = again.text()
      return second == text ? nil : "not the same again:\n\(text)\n\(second)"
    } catch {
      return "the lock does not check: \(error)\n\(text)"
    }
  }

  @Test(arguments: samples)
  func `the lock of a sample means what the sample means`(name: String) throws {
    #expect(problem(try sample(name)) == nil)
  }

  @Test func `the lock of any set means what the set means`() throws {
    let failure = RandomCases(100).firstFailure { random in
      let text = RandomPairs.texts(&random).old
      guard let set = try? policySet(text) else { return "does not check:\n\(text)" }
      return problem(set).map { "\($0)\n--- of\n\(text)" }
    }
    #expect(failure == nil)
  }

  @Test func `how policies are written does not matter`() throws {
    let first = """
      catalogue portal {
        context { mfa: Bool  ip: IP  level: Int }
        service device { read { list  get } write { update  delete } }
        service user { list  create }
      }
      let strong = context.mfa and context.ip in ["10.0.0.0/8", "192.168.0.0/16"]
      role Observer { allow *.list, device.get }
      role Operator includes Observer { allow device.write when strong unless not (context.level < 3) }
      group staff { user "bob" user "ada" }
      assign Operator, Observer to group staff
      """
    let second = """
      assign Observer to group staff
      role Operator {
        allow device.{update} when context.level < 3 and (context.ip in ["192.168.0.0/16", "10.0.0.0/8"]
          and context.mfa)
        allow device.delete
          when context.mfa and context.ip in ["10.0.0.0/8", "192.168.0.0/16"] and context.level < 3
        allow user.list, device.read
      }
      assign Operator to group staff
      group staff { user "ada" user "bob" }
      policy Observer "Looks" { allow device.read  allow user.list }
      catalogue portal {
        service user { create  list }
        context { ip: IP  mfa: Bool  level: Int  unused: Bool }
      }
      catalogue more { service device { write { delete  update } read { get  list } } }
      """
    var one = LockText(try policySet(first))
    var other = LockText(try policySet(second))
    #expect(one.text() == other.text())
    #expect(
      one.text() == """
        // access.lock 1
        // What the policies beside this file allow, written by `pol lock`: read it in review.

        catalogue access {
          context {
            ip: IP
            level: Int
            mfa: Bool
          }
          service device {
            read {
              get
              list
            }
            write {
              delete
              update
            }
          }
          service user {
            create
            list
          }
        }

        group staff {
          user "ada"
          user "bob"
        }

        policy Observer {
          allow device.read, user.list
        }

        policy Operator {
          allow device.read, user.list
          allow device.write when context.ip in ["10.0.0.0/8", "192.168.0.0/16"] and context.level < 3 \
        and context.mfa
        }

        assign Observer to group staff
        assign Operator to group staff

        """
    )
  }
}
