import Foundation
import PolicyDirectory
import PolicyEngine
import PolicyTestSupport
import Testing

/// Files of grants are read as a whole, or refused with the line of every mistake.
@Suite struct LoadingTests {
  private let policies: PolicyEngine

  init() throws { policies = try engine(portal) }

  private func csv(_ text: String) throws -> DirectorySnapshot {
    try DirectorySnapshot(policies, csv: Array(text.utf8), named: "grants.csv")
  }

  private func lines(_ text: String) throws -> DirectorySnapshot {
    try DirectorySnapshot(policies, jsonLines: Array(text.utf8), named: "grants.jsonl")
  }

  private func told(_ load: () throws -> DirectorySnapshot) -> [String] {
    do {
      return try load().grants.map(\.description)
    } catch {
      return "\(error)".split(separator: "\n").map(String.init)
    }
  }

  private let grants = [
    PolicyGrant("Observer", to: .everyone),
    PolicyGrant("Guard", to: .group("staff"), in: "acme/plant-2"),
    PolicyGrant("Operator", to: .serviceAccount("build, and \"test\""), when: "mfa"),
    PolicyGrant("Observer", to: .user("zo\u{eb}"), in: "acme"),
  ]

  @Test func `comma-separated values`() throws {
    let text = """
      \u{feff}policy,subject,id,unit,condition\r
      Observer,user,zo\u{eb},acme,*\r

      Guard,group,staff,acme/plant-2,*
      "Operator",service-account,"build, and ""test""\",*,mfa
      Observer,everyone,,*,*
      """
    #expect(try csv(text).grants == grants)
    #expect(try csv("subject,id,policy\n").count == 0)
  }

  @Test func `lines of JSON`() throws {
    let text = """
      {"subject": "user", "id": "zo\\u00eb", "policy": "Observer", "unit": "acme"}\r

      {"policy":"Guard","subject":"group","id":"staff","unit":"acme/plant-2","condition":"*"}
       { "subject" : "service-account" , "id" : "build, and \\"test\\"" , "policy" : "Operator" ,
      """.replacing(",\n", with: ", ") + #""condition":"mfa"}"#
      + "\n{\"subject\":\"everyone\",\"policy\":\"Observer\"}\n"
    #expect(try lines(text).grants == grants)
    #expect(try lines("").count == 0)
    let pair = #"{"subject":"user","id":"\ud83d\ude00","policy":"Guard"}"#
    #expect(try lines(pair).grants == [PolicyGrant("Guard", to: .user("\u{1f600}"))])
  }

  @Test func `every wrong row of comma-separated values is told, and nothing is granted`() {
    let text = """
      subject,id,policy,unit,condition
      user,ada,Observr,*,*
      usr,ada,Observer,*,*
      user,,Observer,*,*
      everyone,ada,Observer,*,*
      user,ada,Observer,,*
      user,ada,Observer
      user,ad"a,Observer,*,*
      user,carl,Chief,*,*
      user,ada,Observer,acme,*
      user,"ada
      """
    #expect(
      told { try csv(text) } == [
        "grants.csv:2: there is no policy `Observr`; use the name of a policy as it is declared",
        "grants.csv:3: `usr` is no kind of subject; "
          + "write `user`, `service-account`, `group`, `everyone` or `anonymous`",
        "grants.csv:4: a user has no id; name the user in `id`",
        "grants.csv:5: `everyone` has the id `ada`; leave the id out, or name a user",
        "grants.csv:6: `unit` is empty; write `*` for everywhere",
        "grants.csv:7: the row has 3 fields, and the first row names 5 columns; "
          + "give each column a field, and put fields with commas in quotes",
        "grants.csv:8: a quote stands inside a field; "
          + "put the whole field in quotes, and write each quote in it twice",
        "grants.csv:9: user `carl` would hold both `Approver` and `Buyer`, which nobody may; "
          + "revoke `Buyer` from user `carl` first, or change the assertion",
        "grants.csv:11: a quoted field does not end; end it with a quote",
      ]
    )
  }

  @Test func `columns`() {
    #expect(
      told { try csv("subject,id,policy,where\nuser,ada,Observer,acme\n") } == [
        "grants.csv:1: there is no column `where`; "
          + "the columns are `subject`, `id`, `policy`, `unit`, `condition`"
      ]
    )
    #expect(told { try csv("subject,id,id\n") }[0].contains("column `id` stands twice"))
    #expect(told { try csv("subject,id\n") }[0].contains("there is no column `policy`"))
    #expect(told { try csv("") }[0].contains("no row that names the columns"))
  }

  @Test func `every wrong line of JSON is told, and nothing is granted`() {
    let wrong = [
      #"[]"#: "the line is no JSON object",
      #"{"subject":"user","id":"ada","policy":null}"#: "`policy` is no text",
      #"{"subject":"user","id":"ada","policy":"Observer","unit":""}"#: "`unit` is empty",
      #"{"subject":"user","id":"ada","role":"Observer"}"#: "there is no member `role`",
      #"{"subject":"user","id":"ada","id":"bob"}"#: "`id` stands twice",
      #"{"subject":"user","id":"ada","policy":"Observer"} {}"#: "text follows the object",
      #"{"subject":"user","id":"\x"}"#: "a text has a malformed escape",
      #"{"subject":"user","id":"\ud800"}"#: "a text has a malformed escape",
      #"{"subject":"user","id":"ada"#: "a text does not end",
      #"{"subject":"user" "id":"ada"}"#: "the object does not end here",
      #"{subject:"user"}"#: "a member has no name",
      #"{"subject" "user"}"#: "`subject` has no value",
      #"{}"#: "`subject` is not given",
    ]
    for (line, message) in wrong {
      let told = told { try lines("{\"subject\":\"everyone\",\"policy\":\"Guard\"}\n" + line) }
      #expect(told.count == 1 && told[0].hasPrefix("grants.jsonl:2: \(message); "), "\(told)")
    }
  }

  @Test func `bytes that are no text, and more mistakes than anyone reads`() {
    let csv = Array("subject,id,policy\nuser,".utf8) + [0xff] + Array(",Observer\n".utf8)
    #expect(throws: GrantFileError.self) { try DirectorySnapshot(policies, csv: csv, named: "g") }
    #expect(throws: GrantFileError.self) {
      try DirectorySnapshot(policies, jsonLines: [0x7b, 0xff, 0x7d], named: "g")
    }
    let many = told { try lines(String(repeating: "x\n", count: 250)) }
    #expect(many.count == 101)
    #expect(many.last == "and 150 more")
  }

  @Test func `files, by the ends of their names`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pol-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("a.csv", "subject,id,policy\nuser,ada,Guard\n"),
      ("a.jsonl", "{\"subject\":\"user\",\"id\":\"ada\",\"policy\":\"Guard\"}\n"),
    ] {
      let path = folder.appending(path: name).path
      try Data(text.utf8).write(to: URL(filePath: path))
      let loaded = try DirectorySnapshot(policies, contentsOf: path)
      #expect(loaded.grants == [PolicyGrant("Guard", to: .user("ada"))])
    }
    let missing = folder.appending(path: "b.csv").path
    #expect(told { try DirectorySnapshot(policies, contentsOf: missing) }[0].contains("cannot be"))
    #expect(
      told { try DirectorySnapshot(policies, contentsOf: "a.txt") } == [
        "a.txt ends neither in `.csv` nor in `.jsonl`; name it for what is in it"
      ]
    )
  }
}
