/// What a population-like site list looks like.
public struct VariationOptions: Sendable {
  /// Mean distance between sites in bases. At 217 a person carries a variant every ~750 bases, as in real genomes.
  public var spacing = 217.0
  /// Of the indels that could move: how many are written to the right of their leftmost place.
  public var unalignedFraction = 0.15
  /// Sites with two alternates, of the substitutions and ten times that of the indels in repeats.
  public var multiallelicFraction = 0.008
  /// Indels in tandem repeats, of all indels.
  public var repeatFraction = 0.6

  /// WGS-like variation.
  public init() {}
}

/// Draws sites along one contig, each with room for every equivalent spelling.
struct SiteSynthesis {
  let contig: Contig
  let index: Int
  let options: VariationOptions
  var random: SeededGenerator
  /// The next site must begin here or later.
  var free: Int

  /// A site at or after `position`, ending before `limit`; nil when this place has none.
  mutating func site(at position: Int, limit: Int) -> Site? {
    let kind = random.unit()
    if kind < 0.125 { return indel(at: position, limit: limit) }
    if kind < 0.135 { return multiNucleotide(at: position, limit: limit) }
    guard position + 1 < limit else { return nil }
    let reference = contig.base(position)
    // Ts/Tv of whole genomes is about 2.
    let first = random.chance(2.0 / 3.0) ? DNA.transition(reference) : transversion(reference)
    var alternates = [[first]]
    if random.chance(options.multiallelicFraction) {
      let second = otherBase(than: reference)
      if second != first { alternates.append([second]) }
    }
    return Site(
      contig: index, position: position, reference: [reference], alternates: alternates,
      footprint: position..<position + 1)
  }

  private mutating func transversion(_ base: UInt8) -> UInt8 {
    let purine = base == 65 || base == 71
    return random.chance(0.5) ? (purine ? 67 : 65) : (purine ? 84 : 71)
  }

  private mutating func otherBase(than base: UInt8) -> UInt8 {
    while true {
      let other = random.base()
      if other != base { return other }
    }
  }

  private mutating func multiNucleotide(at position: Int, limit: Int) -> Site? {
    let length = random.within(2...3)
    guard position + length < limit else { return nil }
    let reference = (position..<position + length).map { contig.base($0) }
    var alternate: [UInt8] = []
    for base in reference { alternate.append(otherBase(than: base)) }
    return Site(
      contig: index, position: position, reference: reference, alternates: [alternate],
      footprint: position..<position + length)
  }

  private mutating func indel(at position: Int, limit: Int) -> Site? {
    var unitLength = 0
    var place = position
    if random.chance(options.repeatFraction), let found = tandemRepeat(from: position, limit: limit) {
      (place, unitLength) = found
    }
    var indel: Indel
    if unitLength > 0 {
      let unit = (place..<place + unitLength).map { contig.base($0) }
      if random.chance(10 * options.multiallelicFraction) { return repeatLengths(unit: unit, at: place, limit: limit) }
      indel =
        random.chance(0.5)
        ? Indel(position: place, deleted: unitLength * random.within(1...2), inserted: [])
        : Indel(position: place, deleted: 0, inserted: random.chance(0.7) ? unit : unit + unit)
    } else {
      let length = min(40, 1 + Int(random.exponential(mean: 3)))
      if random.chance(0.5) {
        indel = Indel(position: place, deleted: length, inserted: [])
      } else {
        indel = Indel(position: place, deleted: 0, inserted: [])
        for _ in 0..<length { indel.inserted.append(random.base()) }
      }
    }
    guard indel.position + indel.deleted + 1 < limit else { return nil }
    indel.shiftLeft(on: contig, limit: free)
    guard indel.position > free else { return nil }
    var rightmost = indel
    let moves = rightmost.shiftRight(on: contig, limit: limit)
    let footprint = indel.position - 1..<rightmost.position + rightmost.deleted + 1
    guard footprint.upperBound < limit else { return nil }
    if moves > 0, random.chance(options.unalignedFraction) {
      _ = indel.shiftRight(on: contig, limit: limit, steps: 1 + random.below(moves))
    }
    return site(indel, footprint: footprint)
  }

  /// The VCF spelling of an indel, with the base before it.
  private func site(_ indel: Indel, footprint: Range<Int>) -> Site {
    let start = indel.position - 1
    return Site(
      contig: index, position: start,
      reference: (start..<indel.position + indel.deleted).map { contig.base($0) },
      alternates: [[contig.base(start)] + indel.inserted], footprint: footprint)
  }

  /// A repeat with one allele a unit shorter and one a unit longer: a multi-allelic site, left-aligned.
  private func repeatLengths(unit: [UInt8], at place: Int, limit: Int) -> Site? {
    var shorter = Indel(position: place, deleted: unit.count, inserted: [])
    shorter.shiftLeft(on: contig, limit: free)
    guard shorter.position > free else { return nil }
    var rightmost = shorter
    _ = rightmost.shiftRight(on: contig, limit: limit)
    let end = rightmost.position + rightmost.deleted + 1
    guard end < limit else { return nil }
    let start = shorter.position - 1
    let reference = (start..<shorter.position + unit.count).map { contig.base($0) }
    return Site(
      contig: index, position: start, reference: reference,
      alternates: [[reference[0]], reference + reference.dropFirst()], footprint: start..<end)
  }

  /// The first place within 250 bases with three copies of a unit of one to four bases (four of one base).
  private func tandemRepeat(from position: Int, limit: Int) -> (Int, Int)? {
    // The reference may be anything when it is a user's: the bound keeps the search inside the run.
    for start in position..<max(position, min(position + 250, limit - 16)) {
      for unit in 1...4 where start + unit * 4 < limit {
        let copies = unit == 1 ? 5 : 3
        var same = true
        for i in 0..<unit * (copies - 1) where contig.base(start + i) != contig.base(start + i + unit) {
          same = false
          break
        }
        if same { return (start, unit) }
      }
    }
    return nil
  }
}
