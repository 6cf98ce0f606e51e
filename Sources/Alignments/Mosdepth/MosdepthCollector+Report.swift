import GenomicFiles
import Genomics

extension MosdepthCollector {
  /// `.mosdepth.summary.txt`: by contig with records, and in total; with targets a row for their bases behind each.
  public var summary: String {
    var text = "chrom\tlength\tbases\tmean\tmin\tmax\n"
    var total = MosdepthSums()
    var targetTotal: MosdepthSums? = setting.options.targets == nil ? nil : MosdepthSums()
    var isFirst = true
    for contig in contigs where contig.hasRecords {
      let name = self.name(contig)
      text += contig.sums.summaryRow(name, hidesMinimum: false)
      if let sums = contig.targetSums { text += sums.summaryRow("\(name)_region", hidesMinimum: isFirst) }
      isFirst = false
      total.add(contig.sums)
      if let sums = contig.targetSums { targetTotal?.add(sums) }
    }
    text += total.summaryRow("total", hidesMinimum: true)
    if let targetTotal { text += targetTotal.summaryRow("total_region", hidesMinimum: true) }
    return text
  }

  /// `.mosdepth.global.dist.txt`: by contig with records, and in total.
  public var distribution: String {
    Self.distribution(contigs.filter(\.hasRecords).map { (name($0), $0.sums) })
  }

  /// `.mosdepth.region.dist.txt`: by contig with records and targets, and in total; nil without targets.
  public var targetDistribution: String? {
    guard setting.options.targets != nil else { return nil }
    return Self.distribution(contigs.filter(\.hasRecords).map { (name($0), $0.targetSums ?? MosdepthSums()) })
  }

  private static func distribution(_ contigs: [(name: String, sums: MosdepthSums)]) -> String {
    var text = ""
    var total = MosdepthSums()
    for contig in contigs {
      text += contig.sums.distribution(contig.name)
      total.add(contig.sums)
    }
    return text + total.distribution("total")
  }

  private func name(_ contig: Contig) -> String { setting.header.contigs.contigs[contig.index].name }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] {
    [".mosdepth.summary.txt", ".mosdepth.global.dist.txt"]
      + (options.targets == nil ? [] : [".mosdepth.region.dist.txt"])
  }

  /// The summary and the distributions.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    report.add(".mosdepth.summary.txt", summary)
    report.add(".mosdepth.global.dist.txt", distribution)
    if let text = targetDistribution { report.add(".mosdepth.region.dist.txt", text) }
  }
}
