import Genomics

/// What was counted over the records of one VCF. Parts merge in any order to the same totals.
///
/// `recordsOut == recordsIn - dropped + recordsAddedBySplitting + recordsAddedByAtomizing - recordsRemovedByJoining`;
/// `processVariants` asserts it.
public struct VariantCounts: Sendable, Equatable, Codable {
  /// Data lines read.
  public var recordsIn = 0
  /// Data lines written, or that would have been without an output.
  public var recordsOut = 0
  /// Lines dropped, by reason.
  public var dropped: [String: Int] = [:]
  /// Records with several alternate alleles that were split.
  public var recordsSplit = 0
  /// Lines that splitting made beyond the first of each record.
  public var recordsAddedBySplitting = 0
  /// `*` alleles of split records: never a record of their own.
  public var overlappingDeletionAllelesNotSplit = 0
  /// Alleles that were taken apart.
  public var allelesAtomized = 0
  /// Lines that taking apart made beyond the first of each allele.
  public var recordsAddedByAtomizing = 0
  /// Records that were made of their parts again.
  public var recordsJoined = 0
  /// Lines that joining took away beyond the first of each record.
  public var recordsRemovedByJoining = 0
  /// Parts of a record whose other parts are not there, or were changed since: written as they are.
  public var partsNotJoined = 0
  /// Lines with the POS, REF and ALT of another but other columns: kept. Whole duplicates are in `dropped`.
  public var duplicateAlleles = 0
  /// Records moved to the left.
  public var leftAligned = 0
  /// Records that lost bases that all their alleles share.
  public var trimmed = 0
  /// Records whose shift was not followed beyond 10,000 bases.
  public var shiftLimited = 0
  /// Records left as they were, by the reason: symbolic, breakend, unspecified (gVCF), overlapping deletion, no
  /// alternate, alternate equal to the reference.
  public var untouched: [String: Int] = [:]
  /// Records whose REF differs from the FASTA (with `--check-ref warn`; dropped ones are in `dropped`).
  public var referenceMismatches = 0
  /// Records whose REF matches an ambiguity code of the FASTA.
  public var referenceAmbiguous = 0
  /// Records read, by contig.
  public var recordsByContig: [String: Int] = [:]
  /// Records read, by the text of FILTER.
  public var recordsByFilter: [String: Int] = [:]
  /// Alternate alleles written, by class: `snv`, `mnv`, `insertion`, `deletion`, `complex`, and those of `untouched`.
  public var allelesByClass: [String: Int] = [:]
  /// SNV alleles A↔G and C↔T.
  public var transitions = 0
  /// Other SNV alleles.
  public var transversions = 0
  /// For each sample, records read by zygosity (`Genotype.Zygosity`); empty where records have no GT.
  public var zygosityBySample: [[String: Int]] = []

  /// Nothing counted.
  public init() {}

  /// Lines dropped for any reason.
  public var droppedTotal: Int { dropped.values.reduce(0, +) }

  /// Whether every line read is accounted for.
  public var balances: Bool {
    recordsOut == recordsIn - droppedTotal + recordsAddedBySplitting + recordsAddedByAtomizing - recordsRemovedByJoining
  }

  /// Adds a part.
  public mutating func merge(_ other: VariantCounts) {
    recordsIn += other.recordsIn
    recordsOut += other.recordsOut
    recordsSplit += other.recordsSplit
    recordsAddedBySplitting += other.recordsAddedBySplitting
    overlappingDeletionAllelesNotSplit += other.overlappingDeletionAllelesNotSplit
    allelesAtomized += other.allelesAtomized
    recordsAddedByAtomizing += other.recordsAddedByAtomizing
    recordsJoined += other.recordsJoined
    recordsRemovedByJoining += other.recordsRemovedByJoining
    partsNotJoined += other.partsNotJoined
    duplicateAlleles += other.duplicateAlleles
    leftAligned += other.leftAligned
    trimmed += other.trimmed
    shiftLimited += other.shiftLimited
    referenceMismatches += other.referenceMismatches
    referenceAmbiguous += other.referenceAmbiguous
    transitions += other.transitions
    transversions += other.transversions
    dropped.merge(other.dropped, uniquingKeysWith: +)
    untouched.merge(other.untouched, uniquingKeysWith: +)
    recordsByContig.merge(other.recordsByContig, uniquingKeysWith: +)
    recordsByFilter.merge(other.recordsByFilter, uniquingKeysWith: +)
    allelesByClass.merge(other.allelesByClass, uniquingKeysWith: +)
    allelesByClass = allelesByClass.filter { $0.value != 0 }
    if zygosityBySample.isEmpty {
      zygosityBySample = other.zygosityBySample
    } else {
      for (index, part) in other.zygosityBySample.enumerated() {
        zygosityBySample[index].merge(part, uniquingKeysWith: +)
      }
    }
  }
}

/// Classes of alternate alleles, as they are counted and reported.
enum AlleleClass: Int, CaseIterable {
  case snv, mnv, insertion, deletion, complex, symbolic, breakend, unspecified, overlappingDeletion, noAlternate
  case equalToReference

  /// The name in counts and reports.
  var name: String { String(describing: self) }

  /// The class of an allele of bases, told from what is left when the bases that both alleles end and begin with are
  /// taken off; the case of bases does not count.
  /// - Returns: also, for an SNV, the two bases in upper case.
  static func of(
    reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer
  ) -> (class: AlleleClass, bases: (UInt8, UInt8)?) {
    func agree(_ a: Int, _ b: Int) -> Bool { Base.uppercased(reference[a]) == Base.uppercased(alternate[b]) }
    var (refEnd, altEnd) = (reference.count, alternate.count)
    while refEnd > 0, altEnd > 0, agree(refEnd - 1, altEnd - 1) {
      refEnd -= 1
      altEnd -= 1
    }
    var start = 0
    while start < refEnd, start < altEnd, agree(start, start) { start += 1 }
    switch (refEnd - start, altEnd - start) {
    case (0, 0): return (.equalToReference, nil)
    case (0, _): return (.insertion, nil)
    case (_, 0): return (.deletion, nil)
    case (1, 1): return (.snv, (Base.uppercased(reference[start]), Base.uppercased(alternate[start])))
    case (let lost, let gained): return (lost == gained ? .mnv : .complex, nil)
    }
  }

  /// The class of an allele that is no bases.
  init?(_ kind: AlternateAlleleKind) {
    switch kind {
    case .bases: return nil
    case .none: self = .noAlternate
    case .overlappingDeletion: self = .overlappingDeletion
    case .unspecified: self = .unspecified
    case .symbolic: self = .symbolic
    case .breakend: self = .breakend
    }
  }
}
