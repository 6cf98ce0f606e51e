public import GenomicFiles
import Genomics

extension SiteCounts {
  /// How far the genotypes that were given agree with the reads; nil where none were given.
  public func concordance(_ header: SAMHeader) -> GenotypeConcordance? {
    guard let given = options.genotypes, given.panel == panel.digest else { return nil }
    var concordance = GenotypeConcordance(sites: 0, same: 0)
    forEachSite(header) { index, _, place, alleles in
      guard place == .autosome, let genotype = alleles.genotype, given.alternates[index] >= 0 else { return }
      concordance.sites += 1
      if genotype == Int(given.alternates[index]) { concordance.same += 1 }
    }
    return concordance
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] {
    options.samples.sites == nil ? [] : [".selfSM", ".fingerprint", ".sample.tsv"]
  }

  /// `.selfSM` where the fraction is known, `.fingerprint`, `.sample.tsv`, and metrics.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let header = result.header
    let observations = observations(header)
    let contamination = Contamination(observations)
    if let contamination {
      report.add(".selfSM", selfSM(contamination, name: options.name ?? header.samples.first ?? "sample"))
    } else {
      report.unknowns["contamination-unknown"] = 1
    }
    let karyotype = result[ChromosomeBins.self].map { $0.evidence(result).chromosomes.karyotype } ?? "unknown"
    report.add(
      ".fingerprint",
      SampleFingerprint(self, header, contamination: contamination?.fraction, karyotype: karyotype).bytes)
    let concordance = concordance(header)
    report.add(".sample.tsv", table(contamination, Contamination.informative(observations).count, concordance))
    switch concordance?.evidence {
    case .swapSuspected: report.warnings["genotypes-disagree-swap-suspected"] = 1
    case .unclear: report.warnings["genotypes-agreement-unclear"] = 1
    case .unknown: report.unknowns["genotypes-agreement-unknown"] = 1
    case .samePerson, nil: break
    }
    for (name, count) in panel.leftOut { report.warnings[name, default: 0] += count }
    let missing = panel.contigs.filter { header.contigs[$0.name] == nil }.reduce(0) { $0 + $1.sites.count }
    if missing > 0 { report.warnings["sites-on-contigs-not-in-header"] = missing }
    let filters =
      "flags 0xF04 out, mapping quality >= 20, base quality >= 20, mates' overlap once; autosomes, sites \(panel.digest.prefix(12))"
    report.metrics += [
      AlignmentMetrics.Metric(
        id: "contam.fraction", value: contamination?.fraction, unit: "fraction",
        definition:
          "most likely fraction of reads of another person, by allele counts and frequencies; not VerifyBamID2; unknown below 1000 informative sites or mean depth 5; \(filters)"
      ),
      AlignmentMetrics.Metric(
        id: "contam.fraction_low", value: contamination?.interval.lowerBound, unit: "fraction",
        definition: "lower end of the 95 % likelihood interval of contam.fraction"),
      AlignmentMetrics.Metric(
        id: "contam.fraction_high", value: contamination?.interval.upperBound, unit: "fraction",
        definition: "upper end of the 95 % likelihood interval of contam.fraction"),
      AlignmentMetrics.Metric(
        id: "contam.sites", value: contamination.map { Double($0.sites) }, unit: "sites",
        definition: "informative sites: depth >= 4 and <= 3 x median, both alleles at least 0.01 frequent; \(filters)"),
      AlignmentMetrics.Metric(
        id: "contam.depth", value: contamination?.meanDepth, unit: "x", definition: "mean depth of contam.sites"),
    ]
    if options.genotypes != nil {
      report.metrics += [
        AlignmentMetrics.Metric(
          id: "identity.concordance", value: concordance?.concordance, unit: "fraction",
          definition:
            "sites with the same genotype in the reads and the given VCF; unknown below 100 sites; \(filters)"),
        AlignmentMetrics.Metric(
          id: "identity.sites", value: concordance.map { Double($0.sites) }, unit: "sites",
          definition: "autosomal sites with a genotype in both"),
      ]
    }
  }

  private func table(_ contamination: Contamination?, _ informative: Int, _ concordance: GenotypeConcordance?) -> String
  {
    func number(_ value: Double?, _ places: Int = 5) -> String {
      value.map { fixedPoint($0, places: places) } ?? "unknown"
    }
    var rows = [
      ["#item", "value", "unit"],
      ["contamination", number(contamination?.fraction), "fraction"],
      ["contamination_standard_error", number(contamination?.standardError), "fraction"],
      ["contamination_low", number(contamination?.interval.lowerBound), "fraction"],
      ["contamination_high", number(contamination?.interval.upperBound), "fraction"],
      ["error_rate", number(contamination?.errorRate, 6), "fraction"],
      ["informative_sites", "\(informative)", "sites"],
      ["mean_depth", number(contamination?.meanDepth, 2), "x"],
      ["panel", panel.digest, "sha256"],
    ]
    if let concordance {
      rows += [
        ["genotype_concordance", number(concordance.concordance), "fraction"],
        ["genotype_sites", "\(concordance.sites)", "sites"],
        ["genotype_evidence", concordance.evidence.rawValue, "evidence"],
      ]
    }
    return rows.map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  /// VerifyBamID's `.selfSM`, so that MultiQC shows the fraction in its FREEMIX column.
  private func selfSM(_ contamination: Contamination, name: String) -> String {
    let columns = [
      ("#SEQ_ID", name), ("RG", "NA"), ("CHIP_ID", "NA"), ("#SNPS", "\(contamination.sites)"),
      ("#READS", "\(Int((contamination.meanDepth * Double(contamination.sites)).rounded()))"),
      ("AVG_DP", fixedPoint(contamination.meanDepth, places: 2)),
      ("FREEMIX", fixedPoint(contamination.fraction, places: 5)),
      ("FREELK1", fixedPoint(-contamination.logLikelihood, places: 2)),
      ("FREELK0", fixedPoint(-contamination.logLikelihoodAtZero, places: 2)), ("FREE_RH", "NA"), ("FREE_RA", "NA"),
      ("CHIPMIX", "NA"), ("CHIPLK1", "NA"), ("CHIPLK0", "NA"), ("CHIP_RH", "NA"), ("CHIP_RA", "NA"), ("DPREF", "NA"),
      ("RDPHET", "NA"), ("RDPALT", "NA"),
    ]
    return columns.map(\.0).joined(separator: "\t") + "\n" + columns.map(\.1).joined(separator: "\t") + "\n"
  }
}
