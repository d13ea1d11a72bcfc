import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Work that falls into independent parts, done on several cores.
package enum Parallel {
  /// As many threads as there are cores.
  package static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// What a function makes of each number below a count, in their order: the same whatever the number
  /// of threads.
  ///
  /// Threads take the next number when they are done with one, so that uneven parts do no harm.
  /// Threads of the system, not tasks: the caller waits, and must not wait in a task.
  /// - Complexity: That of the function, count times, over the threads.
  package static func map<Value: Sendable>(
    _ count: Int,
    threads: Int = cores,
    _ body: @escaping @Sendable (Int) -> Value
  ) -> [Value] {
    guard threads > 1, count > 1 else { return (0..<count).map(body) }
    let job = Job(count, body)
    let helpers = (1..<min(threads, count)).compactMap { _ in Helper(job.work) }
    job.work()
    for helper in helpers { helper.join() }
    return job.results
  }

  /// The parts of one piece of work.
  private final class Job<Value: Sendable>: Sendable {
    private let count: Int
    private let body: @Sendable (Int) -> Value
    private let next = Atomic<Int>(0)
    private let done: Mutex<[(number: Int, value: Value)]>

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) {
      self.count = count
      self.body = body
      done = Mutex([])
    }

    /// Takes parts until there are none.
    func work() {
      var values: [(number: Int, value: Value)] = []
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < count else { break }
        values.append((number, body(number)))
      }
      done.withLock { [values] in $0 += values }
    }

    /// All values in the order of their numbers, after all threads have ended.
    var results: [Value] {
      done.withLock { $0 }.sorted { $0.number < $1.number }.map(\.value)
    }
  }
}

/// A thread of the system.
private struct Helper {
  /// Parsing nests deeper than some systems' threads allow by themselves.
  private static let stackSize = 8 << 20

  #if canImport(Darwin)
    private typealias Argument = UnsafeMutableRawPointer
  #else
    private typealias Argument = UnsafeMutableRawPointer?
  #endif

  private final class Work {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: Thread

  #if canImport(Darwin)
    @safe private struct Thread { var value: pthread_t? }
  #else
    private struct Thread { var value = pthread_t() }
  #endif

  /// Starts a thread; nil where the system gives no more of them, and others do its work.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    let work = unsafe Unmanaged.passRetained(Work(body))
    #if canImport(Darwin)
      var thread = unsafe Thread(value: nil)
    #else
      var thread = Thread()
    #endif
    let status = unsafe pthread_create(&thread.value, &attributes, Self.start, work.toOpaque())
    guard status == 0 else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  func join() {
    #if canImport(Darwin)
      if let value = unsafe thread.value { unsafe pthread_join(value, nil) }
    #else
      pthread_join(thread.value, nil)
    #endif
  }

  private static let start: @convention(c) (Argument) -> UnsafeMutableRawPointer? = { argument in
    #if canImport(Darwin)
      unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
    #else
      if let argument = unsafe argument {
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
      }
    #endif
    return nil
  }
}
