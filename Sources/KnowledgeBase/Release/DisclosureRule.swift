/// The numbers of a policy: which counts are too small to tell, and how coarsely the others are told.
///
/// A count is told as one of several *boxes*, stretches of neighbouring numbers: the first is 0 to `minimum` − 1, the
/// others are what rounds to the same multiple of `rounding`, and the last reaches up to everybody. An attacker who sees a
/// figure learns its box and nothing else; `Docs/release.md` argues that no box, and nothing that follows from several,
/// lies within 1 to `minimum` − 1.
struct DisclosureRule: Sendable, Hashable {
  /// The least number of people that a figure may tell of.
  let minimum: Int
  /// Figures are multiples of it.
  let rounding: Int
  /// Whether copies of an allele are told exactly where nothing small follows.
  let isExact: Bool

  /// The rule, or the nearest stricter one for which the argument holds: two boxes together span at least the minimum.
  init(minimum: Int, rounding: Int, isExact: Bool) {
    let wanted = max(minimum, 2)
    var base = max(rounding, 1)
    while isExact ? base < wanted : 2 * base - 1 < wanted { base += max(rounding, 1) }
    self.rounding = base
    self.isExact = isExact
    let next = Self.line(from: wanted + 1, base)
    // A first box that is cut short by the minimum may be too narrow; the minimum then is the next box's lower end.
    self.minimum = isExact || 2 * (next - wanted) - 1 >= wanted ? wanted : next
  }

  /// The least number from `start` on that begins what rounds to the same multiple of `base`.
  private static func line(from start: Int, _ base: Int) -> Int {
    let rest = (start + base / 2) % base
    return rest == 0 ? start : start + base - rest
  }

  /// The first number from `start` on at which a box begins, were there no minimum and no last box.
  func line(from start: Int) -> Int { Self.line(from: start, rounding) }

  /// The nearest multiple of `rounding`, halves upwards.
  func rounded(_ count: Int) -> Int { (count + rounding / 2) / rounding * rounding }

  /// The box of a count that nothing bounds from above.
  func box(of count: Int) -> ClosedRange<Int> {
    guard count >= minimum else { return 0...(minimum - 1) }
    var (lower, next) = (minimum, line(from: minimum + 1))
    if count >= next {
      lower = line(from: count + 1) - rounding
      next = lower + rounding
    }
    return lower...(next - 1)
  }

  /// The box of a count of at most `limit`. The last box holds `limit` and at least `width` numbers, so that what is
  /// missing from everybody is as little told as what is there.
  func box(of count: Int, limit: Int, width: Int) -> ClosedRange<Int> {
    let latest = limit - width + 1
    guard latest >= minimum else { return 0...limit }
    guard count >= minimum else { return 0...(minimum - 1) }
    let last = box(of: latest).lowerBound
    return count >= last ? last...limit : box(of: count)
  }

  /// A rule that is at least as strict as both.
  func joined(with other: DisclosureRule) -> DisclosureRule {
    DisclosureRule(
      minimum: max(minimum, other.minimum), rounding: max(rounding, other.rounding),
      isExact: isExact && other.isExact)
  }
}
