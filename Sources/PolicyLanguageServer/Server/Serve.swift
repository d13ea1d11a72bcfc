/// Talks to one client until it goes.
///
/// - Parameters:
///   - version: What the server says of itself.
///   - read: Waits for bytes; none when the client has gone, or cannot be heard.
///   - write: Sends bytes, and may wait until they are taken: reading goes on meanwhile; false when
///     nobody takes them.
/// - Returns: The exit status of the process.
package func serve(
  version: String,
  read: () -> [UInt8],
  write: @escaping @Sendable ([UInt8]) -> Bool
) -> Int32 {
  let outbox = Outbox(write)
  let server = LanguageServer(outbox, version: version)
  defer { outbox.drain() }
  var frames = FrameReader()
  while true {
    let bytes = read()
    if bytes.isEmpty { return server.endStatus }
    frames.append(bytes)
    while let event = frames.next() {
      if let status = server.receive(event) { return status }
    }
  }
}
