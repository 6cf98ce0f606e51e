import GenomicFiles

extension ChromosomeBins {
  /// The evidence of both kinds, which have to agree.
  /// - Returns: copies from depth, with the karyotype unknown where heterozygosity on X contradicts it.
  public func evidence(_ result: AlignmentResult) -> (chromosomes: SexChromosomes, heterozygosity: XHeterozygosity) {
    var chromosomes = SexChromosomes(self, result.header)
    let heterozygosity = result[SiteCounts.self].map { XHeterozygosity($0, result.header) } ?? XHeterozygosity()
    if let copies = chromosomes.copiesX, chromosomes.karyotype != "unknown", heterozygosity.contradicts(copies: copies)
    {
      chromosomes.karyotype = "unknown"
      chromosomes.reason = "depth and heterozygosity of X disagree"
    }
    return (chromosomes, heterozygosity)
  }

  /// The files that it may add.
  public static func suffixes(_ options: AlignmentOptions) -> [String] { [".sex.tsv"] }

  /// The evidence as `.sex.tsv`, and as metrics.
  public func report(_ result: AlignmentResult, to report: inout CollectorReport) {
    let (chromosomes, heterozygosity) = evidence(result)
    func number(_ value: Double?) -> String { value.map { fixedPoint($0, places: 3) } ?? "unknown" }
    var rows = [
      ["#item", "value", "evidence", "basis"],
      [
        "karyotype", chromosomes.karyotype, "", chromosomes.reason ?? "copies of X and Y by depth",
      ],
      [
        "x_copies", number(chromosomes.copiesX), "", "depth beside autosomes; PAR by \(chromosomes.basis ?? "nothing")",
      ],
      [
        "y_copies", number(chromosomes.copiesY), "", "depth beside autosomes; PAR by \(chromosomes.basis ?? "nothing")",
      ],
      [
        "x_het_over_hom_alt", number(heterozygosity.ratio), heterozygosity.evidence.rawValue,
        "\(heterozygosity.sites) informative sites",
      ],
    ]
    for autosome in chromosomes.autosomes {
      rows.append(["relative_\(autosome.name)", number(autosome.relative), autosome.evidence.rawValue, "depth"])
    }
    report.add(".sex.tsv", rows.map { $0.joined(separator: "\t") + "\n" }.joined())
    let starts = "alignments that begin in a million bases, flags 0xF04 out, every mapping quality"
    // No warnings: they go to logs, and copies of chromosomes are a person's genotype.
    let known = chromosomes.autosomes.filter { $0.evidence != .unknown }
    let unlike = known.filter { $0.evidence == .gain || $0.evidence == .loss }.count
    report.metrics += [
      AlignmentMetrics.Metric(
        id: "sex.x_copies", value: chromosomes.copiesX, unit: "copies",
        definition: "2 x median over stretches of X outside PAR / median over stretches of autosomes; \(starts)"),
      AlignmentMetrics.Metric(
        id: "sex.y_copies", value: chromosomes.copiesY, unit: "copies",
        definition: "2 x median over euchromatic stretches of Y outside PAR / median of autosomes; \(starts)"),
      AlignmentMetrics.Metric(
        id: "sex.x_het_ratio", value: heterozygosity.ratio, unit: "ratio",
        definition: "heterozygous / homozygous alternate sites of X outside PAR; unknown below 20 of both together"),
      AlignmentMetrics.Metric(
        id: "cov.autosomes_unlike_others", value: known.isEmpty ? nil : Double(unlike), unit: "chromosomes",
        definition: "autosomes whose median over that of all autosomes is <= 0.75 or >= 1.25; \(starts)"),
    ]
  }
}
