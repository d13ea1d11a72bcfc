import DocumentRoom
import PolicyEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads commands, one a line, and answers them.
///
///     open ID NAME [CLEARANCE] [staff] [mfa]
///     shred ID NAME [CLEARANCE] [staff] [mfa]
///     choices ID NAME [CLEARANCE] [staff] [mfa]
///     reload FILE
@main struct Main {
  static func main() {
    let documents = [
      Document(id: "d1", owner: "ada", level: 1, state: .published, shelf: "hall/a"),
      Document(id: "d2", owner: "ada", level: 3, state: .draft, shelf: "hall/b"),
      Document(id: "d3", owner: "bob", level: 0, state: .archived, shelf: "cellar/2019"),
    ]
    let log = DecisionLog(now: { Instant(seconds: Int64(time(nil))) }) { line in
      print("log " + String(decoding: line, as: UTF8.self), terminator: "")
    }
    let room = DocumentRoom(documents, log: log)
    while let line = readLine() {
      print(answer(to: line.split(separator: " ").map(String.init), in: room))
    }
  }

  private static func answer(to words: [String], in room: DocumentRoom) -> String {
    if words.count == 2, words[0] == "reload" {
      do {
        let changes = try room.reload(words[1])
        return "reloaded: \(changes.widened) widened, \(changes.narrowed) narrowed"
      } catch {
        return "not reloaded: \(error)"
      }
    }
    guard words.count >= 3 else { return "usage: open|shred|choices ID NAME …, or reload FILE" }
    let visitor = Visitor(
      words[2],
      isStaff: words.contains("staff"),
      clearance: words.dropFirst(3).compactMap(Int64.init).first,
      hasSecondFactor: words.contains("mfa")
    )
    do {
      switch words[0] {
      case "open": return "it is on shelf \(try room.open(words[1], by: visitor))"
      case "shred":
        try room.shred(words[1], by: visitor)
        return "it is gone"
      case "choices":
        return try room.choices(with: words[1], for: visitor).joined(separator: " ")
      default: return "there is no command `\(words[0])`"
      }
    } catch DocumentRoom.Refusal.denied(let reasons) {
      return "no: " + (reasons.isEmpty ? "nothing allows it" : reasons.joined(separator: " "))
    } catch {
      return "there is no document `\(words[1])`"
    }
  }
}
