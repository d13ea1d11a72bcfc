import PolicySource

/// The actions that there are, and what patterns of AWS reach of them; letters of either case are one.
struct AWSActions: Sendable {
  /// By service and action in lower case.
  private var actions: [String: ActionName] = [:]
  private var services: [String: Name] = [:]
  private(set) var all: Set<ActionName> = []
  /// The actions of each service, by its name in lower case; both names of each as the keys above.
  private var ofService: [String: [(key: [UInt8], action: ActionName)]] = [:]
  /// Whether a star means no more than what is here.
  let isComplete: Bool

  /// The actions of a catalogue, or those that documents name, as they are written first.
  init(_ documents: [AWSDocument], known: KnownActions?) {
    isComplete = known != nil
    for action in known?.paths.compactMap({ ActionName(path: $0) }) ?? [] {
      actions[Self.folded("\(action.service.text):\(action.action.text)")] = action
    }
    if known == nil { addNamed(in: documents) }
    all = Set(actions.values)
    for (key, action) in actions {
      ofService[Self.folded(action.service.text), default: []].append((Array(key.utf8), action))
    }
  }

  /// Adds the actions that documents name.
  private mutating func addNamed(in documents: [AWSDocument]) {
    for text in documents.flatMap(\.statements).flatMap(\.actions.texts)
    where Self.isWellFormed(text.text) && !Self.isPattern(text.text) {
      guard let colon = text.text.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let service = String(text.text[..<colon])
      let name = Name(String(text.text[text.text.utf8.index(after: colon)...]))
      let spelled = services[Self.folded(service)] ?? Name(service)
      services[Self.folded(service)] = spelled
      let key = Self.folded(text.text)
      actions[key] = actions[key] ?? ActionName(service: spelled, action: name)
    }
  }

  static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Whether a text is `*`, or a service and an action with stars and question marks.
  static func isWellFormed(_ text: String) -> Bool {
    if text == "*" { return true }
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { byte in
            "-_*?".utf8.contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
              || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          }
      }
  }

  private static func folded(_ text: String) -> String {
    String(
      decoding: text.utf8.map {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0
      },
      as: UTF8.self
    )
  }

  /// The actions that a pattern reaches.
  ///
  /// - Complexity: O(actions × pattern).
  func matches(_ pattern: String) -> Set<ActionName> {
    let pattern = Self.folded(pattern)
    guard Self.isPattern(pattern) else { return Set([actions[pattern]].compactMap { $0 }) }
    if pattern == "*" { return all }
    let bytes = Array(pattern.utf8)
    func matched(_ list: [(key: [UInt8], action: ActionName)]) -> [ActionName] {
      list.filter { Self.glob(bytes[...], $0.key[...]) }.map(\.action)
    }
    let service = String(pattern.prefix { $0 != ":" })
    guard Self.isPattern(service) else { return Set(matched(ofService[service] ?? [])) }
    return Set(ofService.values.flatMap(matched))
  }

  /// Whether a text matches a pattern of stars and question marks.
  ///
  /// - Complexity: O(pattern × text).
  static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (p, t) = (pattern.startIndex, text.startIndex)
    var star: (pattern: Int, text: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        star = (p, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        // The last star takes one byte more.
        p = last.pattern + 1
        t = last.text + 1
        star = (last.pattern, t)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Patterns of policy text that reach what these reach, with their stars where they mean the same.
  func written(_ patterns: [String]) -> String {
    var named: Set<ActionName> = []
    var globs: [String] = []
    for pattern in patterns {
      let reached = matches(pattern)
      if pattern == "*" || pattern == "*:*" { return "*" }
      guard Self.isPattern(pattern), let service = reached.first?.service,
        let glob = glob(pattern, in: service), expanded(glob, in: service) == reached
      else {
        named.formUnion(reached)
        continue
      }
      let text = "\(service.written).\(glob)"
      if !globs.contains(text) { globs.append(text) }
    }
    let names = named.isEmpty ? [] : [ActionName.patterns(of: named)]
    return (names + globs).joined(separator: ", ")
  }

  /// The part of a pattern behind its service, if it has one service and only stars.
  private func glob(_ pattern: String, in service: Name) -> String? {
    let parts = pattern.split(separator: ":").map(String.init)
    guard parts.count == 2, !parts[1].utf8.contains(UInt8(ascii: "?")),
      Self.folded(parts[0]).utf8.elementsEqual(Self.folded(service.text).utf8)
    else { return nil }
    // `**` and a hyphen beside a star are no glob of policy text.
    let isGlob = parts[1].utf8.allSatisfy { $0 != UInt8(ascii: "-") }
    return isGlob && parts[1].firstRange(of: "**") == nil
      && parts[1].utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
      ? parts[1] : nil
  }

  /// What a glob of policy text reaches in a service, where letters of either case are two.
  private func expanded(_ glob: String, in service: Name) -> Set<ActionName> {
    let bytes = Array(glob.utf8)
    let list = (ofService[Self.folded(service.text)] ?? []).map(\.action)
    return Set(
      list.filter {
        $0.service == service && Self.glob(bytes[...], Array($0.action.text.utf8)[...])
      }
    )
  }
}
