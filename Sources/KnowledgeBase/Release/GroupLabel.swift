/// People of one group at one site, counted: what a label is made of.
struct GroupCounts: Sendable, Hashable {
  /// People of the group who could have a call at the site.
  var people: Int
  /// Those of them who are known there.
  var known: Int
  /// Those who carry the allele.
  var carriers: Int
  var het: Int
  var hom: Int
  /// Copies of the allele.
  var copies: Int
  /// Whether nobody of the group carries another allele of the site.
  var isOnlyAllele: Bool
}

/// All that a release tells of one allele in one group of people. Figures are made of labels and of nothing else, so an
/// attacker who is given every label knows at least as much as one who reads the release.
struct GroupLabel: Sendable, Hashable {
  /// What is told of the allele.
  enum Allele: Sendable, Hashable {
    /// Nothing, and that follows from what was told before or from the site alone.
    case untold
    /// Nobody, or fewer than the minimum.
    case fewer
    /// The minimum or more: all that is told of a group that is too small for figures.
    case some
    /// The copies are within a stretch.
    case copies(ClosedRange<Int>, isEverybody: Bool)
    /// The heterozygous and the homozygous people are within stretches.
    case genotypes(het: ClosedRange<Int>, hom: ClosedRange<Int>)
  }

  /// Where the number of people known at the site is.
  var known: ClosedRange<Int>
  /// Whether that reaches up to everybody of the group.
  var isWellKnown: Bool
  var allele: Allele
}

extension DisclosureRule {
  /// The label of a group that was never released before.
  /// - Parameter ploidy: 2, or 1 where everybody of the group has one copy.
  func label(of counts: GroupCounts, ploidy: Int) -> GroupLabel {
    let people = counts.people
    guard people >= minimum else { return GroupLabel(known: 0...max(people, 0), isWellKnown: false, allele: .untold) }
    let known = box(of: counts.known, limit: people, width: minimum)
    var label = GroupLabel(known: known, isWellKnown: known.upperBound == people, allele: .untold)
    guard people >= 2 * minimum else {
      label.allele = counts.carriers >= minimum ? .some : .fewer
      return label
    }
    // Too few are known for the argument; that alone decides, so it tells nothing of the allele.
    guard known.lowerBound >= 2 * minimum else { return label }
    guard counts.carriers >= minimum else {
      label.allele = .fewer
      return label
    }
    if ploidy == 2, !isExact, counts.isOnlyAllele, counts.het >= minimum, counts.hom >= minimum {
      let (het, hom) = (box(of: counts.het), box(of: counts.hom))
      // Decided by the boxes, so that it tells no more than they do.
      if het.upperBound + 2 * hom.upperBound <= people {
        label.allele = .genotypes(het: het, hom: hom)
        return label
      }
    }
    label.allele = copies(counts.copies, ploidy: ploidy, people: people, known: known)
    return label
  }

  private func copies(_ count: Int, ploidy: Int, people: Int, known: ClosedRange<Int>) -> GroupLabel.Allele {
    let limit = ploidy * people
    let count = min(count, limit)
    var stretch = box(of: count, limit: limit, width: ploidy == 2 ? minimum + 1 : minimum)
    let isEverybody = stretch.upperBound == limit
    if isExact {
      // Beyond the people known there must be homozygous ones, and an exact number would tell how many are not.
      if count <= known.lowerBound, !isEverybody { return .copies(count...count, isEverybody: false) }
      if ploidy == 2 {
        let first = known.lowerBound + 1
        if stretch.lowerBound < first || line(from: first) == stretch.lowerBound {
          stretch = first...stretch.upperBound
        }
      }
    }
    return .copies(stretch, isEverybody: isEverybody)
  }
}
