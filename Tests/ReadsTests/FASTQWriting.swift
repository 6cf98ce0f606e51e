import EngineTestSupport
import GenomicFiles
import Genomics
import Reads

/// One read as the tests make it.
struct Read {
  var name: String
  var bases: [UInt8]
  /// Phred scores.
  var qualities: [UInt8]

  func text(_ lineEnd: String, repeatsName: Bool) -> String {
    let sequence = String(decoding: bases, as: UTF8.self)
    let quality = String(decoding: qualities.map { $0 + 33 }, as: UTF8.self)
    return ["@" + name, sequence, "+" + (repeatsName ? name : ""), quality, ""].joined(separator: lineEnd)
  }
}

extension SeededGenerator {
  /// Reads of 0 to 500 bases, IUPAC codes and lower case among them, scores of the whole range.
  mutating func reads(_ count: Int, suffix: String = "", longest: Int = 500) -> [Read] {
    let usual = Array("ACGTN".utf8)
    let odd = Array("ACGTNacgtnRYSWKMBDHVryswkmbdhvU".utf8)
    return (0..<count).map { number in
      let letters = oneIn(4) ? odd : usual
      let length = oneIn(10) ? int(0...3) : int(0...longest)
      return Read(
        name: "read:\(number)\(suffix)", bases: (0..<length).map { _ in pick(letters) },
        qualities: (0..<length).map { _ in UInt8(oneIn(3) ? int(0...93) : int(18...32)) })
    }
  }

  /// The file of these reads, with line feeds or carriage returns too, names repeated after `+` or not.
  mutating func fastq(_ reads: [Read]) -> String {
    let lineEnd = pick(["\n", "\r\n"])
    let repeats = oneIn(2)
    return reads.map { $0.text(lineEnd, repeatsName: repeats) }.joined()
  }
}

/// Counts of reads made the slow and obvious way.
struct NaiveReads {
  var reads = 0
  var bases = 0
  var lengths: [Int: Int] = [:]
  var gcPercents = [Int](repeating: 0, count: 101)
  /// By cycle and letter (`ACGTN`), by cycle and score.
  var letters: [[Character: Int]] = []
  var scores: [[Int: Int]] = []

  init(_ reads: [Read]) {
    for read in reads {
      self.reads += 1
      bases += read.bases.count
      lengths[read.bases.count, default: 0] += 1
      var called = 0
      var strong = 0
      for (cycle, base) in read.bases.enumerated() {
        if letters.count <= cycle {
          letters.append([:])
          scores.append([:])
        }
        let upper = Character(Unicode.Scalar(base)).uppercased()
        let letter: Character = "ACGT".contains(upper) ? Character(upper) : "N"
        letters[cycle][letter, default: 0] += 1
        scores[cycle][Int(read.qualities[cycle]), default: 0] += 1
        called += letter == "N" ? 0 : 1
        strong += letter == "G" || letter == "C" ? 1 : 0
      }
      if called > 0 { gcPercents[Int((100 * Double(strong) / Double(called)).rounded())] += 1 }
    }
  }

  func bases(atLeast limit: Int) -> Int {
    scores.reduce(0) { $0 + $1.filter { $0.key >= limit }.values.reduce(0, +) }
  }
}

/// Runs the engine on one file or two.
func process(
  _ input1: String, _ input2: String? = nil, outputs: [String] = [], threads: Int = 2, batchBytes: Int = 1 << 20,
  options: ReadOptions = .passThrough
) async throws -> ReadResult {
  let result = try await processReads(
    ReadJob(
      input1: InputFile(path: input1), input2: input2.map { InputFile(path: $0) }, options: options,
      outputs: outputs.map { OutputPlan(path: $0, container: OutputContainer(path: $0, level: 4), force: false) }),
    resources: RunResources(threads: threads, batchBytes: batchBytes))
  for output in result.pending { _ = try await output.commit() }
  return result
}
