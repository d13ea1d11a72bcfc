import PolicyReport
package import PolicyWorkspace

/// What a command knows of its surroundings, and where it writes.
package struct Console {
  package enum Channel: Sendable {
    case output, error

    fileprivate var descriptor: Int32 { self == .output ? 1 : 2 }
  }

  /// Whether somebody looks at what is written there.
  let isTerminal: (Channel) -> Bool
  /// The environment.
  let variable: (String) -> String?
  /// Standard input, taken only by commands that are told to.
  let input: () throws(FileError) -> LineReader
  /// The descriptor of a terminal on which long work says what it is at; nil where nobody looks.
  let progressDescriptor: Int32?
  private let sink: (Channel, [UInt8]) -> Void

  package init(
    isTerminal: @escaping (Channel) -> Bool,
    variable: @escaping (String) -> String?,
    input: @escaping () throws(FileError) -> LineReader,
    progressDescriptor: Int32? = nil,
    sink: @escaping (Channel, [UInt8]) -> Void
  ) {
    self.isTerminal = isTerminal
    self.variable = variable
    self.input = input
    self.progressDescriptor = progressDescriptor
    self.sink = sink
  }

  /// The console of the process; when it cannot be written to, the process ends.
  package static var process: Console {
    Console(
      isTerminal: { System.isTerminal($0.descriptor) },
      variable: System.environment,
      input: { () throws(FileError) in try LineReader(path: "-") },
      progressDescriptor: System.isTerminal(2) ? 2 : nil,
      sink: { channel, bytes in
        guard Descriptor.write(bytes, to: channel.descriptor) else {
          System.exit(ExitStatus.unable.rawValue)
        }
      }
    )
  }

  func write(_ text: String, to channel: Channel = .output) {
    write(Array(text.utf8), to: channel)
  }

  func write(_ bytes: [UInt8], to channel: Channel = .output) {
    if !bytes.isEmpty { sink(channel, bytes) }
  }

  /// The look of what is written, under a `--color` choice.
  func terminal(_ color: ColorChoice, for channel: Channel = .output) -> Terminal {
    switch color {
    case .always: Terminal(hasColor: true)
    case .never: .plain
    case .auto:
      Terminal(
        hasColor: isTerminal(channel) && (variable("NO_COLOR") ?? "").isEmpty
          && variable("TERM") != "dumb"
      )
    }
  }
}

/// The choices of `--color`.
enum ColorChoice: String, CaseIterable {
  case auto, always, never
}
