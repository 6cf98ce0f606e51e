import GenomicFiles

/// What the reads of one sample say of one allele, as its caller counted them.
struct AlleleSupport: Hashable {
  /// Reads of the allele; nil where the file does not tell.
  var alternate: Int?
  /// Reads that the fraction is of; nil where the file does not tell.
  var depth: Int?
  /// The allele's share of the reads, 0 to 1; nil where it is unknown: no reads, too.
  var fraction: Double?
  /// Whether the fraction is the layout's second choice.
  var isFallback = false
  /// Whether the fraction is the caller's own and not that of the counts.
  var isGiven = false

  static let unknown = AlleleSupport()

  /// From counts of reads.
  static func counted(_ alternate: Int, of depth: Int) -> AlleleSupport {
    AlleleSupport(
      alternate: alternate, depth: depth,
      fraction: depth > 0 && alternate >= 0 && alternate <= depth ? Double(alternate) / Double(depth) : nil)
  }

  /// The bin of a fraction among `bins` of one width, the last with 1 in it; exact at borders for counts of reads.
  func bin(of bins: Int) -> Int? {
    guard let fraction else { return nil }
    if let alternate, let depth, depth > 0, !isGiven { return min(bins - 1, alternate * bins / depth) }
    // Decimal fractions such as 0.06 are not exact in binary: a border belongs to the bin above it.
    return min(bins - 1, Int(fraction * Double(bins) + 1e-9))
  }
}

extension SomaticLayout {
  /// An allele as the layouts ask for it.
  struct Allele {
    /// The alternate's number, counted from 1.
    var number: Int
    /// The bases' numbers, where it is a substitution of one base.
    var substitution: (reference: UInt8, alternate: UInt8)?
  }

  /// What a sample's reads say of an allele. Everything that cannot be told is unknown.
  func support(_ allele: Allele, _ values: SampleValues, _ places: FormatPlaces) -> AlleleSupport {
    switch self {
    case .mutect2:
      return depths(allele, values, places) ?? estimate(allele, values, places, isFallback: true)
    case .dragen:
      let given = estimate(allele, values, places, isFallback: false)
      if given.fraction != nil { return given }
      guard var counted = depths(allele, values, places) else { return given }
      counted.isFallback = true
      return counted
    case .strelka2: return tiers(allele, values, places)
    case .varscan:
      if let reads = values.integer(places.alleleDepths), let others = values.integer(places.referenceDepth),
        reads >= 0, others >= 0
      {
        return .counted(reads, of: reads + others)
      }
      var support = AlleleSupport(depth: values.integer(places.depth), isFallback: true)
      if let text = values.bytes(places.percentage), text.last == UInt8(ascii: "%"),
        let percent = VCFNumber.float(UnsafeRawBufferPointer(rebasing: text.dropLast())), percent >= 0, percent <= 100
      {
        support.fraction = percent / 100
        support.isGiven = true
      }
      return support
    case .none: return .unknown
    }
  }

  /// AD, one count an allele.
  private func depths(_ allele: Allele, _ values: SampleValues, _ places: FormatPlaces) -> AlleleSupport? {
    guard let counts = values.counts(places.alleleDepths, picking: allele.number), let reads = counts.picked else {
      return nil
    }
    return .counted(reads, of: counts.sum)
  }

  /// AF, one fraction an alternate.
  private func estimate(
    _ allele: Allele, _ values: SampleValues, _ places: FormatPlaces, isFallback: Bool
  ) -> AlleleSupport {
    var support = AlleleSupport(isFallback: isFallback)
    if let counts = values.counts(places.alleleDepths, picking: allele.number) {
      (support.alternate, support.depth) = (counts.picked, counts.sum)
    } else {
      support.alternate = values.integer(places.alleleDepths, at: allele.number)
      support.depth = values.integer(places.depth)
    }
    if let fraction = values.float(places.fraction, at: allele.number - 1), fraction >= 0, fraction <= 1 {
      support.fraction = fraction
      support.isGiven = true
    }
    return support
  }

  /// The first of each pair of counts is tier 1 (Strelka2's user guide, "Somatic variant allele frequencies").
  private func tiers(_ allele: Allele, _ values: SampleValues, _ places: FormatPlaces) -> AlleleSupport {
    let reads: Int?
    let others: Int?
    if let bases = allele.substitution, places.bases.0 >= 0 {
      reads = values.integer(places.base(bases.alternate))
      others = values.integer(places.base(bases.reference))
    } else {
      reads = values.integer(places.indel.1)
      others = values.integer(places.indel.0)
    }
    guard let reads, let others, reads >= 0, others >= 0 else { return .unknown }
    return .counted(reads, of: reads + others)
  }
}
