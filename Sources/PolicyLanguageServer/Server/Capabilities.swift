import PolicyReport

/// What the server says of itself.
enum Capabilities {
  static func answer(encoding: PositionEncoding, version: String) -> JSONValue {
    var members: [JSONMember] = [
      JSONMember("positionEncoding", .string(encoding.rawValue)),
      JSONMember(
        "textDocumentSync",
        ["openClose": true, "change": .int(2), "save": ["includeText": false]]
      ),
    ]
    for feature in Feature.all where !members.contains(where: { $0.key == feature.capability.name })
    {
      members.append(JSONMember(feature.capability.name, feature.capability.value))
    }
    for request in WorkspaceRequest.all {
      members.append(JSONMember(request.capability.name, request.capability.value))
    }
    members.append(
      JSONMember(
        "workspace",
        ["workspaceFolders": ["supported": true, "changeNotifications": true]]
      )
    )
    return [
      "capabilities": .object(members),
      "serverInfo": ["name": "pol", "version": .string(version)],
    ]
  }
}
