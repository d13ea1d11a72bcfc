import PolicyCompiler
import PolicyEngine
import PolicyModel
import Testing

/// Sources and tables refuse the same requests for the same reasons, all at once.
@Suite struct DocumentTests {
  private let set: PolicySet
  private let engine: PolicyEngine

  init() throws {
    var set = SmallSet.portal()
    let index = AttributeIndex(set.catalogue.attributes.count)
    _ = set.catalogue.attributes.append(
      Attribute(
        space: .resource,
        heading: RandomSets.heading("watts"),
        type: .int,
        services: [ServiceIndex(1)]
      )
    )
    #expect(set.catalogue.attributes[index].heading.name == "watts")
    self.set = set
    engine = try PolicyEngine(bytes: compile(set).bytes)
  }

  private func problems(_ document: RequestDocument) -> [RequestProblem] {
    func problems(_ vocabulary: some RequestVocabulary) -> [RequestProblem] {
      do throws(RequestRefusal) { _ = try document.resolved(in: vocabulary) } catch {
        return error.problems
      }
      return []
    }
    let fromSources = problems(set.vocabulary)
    #expect(problems(engine) == fromSources)
    return fromSources
  }

  @Test("everything that is wrong, in order")
  func allAtOnce() {
    var document = RequestDocument(action: "door.a9")
    document.subjectType = "robot"
    document.policies = ["doors", "gates", HeldPolicy("lamps", in: "acme/office")]
    document.unit = .unit("plant")
    document.subjectProperties = [NamedValue("level", "high")]
    document.context = [NamedValue("mfa", .null), NamedValue("weather", 1), NamedValue("ip", "x")]
    #expect(
      problems(document) == [
        .unknownSubjectType("robot"), .unknownPolicy("gates"), .unknownUnit("acme/office"),
        .unknownAction("door.a9"), .unknownUnit("plant"),
        .value(attribute: "principal.level", type: "Int", form: "a text", .wrongType),
        .value(attribute: "context.mfa", type: "Bool", form: "null", .null),
        .undeclaredAttribute("context.weather"),
        .value(attribute: "context.ip", type: "IP", form: "a text", .malformed("x")),
      ]
    )
  }

  @Test("attributes belong to services, and are given once")
  func services() {
    var document = RequestDocument(action: "door.a1")
    document.resourceType = "lamp"
    document.resourceProperties = [NamedValue("watts", 3)]
    document.context = [NamedValue("mfa", true), NamedValue("mfa", true)]
    #expect(
      problems(document) == [
        .wrongResourceType("lamp", service: "door"),
        .attributeOfOtherService("resource.watts", service: "door"),
        .repeatedAttribute("context.mfa"),
      ]
    )
    document = RequestDocument(action: "lamp.a1")
    document.resourceType = "lamp"
    document.resourceProperties = [NamedValue("watts", 3)]
    #expect(problems(document).isEmpty)
  }

  @Test("an anonymous principal has nothing")
  func anonymous() {
    var document = RequestDocument(action: "door.a1")
    document.subjectType = "anonymous"
    document.subjectID = "x"
    document.groups = ["night"]
    document.policies = ["doors"]
    #expect(
      problems(document) == [
        .anonymousHas("id"), .anonymousHas("groups"), .anonymousHas("policies"),
      ]
    )
  }

  @Test("group names that no open group has are ignored")
  func groups() throws {
    var document = RequestDocument(action: "door.a1")
    document.subjectID = "x"
    document.groups = ["night", "staff", "nobody"]
    #expect(problems(document).isEmpty)
    #expect(try document.resolved(in: engine).groups == [GroupIndex(0)])
    #expect(try document.resolved(in: set.vocabulary).groups == [GroupIndex(0)])
  }

  @Test("names are bytes")
  func bytes() throws {
    var set = SmallSet.portal()
    SmallSet.add("caf\u{e9}", [], to: &set)
    let engine = try PolicyEngine(bytes: compile(set).bytes)
    #expect(engine.knownPolicy("caf\u{e9}") == PolicyIndex(3))
    #expect(engine.knownPolicy("cafe\u{301}") == nil)
    #expect(set.vocabulary.knownPolicy("cafe\u{301}") == nil)
  }
}
