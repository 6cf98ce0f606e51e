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

/// Where the fields of one FORMAT text stand; -1 for one that is not there.
struct FormatPlaces {
  var genotype = -1
  var alleleDepths = -1
  var fraction = -1
  var depth = -1
  var referenceDepth = -1
  var percentage = -1
  /// AU, CU, GU, TU.
  var bases = (-1, -1, -1, -1)
  /// TAR and TIR.
  var indel = (-1, -1)
  var phaseSet = -1
  var phaseName = -1
  var phasedGenotype = -1
  var somaticQuality = -1
  /// One more than the last place that is read.
  private(set) var count = 0

  init() {}

  init(_ view: VariantRecords, _ format: Range<Int>) {
    var place = 0
    view.forEachPart(of: format, separator: UInt8(ascii: ":")) { part in
      set(String(decoding: view[part], as: UTF8.self), place)
      place += 1
      return true
    }
  }

  private mutating func set(_ key: String, _ place: Int) {
    switch key {
    case "GT": genotype = place
    case "AD": alleleDepths = place
    case "AF": fraction = place
    case "DP": depth = place
    case "RD": referenceDepth = place
    case "FREQ": percentage = place
    case "AU": bases.0 = place
    case "CU": bases.1 = place
    case "GU": bases.2 = place
    case "TU": bases.3 = place
    case "TAR": indel.0 = place
    case "TIR": indel.1 = place
    case "PS": phaseSet = place
    case "PID": phaseName = place
    case "PGT": phasedGenotype = place
    case "SQ": somaticQuality = place
    default: return
    }
    count = place + 1
  }

  func base(_ code: UInt8) -> Int {
    switch code {
    case 0: bases.0
    case 1: bases.1
    case 2: bases.2
    default: bases.3
    }
  }
}

/// The values of one sample's column, found once a record.
struct SampleValues {
  private var ranges: [Range<Int>] = []

  /// Finds the first `count` values of a column.
  mutating func read(_ view: VariantRecords, _ column: Range<Int>, count: Int) {
    ranges.removeAll(keepingCapacity: true)
    guard count > 0, !column.isEmpty else { return }
    view.forEachPart(of: column, separator: UInt8(ascii: ":")) { part in
      ranges.append(part)
      return ranges.count < count
    }
  }

  /// A value; nil where it is missing.
  @inline(__always)
  func bytes(_ place: Int, _ view: VariantRecords) -> UnsafeRawBufferPointer? {
    guard place >= 0, place < ranges.count, !ranges[place].isEmpty else { return nil }
    let bytes = view[ranges[place]]
    return bytes.count == 1 && bytes[0] == UInt8(ascii: ".") ? nil : bytes
  }

  /// The number at a place of a list, counted from 0; nil where it is missing or none.
  @inline(__always)
  func integer(_ place: Int, at index: Int = 0, _ view: VariantRecords) -> Int? {
    guard let bytes = bytes(place, view) else { return nil }
    return Self.part(bytes, index).flatMap { VCFNumber.integer($0) }
  }

  func float(_ place: Int, at index: Int = 0, _ view: VariantRecords) -> Double? {
    guard let bytes = bytes(place, view) else { return nil }
    return Self.part(bytes, index).flatMap { VCFNumber.float($0) }
  }

  /// The sum of a list of counts; nil where one is missing.
  func sum(_ place: Int, _ view: VariantRecords) -> Int? {
    guard let bytes = bytes(place, view) else { return nil }
    var (sum, value, digits) = (0, 0, 0)
    for byte in bytes {
      if byte == UInt8(ascii: ",") {
        guard digits > 0 else { return nil }
        sum += value
        (value, digits) = (0, 0)
      } else {
        guard byte &- UInt8(ascii: "0") < 10, digits < 15 else { return nil }
        value = value * 10 + Int(byte &- UInt8(ascii: "0"))
        digits += 1
      }
    }
    return digits > 0 ? sum + value : nil
  }

  @inline(__always)
  private static func part(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UnsafeRawBufferPointer? {
    var start = 0
    var left = index
    for place in 0..<bytes.count where bytes[place] == UInt8(ascii: ",") {
      if left == 0 { return UnsafeRawBufferPointer(rebasing: bytes[start..<place]) }
      left -= 1
      start = place + 1
    }
    return left == 0 ? UnsafeRawBufferPointer(rebasing: bytes[start...]) : nil
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
  func support(_ allele: Allele, _ values: SampleValues, _ places: FormatPlaces, _ view: VariantRecords)
    -> AlleleSupport
  {
    switch self {
    case .mutect2:
      return depths(allele, values, places, view) ?? estimate(allele, values, places, view, isFallback: true)
    case .dragen:
      let given = estimate(allele, values, places, view, isFallback: false)
      if given.fraction != nil { return given }
      guard var counted = depths(allele, values, places, view) else { return given }
      counted.isFallback = true
      return counted
    case .strelka2: return tiers(allele, values, places, view)
    case .varscan:
      if let reads = values.integer(places.alleleDepths, view),
        let others = values.integer(places.referenceDepth, view),
        reads >= 0, others >= 0
      {
        return .counted(reads, of: reads + others)
      }
      var support = AlleleSupport(depth: values.integer(places.depth, view), isFallback: true)
      if let text = values.bytes(places.percentage, view), text.last == UInt8(ascii: "%"),
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
  private func depths(
    _ allele: Allele, _ values: SampleValues, _ places: FormatPlaces, _ view: VariantRecords
  ) -> AlleleSupport? {
    guard let reads = values.integer(places.alleleDepths, at: allele.number, view), reads >= 0,
      let sum = values.sum(places.alleleDepths, view)
    else { return nil }
    return .counted(reads, of: sum)
  }

  /// AF, one fraction an alternate.
  private func estimate(
    _ allele: Allele, _ values: SampleValues, _ places: FormatPlaces, _ view: VariantRecords, isFallback: Bool
  ) -> AlleleSupport {
    var support = AlleleSupport(isFallback: isFallback)
    support.alternate = values.integer(places.alleleDepths, at: allele.number, view)
    support.depth = values.sum(places.alleleDepths, view) ?? values.integer(places.depth, view)
    if let fraction = values.float(places.fraction, at: allele.number - 1, view), fraction >= 0, fraction <= 1 {
      support.fraction = fraction
      support.isGiven = true
    }
    return support
  }

  /// The first of each pair of counts is tier 1 (Strelka2's user guide, "Somatic variant allele frequencies").
  private func tiers(
    _ allele: Allele, _ values: SampleValues, _ places: FormatPlaces, _ view: VariantRecords
  ) -> AlleleSupport {
    let reads: Int?
    let others: Int?
    if let bases = allele.substitution, places.bases.0 >= 0 {
      reads = values.integer(places.base(bases.alternate), view)
      others = values.integer(places.base(bases.reference), view)
    } else {
      reads = values.integer(places.indel.1, view)
      others = values.integer(places.indel.0, view)
    }
    guard let reads, let others, reads >= 0, others >= 0 else { return .unknown }
    return .counted(reads, of: reads + others)
  }
}
