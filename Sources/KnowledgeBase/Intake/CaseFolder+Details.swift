import GenomicFiles
import Genomics
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CaseFolder {
  /// What is told of a sample's person beside variants: columns `x_assay`, `x_ancestry`, `x_karyotype`, `x_region`,
  /// `x_laboratory` and `x_trust` of the sheet; and of the case's referral, where it still lies where the run read it,
  /// who tested and ordered.
  ///
  /// The test that was asked, the phenotypes and what tiers rest on describe the proband alone: of a relative they would
  /// tell what somebody else has. Blocks.
  /// - Throws: `InputError` where a value could hold an NHS number.
  func details(of sample: Sample) throws -> ContributionDetails {
    var details = ContributionDetails()
    let interpretation = try interpretation()
    let referral = try referral()
    details.assay = sample.extra["x_assay"]
    details.ancestry = sample.extra["x_ancestry"]
    details.karyotype = sample.extra["x_karyotype"]
    details.region = sample.extra["x_region"] ?? referral?.homeHub?.ods
    details.laboratory = sample.extra["x_laboratory"] ?? referral?.reportingLaboratory?.ods
    details.trust = sample.extra["x_trust"] ?? referral?.orderingTrust?.ods
    details.versions["apus"] = versions["apus"]
    if isProband(sample, interpretation) {
      details.indication = sample.extra["x_indication"] ?? referral?.test.code ?? interpretation?.testCode
      details.phenotypes = referral?.phenotypes.map(\.id) ?? []
      details.versions["directory"] = referral?.test.directoryVersion
      details.versions["profile"] = interpretation?.profile
      details.versions["tiers-cache"] = interpretation?.cache
    }
    return try checked(details, sample)
  }

  /// The tiers of the sample's alleles: those of the proband, and of nobody else. Blocks.
  func tiers(of sample: Sample) throws -> CaseTiers {
    guard let file = file("tiers.json"), let reference, isProband(sample, try interpretation()) else {
      return CaseTiers()
    }
    return try CaseTiers(try proven(file), path: file.path, reference: reference)
  }

  private func isProband(_ sample: Sample, _ interpretation: Interpretation?) -> Bool {
    if let interpretation { return interpretation.proband == sample.name }
    if let role = sample.role, !role.isEmpty { return role == "proband" }
    return samples.count { $0.status != "tumour" } == 1
  }

  /// Empty values are not told; one that could be an identifier is refused.
  private func checked(_ details: ContributionDetails, _ sample: Sample) throws -> ContributionDetails {
    var details = details
    func checked(_ value: String?) throws -> String? {
      guard let value, value.contains(where: { !$0.isWhitespace }) else { return nil }
      guard !NHSNumber.mayStand(in: value), value.utf8.count <= 64 else {
        throw InputError(
          .malformed, at: InputLocation(file: path + "/case.json"),
          "a column x_… of the sheet, or the referral, holds a value that could be an identifier",
          remedy: "correct the sheet and run the case again")
      }
      return value
    }
    details.assay = try checked(details.assay)
    details.ancestry = try checked(details.ancestry)
    details.karyotype = try checked(details.karyotype)
    details.region = try checked(details.region)
    details.laboratory = try checked(details.laboratory)
    details.trust = try checked(details.trust)
    details.indication = try checked(details.indication)
    return details
  }

  private struct Interpretation: Decodable {
    var proband: String
    var testCode: String?
    var profile: String?
    var cache: String?
  }

  /// What the case was interpreted with; nil where it was not.
  private func interpretation() throws -> Interpretation? {
    guard let file = file("interpretation.json") else { return nil }
    let bytes = try proven(file)
    do {
      return try JSONDecoder().decode(Interpretation.self, from: Data(bytes))
    } catch {
      // Foundation's message may quote the file.
      throw InputError(
        .malformed, at: InputLocation(file: file.path), "the file is not what apus run writes",
        remedy: "run the case again")
    }
  }

  /// The case's referral, where it is still the file that the run read.
  private func referral() throws -> Referral? {
    for input in interpretationInputs {
      for path in [input.path, self.path + "/" + input.path] {
        guard case .file(let size) = content(at: path), size < 1 << 20 else { continue }
        let bytes = try readWhole(path)
        guard sha256(bytes) == input.sha256 else { continue }
        // Other inputs are panels and directories.
        guard let referral = try? Referral(parsing: bytes, path: path) else { continue }
        return referral
      }
    }
    return nil
  }

  /// A file that is still the one that the manifest names.
  private func proven(_ file: File) throws -> [UInt8] {
    let bytes = try readWhole(file.path, limit: 1 << 30)
    guard sha256(bytes) == file.sha256 else {
      throw InputError(
        .checksum, at: InputLocation(file: file.path), "the file is not the one that the manifest names",
        remedy: "run the case again (--resume)")
    }
    return bytes
  }
}
