/// How many cases each class was given in, for one allele.
///
/// A case is what one laboratory gave under one `id`, at whatever dates and as often as it was looked at again. Events
/// without an `id` are one case a laboratory: nothing shows that they are of several. Whom the events name is no part of
/// it, so a withdrawal, which detaches events, changes no number.
struct ClassifiedCases: Sendable, Hashable {
  private struct Case: Sendable, Hashable {
    var laboratory: String
    var id: String?
  }

  private struct Class: Sendable, Hashable {
    var kind: ClassificationEvent.Kind
    var name: String
  }

  private var cases: [Class: Set<Case>] = [:]

  init(_ events: some Sequence<ClassificationEvent>) {
    for event in events {
      cases[Class(kind: event.kind, name: event.classification), default: []].insert(
        Case(laboratory: event.laboratory, id: event.id))
    }
  }

  /// The cases that a class was ever given in. Events are added and never taken away, so this never falls.
  func count(_ kind: ClassificationEvent.Kind, _ name: String) -> Int {
    cases[Class(kind: kind, name: name)]?.count ?? 0
  }
}
