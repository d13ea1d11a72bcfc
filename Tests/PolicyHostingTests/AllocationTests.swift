import AllocationCounter
import PolicyEngine
import PolicyHosting
import PolicyTestSupport
import Testing

/// Deciding takes nothing from the heap; optimised, it counts no reference either.
///
/// The counters stand in for the C library's allocator, and for the runtime's retain.
@Suite(.serialized) struct AllocationTests {
  private static let isCounting = allocation_count() >= 0
  #if DEBUG
    private static let isOptimised = false
  #else
    private static let isOptimised = true
  #endif

  private static let text =
    portal + """
      policy plain { allow *.read  deny device.delete }
      policy open { allow device.update when context.mfa and context.level > 3 }
      policy kinds { allow device.create when principal is user }
      assign plain, open, kinds to user "somebody-with-a-long-name@acme.example"
      """

  /// What is decided here in many ways, each of which is called by its name.
  private static func forEachWay(
    _ body: (_ name: String, _ decide: () -> PolicyEngine.Decision) -> Void
  ) throws {
    let user = "somebody-with-a-long-name@acme.example"
    let engine = try engine(text)
    let subject = try engine.subject(.user(user), groups: [])
    let (get, update) = (try engine.action("device.get"), try engine.action("device.update"))
    let mfa = try engine.attribute("context.mfa")
    var request = engine.request(subject, update)
    try request.set(mfa, true)
    try request.set("context.level", 4)
    body("a plain cell") { engine.decide(subject, get) }
    body("an open cell, nothing known") { engine.decide(subject, update) }
    body("a request") { engine.decide(request) }
    let names = (user, "device.get", "device.update", "device.create")
    let none = PolicyEngine.Decision(effect: .deny, basis: .byDefault)
    body("by names") { (try? engine.decide(user: names.0, names.1, groups: [])) ?? none }
    body("by names, nothing known") {
      (try? engine.decide(user: names.0, names.2, groups: [])) ?? none
    }
    body("by names, of the principal") { (try? engine.decide(user: names.0, names.3)) ?? none }
    let requests = [request, request, request]
    var decisions = [none, none, none]
    body("a batch") {
      engine.decide(requests, into: &decisions)
      return decisions[2]
    }
    body("setting a value") {
      try? request.set(mfa, to: .bool(true))
      return engine.decide(request)
    }
    let reference = PolicyEngineReference(engine)
    var reader = reference.reader()
    body("through a reader") { reader.engine.decide(subject, get) }
  }

  @Test(.enabled(if: isCounting, "this C library's allocator cannot be counted"))
  func `deciding allocates nothing`() throws {
    var count = 0
    try Self.forEachWay { name, decide in
      #expect(decide().isAllowed == !name.hasSuffix("nothing known"), "\(name)")
      let before = allocation_count()
      for _ in 0..<100 { if decide().isAllowed { count += 1 } }
      let taken = allocation_count() - before
      // Without optimisation a closure on the way of a value takes a block.
      let allowed = name == "setting a value" && !Self.isOptimised ? 100 : 0
      #expect(taken <= allowed, "\(name): \(taken) blocks in 100 decisions")
    }
    #expect(count == 700)
    let before = allocation_count()
    let some = [Int](repeating: count, count: 100)
    #expect(some.count == 100 && allocation_count() > before, "the counter counts")
  }

  /// A line takes what its bytes grow by: nothing, where there is room for it.
  @Test(
    .enabled(
      if: isCounting && isOptimised,
      "blocks of a line are counted in optimised builds: others take some for closures"
    )
  )
  func `writing a line of a decision log allocates nothing`() throws {
    let engine = try engine(
      """
      catalogue portal {
        principal { home: Path }
        context { mfa: Bool  level: Int  ip: IP  time: Time }
        resource { owner: Principal  tags: Set<String> }
        service device { update  delete }
      }
      ou acme { a-plant-with-a-long-name }
      policy an-owner-with-a-long-name {
        allow device.update when context.mfa and resource.owner == principal
      }
      policy guardrails { deny device.delete unless context.level > 3 }
      assign an-owner-with-a-long-name, guardrails to user "somebody-with-a-long-name@acme.example"
      """
    )
    let user = "somebody-with-a-long-name@acme.example"
    let subject = try engine.subject(.user(user), holding: ["guardrails"], groups: [])
    var request = engine.request(
      subject,
      try engine.action("device.update"),
      keepingValues: true
    )
    request.unit = try engine.unit("acme/a-plant-with-a-long-name")
    request.setResourceID("a device with a long \"name\"")
    try request.set("context.ip", "2001:db8::1:0:0:1")
    try request.set("context.time", "2026-11-21T10:00:00.123456789Z")
    try request.set("context.level", 1_234_567_890_123_456_789)
    try request.set("resource.owner", .object(type: "user", id: user))
    try request.set("resource.tags", ["one tag with a long name", "another é 😀"])
    try request.set("principal.home", "plants/somewhere")
    let mfa = try engine.attribute("context.mfa")
    var log = PolicyEngine.DecisionLog(of: engine, leavingOut: [mfa])
    log.hasPlaces = true
    let time = Instant(seconds: 1_800_000_000)
    var lines: [UInt8] = []
    lines.reserveCapacity(200 * 1024)
    func append(_ action: PolicyEngine.Action, _ flag: Bool) throws -> Bool {
      request.action = action
      try request.set(mfa, to: .bool(flag))
      return log.append(request, id: "a request with a long id", at: time, to: &lines).isAllowed
    }
    let (update, delete) = (try engine.action("device.update"), try engine.action("device.delete"))
    #expect(try append(update, true) && !append(update, false) && !append(delete, true))
    let before = allocation_count()
    var count = 0
    for index in 0..<100 where try append(index.isMultiple(of: 3) ? delete : update, true) {
      count += 1
    }
    let taken = allocation_count() - before
    // The loop takes one block for itself, however many lines it writes.
    #expect(taken <= 1, "\(taken) blocks for 100 lines")
    #expect(count == 66 && lines.count < lines.capacity)
  }

  @Test(
    .enabled(
      if: isCounting && retain_count() >= 0 && isOptimised,
      "references are counted in optimised builds with glibc"
    )
  )
  func `deciding counts no reference`() throws {
    var count = 0
    try Self.forEachWay { name, decide in
      let before = retain_count()
      for _ in 0..<100 { if decide().isAllowed { count += 1 } }
      let taken = retain_count() - before
      // To set a value is not to decide: it holds the memory of its values for that time.
      let allowed = name == "setting a value" ? 100 : 0
      #expect(taken <= allowed, "\(name): \(taken) references in 100 decisions")
    }
    #expect(count == 700)
    #expect(retain_count() > 0, "compiling the policies counted some")
  }
}
