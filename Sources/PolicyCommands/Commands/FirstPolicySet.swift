/// What `pol init` writes.
enum FirstPolicySet {
  static let files: [(name: String, text: String)] = [
    ("catalogue.pol", catalogue), ("roles.pol", roles), ("tests.pol", tests),
  ]

  private static let catalogue = #"""
    // What there is to be allowed: services with their actions, and the attributes that conditions
    // may read. Whatever no policy allows is denied.

    /// The example's only catalogue; several would add up.
    catalogue example "An example" {
      principal { department: String }
      context   { mfa: Bool }

      service document "Documents" {
        resource { owner: Principal }
        read "Look at documents" {
          list "List all documents"
          get  "Open a document"
        }
        write "Change documents" {
          create "Write a new document"
          update "Change a document"
          @sensitive
          delete "Delete a document"
        }
      }
    }

    """#

  private static let roles = #"""
    // Who may do what. A deny always beats an allow, and a condition that reads an attribute which
    // the request does not have never allows anything.

    /// Everyone who works with documents reads them all, and changes their own.
    role Author "Reads everything, changes what is theirs" {
      allow document.read, document.create
      allow document.update when resource.owner == principal
    }

    /// An administrator is an author too.
    role Administrator "Changes everything" includes Author {
      allow document.update
      allow document.delete when context.mfa
    }

    /// Assigned to everyone: it only takes away.
    policy guardrails "What holds for all" {
      @id("second-factor")
      deny document.delete unless context.mfa
        because "Deleting a document needs a second factor."
    }

    /// A group without a block is open: requests say who is in it.
    group authors "Filled by the identity provider"

    assign Author to group authors
    assign Administrator to user "ada@example.com"
    assign guardrails to everyone

    """#

  private static let tests = #"""
    // What must be true of the rest. `pol test` runs the tests; assertions speak of every request
    // there can be.

    test "authors read, and write what is new" {
      as group authors
      allow document.read, document.create
      deny document.delete
    }

    test "authors change their own documents only" {
      as user "bob@example.com", group authors
      allow document.update with resource.owner = user "bob@example.com"
      deny document.update with resource.owner = user "ada@example.com"
      deny document.update
    }

    test "administrators delete with a second factor" {
      as user "ada@example.com"
      allow document.delete with context.mfa = true
      deny document.delete with context.mfa = false
        because "Deleting a document needs a second factor."
    }

    test "strangers may do nothing" {
      as everyone
      deny *
    }

    assert anyone cannot document.delete when not context.mfa
    assert only Administrator can document.delete

    """#
}
