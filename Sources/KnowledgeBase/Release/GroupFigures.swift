/// What is printed of an allele for one or several groups; a figure that is not told is nil.
struct GroupFigures: Sendable, Hashable {
  /// Copies of the allele in the groups that tell them.
  var copies: Int?
  /// Known alleles at the site.
  var number = 0
  /// Heterozygous people, homozygous people, and people with the allele on their only copy.
  var het: Int?
  var hom: Int?
  var hemi: Int?
  /// Whether a group tells nothing of the allele, so that frequencies of the rest would mislead.
  var isPartlyUntold = false
  /// Whether the minimum of people or more carry the allele in some group.
  var isListed = false

  /// Copies over known alleles, where every group tells.
  var frequency: Double? {
    guard !isPartlyUntold, let copies, number > 0 else { return nil }
    return Double(copies) / Double(number)
  }

  /// The names of the figures that are not told.
  var untold: [String] {
    [("AC", copies), ("het", het), ("hom", hom), ("hemi", hemi)].compactMap { $0.1 == nil ? $0.0 : nil }
      + (frequency == nil ? ["AF"] : [])
  }

  /// Nothing told of no group.
  init() { (copies, het, hom, hemi) = (nil, 0, 0, 0) }

  /// The figures of one group.
  /// - Parameters:
  ///   - label: all that may be told.
  ///   - rule: the rule that the label was made by.
  ///   - strictest: the strictest rule that the base was ever released under, and that of the release.
  init(
    _ label: GroupLabel, rule: DisclosureRule, strictest: DisclosureRule, people: Int, ploidy: Int, isHemizygous: Bool
  ) {
    func told(_ count: Int) -> Int? {
      let figure = strictest == rule ? count : strictest.rounded(count)
      return figure >= strictest.minimum || strictest == rule ? figure : nil
    }
    func middle(_ stretch: ClosedRange<Int>) -> Int {
      rule.rounded((stretch.lowerBound + stretch.upperBound) / 2)
    }
    let most = label.isWellKnown ? people : middle(label.known)
    number = label.known.lowerBound >= rule.minimum ? told(rule.rounded(ploidy * most)) ?? 0 : 0
    (het, hom, hemi) = (nil, nil, isHemizygous ? nil : 0)
    switch label.allele {
    case .untold: isPartlyUntold = true
    case .fewer: break
    case .some: (isPartlyUntold, isListed) = (true, true)
    case .genotypes(let hets, let homs):
      isListed = true
      if let oneHet = told(middle(hets)), let oneHom = told(middle(homs)) {
        (het, hom) = (oneHet, oneHom)
        copies = min(oneHet + 2 * oneHom, number)
      } else {
        isPartlyUntold = true
      }
    case .copies(let stretch, let isEverybody):
      isListed = true
      let count =
        stretch.count == 1 ? stretch.lowerBound : isEverybody ? rule.rounded(ploidy * people) : middle(stretch)
      if let figure = told(count) { copies = min(figure, number) } else { isPartlyUntold = true }
      if isHemizygous { hemi = copies }
    }
    if isHemizygous {
      (het, hom) = (0, 0)
    } else if case .fewer = label.allele {
      // Nothing is told of who has it, so nothing of how.
      (het, hom) = (nil, nil)
    }
  }

  /// Adds the figures of other people. Copies are those of the groups that tell them; how people have them is told only
  /// where every group with copies tells it.
  mutating func add(_ other: GroupFigures) {
    func sum(_ one: Int?, _ two: Int?) -> Int? { one.flatMap { one in two.map { one + $0 } } }
    (het, hom, hemi) = (sum(het, other.het), sum(hom, other.hom), sum(hemi, other.hemi))
    if let more = other.copies { copies = (copies ?? 0) + more }
    number += other.number
    isPartlyUntold = isPartlyUntold || other.isPartlyUntold
    isListed = isListed || other.isListed
  }
}
