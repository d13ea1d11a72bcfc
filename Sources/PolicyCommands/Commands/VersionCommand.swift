extension Command {
  static let versionCommand = Command(
    "version",
    summary: "print the version",
    synopsis: "",
    details: "Prints one line. `pol --version` does the same.",
    options: [],
    statuses: [(.success, "printed")],
    examples: [
      Example("pol version", "print the version"),
      Example("pol --version", "the same"),
    ]
  ) { (arguments, console) throws(Failure) in
    try arguments.none()
    console.write("pol \(HelpText.version)\n")
    return .success
  }
}
