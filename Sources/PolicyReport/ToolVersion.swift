/// The version that `pol version` and reports name.
package enum ToolVersion {
  package static let text = "0.1.0"
}
