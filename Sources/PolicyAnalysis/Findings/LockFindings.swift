import PolicyModel
package import PolicySource

/// What is said about an `access.lock`.
package enum LockFindings {
  /// Where something is told that has no place of its own: the name of the catalogue.
  static func wholeSet(_ set: PolicySet) -> SourceSpan {
    set.catalogue.headings.first?.nameSpan ?? SourceSpan(file: FileID(0), lower: 0, upper: 0)
  }

  /// A lock that cannot be compared with; the place is in the lock.
  package static func unreadable(_ reason: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .lockUnreadable,
      "`access.lock` cannot be compared with: \(reason)",
      at: span,
      help: "take it from the last reviewed revision, or write a new one with `pol lock`"
    )
  }

  private static let lock = """
    // access.lock 1
    catalogue access {
      service device {
        delete
        list
      }
    }

    @digest("216536b17f301cf3a6e6422a5c0a6134")
    built-in policy Administrator {
      allow *
    }

    policy Observer {
      allow device.list
    }
    """

  private static let builtIn = "built-in role Administrator { allow * }"
  private static let observer = "role Observer { allow device.list }"
  private static let catalogue = "catalogue portal { service device { list  delete } }"

  package static let pages: [CodePage] = [
    CodePage(
      .builtInChanged,
      finds: "a built-in policy is not what `access.lock` says it is",
      explanation: """
        A built-in policy is fixed: it may not be edited, and not be removed. What it does, with all \
        that it includes, is compared with the lock beside the files; how it is written does not \
        matter. That its patterns reach actions that are new is told as `catalogue-growth`.
        """,
      given: lock,
      bad: """
        \(catalogue)
        built-in role Administrator { allow * except device.delete }
        \(observer)
        """,
      good: """
        \(catalogue)
        built-in role Administrator "Everything" { allow device.list, device.delete }
        \(observer)
        """
    ),
    CodePage(
      .catalogueGrowth,
      finds: "a pattern now reaches actions that were not there when `access.lock` was written",
      explanation: """
        An action that is added to the catalogue is granted at once by every pattern that matches \
        it, although nobody changed a policy. The lock beside the files knows the actions that were \
        reviewed. `pol lock` writes down that the new ones are meant.
        """,
      given: lock,
      bad: """
        catalogue portal { service device { list  delete  reset } }
        \(builtIn)
        \(observer)
        """,
      good: """
        catalogue portal { service device { list  delete  @explicit reset } }
        \(builtIn)
        \(observer)
        """,
      severity: .warning
    ),
    CodePage(
      .accessWidened,
      finds: "the policies allow what `access.lock`, or an older set, does not",
      explanation: """
        The lock beside the files says what was allowed when it was written, and reviewed. Whatever \
        is allowed beyond it is told with a request that shows it: more rules, weaker conditions, \
        denies that are gone, assignments to more principals or places. Where it is meant, \
        `pol lock` writes it down. `pol diff` tells it of the newer of two policy sets.
        """,
      given: lock,
      bad: """
        \(catalogue)
        \(builtIn)
        role Observer { allow device.* }
        """,
      good: """
        \(catalogue)
        \(builtIn)
        role Observer "Looks" { allow device.list because "Looking does no harm." }
        """,
      severity: .warning
    ),
    CodePage(
      .lockStale,
      finds: "`access.lock` allows what the policies no longer do",
      explanation: """
        A lock that allows more than the policies do would hide it if they came to allow that again. \
        `pol lock` writes it anew. `pol lock --check` fails where it is out of date.
        """,
      given: lock,
      bad: """
        \(catalogue)
        \(builtIn)
        role Observer {}
        """,
      good: """
        \(catalogue)
        \(builtIn)
        \(observer)
        """,
      severity: .note
    ),
    CodePage(
      .lockUnreadable,
      finds: "an `access.lock` that cannot be compared with",
      explanation: """
        The file is no lock, is one of another version, does not check, or the digest of a built-in \
        policy does not fit the rules below it: somebody changed it by hand. It is written by \
        `pol lock` only. The examples are locks.
        """,
      given: """
        \(catalogue)
        \(observer)
        """,
      bad: """
        // access.lock 99
        """,
      good: """
        // access.lock 1
        catalogue access { service device { delete  list } }
        policy Observer { allow device.list }
        """
    ),
  ]
}
