public import PolicyEngine

extension PolicyEngine {
  /// Maps a file of compiled policies into memory, and verifies it.
  ///
  /// The file is not copied: all processes that map it share its pages, and it may be removed while
  /// it is in use. Whoever publishes a new one writes it beside the old one and renames it, as
  /// `pol compile` does; a mapped file that is changed or cut in place would change, or stop, the
  /// program that reads it.
  /// - Parameter path: Where the file is.
  /// - Complexity: O(bytes), about a millisecond for 3 MB: every byte is looked at once.
  /// - Throws: `PolicyFileError`: the file cannot be read, or it is not what the compiler wrote.
  public convenience init(contentsOf path: String) throws(PolicyFileError) {
    let memory = try ArtifactMemory.mapping(path)
    do throws(ArtifactError) {
      try self.init(memory)
    } catch {
      throw .refused(path: path, error)
    }
  }
}
