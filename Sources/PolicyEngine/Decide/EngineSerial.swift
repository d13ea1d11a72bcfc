/// Gives every engine that a process loads a number of its own, from 1: it is never given again, as
/// the memory of an engine that is gone is.
///
/// This module imports nothing, also in Embedded Swift, so that the counter is memory of the size of a
/// pointer that the standard library's own compare-and-exchange changes. Where pointers have 32 bits, the
/// numbers begin again after 2³² engines.
enum EngineSerial {
  private static let counter = Counter()

  /// The next number.
  static func next() -> UInt64 { UInt64(counter.increment()) }

  /// Lives as long as the process.
  @safe private final class Counter: @unchecked Sendable {
    private let place: UnsafeMutablePointer<UnsafeRawPointer?>

    init() {
      unsafe place = .allocate(capacity: 1)
      unsafe place.initialize(to: nil)
    }

    /// Adds one, whatever other threads do, and returns the sum.
    func increment() -> UInt {
      // A wrong guess, as this is at first, is replaced by what is there.
      var seen: UnsafeRawPointer?
      while true {
        let next = UInt(bitPattern: seen) &+ 1
        let isDone = unsafe _stdlib_atomicCompareExchangeStrongPtr(
          object: place,
          expected: &seen,
          desired: UnsafeRawPointer(bitPattern: next)
        )
        if isDone, next != 0 { return next }
      }
    }
  }
}
