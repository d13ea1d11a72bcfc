import Foundation
import PackagePlugin

/// Compiles a target's `.pol` files into it, with a constant for everything that they name.
@main struct PolicyTables: BuildToolPlugin {
  func createBuildCommands(
    context: PluginContext,
    target: any Target
  ) async throws -> [PackagePlugin.Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let inputs = target.sourceFiles(withSuffix: "pol").map(\.url).sorted { $0.path < $1.path }
    guard !inputs.isEmpty else {
      Diagnostics.warning("\(target.name) uses PolicyTables and has no .pol files")
      return []
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "Policies.swift")
    return [
      .buildCommand(
        displayName: "Compiling the policies of \(target.name)",
        executable: try context.tool(named: "polc").url,
        arguments: [output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output]
      )
    ]
  }
}
