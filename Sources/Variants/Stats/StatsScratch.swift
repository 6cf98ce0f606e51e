import GenomicFiles

/// Where the FORMAT fields that statistics need stand in a sample's column, counted from 0; -1 where they are absent.
struct FormatPlaces: Sendable {
  var genotype = -1
  /// DP, or AD where there is no DP.
  var depth = -1
  var isDepthOfAlleles = false
  var alleleDepths = -1

  init() {}

  init(_ format: UnsafeRawBufferPointer) {
    for (place, key) in format.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).enumerated() {
      if genotype < 0, key.elementsEqual("GT".utf8) { genotype = place }
      if depth < 0, key.elementsEqual("DP".utf8) { depth = place }
      if alleleDepths < 0, key.elementsEqual("AD".utf8) { alleleDepths = place }
    }
    if depth < 0, alleleDepths >= 0 {
      depth = alleleDepths
      isDepthOfAlleles = true
    }
  }
}

/// Memory for the record at hand, kept from record to record so that none allocates.
struct StatsScratch: Sendable {
  var alleles = SiteAlleles()
  var context = IndelContext()
  /// The FORMAT column that `places` were found in; most records have the one before's.
  private var format: [UInt8] = []
  private(set) var places = FormatPlaces()
  /// Where each sample's column starts; only where indels' shares of reads are wanted.
  var columnStarts: [Int] = []
  /// Genotypes whose indel's share of reads is wanted: place among the samples counted, allele, other allele.
  var shares: [(slot: Int, allele: Int, other: Int)] = []
  /// Each sample's call; only where there are trios.
  var calls: [TrioCall] = []

  mutating func prepare(_ plan: StatsPlan) {
    columnStarts = Array(repeating: 0, count: plan.header.samples.count)
    if !plan.trios.isEmpty { calls = Array(repeating: TrioCall(), count: plan.header.samples.count) }
  }

  @inline(__always)
  mutating func readFormat(_ view: VariantRecords, _ record: Int) {
    let column = view.column(.format, of: record)
    let isSame = format.withUnsafeBytes { view.equals(column, $0) }
    if isSame { return }
    format = Array(view[column])
    places = FormatPlaces(view[column])
  }
}

/// What the genotypes of a record add up to, of the samples that are counted.
struct RecordGenotypes {
  var hasGenotypes = false
  /// Diploid calls (or longer): all reference, one or more references, none.
  var reference = 0
  var heterozygous = 0
  var alternate = 0
  /// The last sample counted that has an alternate in a diploid call.
  var lastNotReference = 0

  @inline(__always)
  mutating func add(_ code: Int, _ slot: Int) {
    switch code {
    case StatsCall.homozygousReference: reference += 1
    case StatsCall.heterozygous:
      heterozygous += 1
      lastNotReference = slot
    case StatsCall.homozygousAlternate, StatsCall.twoAlternates:
      alternate += 1
      lastNotReference = slot
    default: break
    }
  }
}
