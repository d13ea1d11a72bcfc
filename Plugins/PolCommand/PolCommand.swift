import Foundation
import PackagePlugin

/// `swift package pol …`: the `pol` command, at the root of the package.
@main struct PolCommand: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let process = Process()
    process.executableURL = try context.tool(named: "pol").url
    process.arguments = arguments
    process.currentDirectoryURL = context.package.directoryURL
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      Diagnostics.error("`pol` ended with exit code \(process.terminationStatus)")
      return
    }
  }
}
