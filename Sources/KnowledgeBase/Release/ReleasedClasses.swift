/// All that a release tells of an allele's classifications: for each class the box of the number of cases that it was
/// given in. A class that is absent was given in no case, or in fewer than the minimum; which of the two is not told.
///
/// Neither the latest class, nor a date, laboratory or criterion is told: each would show that an event is there, or is
/// new, where the boxes do not (`Docs/release.md`).
struct ReleasedClasses: Sendable, Hashable {
  /// A class that is told.
  struct Total: Sendable, Hashable {
    var kind: ClassificationEvent.Kind
    var name: String
    /// Where the number of cases is.
    var cases: ClosedRange<Int>
    /// What is printed: the middle, rounded.
    var figure: Int
  }

  /// By kind, and from the gravest class.
  let totals: [Total]

  /// The label of an allele's cases; nil where no class is told.
  ///
  /// Boxes of two rules cut each other: 8 to 10, then 11 to 13, then by a stricter rule 8 to 12 is 11 or 12. So a base
  /// tells classes by one rule alone.
  /// - Parameters:
  ///   - rule: the release's.
  ///   - earlier: those of all releases before it.
  init?(_ cases: ClassifiedCases, rule: DisclosureRule, earlier: [DisclosureRule] = []) {
    let rule = rule.forClasses
    guard earlier.allSatisfy({ $0.forClasses == rule }) else { return nil }
    totals = ClassificationEvent.Kind.allCases.flatMap { kind in
      ClassificationEvent.classes(of: kind).compactMap { name in
        let box = rule.box(of: cases.count(kind, name))
        guard box.lowerBound >= rule.minimum else { return nil }
        return Total(
          kind: kind, name: name, cases: box, figure: rule.rounded((box.lowerBound + box.upperBound) / 2))
      }
    }
    guard !totals.isEmpty else { return nil }
  }

  private func totals(_ kind: ClassificationEvent.Kind) -> [Total] { totals.filter { $0.kind == kind } }

  /// As Beacon and the web pages read it: `totals` of germline classes, and those of oncogenicity in an object of their
  /// own, for two classes of the kinds have one name.
  var json: ReleaseJSON {
    func object(_ kind: ClassificationEvent.Kind) -> ReleaseJSON {
      .object(totals(kind).map { ($0.name, .integer($0.figure)) })
    }
    var members: [(String, ReleaseJSON)] = []
    if !totals(.germline).isEmpty { members.append(("totals", object(.germline))) }
    if !totals(.oncogenicity).isEmpty {
      members.append(("oncogenicity", .object([("totals", object(.oncogenicity))])))
    }
    return .object(members)
  }

  /// As fields of INFO, by the names that the East hub's exporter gives them: `class(count)|class(count)`.
  var info: [String] {
    [(ClassificationEvent.Kind.germline, "TOTAL_GERMLINE"), (.oncogenicity, "TOTAL_ONCOGENICITY")].compactMap {
      kind, name in
      let told = totals(kind)
      return told.isEmpty ? nil : "\(name)=" + told.map { "\($0.name)(\($0.figure))" }.joined(separator: "|")
    }
  }
}

extension DisclosureRule {
  /// The rule for numbers of cases. They are never told exactly: an exact number of this release less that of the one
  /// before would be how many were added.
  var forClasses: DisclosureRule { DisclosureRule(minimum: minimum, rounding: rounding, isExact: false) }
}
