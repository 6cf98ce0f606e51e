/// Why a passed single-base substitution is not in the SBS96 catalogue.
public enum CatalogueSkip: String, Sendable, Hashable, Codable, CaseIterable {
  /// The contig is none of 1–22 and X.
  case contig = "contig-outside-1-22-X"
  /// The record has several alternates.
  case multiallelic = "multiallelic-record"
  /// A base beside it is none of A, C, G, T, or lies behind the contig's end.
  case context = "context-not-ACGT"
  /// One of two adjacent substitutions on one haplotype: counted as a doublet.
  case phasedDoublet = "phased-doublet"
  /// One of three or more adjacent substitutions on one haplotype.
  case phasedRun = "phased-run-of-3-or-more"
}

/// Substitutions by class.
public struct MutationCatalogue: Sendable, Hashable, Codable {
  /// Single-base substitutions in the order of ``SubstitutionClass/labels``.
  public var single = [Int](repeating: 0, count: SubstitutionClass.count)
  /// Doublets in the order of ``DoubletClass/labels``.
  public var doublet = [Int](repeating: 0, count: DoubletClass.labels.count)
  /// Passed single-base substitutions that are not in `single`, by why.
  public var skipped: [String: Int] = [:]
  /// Doublets from two records that the caller phased.
  public var doubletsFromPhase = 0
  /// Doublets from one record of two bases.
  public var doubletsFromRecords = 0
  /// Passed substitutions of several bases in one record that are no doublet of the 78 classes, by why: those of three or
  /// more bases, and those that the reasons of `skipped` leave out.
  public var multiBaseSkipped: [String: Int] = [:]
  /// Adjacent substitutions of which the file does not say that they lie on one haplotype: both stay in `single`.
  public var adjacentUnphased = 0

  /// An empty catalogue.
  public init() {}

  /// The number of single-base substitutions in it.
  public var total: Int { single.reduce(0, +) }

  /// The sums of the six substitutions, in the order of ``SubstitutionClass/substitutions``.
  public var six: [Int] { (0..<6).map { single[($0 * 16)..<($0 * 16 + 16)].reduce(0, +) } }

  /// Of several bases in one record: three or more.
  static let threeOrMore = "three-or-more-bases"

  mutating func skip(_ reason: CatalogueSkip, _ count: Int = 1) { skipped[reason.rawValue, default: 0] += count }
}

/// Puts the substitutions of a sorted file into a catalogue, joining what is adjacent and phased.
struct CatalogueBuilder {
  /// A substitution that may be joined with the one behind it.
  struct Entry {
    /// Counted from 0.
    var position: Int
    var reference: UInt8
    var alternate: UInt8
    /// The class; -1 where a side is unknown.
    var index: Int16 = -1
    var phase: HaplotypePhase?
  }

  private(set) var catalogue = MutationCatalogue()
  /// Adjacent substitutions on one haplotype that are not ended yet: how many, the first and the last of them.
  private var pending = 0
  private var first = Entry(position: 0, reference: 0, alternate: 0)
  private var last = Entry(position: 0, reference: 0, alternate: 0)

  mutating func skip(_ reason: CatalogueSkip) { catalogue.skip(reason) }

  /// Adds a biallelic substitution.
  @inline(__always)
  mutating func add(_ entry: Entry) {
    if pending > 0 {
      if last.position + 1 == entry.position, joins(entry) { return }
      flush()
    }
    first = entry
    last = entry
    pending = 1
  }

  /// Whether a substitution behind the last one is on its haplotype, and joins it.
  private mutating func joins(_ entry: Entry) -> Bool {
    if let phase = last.phase, phase == entry.phase {
      last = entry
      pending += 1
      return true
    }
    if last.phase == nil || entry.phase == nil || last.phase?.set != entry.phase?.set {
      catalogue.adjacentUnphased += 1
    }
    return false
  }

  /// Notes a record of several bases that is in no class.
  mutating func skipMultiBase(_ reason: String) { catalogue.multiBaseSkipped[reason, default: 0] += 1 }

  /// Adds a record of two bases that both change.
  mutating func addDoublet(reference: (UInt8, UInt8), alternate: (UInt8, UInt8)) {
    guard let index = DoubletClass.index(reference: reference, alternate: alternate) else { return }
    catalogue.doublet[index] += 1
    catalogue.doubletsFromRecords += 1
  }

  /// Ends what is pending: at the end of a contig, and of the file.
  @inline(__always)
  mutating func flush() {
    if pending == 1, first.index >= 0 {
      catalogue.single[Int(first.index)] += 1
      pending = 0
    } else if pending > 0 {
      flushOthers()
    }
  }

  private mutating func flushOthers() {
    switch pending {
    case 1: catalogue.skip(.context)
    case 2:
      if let index = DoubletClass.index(
        reference: (first.reference, last.reference), alternate: (first.alternate, last.alternate))
      {
        catalogue.doublet[index] += 1
        catalogue.doubletsFromPhase += 1
      }
      catalogue.skip(.phasedDoublet, 2)
    default: catalogue.skip(.phasedRun, pending)
    }
    pending = 0
  }
}

/// On which haplotype of which phase set an allele lies.
struct HaplotypePhase: Hashable {
  /// The phase set: PS, or a hash of the caller's name for it.
  var set: UInt64
  /// A bit for each haplotype that has the allele.
  var haplotypes: UInt8
}
