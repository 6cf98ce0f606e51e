import EngineTestSupport
import Foundation

/// Picard 2.27.5, as Debian packages it.
enum PicardPeer {
  /// Whether that version is installed; says so where it is not.
  static let isInstalled: Bool = {
    guard Peer.areInstalled("PicardCommandLine", "samtools", "env"),
      let version = try? Peer.run("PicardCommandLine", ["CollectWgsMetrics", "--version"])
    else { return false }
    let isWanted = (version.errors + version.text).contains("Version:2.27.5")
    if !isWanted { print("SKIPPED: a test needs Picard 2.27.5, and another version is installed") }
    return isWanted
  }()

  /// Picard stopped with an exception of its own.
  struct Crashed: Error {}

  /// Runs the three tools on a BAM and gives their files by our suffixes, from the metrics on.
  ///
  /// Two of them want R for a chart: a stand-in that draws nothing is put on the path.
  static func files(bam: String, fasta: String, _ folder: ScratchFolder) throws -> [String: String] {
    try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: true)
    let script = try folder.write("#!/bin/sh\nexit 0\n", "bin/Rscript")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    func run(_ tool: String, _ arguments: String...) throws {
      let path = "PATH=\(folder.path("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
      let output = try Peer.run(
        "env", [path, "PicardCommandLine", tool, "I=\(bam)", "VALIDATION_STRINGENCY=SILENT", "QUIET=true"] + arguments)
      struct Failed: Error { var tool: String, errors: String }
      // Picard's own fault, on aligned records without bases: there is nothing to compare with.
      if output.errors.contains("ArrayIndexOutOfBoundsException") { throw Crashed() }
      guard output.status == 0 else { throw Failed(tool: tool, errors: output.errors) }
    }
    var files: [String: String] = [:]
    func take(_ name: String, as suffix: String) throws {
      if folder.names.contains(name) { files[suffix] = metrics(try folder.text(of: name)) }
    }
    try run("CollectWgsMetrics", "O=\(folder.path("wgs"))", "R=\(fasta)")
    try take("wgs", as: ".wgs_metrics.txt")
    try run("CollectInsertSizeMetrics", "O=\(folder.path("is"))", "H=\(folder.path("is.pdf"))")
    try take("is", as: ".insert_size_metrics.txt")
    try run(
      "CollectGcBiasMetrics", "O=\(folder.path("gc"))", "S=\(folder.path("gcs"))", "CHART=\(folder.path("gc.pdf"))",
      "R=\(fasta)")
    try take("gc", as: ".gc_bias_metrics.txt")
    try take("gcs", as: ".gc_bias_summary_metrics.txt")
    return files
  }

  /// A metrics file without the comments that hold the command and the date.
  static func metrics(_ text: String) -> String {
    guard let start = text.range(of: "## METRICS CLASS") else { return text }
    return String(text[start.lowerBound...])
  }
}
