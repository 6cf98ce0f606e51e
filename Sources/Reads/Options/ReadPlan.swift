/// What is done to the reads of one run: the options, and what the reads themselves decided.
public struct ReadPlan: Sendable, Hashable, Codable {
  /// What was asked for.
  public var options: ReadOptions
  /// Whether there are two mates.
  public var isPaired: Bool
  /// Whether tails of G are cut.
  public var cutsPolyG: Bool
  /// Whether reads are only counted, see `ReadJob.countsAlone`.
  public var countsAlone = false
  /// The adapter of first mates or single reads, given or found; nil: none.
  public var adapter1: [UInt8]?
  /// The adapter of second mates, given or found; nil: none.
  public var adapter2: [UInt8]?

  /// A plan without anything found in the reads.
  public init(_ options: ReadOptions, isPaired: Bool) {
    self.options = options
    self.isPaired = isPaired
    cutsPolyG = options.polyG == .always
    adapter1 = options.adapters.isEnabled ? options.adapters.sequence1 : nil
    adapter2 = options.adapters.isEnabled ? options.adapters.sequence2 : nil
  }

  /// Beginnings of the names that instruments give which read G where there is no signal, as fastp 1.3.6 lists them:
  /// iSeq, MiniSeq, NextSeq 500/550, NextSeq 1000/2000, NovaSeq 6000 and NovaSeq X. (fastp 0.23.2 knows NS, NB, NDX and
  /// A0 alone.)
  public static let twoColourNames = ["FS", "MN", "SH", "NS", "NB", "NDX", "VL", "VH", "A", "NA", "LH"]

  /// Decides on tails of G by the name of the first read.
  mutating func decide(firstName name: UnsafeRawBufferPointer) {
    guard options.polyG == .automatic else { return }
    cutsPolyG = Self.twoColourNames.contains { name.starts(with: $0.utf8) }
  }
}
