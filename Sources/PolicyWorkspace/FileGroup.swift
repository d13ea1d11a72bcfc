extension FileContents {
  /// Replaces files of a directory, or makes them, all or none; the directory is made if it is missing.
  ///
  /// All bytes are on the disk under temporary names before the first file takes its own name.
  /// Should the system refuse a name then, files that were not there before are removed again.
  package static func write(
    _ files: [(name: String, bytes: [UInt8])],
    into directory: String
  ) throws(FileError) {
    try System.makeDirectory(directory)
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    var written: [(temporary: String, path: String)] = []
    var made: [String] = []
    do throws(FileError) {
      for file in files {
        let path = prefix + file.name
        written.append((try writeTemporary(file.bytes, beside: path), path))
      }
      for (temporary, path) in written {
        let isNew = !System.exists(path)
        try System.rename(temporary, to: path)
        if isNew { made.append(path) }
      }
    } catch {
      for (temporary, _) in written { System.remove(temporary) }
      for path in made { System.remove(path) }
      throw error
    }
  }
}
