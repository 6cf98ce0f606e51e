/// What a genotype says, as bcftools tells genotypes apart.
enum StatsCall {
  static let homozygousReference = 0
  static let heterozygous = 1
  static let homozygousAlternate = 2
  static let haploidReference = 3
  static let haploidAlternate = 4
  /// No allele is called.
  static let missing = 5
  /// Some alleles are called, some are not: `./1`. bcftools counts it as missing.
  static let partlyMissing = 6
  /// Two different alternates.
  static let twoAlternates = 7
  static let count = 8
}

/// What a record with at most one alternate is to its samples; the last for records with several.
enum SiteClass {
  static let reference = 0
  static let transition = 1
  static let transversion = 2
  /// A SNP whose alternate is no base.
  static let otherSNP = 3
  static let insertion = 4
  static let deletion = 5
  /// Insertions and deletions of 50 bases and more, which GA4GH's counts leave out.
  static let longInsertion = 6
  static let longDeletion = 7
  static let other = 8
  static let multiallelic = 9
  /// A transition whose alleles begin with the same base: bcftools asks their first bases, and finds a transversion.
  static let hiddenTransition = 10
  /// REF or the base that differs is none, and bcftools finds a transition or transversion by its number.
  static let noTransition = 11
  static let noTransversion = 12
  static let count = 13

  static let snps = [transition, transversion, otherSNP, hiddenTransition, noTransition, noTransversion]

  /// The length in bases from which an indel is long.
  static let longIndel = 50

  /// The class of a record.
  @inline(__always)
  static func of(_ alleles: SiteAlleles) -> Int {
    guard alleles.count == 2 else { return alleles.count == 1 ? reference : multiallelic }
    switch alleles.kinds[1] {
    case StatsAlleleClass.reference: return reference
    case StatsAlleleClass.snp:
      if alleles.bases[1] < 0 { return otherSNP }
      // bcftools' per-sample rule: a REF that is no base has the number -1.
      let isTransition = abs(alleles.bases[0] - alleles.bases[1]) == 2
      switch alleles.isTransition {
      case true?: return isTransition ? transition : hiddenTransition
      case false?: return isTransition ? noTransition : transversion
      case nil: return isTransition ? noTransition : noTransversion
      }
    case StatsAlleleClass.indel:
      let length = alleles.lengths[1]
      if length < 0 { return length <= -longIndel ? longDeletion : deletion }
      return length >= longIndel ? longInsertion : insertion
    default: return other
    }
  }
}

/// What is counted of samples in records with several alternates, beyond the calls.
enum MultiallelicCount: Int {
  case heterozygous, homozygous, transitions, transversions, indels
  case heterozygousInsertions, heterozygousDeletions, homozygousInsertions, homozygousDeletions
  case snvCarriers, insertionCarriers, deletionCarriers
  case heterozygousSNVs, homozygousSNVs, heterozygousIndels, homozygousIndels
  static let count = 16
}

/// Where a record stands, for counts that are kept apart by it.
struct StatsContext {
  /// Autosomes; X outside the pseudoautosomal regions; everything else.
  enum Place: Int, CaseIterable {
    case autosome, nonPARX, elsewhere
  }

  static let count = 6
  /// The number of the context.
  let index: Int

  init(isPass: Bool, place: Place) { index = (isPass ? 3 : 0) + place.rawValue }

  /// The numbers of contexts: those of PASS records alone, or all; at one place, or everywhere.
  static func indices(passOnly: Bool, place: Place? = nil) -> [Int] {
    (passOnly ? [3] : [0, 3]).flatMap { first in
      Place.allCases.filter { place == nil || $0 == place }.map { first + $0.rawValue }
    }
  }
}

/// Counts by sample: of calls by context and class of record, a cell each, so that a genotype costs one addition.
final class SampleCells: @unchecked Sendable {
  // A part's own while it counts; merged and read when nobody counts any more.

  let samples: Int
  /// By context and class; nil where nothing was counted yet.
  private var blocks: [UnsafeMutablePointer<UInt32>?]
  /// By context, `MultiallelicCount.count` a sample.
  private var multiallelic: [UnsafeMutablePointer<UInt32>?]
  /// Records in which this sample alone is not the reference.
  let singletons: UnsafeMutablePointer<UInt32>
  /// The number of sample columns, counted or not.
  let columns: Int
  /// By column: genotypes with a depth.
  let depthCounts: UnsafeMutablePointer<UInt64>
  /// By column: the sum of depths, which a negative depth wraps as it does in bcftools.
  let depthSums: UnsafeMutablePointer<UInt64>
  /// Genotypes by bin of depth.
  let depths: UnsafeMutablePointer<UInt64>
  let depthBins: Int

  init(samples: Int, columns: Int, depthBins: Int) {
    self.samples = samples
    self.columns = columns
    self.depthBins = depthBins
    depthCounts = Self.zeros(columns)
    depthSums = Self.zeros(columns)
    depths = Self.zeros(depthBins)
    blocks = Array(repeating: nil, count: StatsContext.count * SiteClass.count)
    multiallelic = Array(repeating: nil, count: StatsContext.count)
    singletons = Self.zeros(samples)
  }

  deinit {
    for block in blocks { block?.deallocate() }
    for block in multiallelic { block?.deallocate() }
    singletons.deallocate()
    depthCounts.deallocate()
    depthSums.deallocate()
    depths.deallocate()
  }

  private static func zeros<Count: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Count> {
    let pointer = UnsafeMutablePointer<Count>.allocate(capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
    return pointer
  }

  /// `StatsCall.count` counts a sample.
  @inline(__always)
  func block(_ context: StatsContext, _ siteClass: Int) -> UnsafeMutablePointer<UInt32> {
    let index = context.index * SiteClass.count + siteClass
    if let block = blocks[index] { return block }
    let block: UnsafeMutablePointer<UInt32> = Self.zeros(samples * StatsCall.count)
    blocks[index] = block
    return block
  }

  /// `MultiallelicCount.count` counts a sample.
  func multiallelicBlock(_ context: StatsContext) -> UnsafeMutablePointer<UInt32> {
    if let block = multiallelic[context.index] { return block }
    let block: UnsafeMutablePointer<UInt32> = Self.zeros(samples * MultiallelicCount.count)
    multiallelic[context.index] = block
    return block
  }

  /// A sample's calls of some codes in records of some classes.
  func calls(_ sample: Int, _ codes: [Int], in classes: some Sequence<Int>, contexts: [Int]) -> Int {
    var sum = 0
    for context in contexts {
      for siteClass in classes {
        guard let block = blocks[context * SiteClass.count + siteClass] else { continue }
        for code in codes { sum += Int(block[sample * StatsCall.count + code]) }
      }
    }
    return sum
  }

  /// A sample's count in records with several alternates.
  func multiallelic(_ sample: Int, _ count: MultiallelicCount, contexts: [Int]) -> Int {
    contexts.reduce(0) { sum, context in
      sum + (multiallelic[context].map { Int($0[sample * MultiallelicCount.count + count.rawValue]) } ?? 0)
    }
  }

  func merge(_ other: SampleCells) {
    for index in blocks.indices {
      Self.add(other.blocks[index], to: &blocks[index], samples * StatsCall.count)
    }
    for index in multiallelic.indices {
      Self.add(other.multiallelic[index], to: &multiallelic[index], samples * MultiallelicCount.count)
    }
    for sample in 0..<samples { singletons[sample] += other.singletons[sample] }
    for column in 0..<columns {
      depthCounts[column] += other.depthCounts[column]
      depthSums[column] &+= other.depthSums[column]
    }
    for bin in 0..<depthBins { depths[bin] += other.depths[bin] }
  }

  private static func add(
    _ source: UnsafeMutablePointer<UInt32>?, to target: inout UnsafeMutablePointer<UInt32>?, _ count: Int
  ) {
    guard let source else { return }
    let sum = target ?? zeros(count)
    target = sum
    for index in 0..<count { sum[index] += source[index] }
  }
}
