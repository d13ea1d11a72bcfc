package import PolicyEngine
package import PolicyModel

/// What a variable of the diagrams is about.
package enum VariableSubject: Hashable, Sendable {
  /// The value of a term that is not a set.
  case term(Term)
  /// Whether a set is there; asked by `has` alone.
  case presence(Term)
  /// Whether a set has an element.
  case contains(Term, Value)
  /// Whether a set of paths has an element at or below a path.
  case under(Term, String)
  /// Whether a text matches one pattern; only where one automaton for all would be too large.
  case pattern(Term, LikePattern)
  /// Whether two terms are equal; the lesser term first.
  case equal(Term, Term)
  /// How two terms are ordered; the lesser term first.
  case order(Term, Term)
  case underTerm(Term, Term)
  case containsTerm(Term, Term)
  /// Whether two sets meet; the lesser term first.
  case containsAny(Term, Term)
  case containsAll(Term, Term)
  case group(GroupIndex)
  case kind
}

/// A value that puts its variable into a class, for building requests that show something.
package enum ClassWitness: Sendable {
  /// The information is missing: class 0 of every variable but `kind`.
  case missing
  case value(Value)
  case truth(Bool)
  /// The left term is less (-1), equal (0) or greater (1).
  case order(Int)
  case kind(PrincipalKind)
  /// No value was found that is in this class; it may be empty.
  case none
}

/// A variable of the diagrams: finitely many classes of values that no condition tells apart.
package struct Variable: Sendable {
  package let subject: VariableSubject
  /// One for each class; class 0 is *missing*, but for `kind`.
  package let witnesses: [ClassWitness]
  package let classifier: Classifier

  package init(subject: VariableSubject, witnesses: [ClassWitness], classifier: Classifier) {
    self.subject = subject
    self.witnesses = witnesses
    self.classifier = classifier
  }

  package var classCount: Int { witnesses.count }
}

/// How a value that is present finds its class.
package enum Classifier: Sendable {
  /// False is class 1, true class 2: for sets, pairs, groups and patterns.
  case truth
  /// A Bool value.
  case bool(no: Int, yes: Int)
  /// Less is class 1, equal 2, greater 3.
  case order
  /// User 0, service account 1, anonymous 2.
  case kind
  /// Present is class 1.
  case presence
  /// The class of a value is that of the last cut that is not above it; `classes[0]` is that of
  /// values below all cuts.
  case integers(cuts: [Int64], classes: [Int])
  case instants(cuts: [Instant], classes: [Int])
  case addresses(
    version4: [IPAddress],
    classes4: [Int],
    version6: [IPAddress],
    classes6: [Int]
  )
  /// Texts by hash; others through the automaton, if there is one, else the class of all others.
  case texts(constants: [(text: String, class: Int)], automaton: LikeAutomaton?, others: [Int])
  /// A path is at or below the longest constant that it has as a prefix.
  case paths(constants: [(path: String, at: Int, below: Int)], other: Int)
  case principals(constants: [(id: PrincipalID, class: Int)], other: Int)
}
