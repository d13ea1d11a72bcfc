import PolicyEngine
import PolicyExport
import PolicyModel
import PolicyReport
import PolicyWorkspace

/// The requests of a file as another system is asked them, a line each.
///
/// - Complexity: O(size of the requests); all of them are held.
/// - Throws: `Failure` for the first request that is refused: what is asked is all or nothing.
func exportedRequests(
  from path: String,
  _ set: PolicySet,
  for format: ExportFormat,
  _ console: Console
) throws(Failure) -> ExportedFile {
  guard let asking = format.asking?(set) else {
    throw Failure(
      "`--format \(format.name)` has no form of requests",
      help: "`--requests` goes with `--format cedar`"
    )
  }
  var lines = try files { () throws(FileError) in
    path == "-" ? try console.input() : try LineReader(path: path)
  }
  let vocabulary = set.vocabulary
  var bytes: [UInt8] = []
  while let line = try files({ () throws(FileError) in try lines.nextLine() }) {
    guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
    let read = RequestReader.read(line)
    var problems = read.problems + read.omitted.map { "`\($0)` was left out of the log" }
    if problems.isEmpty, let document = read.document {
      do throws(RequestRefusal) {
        var value = asking(try document.resolved(in: vocabulary))
        if let id = read.id, case .object(let members) = value {
          value = .object([JSONMember("id", .string(id))] + members)
        }
        bytes += JSONWriter.line(value) + [UInt8(ascii: "\n")]
        continue
      } catch {
        problems += error.problems.map(\.description)
      }
    }
    throw Failure(
      "line \(lines.line) of `\(path)` is refused: \(problems.joined(separator: "; "))",
      status: .unchecked
    )
  }
  guard !bytes.isEmpty else { throw Failure("there are no requests in `\(path)`") }
  return ExportedFile("requests.jsonl", bytes)
}
