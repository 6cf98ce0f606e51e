import Alignments

/// A piece of a case's work.
struct UnitPlan: Sendable {
  enum Work: Sendable {
    case reads(SampleSheet.Sample)
    case alignments(SampleSheet.Sample, bam: String)
    /// A VCF; `folder` is the sample's, or empty for a joint VCF of the case.
    case variants(vcf: String, folder: String)
  }

  let name: String
  let work: Work
  let options: [String: String]
  let inputs: [String]

  /// The work of a case, in the order of the sheet. A VCF on several rows is read once.
  static func plan(_ one: SampleSheet.Case, _ options: RunOptions) -> [UnitPlan] {
    var units: [UnitPlan] = []
    for sample in one.samples {
      if !sample.lanes.isEmpty {
        units.append(
          UnitPlan(
            name: "\(sample.name)/reads", work: .reads(sample), options: ["level": String(options.readLevel)],
            inputs: sample.lanes.flatMap { [$0.fastq1, $0.fastq2].compactMap { $0 } }))
      }
      if let bam = sample.bam {
        units.append(
          UnitPlan(
            name: "\(sample.name)/alignments", work: .alignments(sample, bam: bam),
            options: ["collect": "flagstat,idxstats,depth", "callable-depth": String(DepthCollector.callableDepth)],
            inputs: [bam]))
      }
      if let vcf = sample.vcf, !units.contains(where: { $0.inputs == [vcf] && $0.isVariants }) {
        let isJoint = one.samples.filter { $0.vcf == vcf }.count > 1
        let folder = isJoint ? "" : sample.name + "/"
        units.append(
          UnitPlan(
            name: isJoint ? jointName(vcf, one) : "\(sample.name)/variants",
            work: .variants(vcf: vcf, folder: isJoint ? jointFolder(vcf, one) : folder),
            options: variantOptions(options),
            inputs: [vcf]))
      }
    }
    return units
  }

  private static func variantOptions(_ options: RunOptions) -> [String: String] {
    var told = ["normalise": "left-align,trim,split", "check-ref": "error", "level": String(options.variantLevel)]
    told["cache"] = options.cacheDigest
    return told
  }

  private var isVariants: Bool { if case .variants = work { true } else { false } }

  /// A case has one joint VCF as a rule; further ones are numbered.
  private static func jointFolder(_ vcf: String, _ one: SampleSheet.Case) -> String {
    let number = jointNumber(vcf, one)
    return number == 0 ? "" : "joint\(number + 1)."
  }

  private static func jointName(_ vcf: String, _ one: SampleSheet.Case) -> String { jointFolder(vcf, one) + "variants" }

  private static func jointNumber(_ vcf: String, _ one: SampleSheet.Case) -> Int {
    var seen: [String] = []
    for path in one.samples.compactMap(\.vcf)
    where one.samples.filter({ $0.vcf == path }).count > 1 && !seen.contains(path) {
      seen.append(path)
    }
    return seen.firstIndex(of: vcf) ?? 0
  }
}
