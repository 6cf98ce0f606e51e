/// How many of the reads are repeats, estimated for the whole file from the sequences that were followed.
struct FastQCDuplication {
  /// The upper ends of the levels: 1 to 9 each its own, then more than 10, 50, 100, 500, 1000, 5000 and 10,000 times, as
  /// FastQC names them.
  private static let levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50, 100, 500, 1000, 5000, 10_000, Int.max]

  /// The sequences in the order of FastQC's table.
  let order: [Int]
  /// Percent of distinct sequences by level.
  private(set) var distinctPercents = [Double](repeating: 0, count: levels.count)
  /// Percent of reads by level.
  private(set) var readPercents = [Double](repeating: 0, count: levels.count)
  /// Percent of the reads that is left with one of each.
  private(set) var remainingPercent = 100.0

  init(_ sequences: FastQCSequences) {
    order = sequences.javaOrder
    var distinct = 0.0
    var reads = 0.0
    for (times, observed) in Self.sequencesByCount(sequences, order) {
      let count = Self.corrected(observed, times: times, sequences)
      distinct += count
      reads += count * Double(times)
      let level = Self.levels.firstIndex { times <= $0 } ?? Self.levels.count - 1
      distinctPercents[level] += count
      readPercents[level] += count * Double(times)
    }
    distinctPercents = distinctPercents.map { $0 / distinct * 100 }
    readPercents = readPercents.map { $0 / reads * 100 }
    if reads != 0 { remainingPercent = distinct / reads * 100 }
  }

  /// How many sequences occur how often, in the order in which FastQC sums them, since sums round.
  private static func sequencesByCount(_ sequences: FastQCSequences, _ order: [Int]) -> [(times: Int, sequences: Int)] {
    var observed: [Int: Int] = [:]
    var arrivals: [Int] = []
    for sequence in order {
      let times = Int(sequences.counts[sequence])
      if observed.updateValue((observed[times] ?? 0) + 1, forKey: times) == nil { arrivals.append(times) }
    }
    let hashes = arrivals.map { Int32(truncatingIfNeeded: $0) }
    return JavaHashOrder.order(of: hashes).map { (arrivals[$0], observed[arrivals[$0]] ?? 0) }
  }

  /// Sequences of a count in the whole file: those seen, over the chance to meet one among the reads up to the limit.
  ///
  /// That chance is one less the product over those reads of (left − times) / left, `left` reads being still to come.
  private static func corrected(_ observed: Int, times: Int, _ sequences: FastQCSequences) -> Double {
    let total = sequences.reads
    let limit = sequences.readsAtLimit
    guard limit != total, total - observed >= limit else { return Double(observed) }
    // Below this chance the correction is less than a hundredth of a sequence.
    let negligible = 1 - Double(observed) / (Double(observed) + 0.01)
    var unseen = 1.0
    for left in stride(from: total, to: total - limit, by: -1) {
      unseen *= Double(left - times) / Double(left)
      if unseen < negligible { return Double(observed) }
    }
    return Double(observed) / (1 - unseen)
  }
}

extension FastQCModule {
  /// Sequences and reads by how often a sequence occurs.
  static func duplication(_ levels: FastQCDuplication) -> FastQCModule {
    let labels = (1...9).map { "\($0)" } + [">10", ">50", ">100", ">500", ">1k", ">5k", ">10k+"]
    var module = FastQCModule(name: "Sequence Duplication Levels", verdict: .pass)
    module.table = FastQCTable("Total Deduplicated Percentage\t" + JavaDouble.text(levels.remainingPercent))
    module.table.addRow(["#Duplication Level", "Percentage of deduplicated", "Percentage of total"])
    for (index, label) in labels.enumerated() {
      module.table.addRow([label], [levels.distinctPercents[index], levels.readPercents[index]])
    }
    module.verdict = Verdict(fail: levels.remainingPercent < 50, warn: levels.remainingPercent < 70)
    return module
  }
}

extension FastQCSequences {
  /// The sequences in the order of a Java table of texts.
  var javaOrder: [Int] { JavaHashOrder.order(of: counts.indices.map { JavaHashOrder.hash(table.letters($0)) }) }
}
