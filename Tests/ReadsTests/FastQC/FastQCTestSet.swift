import EngineTestSupport
import Foundation
import Genomics
import Reads

/// Reads for a comparison with FastQC: whole records, written to a file for FastQC and counted here.
struct FastQCTestSet {
  var names: [[UInt8]] = []
  var sequences: [[UInt8]] = []
  var qualities: [[UInt8]] = []

  var count: Int { names.count }

  init() {}

  /// The records of a FASTQ text of four-line records.
  init(fastq: some Sequence<UInt8>) {
    let lines = Array(fastq).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for record in 0..<lines.count / 4 {
      append(Array(lines[4 * record]), Array(lines[4 * record + 1]), Array(lines[4 * record + 3]))
    }
  }

  /// - Parameters:
  ///   - name: the first line with its `@`.
  ///   - qualities: characters.
  mutating func append(_ name: [UInt8], _ sequence: [UInt8], _ qualities: [UInt8]) {
    names.append(name)
    sequences.append(sequence)
    self.qualities.append(qualities)
  }

  var fastq: Data {
    var data = Data()
    for record in 0..<count {
      for line in [names[record], sequences[record], [UInt8(ascii: "+")], qualities[record]] {
        data.append(contentsOf: line + [UInt8(ascii: "\n")])
      }
    }
    return data
  }

  /// Counts by cycle, made one base after the other.
  var cycleCounts: FastQCCycleCounts {
    var counts = FastQCCycleCounts(cycles: sequences.map(\.count).max() ?? 0)
    for (sequence, qualities) in zip(sequences, qualities) {
      counts.reads += 1
      counts.lengths[sequence.count, default: 0] += 1
      for cycle in sequence.indices {
        switch sequence[cycle] & 0xDF {
        case UInt8(ascii: "A"): counts.a[cycle] += 1
        case UInt8(ascii: "C"): counts.c[cycle] += 1
        case UInt8(ascii: "G"): counts.g[cycle] += 1
        case UInt8(ascii: "T"): counts.t[cycle] += 1
        case UInt8(ascii: "N"): counts.n[cycle] += 1
        default: break
        }
        counts.qualities[cycle * FastQCCycleCounts.qualityCount + Int(qualities[cycle]) - 33] += 1
      }
    }
    return counts
  }

  /// Adds some records to a collector.
  func add(_ records: Range<Int>, to collector: inout FastQCCollector) {
    for record in records {
      names[record].withUnsafeBytes { name in
        sequences[record].withUnsafeBytes { sequence in
          qualities[record].withUnsafeBytes { qualities in
            collector.add(name: name, sequence: sequence, qualities: qualities, index: record)
          }
        }
      }
    }
  }

  /// The report of one worker that takes all in order.
  func report(_ fileName: String, _ contaminants: FastQCContaminants = FastQCContaminants()) -> FastQCReport {
    var collector = FastQCCollector()
    add(0..<count, to: &collector)
    var sequences = FastQCSequences()
    for sequence in self.sequences { sequence.withUnsafeBytes { sequences.add($0) } }
    return FastQCReport(
      fileName: fileName, cycles: cycleCounts, collector: collector, sequences: sequences, contaminants: contaminants)
  }
}

/// What FastQC itself says.
struct FastQCPeer {
  /// The lines of each module of `fastqc_data.txt`, and of what stands before the first, by the module's name.
  var modules: [(name: String, lines: [Substring])]
  var data: String
  var summary: String

  /// FastQC's own list of contaminants, as Debian installs it.
  static let contaminantList = "/etc/fastqc/Configuration/contaminant_list.txt"

  static var isInstalled: Bool {
    Peer.areInstalled("fastqc") && FileManager.default.fileExists(atPath: contaminantList)
      && (try? Peer.run("fastqc", ["--version"]))?.text.contains("v0.11.9") == true
  }

  static func contaminants() throws -> FastQCContaminants {
    try FastQCContaminants(
      text: String(contentsOfFile: contaminantList, encoding: .utf8), path: contaminantList)
  }

  /// Runs FastQC on the file `reads.fastq`.
  static func run(_ set: FastQCTestSet) throws -> FastQCPeer {
    let folder = try ScratchFolder()
    try set.fastq.write(to: URL(fileURLWithPath: folder.path("reads.fastq")))
    try Peer.output("fastqc", "--extract", "--quiet", "--outdir", folder.path(""), folder.path("reads.fastq"))
    let data = try folder.text(of: "reads_fastqc/fastqc_data.txt")
    return FastQCPeer(
      modules: Self.modules(data), data: data, summary: try folder.text(of: "reads_fastqc/summary.txt"))
  }

  static func modules(_ data: String) -> [(name: String, lines: [Substring])] {
    var modules: [(name: String, lines: [Substring])] = []
    for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(">>"), line != ">>END_MODULE" { modules.append((String(line), [])) }
      if modules.isEmpty { modules.append(("", [])) }
      modules[modules.count - 1].lines.append(line)
    }
    return modules
  }
}
