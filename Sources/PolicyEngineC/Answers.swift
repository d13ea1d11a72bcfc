public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that say more than one decision.

/// Writes a bit for each action of the catalogue: whether it is allowed.
@c @implementation
public func pol_allowed_actions(
  _ request: OpaquePointer?,
  _ words: UnsafeMutablePointer<UInt64>?,
  _ word_count: Int,
  _ allowed: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe allowed?.pointee = 0
  return unsafe attempt(error) { () throws(Failure) in
    let room = try unsafe elements(words, word_count, "words")
    if let words = unsafe words { unsafe words.update(repeating: 0, count: room.count) }
    let held = try unsafe RequestHandle.known(request).pointee.content
    let needed = (held.loaded.engine.actionCount + 63) / 64
    guard word_count >= needed else {
      throw Failure(POL_TOO_SMALL, "the actions take \(needed) words, and not \(word_count)")
    }
    guard let words = unsafe words else { return }
    var count = 0
    for action in held.loaded.engine.allowedActions(held.request) {
      let position = held.loaded.engine.catalogueIndex(of: action)
      unsafe words[position >> 6] |= 1 << UInt64(position & 63)
      count += 1
    }
    unsafe allowed?.pointee = count
  }
}

/// Decides and says why, as JSON.
@c @implementation
public func pol_explain(
  _ request: OpaquePointer?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ json_length: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe json?.pointee = nil
  unsafe json_length?.pointee = 0
  return unsafe attempt(error) { () throws(Failure) in
    guard let json = unsafe json else { throw .null("the place for the text") }
    let held = try unsafe RequestHandle.known(request).pointee.content
    let text = ExplanationJSON(held.loaded.engine.explain(held.request)).text
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
    unsafe write(text, to: memory)
    unsafe json.pointee = unsafe memory
    unsafe json_length?.pointee = text.utf8.count
  }
}

/// Frees a text that this library made.
@c @implementation
public func pol_free(_ memory: UnsafeMutableRawPointer?) {
  unsafe memory?.deallocate()
}
