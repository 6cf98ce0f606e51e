extension DisclosureRule {
  /// The label of what is left of a group after people left it.
  ///
  /// Which labels are possible is decided by what was told before and by the numbers of people, never by the data. The
  /// stretches are cut only where the cut leaves every number that was possible before possible: the new label tells
  /// nothing of the group as it was.
  /// - Parameters:
  ///   - earlier: what was told of the group before.
  ///   - copies: copies of the allele in those who are left.
  ///   - people: those who are left.
  ///   - left: those who left; the minimum or more.
  func label(after earlier: GroupLabel, copies: Int, people: Int, left: Int, ploidy: Int) -> GroupLabel {
    let limit = ploidy * people
    var label = GroupLabel(known: 0...max(people, 0), isWellKnown: false, allele: .untold)
    guard people >= 2 * minimum, left >= minimum, earlier.isWellKnown else { return label }
    // As many were not known as the earlier stretch leaves open, and no more are now.
    label.known = max(0, people - (earlier.known.upperBound - earlier.known.lowerBound))...people
    label.isWellKnown = true
    let before: ClosedRange<Int>
    switch earlier.allele {
    case .untold, .fewer, .some: return label
    case .copies(let stretch, let isEverybody):
      if isEverybody {
        label.allele = .copies(max(0, stretch.lowerBound - ploidy * left)...limit, isEverybody: true)
        return label
      }
      before = stretch
    case .genotypes(let het, let hom):
      before = (het.lowerBound + 2 * hom.lowerBound)...(het.upperBound + 2 * hom.upperBound)
    }
    let least = before.lowerBound - ploidy * left
    guard least >= ploidy * minimum, limit - before.upperBound > minimum else { return label }
    var (lower, upper) = (least, before.upperBound)
    var isCut = false
    var next = line(from: max(before.upperBound - ploidy * left, least) + 1)
    while next <= before.lowerBound {
      isCut = true
      if next <= copies {
        lower = next
      } else {
        upper = next - 1
        break
      }
      next += rounding
    }
    // Without a cut the figure would be the earlier one's, which holds people who left.
    if isCut { label.allele = .copies(lower...max(lower, upper), isEverybody: false) }
    return label
  }
}
