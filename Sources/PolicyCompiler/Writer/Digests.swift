package import PolicyEngine
package import PolicyModel
import PolicySource

/// A digest of the paths and the bytes of all sources.
package func sourceDigest(_ set: PolicySet) -> ArtifactDigest {
  var bytes: [UInt8] = []
  for file in set.sources.files {
    add(file.path, to: &bytes)
    add(file.bytes, to: &bytes)
  }
  return ArtifactDigest(of: bytes)
}

/// A digest of what requests are made of: actions and attributes with their types.
func catalogueDigest(_ catalogue: Catalogue) -> ArtifactDigest {
  var bytes: [UInt8] = []
  for action in catalogue.actions.elements { add(action.path, to: &bytes) }
  for attribute in catalogue.attributes.elements {
    add(attribute.path, to: &bytes)
    bytes.append(UInt8(TypeCode.code(of: attribute.type)))
    if case .oneOf(let words) = attribute.type { for word in words { add(word, to: &bytes) } }
    for service in attribute.services ?? [] {
      add(catalogue.services[service].heading.name, to: &bytes)
    }
    bytes.append(attribute.services == nil ? 0 : 1)
  }
  return ArtifactDigest(of: bytes)
}

private func add(_ text: String, to bytes: inout [UInt8]) { add(Array(text.utf8), to: &bytes) }

/// Each part behind its length, so that parts cannot run into each other.
private func add(_ part: [UInt8], to bytes: inout [UInt8]) {
  unsafe withUnsafeBytes(of: UInt64(part.count).littleEndian) {
    unsafe bytes.append(contentsOf: $0)
  }
  bytes += part
}
