import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics

/// mosdepth 0.3.3, whose bytes these tests want.
enum MosdepthPeer {
  /// Whether it is installed in that version; says so where it is not.
  static let isThere: Bool = {
    guard Peer.areInstalled("samtools", "mosdepth", "gzip") else { return false }
    let version = (try? Peer.output("mosdepth", "--version").text) ?? ""
    if version == "mosdepth 0.3.3\n" { return true }
    print("SKIPPED: a test needs mosdepth 0.3.3, and \(version.split(separator: "\n").first ?? "another") is installed")
    return false
  }()

  /// The files of one run by their suffix, decompressed.
  static func files(_ bam: String, _ options: AlignmentOptions, bed: String?) throws -> [String: String] {
    let folder = try ScratchFolder()
    var arguments = ["-Q", String(options.minimumMappingQuality)]
    if !options.perBase { arguments.append("-n") }
    if let bins = options.quantize {
      arguments += ["-q", bins.bounds.map { $0 == .max ? "" : String($0) }.joined(separator: ":")]
    }
    if let bed {
      arguments += ["--by", bed, "--thresholds", options.thresholds.map(String.init).joined(separator: ",")]
    }
    struct Failed: Error { var arguments: [String], errors: String }
    let run = try Peer.run("mosdepth", arguments + [folder.path("theirs"), bam])
    guard run.status == 0 else { throw Failed(arguments: arguments, errors: run.errors) }
    return try texts(folder, "theirs")
  }

  /// Whether some base had a depth below 0, which a summary shows as a maximum of 32 bits wrapped round.
  static func hasNegativeDepth(_ files: [String: String]) -> Bool {
    files[".mosdepth.summary.txt"]?.split(separator: "\n").contains { line in
      line.split(separator: "\t").last.flatMap { Int($0) } ?? 0 > 4_000_000_000
    } ?? false
  }

  static func texts(_ folder: ScratchFolder, _ prefix: String) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in folder.names where name.hasPrefix(prefix) && !name.hasSuffix(".csi") {
      let suffix = String(name.dropFirst(prefix.count))
      texts[suffix] =
        name.hasSuffix(".gz") ? try Peer.output("gzip", "-dc", folder.path(name)).text : try folder.text(of: name)
    }
    return texts
  }
}

/// Runs the engine and gives mosdepth's files by their suffix, decompressed.
func mosdepthFiles(
  _ path: String, _ options: AlignmentOptions, threads: Int = 2, batchBytes: Int = 1 << 20
) async throws -> [String: String] {
  let folder = try ScratchFolder()
  var job = AlignmentJob(input: InputFile(path: path))
  job.collect = ["mosdepth"]
  job.options = options
  let prefix = "ours"
  let outputs = MosdepthCollector.streamedSuffixes(options).map {
    AlignmentOutput(
      suffix: $0, plan: OutputPlan(path: folder.path(prefix + $0), container: .bgzf(level: 1), force: true))
  }
  let (result, pending) = try await processAlignments(
    job, outputs: outputs, resources: RunResources(threads: threads, batchBytes: batchBytes))
  for output in pending { _ = try await output.commit() }
  var files = try MosdepthPeer.texts(folder, prefix)
  for file in result.report.files { files[file.suffix] = String(decoding: file.bytes, as: UTF8.self) }
  return files
}

/// The targets of a BED file.
func targets(_ bed: String) async throws -> TargetRegions {
  TargetRegions(
    try await readBED(InputFile(path: bed), columns: .regionAndName, resources: RunResources(threads: 1)), path: bed)
}
