extension PolicyEngine {
  /// Writes decided requests as lines of JSON, one object a line, to be kept and decided again.
  ///
  /// A line has the request in the form in which `pol eval --requests` reads it, and the answer: the
  /// decision, and by which rules. `Grammar/decision-log.schema.json` describes it; the form is
  /// versioned. It has what the request said, so that `pol replay` can say later which requests
  /// other policies would have decided otherwise.
  ///
  /// A log holds working memory: it is a variable of one thread, or behind a lock, and one for many
  /// requests. Lines go to bytes that the caller keeps. Writing one takes no memory but that by which
  /// these bytes grow.
  public struct DecisionLog: Sendable {
    /// The version of the form of the lines.
    public static let version = 1

    /// What a log can leave out besides attributes.
    public struct Parts: OptionSet, Hashable, Sendable {
      /// One bit for each part.
      public let rawValue: UInt8

      /// Parts by their bits.
      public init(rawValue: UInt8) { self.rawValue = rawValue }

      /// The id of the principal, not its kind.
      public static let subjectID = Parts(rawValue: 1)
      /// The id of the resource.
      public static let resourceID = Parts(rawValue: 2)
    }

    /// Whether each reason has the file and the line of its rule.
    public var hasPlaces = false

    let catalogue: UInt64
    let omittedParts: Parts
    /// One for each attribute of the catalogue.
    let omittedAttributes: [Bool]
    /// The terms of which a request has values, in order.
    var terms: [UInt32] = []
    private var rules = DecidingRules()

    /// A log for the requests of an engine, and of every engine with the same catalogue.
    ///
    /// What is left out is named in each line that would have had it. Whoever decides such a line
    /// again does so without it: what was allowed and is still allowed is so for sure, since missing
    /// information never widens access; a deny may rest on what was left out, nobody can tell, and
    /// `pol replay` says so.
    /// - Parameters:
    ///   - engine: An engine that decides requests of the log.
    ///   - attributes: Attributes whose values are not written: what the readers of the log are not
    ///     to see.
    ///   - parts: What else is not written.
    public init(
      of engine: PolicyEngine,
      leavingOut attributes: [Attribute] = [],
      _ parts: Parts = []
    ) {
      catalogue = engine.tables.catalogueIdentity
      omittedParts = parts
      var omitted = [Bool](repeating: false, count: engine.tables.attributes.count)
      for attribute in attributes {
        precondition(
          engine.isHome(of: attribute) && Int(attribute.index) < omitted.count,
          "an attribute is one of this engine's catalogue"
        )
        omitted[Int(attribute.index)] = true
      }
      omittedAttributes = omitted
    }

    /// Decides a request and appends a line about it, which ends with a line break.
    ///
    /// The request must keep its values (`request(_:_:keepingValues:)`), and the engine of its subject
    /// have the catalogue of this log.
    /// - Parameters:
    ///   - request: The request.
    ///   - id: What the request is known by elsewhere.
    ///   - time: When it was decided; the engine reads no clock.
    ///   - lines: The bytes that the line is appended to.
    /// - Returns: The decision that was written.
    /// - Complexity: O(bytes of the line + policies that the principal comes by + log rules of those
    ///   that decide).
    @discardableResult
    public mutating func append(
      _ request: Request,
      id: String? = nil,
      at time: Instant? = nil,
      to lines: inout [UInt8]
    ) -> Decision {
      let engine = request.subject.engine
      checkCatalogue(of: engine)
      precondition(
        request.keepsValues || request.storage == nil,
        "a request that is logged keeps its values"
      )
      let decision = engine.decide(request)
      let header = request.subject.header
      let decided = unsafe LoggedRequest(
        tables: engine.tables,
        subject: request.subject.data,
        action: engine.index(of: request.action),
        unit: request.unit.code,
        values: request.storage?.values ?? [:],
        grants: header.all,
        classes: request.classes,
        cell: UInt32(decision.cell)
      )
      append(decided, id, time, to: &lines)
      return decision
    }

    /// Decides a request by names and appends a line about it, which ends with a line break.
    ///
    /// - Parameters:
    ///   - document: The request.
    ///   - engine: The engine that decides.
    ///   - id: What the request is known by elsewhere.
    ///   - time: When it was decided; the engine reads no clock.
    ///   - lines: The bytes that the line is appended to; nothing is for a request that is refused.
    /// - Returns: The decision that was written.
    /// - Complexity: As of deciding by names, and O(bytes of the line).
    /// - Throws: `RequestRefusal` with everything in the request that is wrong.
    @discardableResult
    public mutating func append(
      _ document: RequestDocument,
      decidedBy engine: PolicyEngine,
      id: String? = nil,
      at time: Instant? = nil,
      to lines: inout [UInt8]
    ) throws(RequestRefusal) -> Decision {
      append(try document.resolved(in: engine), decidedBy: engine, id: id, at: time, to: &lines)
    }

    /// Decides a request whose names are resolved, and appends a line about it.
    @discardableResult
    package mutating func append(
      _ request: RequestData,
      decidedBy engine: PolicyEngine,
      id: String? = nil,
      at time: Instant? = nil,
      to lines: inout [UInt8]
    ) -> Decision {
      checkCatalogue(of: engine)
      var values = [UInt32: Value](minimumCapacity: request.values.count + 1)
      for (attribute, value) in request.values { values[UInt32(attribute.position)] = value }
      if let id = request.resourceID { values[TermCode.resource] = .string(id) }
      return engine.decide(request, with: values) { decided in
        append(decided, id, time, to: &lines)
        return Decision(cell: decided.cell)
      }
    }

    /// Whether the value of an attribute is not written; those beyond the catalogue are not either,
    /// should the file of the engine that decides have lied about its digest.
    func isOmitted(_ attribute: UInt32) -> Bool {
      Int(attribute) >= omittedAttributes.count || omittedAttributes[Int(attribute)]
    }

    private func checkCatalogue(of engine: PolicyEngine) {
      precondition(
        engine.tables.catalogueIdentity == catalogue,
        "a log is for engines with the catalogue that it was made for"
      )
    }

    private mutating func append(
      _ request: LoggedRequest,
      _ id: String?,
      _ time: Instant?,
      to lines: inout [UInt8]
    ) {
      collectTerms(of: request)
      lines.append(plain: "{\"v\":1")
      if let id {
        lines.append(plain: ",\"id\":")
        lines.append(quoted: id)
      }
      if let time, time.hasText {
        lines.append(plain: ",\"at\":")
        lines.append(quoted: time)
      }
      lines.append(plain: ",\"set\":\"")
      lines.append(hexadecimal: request.tables.sourceDigest.first, digits: 16)
      lines.append(hexadecimal: request.tables.sourceDigest.second, digits: 16)
      lines.append(UInt8(ascii: "\""))
      appendRequest(request, to: &lines)
      appendAnswer(request, to: &lines)
      lines.append(plain: "}\n")
    }

    /// Puts the terms that the request has a value of in order: few, and one after the other.
    private mutating func collectTerms(of request: LoggedRequest) {
      terms.removeAll(keepingCapacity: true)
      for term in request.values.keys {
        guard term == TermCode.resource || isOfAction(term, request) else { continue }
        terms.append(term)
        var place = terms.count - 1
        while place > 0, terms[place - 1] > term {
          terms.swapAt(place - 1, place)
          place -= 1
        }
      }
    }

    /// Whether the service of the action has an attribute; rules for the action read no other.
    private func isOfAction(_ attribute: UInt32, _ request: LoggedRequest) -> Bool {
      let tables = request.tables
      let services = tables.attributes[attribute].services
      guard services.start != ArtifactFormat.none else { return true }
      let service = tables.actions[request.action].service
      for position in services.range where tables.attributeServices[position] == service {
        return true
      }
      return false
    }

    /// The decision and the rules that made it.
    private mutating func appendAnswer(_ request: LoggedRequest, to lines: inout [UInt8]) {
      let tables = request.tables
      switch request.cell {
      case 1: lines.append(plain: ",\"decision\":true,\"effect\":\"allow\",\"by\":\"rule\"")
      case 2: lines.append(plain: ",\"decision\":false,\"effect\":\"deny\",\"by\":\"rule\"")
      default: lines.append(plain: ",\"decision\":false,\"effect\":\"deny\",\"by\":\"default\"")
      }
      lines.append(plain: ",\"reasons\":[")
      rules.find(request)
      let hasPlaces = hasPlaces
      var isFirst = true
      rules.take { rule in
        let record = tables.rules[rule.position]
        if !isFirst { lines.append(UInt8(ascii: ",")) }
        isFirst = false
        lines.append(plain: "{\"policy\":")
        lines.append(quoted: tables.policies[record.policy].name, of: tables)
        lines.append(plain: ",\"rule\":")
        lines.append(quoted: record.id, of: tables)
        if hasPlaces {
          lines.append(plain: ",\"file\":")
          let file = tables.strings[tables.summary(.fileStart) + Int(record.file)]
          lines.append(quoted: file, of: tables)
          lines.append(plain: ",\"line\":")
          lines.append(decimal: Int64(record.line))
        }
        lines.append(UInt8(ascii: "}"))
      }
      lines.append(UInt8(ascii: "]"))
    }
  }
}
