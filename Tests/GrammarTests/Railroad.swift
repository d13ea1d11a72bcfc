/// A piece of a railroad diagram: it is entered on the left at its baseline and left on the right.
///
/// The shapes are those of Wirth's syntax diagrams (Jensen, Wirth: Pascal, User Manual and Report,
/// 1974): what may be left out has a way around it, what may be repeated a way back.
struct Railroad {
  let width: Int
  /// How far it reaches above and below its baseline.
  let up: Int
  let down: Int
  /// How far below its entry it is left; only rows end on another line.
  var drop = 0
  /// The elements of SVG that draw it with its entry at a point.
  let draw: (_ x: Int, _ y: Int) -> String

  static let radius = 8
  static let gap = 12
  static let half = 12
  /// How wide a diagram may be before its rows are broken.
  static let widest = 900

  /// A terminal or the name of a production, which links to it.
  static func box(_ text: String, isTerminal: Bool, links: Bool) -> Railroad {
    let width = text.unicodeScalars.count * 8 + 20
    return Railroad(width: width, up: half, down: half) { x, y in
      let shape =
        "<rect class=\"\(isTerminal ? "word" : "name")\" x=\"\(x)\" y=\"\(y - half)\""
        + " width=\"\(width)\" height=\"\(2 * half)\" rx=\"\(isTerminal ? half : 2)\"/>"
        + "<text x=\"\(x + width / 2)\" y=\"\(y + 4)\">\(Page.escape(text))</text>"
      return links ? "<a href=\"#\(text)\">\(shape)</a>" : shape
    }
  }

  static func row(_ parts: [Railroad]) -> Railroad {
    guard let first = parts.first else { return line }
    return parts.dropFirst().reduce(first) { left, right in
      Railroad(
        width: left.width + gap + right.width,
        up: max(left.up, right.up),
        down: max(left.down, right.down)
      ) { x, y in
        left.draw(x, y) + rail("M\(x + left.width) \(y)h\(gap)")
          + right.draw(x + left.width + gap, y)
      }
    }
  }

  /// Nothing at all.
  static var line: Railroad { Railroad(width: 0, up: 0, down: 0) { _, _ in "" } }

  /// One of several, below one another.
  static func choice(_ parts: [Railroad]) -> Railroad {
    guard let first = parts.first, parts.count > 1 else { return parts.first ?? line }
    let inner = parts.map(\.width).max() ?? 0
    var offsets = [0]
    for index in 1..<parts.count {
      let above = parts[index - 1]
      offsets.append(offsets[index - 1] + max(above.down + parts[index].up + 8, 2 * radius))
    }
    let down = offsets[parts.count - 1] + parts[parts.count - 1].down
    let side = 2 * radius
    return Railroad(width: inner + 2 * side, up: first.up, down: down) { x, y in
      var result = rail("M\(x) \(y)h\(side)")
      for (index, part) in parts.enumerated() {
        let level = y + offsets[index]
        if index > 0 {
          let drop = offsets[index] - 2 * radius
          result += rail(
            "M\(x) \(y)q\(radius) 0 \(radius) \(radius)v\(drop)q0 \(radius) \(radius) \(radius)"
          )
          result += rail(
            "M\(x + side + inner) \(level)q\(radius) 0 \(radius) -\(radius)v-\(drop)"
              + "q0 -\(radius) \(radius) -\(radius)"
          )
        }
        result += part.draw(x + side, level)
        result += rail("M\(x + side + part.width) \(level)H\(x + side + inner)")
      }
      return result + rail("M\(x + side + inner) \(y)h\(side)")
    }
  }

  /// With a way around it, above.
  static func optional(_ part: Railroad) -> Railroad {
    let side = 2 * radius
    let rise = part.up + 8
    let climb = max(rise - 2 * radius, 0)
    return Railroad(width: part.width + 2 * side, up: climb + 2 * radius, down: part.down) { x, y in
      rail("M\(x) \(y)h\(side)") + part.draw(x + side, y)
        + rail("M\(x + side + part.width) \(y)h\(side)")
        + rail(
          "M\(x) \(y)q\(radius) 0 \(radius) -\(radius)v-\(climb)q0 -\(radius) \(radius) -\(radius)"
            + "h\(part.width)q\(radius) 0 \(radius) \(radius)v\(climb)"
            + "q0 \(radius) \(radius) \(radius)"
        )
    }
  }

  /// With a way back below, on which a separator may stand.
  static func loop(_ part: Railroad, separator: Railroad = line) -> Railroad {
    let side = 2 * radius
    let inner = max(part.width, separator.width)
    let fall = max(part.down + separator.up + 8, 2 * radius)
    return Railroad(
      width: inner + 2 * side,
      up: part.up,
      down: fall + max(separator.down, 1)
    ) { x, y in
      let left = x + side
      let drop = fall - 2 * radius
      return rail("M\(x) \(y)h\(side)") + part.draw(left, y)
        + rail("M\(left + part.width) \(y)H\(left + inner + side)")
        + rail(
          "M\(left + inner) \(y)q\(radius) 0 \(radius) \(radius)v\(drop)"
            + "q0 \(radius) -\(radius) \(radius)H\(left + separator.width)"
        )
        + separator.draw(left, y + fall)
        + rail(
          "M\(left) \(y + fall)q-\(radius) 0 -\(radius) -\(radius)v-\(drop)"
            + "q0 -\(radius) \(radius) -\(radius)"
        )
    }
  }

  /// Rows below one another, each entered on the left where the last was left on the right.
  static func rows(_ parts: [Railroad]) -> Railroad {
    guard let first = parts.first, parts.count > 1 else { return parts.first ?? line }
    let inner = parts.map(\.width).max() ?? 0
    var offsets = [0]
    for index in 1..<parts.count {
      offsets.append(offsets[index - 1] + parts[index - 1].down + parts[index].up + 24)
    }
    let last = parts.count - 1
    return Railroad(
      width: inner + 4 * radius,
      up: first.up,
      down: offsets[last] + parts[last].down,
      drop: offsets[last]
    ) { x, y in
      let left = x + 2 * radius
      var result = rail("M\(x) \(y)H\(left)")
      for (index, part) in parts.enumerated() {
        let level = y + offsets[index]
        result += part.draw(left, level)
        let right = left + part.width
        guard index < last else {
          result += rail("M\(right) \(level)H\(left + inner + 2 * radius)")
          continue
        }
        let middle = part.down + 12
        let rest = offsets[index + 1] - middle
        result += rail(
          "M\(right) \(level)q\(radius) 0 \(radius) \(radius)v\(middle - 2 * radius)"
            + "q0 \(radius) -\(radius) \(radius)H\(left)q-\(radius) 0 -\(radius) \(radius)"
            + "v\(rest - 2 * radius)q0 \(radius) \(radius) \(radius)"
        )
      }
      return result
    }
  }

  private static func rail(_ path: String) -> String { "<path d=\"\(path)\"/>" }
}

extension Railroad {
  /// The diagram of what stands on the right of a production.
  init(_ expression: Expression, of grammar: Grammar, isOutermost: Bool = false) {
    func inner(_ expression: Expression) -> Railroad { Railroad(expression, of: grammar) }
    switch expression {
    case .literal(let text): self = .box(text, isTerminal: true, links: false)
    case .name(let name):
      self = .box(name, isTerminal: false, links: grammar.productions[name] != nil)
    case .choice(let parts): self = .choice(parts.map(inner))
    case .optional(let part): self = .optional(inner(part))
    case .many(let part): self = .optional(.loop(inner(part)))
    case .some(let part): self = .loop(inner(part))
    case .sequence(let parts):
      let pieces = Self.pieces(parts, of: grammar)
      self = isOutermost ? .rows(Self.broken(pieces)) : .row(pieces)
    }
  }

  /// The parts of a sequence, where `a ("," a)*` is one loop with the comma on its way back.
  private static func pieces(_ parts: [Expression], of grammar: Grammar) -> [Railroad] {
    var result: [Railroad] = []
    var index = 0
    while index < parts.count {
      let part = Railroad(parts[index], of: grammar)
      if index + 1 < parts.count, case .many(.sequence(let again)) = parts[index + 1],
        again.count == 2, "\(again[1])" == "\(parts[index])"
      {
        result.append(.loop(part, separator: Railroad(again[0], of: grammar)))
        index += 1
      } else {
        result.append(part)
      }
      index += 1
    }
    return result
  }

  /// Rows that are not too wide, as far as single parts allow.
  private static func broken(_ parts: [Railroad]) -> [Railroad] {
    var rows: [[Railroad]] = [[]]
    var width = 0
    for part in parts {
      if width > 0, width + gap + part.width > widest {
        rows.append([])
        width = 0
      }
      rows[rows.count - 1].append(part)
      width += gap + part.width
    }
    return rows.map(row)
  }
}
