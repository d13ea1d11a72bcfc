import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Texts and lists that are the same for many, so that reading each is more work than the file is long.
@Suite struct ForgedShareTests {
  @Test func `many names over one long text`() throws {
    let members = (0..<60).map { "user \"u\($0)\"" }.joined(separator: ", ")
    let set = try policySet("catalogue c { service s { a } }\ngroup G { \(members) }")
    let found = refusal(set) { contents in
      let long = contents.text.add(String(repeating: "a", count: 4000))
      var length: UInt32 = 4000
      for index in contents.keys.indices where contents.keys[index].space == NameSpace.user {
        contents.keys[index].text = TextRef(offset: long.offset + 4000 - length, length: length)
        length -= 1
      }
      contents.placeNames()
    }
    #expect(found == "section `names`: they are longer than all texts together")
  }

  @Test func `one long constant of many attributes is no such thing`() throws {
    let names = (0..<20).map { "a\($0)" }
    let long = String(repeating: "x", count: 3000)
    let rules = names.map { "allow s.a when context.\($0) == \"\(long)\"" }
    let set = try policySet(
      """
      catalogue c {
        context { \(names.map { "\($0): String" }.joined(separator: " ")) }
        service s { a }
      }
      policy P { \(rules.joined(separator: "\n")) }
      assign P to everyone
      """
    )
    let engine = try PolicyEngine(bytes: compile(set).bytes)
    for name in names {
      for text in [long, long + "x", ""] {
        var request = RequestDocument(action: "s.a")
        request.context = [NamedValue(name, .string(text))]
        #expect(try engine.decide(request).isAllowed == (text == long))
      }
    }
  }

  @Test func `lists that overlap`() {
    let set = SmallSet.portal(lamps: 4)
    let changes: [(String, (inout ArtifactContents) -> Void)] = [
      ("strings", { $0.attributes[0].words = Run(start: 0, count: UInt32($0.strings.count)) }),
      (
        "policyLists",
        { contents in
          let all = Run(start: 0, count: UInt32(contents.policyLists.count))
          for index in contents.policies.indices { contents.policies[index].closure = all }
        }
      ),
      (
        "groupLists",
        { contents in
          let all = Run(start: 0, count: UInt32(contents.groupLists.count))
          for index in contents.groups.indices { contents.groups[index].containers = all }
        }
      ),
      (
        "assignmentLists",
        { contents in
          let all = Run(start: 0, count: UInt32(contents.assignmentLists.count))
          for index in contents.groups.indices { contents.groups[index].assignments = all }
        }
      ),
      ("rules", { $0.policies[0].rules = Run(start: 0, count: UInt32($0.rules.count)) }),
      ("grants", { $0.assignments[0].grants = Run(start: 0, count: UInt32($0.grants.count)) }),
    ]
    for (section, change) in changes {
      #expect(refusal(set, change) == "section `\(section)`: runs overlap")
    }
  }
}

/// What the loader says of tables that were changed before they were written: each of their numbers is in
/// range by itself, and their checksums are right.
func refusal(
  _ set: PolicySet,
  _ change: (inout ArtifactContents) -> Void
) -> String? {
  do throws(ArtifactError) {
    _ = try PolicyEngine(bytes: compile(set, change: change).bytes)
    return nil
  } catch {
    return error.description
  }
}
