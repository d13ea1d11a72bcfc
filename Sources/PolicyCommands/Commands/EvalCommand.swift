import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

extension Command {
  static let evalCommand = Command(
    "eval",
    summary: "decide a request, or a stream of them",
    synopsis: RequestArguments.synopsis,
    details: RequestArguments.explanation + """


      `--requests` decides every request of a file, or of standard input, one JSON object a line \
      (the information model of AuthZEN, or a decision log), and answers in the same order and form. \
      A request that is refused is answered with what was wrong and does not stop the stream.
      """,
    options: Option.ofRequest + [.requests, .format],
    statuses: [
      (.success, "allowed; of a stream, every request was decided"),
      (.negative, "denied"),
      (.unable, "bad usage, an unreadable file, or nothing to decide"),
      (.unchecked, "the request is refused, or the policy set does not check"),
    ],
    examples: [
      Example(
        "pol eval --as user:ada device.delete context.mfa=true resource.region=eu --in acme/plant-2",
        "may Ada delete a device of plant 2, with a second factor?"
      ),
      Example("pol eval policies --requests log.jsonl", "decide a file of requests"),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try RequestArguments(arguments)
    let isStream = arguments.has(.requests)
    if isStream { try refuseRequestParts(asked, arguments) }
    let decider = try Decider(at: asked.path, isForMany: isStream, arguments, console)
    // A stream is answered in the form in which it asks.
    let isJSON = (arguments.all(.format).last ?? (isStream ? "json" : "text")) == "json"
    if let path = arguments.value(.requests) {
      let lines = try files { () throws(FileError) in
        path == "-" ? try console.input() : try LineReader(path: path)
      }
      return try decideStream(lines, from: path, by: decider, asJSON: isJSON, arguments, console)
    }
    let document = try asked.document(in: decider.vocabulary)
    let answer = decider.refusalOfUnsaidKind(document, asked) ?? decider.answer(document)
    if isJSON {
      console.write(JSONWriter.line(answer.json(id: nil)) + [UInt8(ascii: "\n")])
    } else {
      remarkOnGroups(document, decider, console)
      let isRefused = answer.status == .unchecked
      console.write(
        answer.text(on: console.terminal(arguments.color)),
        to: isRefused ? .error : .output
      )
    }
    return answer.status
  }

  /// Refuses the parts of a request beside a stream, which has its own.
  private static func refuseRequestParts(
    _ asked: RequestArguments,
    _ arguments: Arguments
  ) throws(Failure) {
    if let action = asked.action {
      throw Failure("`\(action)` is one argument too many: the requests of the file say their own")
    }
    for option in Option.ofRequest where arguments.has(option) {
      throw Failure("`--\(option.name)` has no place beside `--requests`, which say it themselves")
    }
  }

  /// Names that no open group has are ignored in requests; on a command line one is a slip.
  static func remarkOnGroups(
    _ document: RequestDocument,
    _ decider: Decider,
    _ console: Console
  ) {
    for group in document.groups ?? [] where decider.vocabulary.openGroup(group) == nil {
      console.write("note: there is no open group `\(VisibleText.of(group))`\n", to: .error)
    }
  }

  /// Answers every request of a stream in its order, holding one at a time.
  private static func decideStream(
    _ lines: LineReader,
    from path: String,
    by decider: Decider,
    asJSON isJSON: Bool,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) -> ExitStatus {
    let terminal = console.terminal(arguments.color)
    var lines = lines
    var count = 0
    var status = ExitStatus.success
    while let line = try files({ () throws(FileError) in try lines.nextLine() }) {
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
      count += 1
      let request = RequestReader.read(line)
      let answer = request.document.map(decider.answer) ?? .refused(request.problems)
      if answer.status == .unchecked { status = .unchecked }
      if isJSON {
        let value = answer.json(id: request.id, line: lines.line)
        console.write(JSONWriter.line(value) + [UInt8(ascii: "\n")])
      } else {
        let name = request.id.map { VisibleText.of($0) } ?? "line \(lines.line)"
        console.write("\(name): \(answer.text(on: terminal))")
      }
    }
    guard count > 0 else { throw Failure("there are no requests in `\(path)`") }
    return status
  }
}

extension Answer {
  /// The exit code of a command that asked one question.
  var status: ExitStatus {
    switch self {
    case .rules(true, _): .success
    case .rules(false, _), .byDefault: .negative
    case .refused: .unchecked
    }
  }
}
