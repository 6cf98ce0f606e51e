/// What is done to reads, with fastp 0.23.2's defaults and in its order.
///
/// Lengths and positions are in bases, qualities are Phred scores.
public struct ReadOptions: Sendable, Hashable, Codable {
  /// Bases cut from each end without looking at them.
  public struct FixedCut: Sendable, Hashable, Codable {
    /// Bases cut at the 5′ end.
    public var front = 0
    /// Bases cut at the 3′ end.
    public var tail = 0
    /// The longest that a read may be after trimming; the rest of its 3′ end goes. 0: no limit.
    public var longest = 0

    /// Nothing cut.
    public init() {}
  }

  /// A sliding window and the mean quality that it must reach.
  public struct QualityWindow: Sendable, Hashable, Codable {
    /// Bases, 1 to 1000.
    public var size: Int
    /// The mean Phred score, 1 to 36.
    public var meanQuality: Int

    /// A window; fastp's is 4 bases of mean 20.
    public init(size: Int = 4, meanQuality: Int = 20) {
      self.size = size
      self.meanQuality = meanQuality
    }
  }

  /// Whether tails of G, which two-colour instruments read where there is no signal, are cut.
  public enum PolyG: Sendable, Hashable, Codable {
    /// As the first read's name tells of the instrument.
    case automatic
    /// Always.
    case always
    /// Never.
    case never
  }

  /// Which adapters are cut.
  public struct Adapters: Sendable, Hashable, Codable {
    /// Whether adapters are cut at all.
    public var isEnabled = true
    /// The adapter of first mates or single reads, in upper case; nil: none is known.
    public var sequence1: [UInt8]?
    /// The adapter of second mates; nil: none is known.
    public var sequence2: [UInt8]?
    /// Whether adapters that were not given are looked for in the first reads of the file. fastp does so for single
    /// reads, and for pairs only on request.
    public var detects = false

    /// Adapters by pair overlap alone.
    public init() {}
  }

  /// When two mates overlap.
  public struct Overlap: Sendable, Hashable, Codable {
    /// Overlaps must be longer than this.
    public var shortest = 30
    /// The most differences in the first 50 bases.
    public var differences = 5
    /// The most differences in percent of the overlap.
    public var differencePercent = 20

    /// fastp's limits.
    public init() {}
  }

  /// What makes a read fail for its bases' qualities.
  public struct QualityFilter: Sendable, Hashable, Codable {
    /// A base below this score is unqualified.
    public var qualified = 15
    /// A read fails with more than this percentage of unqualified bases.
    public var unqualifiedPercent = 40
    /// A read fails with a lower mean score (rounded down). 0: not looked at.
    public var mean = 0
    /// A read fails with more N.
    public var mostN = 5

    /// fastp's limits.
    public init() {}
  }

  /// What makes a read fail for its length.
  public struct LengthFilter: Sendable, Hashable, Codable {
    /// Shorter reads fail.
    public var shortest = 15
    /// Longer reads fail. 0: no limit.
    public var longest = 0

    /// fastp's limits.
    public init() {}
  }

  /// Cuts of first mates or single reads.
  public var cut1 = FixedCut()
  /// Cuts of second mates.
  public var cut2 = FixedCut()
  /// From the 5′ end, windows below their mean are dropped until one reaches it.
  public var cutFront: QualityWindow?
  /// From the 3′ end, windows below their mean are dropped until one reaches it. Not done together with `cutRight`.
  public var cutTail: QualityWindow?
  /// From the first window below its mean on, the rest of the read is dropped.
  public var cutRight: QualityWindow?
  /// Tails of G.
  public var polyG = PolyG.automatic
  /// The shortest tail of G that is cut.
  public var polyGLength = 10
  /// The shortest tail of any one base that is cut; nil: none is.
  public var polyX: Int?
  /// Adapters.
  public var adapters = Adapters()
  /// Overlap of mates.
  public var overlap = Overlap()
  /// Whether differing bases in the overlap of mates are corrected.
  public var correctsBases = false
  /// The filter by quality; nil: none.
  public var quality: QualityFilter? = QualityFilter()
  /// The filter by length; nil: none but that for reads without bases.
  public var length: LengthFilter? = LengthFilter()
  /// The least percentage of bases that differ from the next one; nil: no such filter.
  public var complexityPercent: Int?
  /// Where molecular identifiers are; nil: nowhere.
  public var molecularIdentifiers: MolecularIdentifiers?
  /// Whether reads (or pairs) whose bases were all seen before are dropped.
  public var dropsDuplicates = false

  /// fastp's defaults.
  public init() {}

  /// Nothing is trimmed or dropped, not even reads without bases: what comes in goes out.
  public static var passThrough: ReadOptions {
    var options = ReadOptions()
    options.polyG = .never
    options.adapters.isEnabled = false
    options.quality = nil
    options.length = nil
    options.keepsEmptyReads = true
    return options
  }

  /// Whether a read without bases passes; else it fails as too short even where no filter is on, as in fastp.
  public var keepsEmptyReads = false
}
