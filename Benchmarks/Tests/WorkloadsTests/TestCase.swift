import CWorkloadHTSlib
import Foundation
import Testing

@testable import Workloads

/// A small trio on disk, made once for all suites that read files.
enum TestCase {
  static let seed: UInt64 = 20
  static let workload: CaseWorkload = {
    var workload = CaseWorkload.testData(seed: seed)
    workload.jointVCF = true
    return workload
  }()

  static let directory: String = {
    let path = NSTemporaryDirectory() + "apus-workload-tests-\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try workload.write(to: path)
    } catch {
      Issue.record("the case cannot be made: \(error)")
    }
    atexit { try? FileManager.default.removeItem(atPath: TestCase.directory) }
    return path
  }()

  static func path(_ file: String) -> String { directory + "/" + file }

  /// The same genome, genes and family in memory.
  static func family() throws -> (genome: Genome, genes: [Gene], family: Family) {
    var genome = Genome.synthesise(seed: seed, contigs: workload.contigs)
    let genes = Gene.plant(in: &genome, seed: seed, spacing: workload.geneSpacing)
    let family = try Family.synthesise(
      name: workload.name, genome: genome, genes: genes, childSex: workload.childSex, seed: seed,
      options: workload.variation)
    return (genome, genes, family)
  }

  /// The decompressed bytes of a file.
  static func contents(_ path: String) throws -> [UInt8] {
    let file = try #require(bgzf_open(path, "r"), "\(path) cannot be opened")
    defer { bgzf_close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = bgzf_read(file, &block, block.count)
      try #require(count >= 0, "\(path) cannot be read")
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  static func lines(_ path: String) throws -> [String] {
    String(decoding: try contents(path), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// FNV-1a of 64 bits.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}

/// Other people's programs.
enum Peer {
  /// Whether a program is installed; says so when it is not.
  static func isInstalled(_ program: String) -> Bool {
    let found = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
    if !found { print("SKIPPED: \(program) is not installed, its checks do not run") }
    return found
  }

  /// Runs a shell command; returns its exit code, its output and its errors.
  static func run(_ command: String) throws -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let errors = NSTemporaryDirectory() + "apus-workload-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: errors) }
    process.arguments = ["-c", "{ \(command)\n} 2>'\(errors)'"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let messages = try Data(contentsOf: URL(fileURLWithPath: errors))
    return (
      process.terminationStatus, String(decoding: bytes, as: UTF8.self), String(decoding: messages, as: UTF8.self)
    )
  }
}

/// One record of a BAM, decoded by htslib.
struct DecodedRecord {
  var name: String
  var flag: UInt16
  var contig: Int
  var position: Int
  var mateContig: Int
  var matePosition: Int
  var templateLength: Int
  var cigar: [UInt32]
  var bases: [UInt8]
  var qualities: [UInt8]

  static func all(_ path: String) throws -> [DecodedRecord] {
    let file = try #require(hts_open(path, "r"))
    defer { hts_close(file) }
    let header = try #require(sam_hdr_read(file))
    defer { sam_hdr_destroy(header) }
    let record = try #require(bam_init1())
    defer { bam_destroy1(record) }
    var records: [DecodedRecord] = []
    while true {
      let result = sam_read1(file, header, record)
      if result == -1 { return records }
      try #require(result >= 0, "\(path) is damaged")
      let core = record.pointee.core
      let length = Int(core.l_qseq)
      records.append(
        DecodedRecord(
          name: String(cString: workload_bam_name(record)), flag: core.flag, contig: Int(core.tid),
          position: Int(core.pos), mateContig: Int(core.mtid), matePosition: Int(core.mpos),
          templateLength: Int(core.isize),
          cigar: (0..<Int(core.n_cigar)).map { workload_bam_cigar(record)[$0] },
          bases: (0..<length).map { workload_bam_base(record, Int32($0)) },
          qualities: (0..<length).map { workload_bam_qualities(record)[$0] }))
    }
  }

  var isPrimary: Bool { flag & (Flag.secondary | Flag.supplementary) == 0 }
}
