package import PolicyModel

/// A condition as policy text, in the form in which `access.lock` writes conditions: the same for
/// conditions that differ only in how they are written, and read back as the same condition.
package func conditionText(_ condition: Condition, in set: PolicySet) -> String {
  NormalCondition(condition, in: set).text
}
