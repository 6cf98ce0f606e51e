public import ArgumentParser
public import Reads

/// What is done to reads; names of bases and qualities as fastp 0.23.2 has them, with its defaults.
struct FastqTrimmingOptions: ParsableArguments {
  // MARK: Adapters

  @Option(help: ArgumentHelp("Adapter of first mates or single reads.", valueName: "sequence"))
  var adapter1: String?

  @Option(help: ArgumentHelp("Adapter of second mates; the default is --adapter1.", valueName: "sequence"))
  var adapter2: String?

  @Flag(help: "Look for the adapters of pairs in their first reads. For single reads that is the default.")
  var detectAdapters = false

  @Flag(help: "Cut no adapters.")
  var noAdapter = false

  // MARK: Fixed cuts

  @Option(help: "Bases cut from the 5′ ends of first mates.")
  var trimFront1 = 0

  @Option(help: "Bases cut from the 5′ ends of second mates; the default is --trim-front1.")
  var trimFront2: Int?

  @Option(help: "Bases cut from the 3′ ends of first mates.")
  var trimTail1 = 0

  @Option(help: "Bases cut from the 3′ ends of second mates; the default is --trim-tail1.")
  var trimTail2: Int?

  @Option(help: "The longest that a first mate may be after trimming; the rest of its 3′ end is cut. 0: no limit.")
  var trimTo1 = 0

  @Option(help: "The same for second mates; the default is --trim-to1.")
  var trimTo2: Int?

  // MARK: Windows

  @Flag(help: "Drop windows of low mean quality from the 5′ end.")
  var cutFront = false

  @Flag(help: "Drop windows of low mean quality from the 3′ end; without effect beside --cut-right.")
  var cutTail = false

  @Flag(help: "Drop the read from its first window of low mean quality on.")
  var cutRight = false

  @Option(help: "Bases of a window.")
  var cutWindow = 4

  @Option(help: "The least mean quality of a window.")
  var cutQuality = 20

  @Option(help: "Bases of a window of --cut-front; the default is --cut-window.")
  var cutFrontWindow: Int?

  @Option(help: "The least mean quality of --cut-front; the default is --cut-quality.")
  var cutFrontQuality: Int?

  @Option(help: "Bases of a window of --cut-tail; the default is --cut-window.")
  var cutTailWindow: Int?

  @Option(help: "The least mean quality of --cut-tail; the default is --cut-quality.")
  var cutTailQuality: Int?

  @Option(help: "Bases of a window of --cut-right; the default is --cut-window.")
  var cutRightWindow: Int?

  @Option(help: "The least mean quality of --cut-right; the default is --cut-quality.")
  var cutRightQuality: Int?

  // MARK: Tails of one base

  @Flag(
    inversion: .prefixedNo,
    help: "Cut tails of G; the default is to do so where the first read's name is of a two-colour instrument.")
  var trimPolyG: Bool?

  @Option(help: "The shortest tail of G that is cut.")
  var polyGLength = 10

  @Flag(help: "Cut tails of any one base.")
  var trimPolyX = false

  @Option(help: "The shortest tail of --trim-poly-x.")
  var polyXLength = 10

  // MARK: Filters

  @Option(help: "A base below this quality is unqualified.")
  var qualifiedQuality = 15

  @Option(help: "A read with a larger percentage of unqualified bases is dropped.")
  var unqualifiedPercent = 40

  @Option(help: "A read with a lower mean quality is dropped. 0: not looked at.")
  var averageQuality = 0

  @Option(help: "A read with more N is dropped.")
  var maxN = 5

  @Option(help: "A shorter read is dropped.")
  var minLength = 15

  @Option(help: "A longer read is dropped. 0: no limit.")
  var maxLength = 0

  @Flag(help: "Drop no reads for quality or N.")
  var noQualityFilter = false

  @Flag(help: "Drop no reads for length, but for those without bases.")
  var noLengthFilter = false

  @Flag(help: "Drop reads in which few bases differ from the next.")
  var lowComplexity = false

  @Option(help: "The least percentage of bases that differ from the next.")
  var complexityPercent = 30

  @Flag(
    help: "Drop reads or pairs whose bases were all seen before; takes 20 to 65 bytes of memory for each that stays.")
  var dedup = false

  // MARK: Overlap of mates

  @Flag(
    help:
      "Correct differing bases in the overlap of mates, where one is of quality 30 or more and the other of 14 or less."
  )
  var correct = false

  @Option(help: "Overlaps of mates must be longer than this.")
  var overlapLength = 30

  @Option(help: "The most differences in the first 50 bases of an overlap.")
  var overlapDifferences = 5

  @Option(help: "The most differences in percent of the overlap.")
  var overlapPercent = 20

  // MARK: Identifiers

  @Option(
    help: ArgumentHelp(
      "Where molecular identifiers are, which go into the read's name: index1, index2, read1, read2, per_index, per_read.",
      valueName: "place"))
  var umi: MolecularIdentifiers.Place?

  @Option(help: "Bases of the identifier, where it is in a read.")
  var umiLength = 0

  @Option(help: "Bases behind the identifier that are dropped.")
  var umiSkip = 0

  @Option(help: "What stands before the identifier in the name.")
  var umiPrefix = ""

  func validate() throws {
    for (name, adapter) in [("--adapter1", adapter1), ("--adapter2", adapter2)] {
      guard let adapter else { continue }
      guard adapter.count >= 4, adapter.uppercased().allSatisfy({ "ACGTN".contains($0) }) else {
        throw ValidationError("\(name) takes at least 4 letters of A, C, G, T and N")
      }
    }
    if noAdapter, adapter1 != nil || adapter2 != nil || detectAdapters {
      throw ValidationError("--no-adapter goes with no other adapter option")
    }
    try validateRanges()
    if umi == .read1 || umi == .read2 || umi == .perRead, umiLength < 1 {
      throw ValidationError("--umi \(umi?.rawValue ?? "") needs --umi-length")
    }
    if umi == nil, umiLength > 0 || umiSkip > 0 || !umiPrefix.isEmpty {
      throw ValidationError("--umi-length, --umi-skip and --umi-prefix need --umi")
    }
    if !umiPrefix.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      throw ValidationError("--umi-prefix takes letters and digits")
    }
  }

  private func validateRanges() throws {
    let limits: [(String, Int?, ClosedRange<Int>)] = [
      ("--trim-front1", trimFront1, 0...100_000), ("--trim-front2", trimFront2, 0...100_000),
      ("--trim-tail1", trimTail1, 0...100_000), ("--trim-tail2", trimTail2, 0...100_000),
      ("--trim-to1", trimTo1, 0...(1 << 30)), ("--trim-to2", trimTo2, 0...(1 << 30)),
      ("--cut-window", cutWindow, 1...1000), ("--cut-quality", cutQuality, 1...36),
      ("--cut-front-window", cutFrontWindow, 1...1000), ("--cut-front-quality", cutFrontQuality, 1...36),
      ("--cut-tail-window", cutTailWindow, 1...1000), ("--cut-tail-quality", cutTailQuality, 1...36),
      ("--cut-right-window", cutRightWindow, 1...1000), ("--cut-right-quality", cutRightQuality, 1...36),
      ("--poly-g-length", polyGLength, 1...1000), ("--poly-x-length", polyXLength, 1...1000),
      ("--qualified-quality", qualifiedQuality, 0...93), ("--unqualified-percent", unqualifiedPercent, 0...100),
      ("--average-quality", averageQuality, 0...93), ("--max-n", maxN, 0...(1 << 30)),
      ("--min-length", minLength, 0...(1 << 30)), ("--max-length", maxLength, 0...(1 << 30)),
      ("--complexity-percent", complexityPercent, 0...100), ("--overlap-length", overlapLength, 0...(1 << 30)),
      ("--overlap-differences", overlapDifferences, 0...50), ("--overlap-percent", overlapPercent, 0...100),
      ("--umi-length", umiLength, 0...100), ("--umi-skip", umiSkip, 0...100),
    ]
    for (name, value, range) in limits {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError("\(name) takes \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// The engine's options.
  func readOptions(isPaired: Bool) -> ReadOptions {
    var options = ReadOptions()
    options.cut1.front = trimFront1
    options.cut1.tail = trimTail1
    options.cut1.longest = trimTo1
    options.cut2.front = trimFront2 ?? trimFront1
    options.cut2.tail = trimTail2 ?? trimTail1
    options.cut2.longest = trimTo2 ?? trimTo1
    func window(_ isOn: Bool, _ size: Int?, _ quality: Int?) -> ReadOptions.QualityWindow? {
      isOn ? ReadOptions.QualityWindow(size: size ?? cutWindow, meanQuality: quality ?? cutQuality) : nil
    }
    options.cutFront = window(cutFront, cutFrontWindow, cutFrontQuality)
    options.cutTail = window(cutTail, cutTailWindow, cutTailQuality)
    options.cutRight = window(cutRight, cutRightWindow, cutRightQuality)
    options.polyG = trimPolyG.map { $0 ? .always : .never } ?? .automatic
    options.polyGLength = polyGLength
    options.polyX = trimPolyX ? polyXLength : nil
    options.adapters = adapters(isPaired: isPaired)
    options.overlap.shortest = overlapLength
    options.overlap.differences = overlapDifferences
    options.overlap.differencePercent = overlapPercent
    options.correctsBases = correct
    options.quality = quality
    options.length = length
    options.complexityPercent = lowComplexity ? complexityPercent : nil
    options.dropsDuplicates = dedup
    options.molecularIdentifiers = umi.map {
      MolecularIdentifiers(place: $0, length: umiLength, skipped: umiSkip, prefix: umiPrefix)
    }
    return options
  }

  private func adapters(isPaired: Bool) -> ReadOptions.Adapters {
    var adapters = ReadOptions.Adapters()
    adapters.isEnabled = !noAdapter
    adapters.sequence1 = adapter1.map { Array($0.uppercased().utf8) }
    adapters.sequence2 = adapter2.map { Array($0.uppercased().utf8) } ?? (detectAdapters ? nil : adapters.sequence1)
    adapters.detects = detectAdapters || !isPaired
    return adapters
  }

  private var quality: ReadOptions.QualityFilter? {
    guard !noQualityFilter else { return nil }
    var filter = ReadOptions.QualityFilter()
    filter.qualified = qualifiedQuality
    filter.unqualifiedPercent = unqualifiedPercent
    filter.mean = averageQuality
    filter.mostN = maxN
    return filter
  }

  private var length: ReadOptions.LengthFilter? {
    guard !noLengthFilter else { return nil }
    var filter = ReadOptions.LengthFilter()
    filter.shortest = minLength
    filter.longest = maxLength
    return filter
  }
}

extension MolecularIdentifiers.Place: ExpressibleByArgument {}
