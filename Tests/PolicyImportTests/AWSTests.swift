import Foundation
import PolicyEngine
import PolicyImport
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// AWS IAM, decision by decision beside a reference written apart.
@Suite struct AWSTests {
  private static let actions = [
    "s3:GetObject", "s3:PutObject", "s3:GetBucketAcl", "ec2:StartInstances", "ec2:StopInstances",
    "iam:CreateUser",
  ]
  private static let patterns = [
    "s3:*", "s3:Get*", "ec2:St*Instances", "*", "S3:getobject", "iam:?reateUser",
  ]
  private static let buckets = [
    "arn:aws:s3:::logs", "arn:aws:s3:::logs/2026/a.txt", "arn:aws:s3:::home/ada/x",
    "arn:aws:ec2:eu-west-1:123456789012:instance/i-1", "*",
  ]
  private static let resources = [
    "*", "arn:aws:s3:::logs", "arn:aws:s3:::logs/*", "arn:aws:s3:::*/x",
    "arn:aws:ec2:*:*:instance/*",
    "arn:aws:s3:::lo${*}gs",
  ]
  private static let oddResources = [
    "arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::log?", "arn:aws:s3:::logs/202?/*",
  ]
  /// Operators, keys and values that can be said exactly where the key is there.
  private static let conditions: [(String, String, [String])] = [
    ("StringEquals", "aws:PrincipalTag/team", ["red", "blue"]),
    ("StringNotEquals", "aws:PrincipalTag/team", ["red"]),
    ("StringLike", "aws:RequestedRegion", ["eu-*", "us-east-1"]),
    ("StringNotLike", "aws:RequestedRegion", ["eu-*"]),
    ("StringEqualsIfExists", "aws:RequestedRegion", ["eu-west-1"]),
    ("StringNotEqualsIfExists", "aws:RequestedRegion", ["eu-west-1", "us-east-1"]),
    ("Bool", "aws:SecureTransport", ["false"]), ("Bool", "aws:MultiFactorAuthPresent", ["true"]),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", ["false"]),
    ("NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]),
    ("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", ["60"]),
    ("DateGreaterThan", "aws:CurrentTime", ["2026-06-01T00:00:00Z"]),
    ("DateLessThanEquals", "aws:CurrentTime", ["1798761600"]),
    ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.0.2.7"]),
    ("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]),
    ("ArnLike", "aws:PrincipalArn", ["arn:aws:iam::123456789012:user/*"]),
    ("ArnNotLike", "aws:PrincipalArn", ["arn:aws:iam::*:role/admin"]),
    ("ArnEquals", "aws:PrincipalArn", ["arn:aws:iam::*:role/admin", "arn:aws:iam::1:role/x"]),
    ("Null", "aws:MultiFactorAuthAge", ["false"]), ("Null", "aws:MultiFactorAuthAge", ["true"]),
    ("ForAnyValue:StringEquals", "aws:TagKeys", ["cost", "team"]),
    ("StringEquals", "aws:PrincipalTag/team", ["${aws:username}"]),
  ]
  private static let oddConditions: [(String, String, [String])] = [
    ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", ["RED"]),
    ("StringLike", "aws:RequestedRegion", ["eu-west-?"]),
    ("StringNotLike", "aws:RequestedRegion", ["eu-west-?", "us-*"]),
    ("StringNotEquals", "aws:PrincipalTag/team", ["${aws:username}", "red"]),
    ("StringLike", "aws:PrincipalTag/team", ["x${aws:username}", "blue"]),
    ("ForAllValues:StringEquals", "aws:TagKeys", ["cost"]),
    ("NumericEquals", "aws:MultiFactorAuthAge", ["59.5", "60"]),
    ("ArnNotLike", "aws:PrincipalArn", ["arn:aws:iam::*:role/*"]),
    ("ArnLike", "aws:PrincipalArn", ["arn:aws:*:*:*:role/admin"]),
    ("StringEquals", "aws:SourceIp", ["10.0.0.1"]),
    ("DateEquals", "aws:CurrentTime", ["2026-06-01"]),
  ]
  /// Values of keys; the last key has several at a time, parted by spaces.
  private static let values: [(key: String, values: [String])] = [
    ("aws:PrincipalTag/team", ["red", "blue", "ada", "RED"]), ("aws:username", ["ada", "bo"]),
    ("aws:RequestedRegion", ["eu-west-1", "us-east-1", "ap-south-1"]),
    ("aws:SecureTransport", ["true", "false"]), ("aws:MultiFactorAuthPresent", ["true", "false"]),
    ("aws:MultiFactorAuthAge", ["59", "60", "3600"]),
    ("aws:CurrentTime", ["2026-05-31T23:59:59Z", "2026-06-01T00:00:00Z", "2027-01-02T00:00:00Z"]),
    ("aws:SourceIp", ["10.1.2.3", "192.0.2.7", "198.51.100.1"]),
    (
      "aws:PrincipalArn",
      [
        "arn:aws:iam::123456789012:user/ada", "arn:aws:iam::1:role/admin", "arn:aws:iam::1:role/x",
        "arn:aws:iam::1:x:role/admin",
      ]
    ), ("aws:TagKeys", ["cost", "team x", "x"]),
  ]

  private static func some(_ all: [String], _ random: inout RandomSource) -> Any {
    let chosen = (0...random.below(3)).map { _ in random.element(of: all) }
    return chosen.count == 1 ? chosen[0] as Any : chosen
  }

  private static func statement(isOdd: Bool, _ random: inout RandomSource) -> [String: Any] {
    var statement: [String: Any] = ["Effect": random.oneIn(3) ? "Deny" : "Allow"]
    statement[random.oneIn(6) ? "NotAction" : "Action"] = some(actions + patterns, &random)
    let resources = Self.resources + (isOdd ? oddResources : [])
    statement[random.oneIn(6) ? "NotResource" : "Resource"] =
      random.oneIn(2) ? "*" : some(resources, &random)
    var condition: [String: [String: Any]] = [:]
    for _ in 0..<random.below(3) {
      let all = conditions + (isOdd ? oddConditions : [])
      let (name, key, values) = all[random.below(all.count)]
      condition[name, default: [:]][key] = values.count == 1 ? values[0] as Any : values
    }
    if !condition.isEmpty { statement["Condition"] = condition }
    return statement
  }

  private static func request(isWhole: Bool, _ random: inout RandomSource) -> AWSReference.Request {
    var request = AWSReference.Request(
      action: random.element(of: actions),
      resource: random.element(of: buckets)
    )
    for (key, values) in values {
      let isEverywhere = ["aws:SecureTransport", "aws:CurrentTime"].contains(key)
      if isWhole || isEverywhere || !random.oneIn(3) {
        let value = random.element(of: values)
        request.context[key] =
          key == "aws:TagKeys" ? value.split(separator: " ").map(String.init) as Any : value
      }
    }
    return request
  }

  /// The request in the words of an imported set; what its catalogue does not have is left out.
  private static func document(
    _ request: AWSReference.Request,
    in set: PolicySet
  ) -> RequestDocument {
    let action = request.action.replacing(":", with: ".")
    var document = RequestDocument(action: action)
    document.subjectID = "somebody"
    document.policies = set.policies.elements.map { HeldPolicy($0.heading.name) }
    for attribute in set.catalogue.attributes.elements {
      if attribute.path == "resource.arn" {
        document.resourceProperties = [NamedValue("arn", .string(request.resource))]
      }
      guard let value = request.context[attribute.heading.name] else { continue }
      let raw: RawValue
      switch (attribute.type, value) {
      case (.bool, let text as String): raw = .bool(text == "true")
      case (.int, let text as String): raw = .int(Int64(text) ?? 0)
      case (_, let texts as [String]): raw = .array(texts.map { .string($0) })
      case (_, let text): raw = .string("\(text)")
      }
      document.context.append(NamedValue(attribute.heading.name, raw))
    }
    return document
  }

  @Test(arguments: [false, true])
  func `random documents decide as the reference, or less`(isOdd: Bool) throws {
    var allowed = 0
    var equal = 0
    for seed in RandomCases(60).seeds {
      var random = RandomSource(seed: seed)
      let statements = (0..<(1 + random.below(5))).map { _ in
        Self.statement(isOdd: isOdd, &random)
      }
      let json: [String: Any] = ["Version": "2012-10-17", "Statement": statements]
      let text = try Python.json(json)
      let reference = AWSReference(documents: [json])
      var options = ImportOptions()
      if random.oneIn(2) {
        let paths = Self.actions.map { $0.replacing(":", with: ".") }
        options.known = KnownActions(paths: paths, areDeclared: false)
      }
      let imported = try ImportedSet([("p.json", text)], from: .aws, options: options)
      let known = Set(imported.set.catalogue.actions.elements.map(\.path))
      for _ in 0..<40 {
        let isComplete = random.oneIn(2)
        let request = Self.request(isWhole: isComplete, &random)
        guard known.contains(request.action.replacing(":", with: ".")) else { continue }
        let decision = try imported.allows(Self.document(request, in: imported.set))
        let expected = reference.allows(request)
        allowed += decision ? 1 : 0
        let mustBeEqual = imported.isWhole || !isOdd && isComplete
        equal += mustBeEqual ? 1 : 0
        guard decision == expected || !decision && !mustBeEqual else {
          let said = imported.diagnostics.map(\.message).joined(separator: "\n")
          Issue.record(
            "POL_SEED=\(seed): \(request): \(expected)\n\(text)\n\(said)\n\(imported.text)"
          )
          return
        }
      }
    }
    #expect(allowed > 20 && equal > 20, "\(allowed) allowed, \(equal) compared exactly")
  }
}
