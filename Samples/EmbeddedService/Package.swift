// swift-tools-version: 6.3
import PackageDescription

// A package of its own that uses Pol as any other package would. In yours, name a version instead of
// the path: .package(url: "https://…/pol.git", from: "1.0.0").
let package = Package(
  name: "EmbeddedService",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Pol", path: "../..")],
  targets: [
    .target(
      name: "DocumentRoom",
      dependencies: [
        .product(name: "PolicyEngine", package: "Pol"),
        .product(name: "PolicyHosting", package: "Pol"),
      ],
      plugins: [.plugin(name: "PolicyTables", package: "Pol")]
    ),
    .executableTarget(
      name: "document-room",
      dependencies: ["DocumentRoom", .product(name: "PolicyEngine", package: "Pol")]
    ),
    .testTarget(name: "DocumentRoomTests", dependencies: ["DocumentRoom"]),
  ],
  swiftLanguageModes: [.v6]
)
