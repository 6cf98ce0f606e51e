import GenomicFiles
import Genomics

extension FingerprintComparison {
  /// A line a pair: what was counted, what it is evidence of, what was expected, and whether both agree.
  public var table: String {
    let head =
      "#sample_a\tsample_b\tsites\trelatedness\tibs0\tibs2\thom_concordance\tevidence\texpected\tagreement\n"
    return head
      + pairs.map { pair in
        let found = pair.autosomes
        return [
          samples[pair.first].name, samples[pair.second].name, "\(found.sites)", Self.number(found.relatedness),
          "\(found.ibs0)", "\(found.ibs2)", Self.number(found.homozygousConcordance), pair.evidence.rawValue,
          pair.expected?.evidence.rawValue ?? "unknown", pair.agreement.rawValue,
        ].joined(separator: "\t") + "\n"
      }.joined()
  }

  private static func number(_ value: Double?) -> String { value.map { fixedPoint($0, places: 3) } ?? "nan" }

  /// somalier's `pairs.tsv`: numbers alone, since MultiQC takes every column for one; -1 where nothing is expected.
  public var somalierPairs: String {
    let head =
      "#sample_a\tsample_b\trelatedness\tibs0\tibs2\thom_concordance\thets_a\thets_b\thets_ab\tshared_hets\thom_alts_a\thom_alts_b\tshared_hom_alts\tn\tx_ibs0\tx_ibs2\texpected_relatedness\n"
    return head
      + pairs.map { pair in
        let found = pair.autosomes
        let (hets, homs) = (found.heterozygous, found.homozygousAlternate)
        return [
          samples[pair.first].name, samples[pair.second].name, Self.number(found.relatedness), "\(found.ibs0)",
          "\(found.ibs2)", Self.number(found.homozygousConcordance), "\(hets.0)", "\(hets.1)", "\(hets.0 + hets.1)",
          "\(hets.2)", "\(homs.0)", "\(homs.1)", "\(homs.2)", "\(found.sites)", "\(pair.chromosomeX.ibs0)",
          "\(pair.chromosomeX.ibs2)", pair.expected.map { fixedPoint($0.relatedness, places: 2) } ?? "-1.0",
        ].joined(separator: "\t") + "\n"
      }.joined()
  }

  /// somalier's `samples.tsv`.
  public var somalierSamples: String {
    let head =
      "#family_id\tsample_id\tpaternal_id\tmaternal_id\tsex\tphenotype\toriginal_pedigree_sex\tgt_depth_mean\tgt_depth_sd\tdepth_mean\tdepth_sd\tab_mean\tab_std\tn_hom_ref\tn_het\tn_hom_alt\tn_unknown\tp_middling_ab\tX_depth_mean\tX_n\tX_hom_ref\tX_het\tX_hom_alt\tY_depth_mean\tY_n\n"
    return head
      + samples.map { sample in
        let person = pedigree?[sample.name]
        let print = sample.fingerprint
        let autosomes = SampleFingerprint.counts(print.autosomes)
        let x = SampleFingerprint.counts(print.chromosomeX)
        func one(_ value: Double?) -> String { fixedPoint(value ?? 0, places: 2) }
        let sex: String
        switch print.karyotype {
        case "XX", "X0", "XXX": sex = "2"
        case "XY", "XXY", "XYY": sex = "1"
        default: sex = "-9"
        }
        let affection = person.map { ["affected": "2", "unaffected": "1"][$0.affection.rawValue] ?? "-9" } ?? "-9"
        return [
          person?.family ?? sample.name, sample.name, person?.father ?? "-9", person?.mother ?? "-9", sex, affection,
          person?.sex.rawValue ?? "unknown", one(print.calledDepth?.mean), one(print.calledDepth?.deviation),
          one(print.depth?.mean), one(print.depth?.deviation), one(print.heterozygousBalance?.mean),
          one(print.heterozygousBalance?.deviation), "\(autosomes.homozygousReference)", "\(autosomes.heterozygous)",
          "\(autosomes.homozygousAlternate)", "\(autosomes.unknown)", fixedPoint(print.between, places: 3),
          one(print.depthX?.mean), "\(x.homozygousReference + x.heterozygous + x.homozygousAlternate)",
          "\(x.homozygousReference)", "\(x.heterozygous)", "\(x.homozygousAlternate)", one(print.depthY?.mean),
          "\(print.sitesY)",
        ].joined(separator: "\t") + "\n"
      }.joined()
  }
}
