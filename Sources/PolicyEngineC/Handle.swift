internal import CPolicyEngine

/// What kind of handle a piece of memory is: its first eight bytes.
///
/// The values are no addresses and no likely numbers, so that memory of any other kind is known.
enum HandleMark: UInt64 {
  case engine = 0xe6a1_906c_656e_67e1
  case subject = 0xe6a1_9073_7562_6ae2
  case request = 0xe6a1_9072_6571_75e3
  /// A handle that was freed, as long as its memory is not used again.
  case freed = 0xe6a1_9066_7265_65e4
}

/// What a handle holds, and of which kind it is.
protocol HandleContent {
  static var mark: HandleMark { get }
  /// What messages call it.
  static var word: String { get }
}

/// The memory behind a handle of another language.
struct Handle<Content: HandleContent> {
  var mark: UInt64
  var content: Content
}

extension Handle {
  /// Memory of its own for something that another language is given.
  static func give(_ content: Content) -> OpaquePointer {
    let place = UnsafeMutablePointer<Handle>.allocate(capacity: 1)
    unsafe place.initialize(to: Handle(mark: Content.mark.rawValue, content: content))
    return OpaquePointer(place)
  }

  /// What a handle leads to; nil where it is NULL or none of this kind.
  @inline(__always)
  static func find(_ pointer: OpaquePointer?) -> UnsafeMutablePointer<Handle>? {
    guard let pointer = unsafe pointer, unsafe isMarked(pointer, Content.mark) else { return nil }
    return unsafe UnsafeMutablePointer(pointer)
  }

  /// What a handle leads to.
  ///
  /// - Throws: The handle is NULL, or none of this kind.
  static func known(
    _ pointer: OpaquePointer?
  ) throws(Failure) -> UnsafeMutablePointer<Handle> {
    if let found = unsafe find(pointer) { return unsafe found }
    throw unsafe failure(of: pointer)
  }

  /// Why a handle leads nowhere.
  @inline(never)
  static func failure(of pointer: OpaquePointer?) -> Failure {
    guard let pointer = unsafe pointer else { return .null("the \(Content.word)") }
    let known: [(HandleMark, String)] = [
      (.engine, "an engine"), (.subject, "a subject"), (.request, "a request"),
      (.freed, "freed already"),
    ]
    let word = known.first { unsafe isMarked(pointer, $0.0) }?.1 ?? "none of this library"
    return Failure(POL_WRONG_HANDLE, "the handle of the \(Content.word) is \(word)")
  }

  /// Gives a handle's memory back; nothing for NULL.
  static func free(_ pointer: OpaquePointer?) -> Failure? {
    if unsafe pointer == nil { return nil }
    guard let place = unsafe find(pointer) else { return unsafe failure(of: pointer) }
    unsafe place.pointee.mark = HandleMark.freed.rawValue
    unsafe place.deinitialize(count: 1)
    unsafe place.deallocate()
    return nil
  }
}

/// Whether memory begins with a mark; an address that no handle can have is not looked at.
@inline(__always)
private func isMarked(_ pointer: OpaquePointer, _ mark: HandleMark) -> Bool {
  let address = UInt(bitPattern: pointer)
  guard address & 7 == 0 else { return false }
  return unsafe UnsafeRawPointer(pointer).load(as: UInt64.self) == mark.rawValue
}
