import GenomicFiles
import Genomics

/// What is counted of a contig's, a region's or a whole file's records. Alleles of a record count once in each class.
public struct SiteMetrics: Sendable, Equatable, Codable {
  /// Records.
  public var records = 0
  /// Records with no alternate, or only `<*>` and `<NON_REF>`.
  public var noAlternate = 0
  /// Records with an SNV.
  public var snvs = 0
  /// Records with an insertion of fewer than 50 bases.
  public var insertions = 0
  /// Records with a deletion of fewer than 50 bases.
  public var deletions = 0
  /// Records with an insertion of 50 bases or more.
  public var longInsertions = 0
  /// Records with a deletion of 50 bases or more.
  public var longDeletions = 0
  /// Records with several bases exchanged for as many.
  public var mnvs = 0
  /// Records with a complex or symbolic alternate.
  public var others = 0
  /// Records with a breakend.
  public var breakends = 0
  /// Records with several alternates.
  public var multiallelic = 0
  /// Records of one SNV, A↔G or C↔T.
  public var transitions = 0
  /// Other records of one SNV of two bases.
  public var transversions = 0

  /// Nothing counted.
  public init() {}

  /// Counts a record.
  @inline(__always)
  mutating func add(_ alleles: SiteAlleles) {
    records += 1
    let classes = alleles.classes
    if classes == StatsAlleleClass.reference {
      noAlternate += 1
      if alleles.count > 2 { multiallelic += 1 }
      return
    }
    if classes & StatsAlleleClass.snp != 0 {
      snvs += 1
      // An SNV's own bases, also where REF and ALT share others around it.
      if alleles.count == 2, let isTransition = alleles.isTransition {
        if isTransition { transitions += 1 } else { transversions += 1 }
      }
    }
    if alleles.count > 2 { multiallelic += 1 }
    if classes == StatsAlleleClass.snp { return }
    if classes & StatsAlleleClass.indel != 0 { addIndels(alleles) }
    if classes & StatsAlleleClass.mnp != 0 { mnvs += 1 }
    if classes & StatsAlleleClass.other != 0 { others += 1 }
    if classes & StatsAlleleClass.breakend != 0 { breakends += 1 }
  }

  private mutating func addIndels(_ alleles: SiteAlleles) {
    var seen = (false, false, false, false)
    for allele in 1..<alleles.count where alleles.kinds[allele] == StatsAlleleClass.indel {
      let length = alleles.lengths[allele]
      if length >= SiteClass.longIndel {
        seen.2 = true
      } else if length > 0 {
        seen.0 = true
      } else if length > -SiteClass.longIndel {
        seen.1 = true
      } else {
        seen.3 = true
      }
    }
    if seen.0 { insertions += 1 }
    if seen.1 { deletions += 1 }
    if seen.2 { longInsertions += 1 }
    if seen.3 { longDeletions += 1 }
  }

  mutating func merge(_ other: SiteMetrics) {
    records += other.records
    noAlternate += other.noAlternate
    snvs += other.snvs
    insertions += other.insertions
    deletions += other.deletions
    longInsertions += other.longInsertions
    longDeletions += other.longDeletions
    mnvs += other.mnvs
    others += other.others
    breakends += other.breakends
    multiallelic += other.multiallelic
    transitions += other.transitions
    transversions += other.transversions
  }
}

/// All records, and those whose FILTER is PASS.
struct PassSums: Sendable, Equatable {
  var all = SiteMetrics()
  var pass = SiteMetrics()

  @inline(__always)
  mutating func add(_ alleles: SiteAlleles, isPass: Bool) {
    all.add(alleles)
    if isPass { pass.add(alleles) }
  }

  mutating func merge(_ other: PassSums) {
    all.merge(other.all)
    pass.merge(other.pass)
  }
}

/// A contig's sums.
struct ContigSums: Sendable {
  var name: String
  var sums = PassSums()
  /// Records read, also those that filters or regions left out.
  var read = 0
  /// Records counted that have genotypes.
  var withGenotypes = 0
}
