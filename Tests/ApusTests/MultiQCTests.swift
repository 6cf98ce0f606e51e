import Foundation
import TestSupport
import Testing

/// MultiQC's fastp and FastQC modules over what `apus fastq` writes.
@Suite("MultiQC", .enabled(if: Peer.has("multiqc")))
struct MultiQCTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try copyOfTrio(in: folder)
    try FileManager.default.createDirectory(atPath: folder("results"), withIntermediateDirectories: true)
  }

  /// Runs the command on the trio's proband, and MultiQC on what it wrote.
  private func report(_ arguments: [String]) throws -> MultiQCReport {
    let mates = ["-i", "trio/SYN-001-P_R1.fastq.gz", "-I", "trio/SYN-001-P_R2.fastq.gz"]
    let result = try Command.run(["fastq"] + mates + arguments, in: folder)
    #expect(result.code == 0, "\(result.errors)")
    try Peer.run("multiqc --no-version-check --force --outdir multiqc results", in: folder)
    return try JSONDecoder().decode(
      MultiQCReport.self, from: Data(try folder.read("multiqc/multiqc_data/multiqc_data.json")))
  }

  @Test("The fastp module lists the sample under the name of --sample, with the figures of the JSON")
  func fastp() throws {
    let report = try report(["--json", "results/some-file.json", "--sample", "SYN-001-P", "--cut-right"])
    #expect(report.samples("fastp") == ["SYN-001-P"])

    let ours = try JSONDecoder().decode(Metrics.self, from: Data(try folder.read("results/some-file.json")))
    let figures = try #require(report.report_general_stats_data["fastp"]?["SYN-001-P"])
    let before = ours.summary.before_filtering
    let after = ours.summary.after_filtering
    #expect(before.total_reads > after.total_reads && after.total_reads > 0)
    #expect(figures["before_filtering_total_reads"] == before.total_reads)
    #expect(figures["filtering_result_passed_filter_reads"] == after.total_reads)
    #expect(figures["pct_surviving_reads"] == after.total_reads / before.total_reads * 100)
    #expect(figures["after_filtering_q30_rate"] == after.q30_rate)
    #expect(figures["after_filtering_gc_content"] == after.gc_content)
    #expect(figures["pct_duplication"] == ours.duplication.rate * 100)
    #expect(figures["pct_adapter"] == ours.adapter_cutting.adapter_trimmed_reads / before.total_reads * 100)
    for plot in [
      "fastp_filtered_reads_plot", "fastp-insert-size-plot", "fastp-seq-quality-plot", "fastp-seq-content-gc-plot",
      "fastp-seq-content-n-plot",
    ] {
      #expect(report.report_plot_data[plot] != nil, "\(plot)")
    }
  }

  @Test("Without --sample the name is that of the JSON file")
  func fileName() throws {
    #expect(try report(["--json", "results/lane-4.json"]).samples("fastp") == ["lane-4"])
  }

  @Test("The FastQC module lists each file of reads beside the fastp module's sample")
  func fastqc() throws {
    let report = try report(["--json", "results/a.json", "--sample", "SYN-001-P", "--fastqc", "results"])
    #expect(report.samples("fastp") == ["SYN-001-P"])
    #expect(report.samples("FastQC") == ["SYN-001-P_R1", "SYN-001-P_R2"])
    for plot in [
      "fastqc_per_base_sequence_quality_plot", "fastqc_per_sequence_gc_content_plot", "fastqc-status-check-heatmap",
    ] {
      #expect(report.report_plot_data[plot] != nil, "\(plot)")
    }
  }

  @Test("The main job's reads.json carries the sheet's name of the sample")
  func mainJob() throws {
    let result = try Command.run(
      ["run", "--samplesheet", "trio/samplesheet.csv", "-f", "trio/genome.fa.gz", "--out", "results"], in: folder)
    #expect(result.code == 0, "\(result.errors)")
    try Peer.run("multiqc --no-version-check --force --outdir multiqc results", in: folder)
    let report = try JSONDecoder().decode(
      MultiQCReport.self, from: Data(try folder.read("multiqc/multiqc_data/multiqc_data.json")))
    #expect(report.samples("fastp") == ["SYN-001-P", "SYN-001-M", "SYN-001-F"])
  }
}

/// The part of `multiqc_data.json` that is looked at.
private struct MultiQCReport: Decodable {
  /// A value of a plot, whatever it is.
  struct Anything: Decodable { init(from decoder: any Decoder) throws {} }

  /// Files by module, section and sample.
  var report_data_sources: [String: [String: [String: String]]]
  /// Figures by module and sample.
  var report_general_stats_data: [String: [String: Figures]]
  var report_plot_data: [String: Anything]

  /// The numbers among a sample's figures.
  struct Figures: Decodable {
    private var values: [String: Double] = [:]
    subscript(name: String) -> Double? { values[name] }

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        if let number = try? container.decode(Double.self, forKey: key) { values[key.stringValue] = number }
      }
    }
  }

  func samples(_ module: String) -> Set<String> {
    Set((report_data_sources[module] ?? [:]).values.flatMap(\.keys))
  }
}

/// The part of the command's JSON that MultiQC's figures are held against.
private struct Metrics: Decodable {
  struct Stage: Decodable { var total_reads, q30_rate, gc_content: Double }
  struct Summary: Decodable { var before_filtering, after_filtering: Stage }
  struct Duplication: Decodable { var rate: Double }
  struct Adapters: Decodable { var adapter_trimmed_reads: Double }
  var summary: Summary
  var duplication: Duplication
  var adapter_cutting: Adapters
}
