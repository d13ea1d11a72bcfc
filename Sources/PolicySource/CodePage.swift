/// What `pol rule CODE` prints: the documentation of one diagnostic code.
///
/// A page is written beside the code that reports it, and the tests run its examples.
package struct CodePage: Sendable {
  package let code: DiagnosticCode
  /// What is found, in one phrase that begins with a lower-case letter.
  package let finds: String
  /// Why it is reported and what to do, in whole sentences.
  package let explanation: String
  /// Declarations that both examples stand beside; empty when they stand alone.
  package let given: String
  /// Policy text that is reported with this code, and with no other error.
  package let bad: String
  /// The repaired text, about which nothing is said.
  package let good: String
  /// The severity unless `pol.json` says otherwise.
  package let severity: Severity
  /// Whether it is reported only when `pol.json` or `--only` asks for it: a matter of taste.
  package let isOffByDefault: Bool

  package init(
    _ code: DiagnosticCode,
    finds: String,
    explanation: String,
    given: String = "",
    bad: String,
    good: String,
    severity: Severity = .error,
    isOffByDefault: Bool = false
  ) {
    self.code = code
    self.finds = finds
    self.explanation = explanation
    self.given = given
    self.bad = bad
    self.good = good
    self.severity = severity
    self.isOffByDefault = isOffByDefault
  }

  /// Whether its severity can be set, and `@suppress` silences it: errors are errors.
  package var isConfigurable: Bool { severity != .error }

  /// The catalogue that most examples stand beside.
  package static let portal = """
    catalogue portal "Example Portal" {
      principal { department: String }
      context { mfa: Bool  ip: IP  time: Time }
      service device "Device management" {
        resource { owner: Principal  region: "eu" | "us"  level: Int  trees: Set<Path> }
        read { list  get }
        write { create  update  delete }
      }
      service user "User management" {
        read { list }
        write { create }
      }
    }
    """
}
