import Alignments
import Reads
import Variants

/// Whether the files of a sample belong together, by the names that they carry.
enum Agreement {
  /// The rules for one sample.
  static func rules(_ sample: SampleSheet.Sample, _ results: SampleResults) -> [RuleResult] {
    var rules: [RuleResult] = []
    if let alignments = results.alignments { rules.append(bamRule(sample.name, alignments.samples)) }
    if let variants = results.variants { rules.append(vcfRule(sample.name, variants.samples)) }
    if let blocks = results.referenceBlocks { rules.append(gvcfRule(sample.name, blocks.samples)) }
    let warnings = [
      results.reads?.warnings, results.alignments?.warnings, results.variants?.warnings,
      results.referenceBlocks?.warnings,
    ].compactMap { $0 }.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    rules.append(
      RuleResult(
        id: "input.warnings", rule: "The input files are free of oddities", outcome: warnings.isEmpty ? .pass : .warn,
        isRequired: false,
        evidence: warnings.isEmpty
          ? "none found" : warnings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; "))
    )
    // Unknown is neither an oddity nor a pass: what a policy needs, it asks for by a rule of its own.
    if let unknowns = results.alignments?.unknowns {
      rules.append(
        RuleResult(
          id: "input.measured", rule: "What is measured of alignments could be measured",
          outcome: unknowns.isEmpty ? .pass : .unknown, isRequired: false,
          evidence: unknowns.isEmpty ? "all of it" : unknowns.keys.sorted().joined(separator: "; ")))
    }
    for (id, rule) in [
      ("identity.fastq-bam", "FASTQ and BAM hold the same reads, by checksum"),
      ("identity.bam-vcf", "BAM and VCF are of one person, by fingerprint"),
      ("identity.sex", "The declared sex agrees with the data"),
      ("identity.kinship", "The declared kinship agrees with the data"),
    ] {
      rules.append(
        RuleResult(
          id: id, rule: rule, outcome: .notAssessed, isRequired: false, evidence: "this version does not assess it"))
    }
    return rules
  }

  private static func bamRule(_ sample: String, _ found: [String]) -> RuleResult {
    RuleResult(
      id: "identity.bam-sample", rule: "The BAM's read groups name the sheet's sample",
      outcome: found.isEmpty ? .unknown : found == [sample] ? .pass : .fail, isRequired: true,
      evidence: found.isEmpty ? "no read group names a sample (SM)" : "SM: \(found.joined(separator: ", "))")
  }

  private static func gvcfRule(_ sample: String, _ found: [String]) -> RuleResult {
    RuleResult(
      id: "identity.gvcf-sample", rule: "The gVCF has a column of the sheet's sample",
      outcome: found.isEmpty ? .unknown : found.contains(sample) ? .pass : .fail, isRequired: true,
      evidence: found.isEmpty ? "the gVCF has no sample columns" : "columns: \(found.joined(separator: ", "))")
  }

  private static func vcfRule(_ sample: String, _ found: [String]) -> RuleResult {
    RuleResult(
      id: "identity.vcf-sample", rule: "The VCF has a column of the sheet's sample",
      outcome: found.isEmpty ? .unknown : found.contains(sample) ? .pass : .fail, isRequired: true,
      evidence: found.isEmpty ? "the VCF has no sample columns" : "columns: \(found.joined(separator: ", "))")
  }
}
