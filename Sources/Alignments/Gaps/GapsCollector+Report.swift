import GenomicFiles

extension GapsCollector {
  /// `.gaps.tsv`: a row for each gap of each exon, of kind `gap`; and a row for each exon of a difficult gene, of kind
  /// `risk`, however deep. Places are 0-based and half-open.
  public var gapTable: String {
    var text = heading
    text +=
      "#contig\tstart\tend\tbases\tkind\tgene\ttranscript\texon\tcoding_bases\tmin\tmean\treason\tbases_by_reason\tpathogenic_sites\trisk\n"
    for exon in found {
      let risk = options.difficult.entry(exon.exon.gene)?.text ?? "."
      if risk != "." {
        text += row(exon, exon.exon.places, kind: "risk", exon.minimum, exon.depthSum)
        text += "mis-mapping-risk\t.\t\(sites(sites(exon)))\t\(risk)\n"
      }
      for gap in exon.gaps {
        text += row(exon, gap.places, kind: "gap", gap.minimum, gap.depthSum)
        let reasons = GapReason.allCases.compactMap { reason in gap.bases[reason].map { "\(reason.rawValue):\($0)" } }
        text += "\(gap.reason.rawValue)\t\(reasons.joined(separator: ","))\t\(sites(gap.sites))\t\(risk)\n"
      }
    }
    return text
  }

  /// `.exons.tsv`: a row for each exon of each transcript. Places are 0-based and half-open.
  public var exonTable: String {
    var text = heading
    let shares = options.profile.thresholds.map { "\tpct_\($0)x" }.joined()
    text += "#contig\tstart\tend\tgene\ttranscript\texon\tmin\tmean\(shares)\tgap_bases\n"
    for exon in found {
      let places = exon.exon.places
      text +=
        "\(exon.contigName)\t\(places.lowerBound)\t\(places.upperBound)\t\(exon.exon.gene)\t\(exon.exon.transcript)"
      text += "\t\(exon.exon.number)\t\(exon.minimum)\t\(fixedPoint(exon.mean, places: 2))"
      for bases in exon.basesAtLeast {
        let percent = places.isEmpty ? 0 : 100 * Double(bases) / Double(places.count)
        text += "\t\(fixedPoint(percent, places: 2))"
      }
      text += "\t\(exon.gaps.reduce(0) { $0 + $1.places.count })\n"
    }
    return text
  }

  private var heading: String {
    let profile = options.profile
    let panel = options.panel.map { " panel=\($0.name.replacing("\t", with: " ")) panel-version=\($0.version)" } ?? ""
    return "##profile=\(profile.id) minimum-depth=\(profile.minimumDepth)"
      + " minimum-mapping-quality=\(profile.minimumMappingQuality) minimum-base-quality=\(profile.minimumBaseQuality)"
      + " difficult-genes=\(options.difficult.id)\(panel)\n"
  }

  private func row(_ exon: ExonCoverage, _ places: Range<Int>, kind: String, _ minimum: Int, _ depthSum: Int) -> String
  {
    let coding = exon.exon.coding.map { $0.clamped(to: places).count } ?? 0
    let mean = places.isEmpty ? 0 : Double(depthSum) / Double(places.count)
    return "\(exon.contigName)\t\(places.lowerBound)\t\(places.upperBound)\t\(places.count)\t\(kind)\t\(exon.exon.gene)"
      + "\t\(exon.exon.transcript)\t\(exon.exon.number)\t\(coding)\t\(minimum)\t\(fixedPoint(mean, places: 2))\t"
  }

  private func sites(_ exon: ExonCoverage) -> [KnownSites.Site]? {
    options.sites.map { Array($0.sites(exon.contigName, exon.exon.places)) }
  }

  /// `.` where no sites were given, `0` for none.
  private func sites(_ sites: [KnownSites.Site]?) -> String {
    guard let sites else { return "." }
    return sites.isEmpty ? "0" : "\(sites.count):" + sites.map(\.id).joined(separator: ",")
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] {
    options.gaps == nil ? [] : [".gaps.tsv", ".exons.tsv"]
  }

  /// The tables, and what could not be assessed.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    report.add(".gaps.tsv", gapTable)
    report.add(".exons.tsv", exonTable)
    let section = ExonGaps(self)
    if !section.genesNotAssessed.isEmpty { report.warnings["genes-not-assessed"] = section.genesNotAssessed.count }
  }
}
