import GenomicFiles
import Genomics
public import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The referral of a case's folder, for a report of variation: where it still lies where the run read it.
public struct CaseReferralFile: Sendable {
  /// What the sheet tells of the proband: `x_indication`, `x_laboratory`, `x_region`, `x_trust`.
  public let told: ReferralOutcome
  /// The referral, with the SHA-256 of its file; nil where the case had none, or it is not to be found any more.
  public let referral: (file: String, sha256: String, content: Referral)?

  /// Reads `case.json` and `manifest.json` of a case, also of one on HOLD. Blocks.
  /// - Throws: `InputError` for files that are not what `apus run` writes.
  public init(path folder: String) throws {
    let path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let summary: CaseDocument = try Self.decode(path + "/case.json")
    let manifest: ManifestDocument = try Self.decode(path + "/manifest.json")
    guard summary.schema == "apus-case/1", manifest.schema.hasPrefix("apus-manifest/") else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "case.json and manifest.json are not of this version",
        remedy: "run the case again")
    }
    let germline = summary.samples.filter { $0.status != "tumour" }
    let proband = germline.first { $0.role == "proband" } ?? (germline.count == 1 ? germline.first : nil)
    func told(_ column: String) throws -> String? {
      guard let value = proband?.extra?[column], value.contains(where: { !$0.isWhitespace }) else { return nil }
      guard !NHSNumber.mayStand(in: value), value.utf8.count <= 64 else {
        throw InputError(
          .malformed, at: InputLocation(file: path + "/case.json"),
          "a column x_… of the sheet holds a value that could be an identifier", remedy: "correct the sheet")
      }
      return value
    }
    self.told = ReferralOutcome(
      indication: try told("x_indication"), laboratory: try told("x_laboratory"), region: try told("x_region"),
      trust: try told("x_trust"))
    referral = try Self.referral(manifest, path)
  }

  /// The outcome: what the referral tells, and of what it does not tell the sheet's columns.
  public func outcome(_ judge: (Referral) -> ReferralOutcome) -> ReferralOutcome {
    guard let referral else { return told }
    var outcome = judge(referral.content)
    outcome.indication = told.indication ?? outcome.indication
    outcome.laboratory = told.laboratory ?? outcome.laboratory
    outcome.region = told.region ?? outcome.region
    outcome.trust = told.trust ?? outcome.trust
    return outcome
  }

  private static func referral(
    _ manifest: ManifestDocument, _ path: String
  ) throws -> (file: String, sha256: String, content: Referral)? {
    for input in manifest.units.filter({ $0.name == "interpretation" }).flatMap({ $0.inputs ?? [] }) {
      for file in [input.path, path + "/" + input.path] {
        guard case .file(let size) = content(at: file), size < 1 << 20 else { continue }
        let bytes = try readWhole(file)
        guard sha256(bytes) == input.sha256 else { continue }
        // Other inputs are panels and directories.
        guard let referral = try? Referral(parsing: bytes, path: file) else { continue }
        return (file, input.sha256, referral)
      }
    }
    return nil
  }

  private static func decode<T: Decodable>(_ path: String) throws -> T {
    let bytes = try readWhole(path)
    do {
      return try JSONDecoder().decode(T.self, from: Data(bytes))
    } catch {
      // Foundation's message may quote the file.
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is not what apus run writes", remedy: "run the case again")
    }
  }

  private struct CaseDocument: Decodable {
    struct Sample: Decodable {
      var status: String
      var role: String?
      var extra: [String: String]?
    }
    var schema: String
    var samples: [Sample]
  }

  private struct ManifestDocument: Decodable {
    struct File: Decodable {
      var path: String
      var sha256: String
    }
    struct Unit: Decodable {
      var name: String?
      var inputs: [File]?
    }
    var schema: String
    var units: [Unit]
  }
}
