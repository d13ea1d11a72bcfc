package import PolicySource

/// The pages of what this module reports.
///
/// Their examples are files of other systems: what is reported of the bad one is not of the good.
package let importPages: [CodePage] = [
  CodePage(
    .importUnreadable,
    finds: "a file that `pol import` cannot read",
    explanation: """
      The file is not written as its system writes it, or uses something of its notation that the \
      reader does not know, such as anchors in YAML. Nothing is guessed, and nothing is written: a \
      policy that is read otherwise than its author meant could allow anything.
      """,
    bad: """
      p, alice, data1, read
      p, bob, data2
      """,
    good: """
      p, alice, data1, read
      p, bob, data2, write
      """
  ),
  CodePage(
    .importRefused,
    finds: "something that an import must not leave out, and cannot say",
    explanation: """
      Without it the result could allow what the original denies: a denial of something that has no \
      name here, or a model that decides in another way. So `pol import` writes nothing. What it can \
      say of each system is in `Grammar/import.md`.
      """,
    bad: """
      p, alice, , read
      """,
    good: """
      p, alice, data1, read
      """
  ),
  CodePage(
    .importLeftOut,
    finds: "something of the original that is not in the imported policies",
    explanation: """
      It cannot be said in policy text, or what it refers to is not in the files. The result allows \
      less than the original, never more. Each is listed with its place, on standard error and in \
      the comments at the top of the result, and the exit code is 1.

      As a note, it tells what is gone because it decides nothing, and what was taken for granted \
      because no file says it; notes do not change the exit code.
      """,
    bad: """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - apiGroups: [""]
        resources: ["*"]
        verbs: ["get"]
      - apiGroups: [""]
        resources: ["pods", "services"]
        verbs: ["list"]
      """,
    good: """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - apiGroups: [""]
        resources: ["pods", "services"]
        verbs: ["get", "list"]
      """
  ),
  CodePage(
    .importDeniesMore,
    finds: "something that the imported policies deny, and the original does not",
    explanation: """
      A denial of the original has a condition that policy text cannot have: most often, that it \
      holds only where a request says something. Here missing information never widens access, so a \
      denial holds where the request does not say what it asks about. The result denies more than the \
      original, never less.
      """,
    bad: """
      {
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*",
          "Condition": { "StringEquals": { "aws:PrincipalTag/team": "guests" } }
        }
      }
      """,
    good: """
      {
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*",
          "Condition": { "StringEqualsIfExists": { "aws:PrincipalTag/team": "guests" } }
        }
      }
      """
  ),
]
