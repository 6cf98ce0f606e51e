import Alignments
import ApusVersion
import Genomics
import Interpretation
import Reports

// What was assessed and what was not, and how.
extension ClinicalReport {
  static func classes(_ sources: ReportSources) -> [VariantClass] {
    let germline = sources.summary.samples.filter { $0.sample.status == "germline" }
    let hasVariants = germline.contains { $0.results.variants != nil }
    guard let tiering = sources.tiering else {
      let why = sources.notTiered ?? "nothing was tiered"
      return [
        VariantClass(
          name: "Small variants", state: hasVariants ? .notAssessed : .notSupplied,
          detail: hasVariants ? why : "no VCF of a germline sample"),
        VariantClass(name: "Copy numbers", state: .notAssessed, detail: why),
        VariantClass(name: "Short tandem repeats", state: .notAssessed, detail: why),
        VariantClass(name: "Mitochondrial variants", state: .notAssessed, detail: why),
      ]
    }
    return classes(tiering)
  }

  /// Of a case that was tiered.
  static func classes(_ tiering: CaseTiering) -> [VariantClass] {
    let reading = tiering.reading
    let mitochondrial = reading.candidates.contains { $0.place == .mitochondrial }
    return [
      VariantClass(
        name: "Small variants", state: .assessed,
        detail:
          "\(NumberFormat.grouped(reading.allelesIn)) alleles of \(NumberFormat.grouped(reading.recordsIn)) records read; \(NumberFormat.grouped(reading.candidates.count)) could matter and were held against the rules"
      ),
      VariantClass(
        name: "Copy numbers", state: tiering.copyNumbers == nil ? .notSupplied : .assessed,
        detail: tiering.copyNumbers.map { "\($0.candidates.count) losses and gains of the caller" }
          ?? "no file of copy numbers (cnv_vcf)"),
      VariantClass(
        name: "Short tandem repeats", state: tiering.hasRepeats ? .assessed : .notSupplied,
        detail: tiering.hasRepeats ? "loci of the panels" : "no file of repeats (str_vcf)"),
      VariantClass(
        name: "Mitochondrial variants", state: mitochondrial ? .assessed : .notAssessed,
        detail: mitochondrial
          ? "as the caller reported them"
          : "the files hold no mitochondrial variant that could matter; whether it was called is not told"),
      VariantClass(
        name: "Uniparental disomy, mosaicism, balanced rearrangements", state: .notAssessed,
        detail: "nothing here looks for them"),
    ]
  }

  static func method(_ sources: ReportSources) -> [String] { method(sources.tiering) }

  static func method(_ tiering: CaseTiering?) -> [String] {
    var method: [String] = [
      "Apus \(apusVersion) took what sequencer, aligner and caller made; it neither aligned nor called."
    ]
    if let tiering {
      method.append(
        "Small variants were checked against the reference, left-aligned, split, annotated on every transcript of the cache and held against the profile \(tiering.result.profile.id), release \(tiering.result.profile.release)."
      )
      let family = tiering.reading.family
      method.append(
        "The family has \(family.members.count) \(family.members.count == 1 ? "member" : "members") with data; \(tiering.reading.isJoint ? "all calls are from one joint file" : family.members.count == 1 ? "no relative was at hand" : "each has a file of their own, in which an absent record counts as unknown")."
      )
    }
    return method
  }

  static func limitations(_ sources: ReportSources) -> [String] {
    limitations(
      sources.tiering,
      lookedForGaps: sources.summary.samples.contains { $0.results.alignments?.exonGaps != nil })
  }

  /// Stands among the limitations where nobody looked for gaps.
  static let withoutGaps =
    "Gaps in the panels' genes were not looked for: no gene model or panel was given with alignments."

  static func limitations(_ tiering: CaseTiering?, lookedForGaps: Bool) -> [String] {
    var limitations = [
      "A variant that is not told here was not looked for, not called, filtered, or did not meet the criteria: its absence from this page is no finding.",
      "Regions without enough depth, and genes known for mis-mapped reads, were not assessed as the rest was.",
    ]
    if let profile = tiering?.result.profile, !profile.unsourced.isEmpty {
      limitations.append(
        "Rules of the profile that are not from a confirmed source: \(profile.unsourced.joined(separator: "; ")).")
    }
    for one in tiering?.result.notSupplied ?? [] { limitations.append("Not supplied: \(one).") }
    if !lookedForGaps { limitations.append(withoutGaps) }
    return limitations
  }

  /// What tiers rest on.
  static func provenance(_ tiering: CaseTiering) -> [Field] {
    [
      Field("Profile", "\(tiering.result.profile.id), SHA-256 \(tiering.result.profile.digest)"),
      Field("Annotation cache", tiering.cacheDigest),
    ]
  }

  static func provenance(_ sources: ReportSources) -> [Field] {
    var fields = sources.versions.sorted { $0.key < $1.key }.map { Field("Version of \($0.key)", $0.value) }
    if let reference = sources.reference {
      fields.append(Field("Assembly", reference.assembly?.rawValue ?? "neither GRCh37 nor GRCh38"))
      fields.append(Field("Assembly digest", reference.assemblyDigest))
    }
    if let tiering = sources.tiering {
      fields += provenance(tiering)
    }
    if let referral = sources.referral { fields.append(Field("Referral", "SHA-256 \(referral.file.sha256)")) }
    return fields
  }
}
