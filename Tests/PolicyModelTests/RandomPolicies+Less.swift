import PolicyEngine
import PolicyTestSupport

extension RandomPolicies {
  /// The requests that say one thing less.
  static func saidLess(_ request: RequestData) -> [RequestData] {
    var all: [RequestData] = []
    func add(_ change: (inout RequestData) -> Void) {
      var less = request
      change(&less)
      all.append(less)
    }
    for attribute in request.values.keys.sorted() { add { $0.values[attribute] = nil } }
    add { $0.resourceID = nil }
    add { $0.unit = .unknown }
    add { $0.groups = nil }
    add { $0.identity = .unknown }
    return all
  }
}
