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
  /// Adjacent substitutions of which the file does not say that they lie on one haplotype: both stay in `single`.
  public var adjacentUnphased = 0

  /// An empty catalogue.
  public init() {}

  /// The number of single-base substitutions in it.
  public var total: Int { single.reduce(0, +) }

  /// The sums of the six substitutions, in the order of ``SubstitutionClass/substitutions``.
  public var six: [Int] { (0..<6).map { single[($0 * 16)..<($0 * 16 + 16)].reduce(0, +) } }

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
    /// The class; nil where a side is unknown.
    var index: Int?
    var phase: HaplotypePhase?
  }

  private(set) var catalogue = MutationCatalogue()
  private var pending: [Entry] = []

  mutating func skip(_ reason: CatalogueSkip) { catalogue.skip(reason) }

  /// Adds a biallelic substitution.
  mutating func add(_ entry: Entry) {
    if let last = pending.last, last.position + 1 == entry.position {
      if let phase = last.phase, phase == entry.phase {
        pending.append(entry)
        return
      }
      if last.phase == nil || entry.phase == nil || last.phase?.set != entry.phase?.set {
        catalogue.adjacentUnphased += 1
      }
    }
    flush()
    pending.append(entry)
  }

  /// Adds a record of two bases that both change.
  mutating func addDoublet(reference: (UInt8, UInt8), alternate: (UInt8, UInt8)) {
    guard let index = DoubletClass.index(reference: reference, alternate: alternate) else { return }
    catalogue.doublet[index] += 1
    catalogue.doubletsFromRecords += 1
  }

  /// Ends what is pending: at the end of a contig, and of the file.
  mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    switch pending.count {
    case 0: return
    case 1:
      if let index = pending[0].index { catalogue.single[index] += 1 } else { catalogue.skip(.context) }
    case 2:
      let (one, two) = (pending[0], pending[1])
      if let index = DoubletClass.index(
        reference: (one.reference, two.reference), alternate: (one.alternate, two.alternate))
      {
        catalogue.doublet[index] += 1
        catalogue.doubletsFromPhase += 1
      }
      catalogue.skip(.phasedDoublet, 2)
    default: catalogue.skip(.phasedRun, pending.count)
    }
  }
}

/// On which haplotype of which phase set an allele lies.
struct HaplotypePhase: Hashable {
  /// The phase set: PS, or a hash of the caller's name for it.
  var set: UInt64
  /// A bit for each haplotype that has the allele.
  var haplotypes: UInt8
}
