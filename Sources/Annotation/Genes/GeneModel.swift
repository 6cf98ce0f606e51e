import Genomics

/// What is odd or notable about a transcript; the raw value is a set of bits in the cache.
public struct TranscriptFlags: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt32
  /// Flags of these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The CDS lacks its start (`cds_start_NF`).
  public static let startIncomplete = Self(rawValue: 1)
  /// The CDS lacks its end (`cds_end_NF`).
  public static let endIncomplete = Self(rawValue: 2)
  /// MANE Select.
  public static let maneSelect = Self(rawValue: 4)
  /// MANE Plus Clinical.
  public static let manePlusClinical = Self(rawValue: 8)
  /// Ensembl canonical.
  public static let canonical = Self(rawValue: 16)
  /// The CDS does not start with a start codon though it is said to be whole.
  public static let noStart = Self(rawValue: 32)
  /// The CDS does not end with a stop codon though it is said to be whole.
  public static let noStop = Self(rawValue: 64)
  /// A stop codon stands inside the CDS.
  public static let internalStop = Self(rawValue: 128)
  /// The length of a whole CDS is not a multiple of three.
  public static let partialCodon = Self(rawValue: 256)
  /// The CDS is not the exons' bases between its ends, so its frame is unknown.
  public static let irregular = Self(rawValue: 512)
  /// The genetic code is the mitochondrial one (NCBI table 2).
  public static let mitochondrial = Self(rawValue: 1024)

  /// The transcript's own sequence is said to differ from the reference's, and it is not known where.
  public static let unlikeReference = Self(rawValue: 2048)

  /// RefSeq Select.
  public static let refSeqSelect = Self(rawValue: 4096)
  /// GENCODE basic.
  public static let basic = Self(rawValue: 8192)

  /// The flags that say that the CDS does not translate.
  public static let untranslatable: Self = [.noStart, .noStop, .internalStop, .partialCodon, .irregular]
}

/// A gene as an annotation gives it.
struct GeneModel: Hashable {
  var id: String
  var symbol: String
  var biotype: String
  /// `HGNC:5`; empty where the file does not tell it.
  var hgnc = ""
  /// Who named it, in VEP's words; empty where the file does not tell it.
  var symbolSource = ""
}

/// A transcript as an annotation gives it, with its spliced bases. Positions count from 0, half-open.
struct TranscriptModel {
  var id: String
  var version: String
  var biotype: String
  var protein: String
  var gene: GeneModel
  var contig: String
  var isReverse: Bool
  /// On the contig, ascending.
  var exons: [Range<Int>]
  /// On the contig, ascending; empty for a non-coding transcript.
  var coding: [Range<Int>]
  /// Bases before the first whole codon of the CDS's first segment on the transcript's strand, 0 to 2.
  var phase: Int
  var flags: TranscriptFlags
  /// The exons' bases on the transcript's strand, in upper case.
  var bases: [UInt8] = []
  /// Where the transcript's own sequence differs from `bases`; ascending, not overlapping.
  var edits: [Edit] = []
  /// Places on the contig where a codon that stands for selenocysteine begins, on the transcript's strand.
  var recoded: [Int] = []
  /// Whether it is said to hold selenocysteine, wherever that is.
  var isSelenoprotein = false
  var details = Details()
  /// Mature miRNAs that are cut out of it, on the contig; ascending.
  var mature: [Range<Int>] = []
  /// The line of the annotation, for errors.
  var line: Int

  /// What is told of a transcript beside its sequence; empty where the file does not tell it.
  struct Details: Hashable {
    /// The transcript of the other annotation that is the same under MANE.
    var counterpart = ""
    /// Transcript support level: a number.
    var supportLevel = ""
    /// `P1` to `P5`, `A1`, `A2`.
    var appris = ""
    /// The identifier of the consensus CDS.
    var consensus = ""
  }

  /// A stretch that the transcript's own sequence has otherwise.
  struct Edit: Hashable {
    /// Where in `bases`.
    var place: Int
    /// How many of the bases the transcript lacks from there.
    var skipped: Int
    /// What it has in their stead, in upper case; N for what is not known.
    var letters: String
  }

  /// Where in `bases` the codons of selenocysteine begin; ascending.
  var recodedInBases: [Int] {
    var places: [Int] = []
    for position in recoded {
      var before = 0
      for exon in exons {
        if exon.contains(position) {
          let inside = position - exon.lowerBound
          places.append(isReverse ? bases.count - before - inside - 1 : before + inside)
        }
        before += exon.count
      }
    }
    // A codon over a splice site stands on two lines.
    return places.sorted().reduce(into: []) { if $1 - ($0.last ?? -3) >= 3 { $0.append($1) } }
  }

  /// The place on the contig of one of the bases.
  func position(of base: Int) -> Int? {
    var rest = isReverse ? bases.count - 1 - base : base
    for exon in exons {
      if rest < exon.count { return rest < 0 ? nil : exon.lowerBound + rest }
      rest -= exon.count
    }
    return nil
  }

  var span: Range<Int> { (exons.first?.lowerBound ?? 0)..<(exons.last?.upperBound ?? 0) }

  /// Where the CDS lies in the spliced bases; nil for a non-coding transcript, or where it is not the exons' bases.
  var codingInBases: Range<Int>? {
    guard let low = coding.first?.lowerBound, let high = coding.last?.upperBound else { return nil }
    guard Self.joined(exons.compactMap { Self.clamped($0, low..<high) }) == Self.joined(coding) else { return nil }
    var before = 0
    var inside = 0
    for exon in exons {
      before += max(0, min(exon.upperBound, isReverse ? Int.max : low) - exon.lowerBound)
      if isReverse { before -= max(0, min(exon.upperBound, high) - exon.lowerBound) }
      inside += Self.clamped(exon, low..<high)?.count ?? 0
    }
    return before..<(before + inside)
  }

  private static func clamped(_ range: Range<Int>, _ limits: Range<Int>) -> Range<Int>? {
    let part = range.clamped(to: limits)
    return part.isEmpty ? nil : part
  }

  /// Ranges that touch or overlap made one; ascending.
  static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}
