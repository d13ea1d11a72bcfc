import PolicyBenchmark
import PolicyWorkspace

/// A policy set of any size with groups, units and people, and the questions to ask of it.
struct LargeSet {
  /// A command line after `pol`, and how it is told.
  struct Command {
    let words: String
    let arguments: [String]

    init(_ words: String, _ directory: String) {
      self.words = words
      arguments = words.split(separator: " ").map { word in
        switch word {
        case "DIR": directory + "/set"
        case "CHANGED": directory + "/changed"
        case "LOG": directory + "/requests.jsonl"
        case "HISTORY": directory + "/history"
        case "MODEL": directory + "/model.conf"
        case "POLICY": directory + "/policy.csv"
        case let word where word.hasPrefix("OUT."): directory + "/" + word.lowercased()
        default: String(word)
        }
      }
    }
  }

  let roles: Int
  let actions: Int
  let rules: Int
  var principals = 1000
  let units = 100

  /// The first only reads and checks.
  func commands(in directory: String) -> [Command] {
    [
      "eval DIR --as user:user-1 --no-groups --in area-1/site-1 service-1.get-1",
      "explain DIR --as user:user-1 --no-groups --in area-1/site-1 service-1.put-1",
      "who-can DIR service-1.put-1", "what-can DIR user:user-1", "what-can DIR role-1",
      "matrix DIR --format csv", "matrix DIR --format html -o OUT.html",
      "diff DIR CHANGED", "replay LOG DIR CHANGED", "check DIR", "test DIR",
      "test DIR --mutate --max-mutants 500", "test DIR --generate --max-tests 50",
      "compile DIR -o OUT.polc", "export DIR -o OUT.json",
      "export DIR --format csv -o OUT.csv", "export DIR --format sql -o OUT.sql",
      "export DIR --format cedar -o OUT.cedar", "import MODEL POLICY -o OUT.pol",
      "blame HISTORY user:user-1 service-1.put-1 --all",
    ].map { Command($0, directory) }
  }

  /// The set in `set`, the same with one rule more in `changed`, requests, as many rules for Casbin,
  /// and a git history of the set.
  func write(to directory: String) throws(FileError) {
    for (folder, more) in [("set", ""), ("changed", "role role-new { allow service-1.get-1 }\n")] {
      let folder = directory + "/" + folder
      try System.makeDirectory(folder)
      for (name, text) in texts {
        let text = name == "roles" ? text + more : text
        try FileContents.write(Array(text.utf8), to: "\(folder)/\(name).pol")
      }
    }
    for (name, text) in [
      ("requests.jsonl", requests(100_000)), ("model.conf", Self.casbinModel),
      ("policy.csv", casbinPolicy),
    ] {
      try FileContents.write(Array(text.utf8), to: directory + "/" + name)
    }
    try writeHistory(to: directory + "/history")
  }

  /// The files by their names.
  var texts: [(name: String, text: String)] {
    [
      ("catalogue", SyntheticSet.catalogue(actions: actions)),
      ("roles", SyntheticSet.roles(roles, rules: rules, actions: actions)), ("people", people),
      ("tests", tests),
    ]
  }

  /// What holds in any such set: nothing is assigned to those of whom nothing is known.
  private var tests: String {
    let services = max(1, actions / 20)
    let tests = (0..<100).map { number in
      """
      test "nobody \(number)" {
        as anonymous
        deny service-\(number % services).*
      }
      assert anonymous cannot service-\(number % services).write

      """
    }
    return tests.joined()
  }

  /// Ten areas of ten sites, fifty groups of twenty users, a role for each user and group somewhere.
  private var people: String {
    var text = ""
    for area in 0..<units / 10 {
      let sites = (0..<9).map { "site-\($0)" }.joined(separator: "  ")
      text += "ou area-\(area) { \(sites) }\n"
    }
    for group in 0..<50 {
      let users = (0..<20).map { "user \"user-\(group * 20 + $0)\"" }.joined(separator: "  ")
      text += "group group-\(group) { \(users) }\n"
      text += "assign role-\(group % roles) to group group-\(group) in area-\(group % 10)\n"
    }
    for user in 0..<principals {
      text +=
        "assign role-\(user % roles) to user \"user-\(user)\" in area-\(user % 10)/site-\(user % 9)\n"
    }
    return text
  }

  /// Lines of JSON, the same for the same sizes.
  private func requests(_ count: Int) -> String {
    var random = SplitMix64(seed: 7)
    var lines = ""
    let services = max(1, actions / 20)
    for number in 0..<count {
      let verb = random.next(below: 2) == 0 ? "get" : "put"
      let area = random.next(below: 10)
      lines += "{\"id\":\"r\(number)\",\"subject\":{\"type\":\"user\",\"id\":\"user-"
      lines += "\(random.next(below: principals))\",\"groups\":[]},\"action\":{\"name\":\"service-"
      lines += "\(random.next(below: services)).\(verb)-\(random.next(below: 10))\"},"
      lines += "\"resource\":{\"unit\":\"area-\(area)/site-\(random.next(below: 9))\","
      lines += "\"properties\":{\"level\":\(random.next(below: 10))}},"
      lines += "\"context\":{\"mfa\":\(random.next(below: 2) == 0)}}\n"
    }
    return lines
  }
}
