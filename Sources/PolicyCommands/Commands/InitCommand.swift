import PolicySource
import PolicyWorkspace

extension Command {
  static let initCommand = Command(
    "init",
    summary: "write a small policy set that checks and tests green",
    synopsis: "[DIR]",
    details: """
      Writes three commented files into a directory, the current one where none is given: \
      a catalogue, roles with their assignments, and tests. It changes no file, and writes \
      nothing where there is a policy set already.
      """,
    options: [],
    statuses: [(.success, "written"), (.unable, "something is in the way; nothing was written")],
    examples: [
      Example("pol init", "begin a policy set in the current directory"),
      Example("pol init policies", "begin one in a directory of its own"),
    ]
  ) { (arguments, console) throws(Failure) in
    let given = try arguments.atMostOne("directory")
    let directory = given ?? "."
    let existing = try? PolicyFiles.find(at: [directory])
    if let first = existing?.first {
      throw Failure(
        "there is a policy set already: `\(first)`",
        help: "`pol init DIR` writes into another directory"
      )
    }
    let prefix = given.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    try files { () throws(FileError) in
      try System.makeDirectory(directory)
      for file in FirstPolicySet.files {
        let path = prefix + file.name
        guard try FileContents.create(Array(file.text.utf8), at: path) else {
          throw .notWritten(path, reason: "it exists")
        }
        console.write("wrote \(path)\n")
      }
    }
    let place = given.map { " " + $0 } ?? ""
    console.write(
      """

      Next:
        pol check\(place)
        pol test\(place)
        pol eval\(place) --as user:ada@example.com document.delete context.mfa=true

      """
    )
    return .success
  }
}
