/// FastQC's report of one file: `fastqc_data.txt` and `summary.txt` as FastQC 0.11.9 writes them under Java 8 to 18, with
/// its own limits and without options.
///
/// What differs on purpose is listed in `Docs/fastqc-differences.md`.
public struct FastQCReport: Sendable {
  /// The name of the file, without folders.
  public let fileName: String
  /// The modules in the order of the report.
  let modules: [FastQCModule]

  /// Makes the tables.
  /// - Parameters:
  ///   - fileName: the name of the file, without folders.
  ///   - cycles: counts of all reads by cycle and length.
  ///   - collector: the merged parts of all workers.
  ///   - sequences: the sequences, with all workers' counts.
  ///   - contaminants: what overrepresented sequences are compared with.
  public init(
    fileName: String, cycles: FastQCCycleCounts, collector: FastQCCollector, sequences: FastQCSequences,
    contaminants: FastQCContaminants
  ) {
    self.fileName = fileName
    let encoding = FastQCEncoding(lowestCharacter: cycles.lowestCharacter)
    let groups = FastQCBaseGroups.groups(length: cycles.cycles)
    let duplication = FastQCDuplication(sequences)
    modules = [
      .basicStatistics(fileName: fileName, cycles: cycles, encoding: encoding),
      cycles.cycles == 0 ? nil : .baseQuality(cycles, groups, encoding),
      collector.tiles.chosen.flatMap { .tileQuality($0) },
      .sequenceQuality(collector.meanQualities, encoding),
      .baseContent(cycles, groups),
      .sequenceGC(collector.gc),
      .nContent(cycles, groups),
      .lengths(cycles.lengths),
      .duplication(duplication),
      .overrepresented(sequences, order: duplication.order, contaminants),
      .adapterContent(collector.adapters, reads: cycles.reads),
    ].compactMap { $0 }
  }

  /// The bytes of `fastqc_data.txt`.
  public var text: [UInt8] {
    var text = Array("##FastQC\t0.11.9\n".utf8)
    for module in modules {
      text += ">>\(module.name)\t\(module.verdict.rawValue)\n".utf8
      text += module.table.bytes
      text += ">>END_MODULE\n".utf8
    }
    return text
  }

  /// The bytes of `summary.txt`.
  public var summary: [UInt8] {
    Array(modules.map { "\($0.verdict.rawValue.uppercased())\t\($0.name)\t\(fileName)\n" }.joined().utf8)
  }
}

/// A part of the report.
struct FastQCModule: Sendable {
  /// What FastQC makes of a table.
  enum Verdict: String, Sendable {
    case pass, warn, fail

    /// Fails or warns where a condition holds.
    init(fail: Bool, warn: Bool) { self = fail ? .fail : warn ? .warn : .pass }
  }

  var name: String
  var verdict: Verdict
  var table = FastQCTable()
}

/// Lines of columns parted by tabs.
struct FastQCTable: Sendable {
  private(set) var bytes: [UInt8] = []

  /// A table with its first line.
  init(_ titles: String...) { bytes += ("#" + titles.joined(separator: "\t") + "\n").utf8 }

  /// No table at all.
  init() {}

  /// Adds a line of text columns, then numbers as Java writes them.
  mutating func addRow(_ texts: [String], _ numbers: [Double] = []) {
    bytes += texts.joined(separator: "\t").utf8
    for number in numbers {
      bytes.append(UInt8(ascii: "\t"))
      JavaDouble.append(number, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
