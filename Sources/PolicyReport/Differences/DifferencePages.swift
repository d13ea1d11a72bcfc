package import PolicySource

/// The pages of what `pol diff` alone tells; what the lock tells too has its pages beside the lock.
///
/// What is given is the older set.
package let differencePages: [CodePage] = {
  let catalogue = """
    catalogue portal {
      context { level: Int }
      service device { list  delete }
    }
    """
  let old = "\(catalogue)\nrole Operator { allow device.* when context.level > 2 }"
  let same = """
    \(catalogue)
    role Operator "Works on devices" {
      allow device.{list, delete} unless not (context.level > 2)
    }
    """
  return [
    CodePage(
      .accessReconditioned,
      finds: "some of what was denied is allowed now, and some of what was allowed is denied",
      explanation: """
        Two policy sets were compared with `pol diff`. For these actions neither allows all that the \
        other does: each direction is shown by a request that both sets have decided. It fails \
        where widened or narrowed access does.
        """,
      given: old,
      bad: "\(catalogue)\nrole Operator { allow device.* when context.level < 5 }",
      good: same
    ),
    CodePage(
      .accessNarrowed,
      finds: "some of what was allowed is denied now, and nothing else changed",
      explanation: """
        Two policy sets were compared with `pol diff`, which shows a request that the older set \
        allows and the newer denies. `--fail-on widened` lets it pass.
        """,
      given: old,
      bad: "\(catalogue)\nrole Operator { allow device.list when context.level > 2 }",
      good: same
    ),
    CodePage(
      .accessNotShown,
      finds: "something that differs, and perhaps decides some request otherwise",
      explanation: """
        Two policy sets were compared with `pol diff`. Here it found neither a request that they \
        decide otherwise nor a proof that there is none: where attributes are compared with each \
        other, values that fit together are searched, and not all can be tried. It is never counted \
        as no difference, so that it fails where what it may be would.
        """,
      given: """
        catalogue portal {
          principal { a: String  b: String  c: String }
          service device { list  delete }
        }
        role Operator { allow device.list }
        """,
      bad: """
        role Operator {
          allow device.list
          allow device.delete
            when principal.a == principal.b and principal.b == principal.c
              and principal.a != principal.c
        }
        """,
      good: "role Operator { allow device.{list} }"
    ),
  ]
}()
