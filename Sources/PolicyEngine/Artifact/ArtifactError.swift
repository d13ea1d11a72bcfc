/// Why bytes are refused as compiled policies.
public enum ArtifactError: Error, Hashable, Sendable {
  /// The bytes do not begin as compiled policies do.
  case notAnArtifact
  /// The file is of another format, or of another version of the language, than is known here.
  case unsupportedVersion(format: UInt32, language: UInt32)
  /// There are fewer, or more, bytes than the file says it has.
  case wrongLength(expected: UInt64, actual: UInt64)
  /// The checksum of the header, or of a section, is not that of its bytes.
  case damaged(section: String)
  /// A section is not where, or as long as, it must be.
  case misplaced(section: String)
  /// Something in a section refers to what is not there, or contradicts the rest.
  case inconsistent(section: String, String)
  /// The host is not little-endian.
  case unsupportedHost
}

extension ArtifactError: CustomStringConvertible {
  /// One phrase that says what is wrong.
  public var description: String {
    switch self {
    case .notAnArtifact: "these are no compiled policies"
    case .unsupportedVersion(let format, let language):
      """
      the file has format \(format) and language version \(language); known here are format \
      \(ArtifactFormat.version) and language version \(ArtifactFormat.languageVersion)
      """
    case .wrongLength(let expected, let actual):
      "the file says that it has \(expected) bytes, and has \(actual)"
    case .damaged(let section): "the checksum of \(section) does not match its bytes"
    case .misplaced(let section): "\(section) is not where it should be"
    case .inconsistent(let section, let what): "\(section): \(what)"
    case .unsupportedHost: "compiled policies are read on little-endian hosts only"
    }
  }
}
