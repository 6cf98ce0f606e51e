import Crypto
import GenomicFiles
import Genomics
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A case's folder as `apus run` wrote it, with what a knowledge base needs of it.
struct CaseFolder: Sendable {
  /// One sample.
  struct Sample: Sendable {
    var name: String
    var sex: Sex
    var status: String
    var role: String?
    /// Columns `x_…` of the sheet.
    var extra: [String: String]
  }

  /// A file that the manifest proves.
  struct File: Sendable {
    var path: String
    var sha256: String
    /// The digest of the annotation cache that it was made with; nil for none.
    var cache: String?
    /// Whether it is made from a gVCF, so that its reference blocks tell where the sample was callable.
    var isGVCF = false
  }

  let path: String
  let name: String
  let samples: [Sample]
  let reference: ReferenceContigs?
  /// The FASTA's path as the run was given it.
  let fasta: String?
  private let outputs: [String: File]
  /// Versions of what made the case, by name.
  let versions: [String: String]
  /// What interpreting the case read beside samples: its referral, panels.
  let interpretationInputs: [File]

  /// Reads `case.json` and `manifest.json`. Blocks.
  /// - Throws: `InputError`; `PermissionError` of kind `held` for a case on HOLD without a release of what it holds now.
  init(path: String) throws {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.path = path
    let summary: CaseDocument = try Self.decode(path + "/case.json")
    let manifestBytes = try readWhole(path + "/manifest.json")
    let head: SchemaDocument = try Self.decode(manifestBytes, path + "/manifest.json")
    guard head.schema == ManifestDocument.schema else {
      throw InputError(
        .mismatch, at: InputLocation(file: path + "/manifest.json"),
        "the manifest is \(head.schema), this version of Apus reads \(ManifestDocument.schema)",
        remedy: "run the case again (--resume)")
    }
    let manifest: ManifestDocument = try Self.decode(manifestBytes, path + "/manifest.json")
    guard summary.schema == "apus-case/1", manifest.caseName == summary.name else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "case.json and manifest.json are not of one case of this version",
        remedy: "run the case again")
    }
    guard manifest.complete, summary.state != "FAILED" else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "the case is not complete", remedy: "run it to its end (--resume)")
    }
    let files = manifest.units.flatMap { unit in
      unit.outputs.map { output in
        (
          output.path,
          File(
            path: path + "/" + output.path, sha256: output.sha256, cache: unit.options["cache"],
            isGVCF: unit.options["source"] == "gvcf")
        )
      }
    }
    let outputs = Dictionary(files) { first, _ in first }
    guard outputs["case.json"]?.sha256 == sha256(try readWhole(path + "/case.json")) else {
      throw InputError(
        .checksum, at: InputLocation(file: path + "/case.json"), "the file is not the one that the manifest names",
        remedy: "run the case again (--resume)")
    }
    if summary.state != "READY" {
      guard summary.state == "HOLD", try CaseRelease.holds(for: manifestBytes, in: path) else {
        throw PermissionError(
          .held, "case \(summary.name) is on HOLD; see its case.html, then apus case release if it may go on")
      }
    }
    name = summary.name
    samples = try summary.samples.map { sample in
      guard let sex = Sex(rawValue: sample.sex) else {
        throw InputError(
          .malformed, at: InputLocation(file: path + "/case.json"), "a sample's sex is not a known word",
          remedy: "run the case again")
      }
      return Sample(
        name: sample.sample, sex: sex, status: sample.status, role: sample.role, extra: sample.extra ?? [:])
    }
    self.outputs = outputs
    versions = manifest.versions ?? [:]
    interpretationInputs = manifest.units.filter { $0.name == "interpretation" }.flatMap { unit in
      (unit.inputs ?? []).map { File(path: $0.path, sha256: $0.sha256) }
    }
    fasta = manifest.reference?.path
    reference = try manifest.reference.map { reference in
      let known = ReferenceContigs(
        assembly: reference.assembly.flatMap { Assembly(rawValue: $0) },
        contigs: try reference.contigs.map { contig in
          guard contig.refget.hasPrefix("SQ."),
            let digest = RefgetDigest(sha512t24u: String(contig.refget.dropFirst(3)))
          else {
            throw InputError(
              .malformed, at: InputLocation(file: path + "/manifest.json"), "a contig has no refget digest",
              remedy: "run the case again")
          }
          return ReferenceContigs.Entry(name: contig.name, length: contig.length, digest: digest)
        })
      guard known.assemblyDigest == reference.assemblyDigest else {
        throw InputError(
          .malformed, at: InputLocation(file: path + "/manifest.json"),
          "the assembly digest is not that of the contigs", remedy: "run the case again")
      }
      return known
    }
  }

  /// The sample's own variants, if the run wrote them.
  func variants(of sample: Sample) -> File? { outputs["\(sample.name)/variants.vcf.gz"] }

  /// The gVCF that tells of the sample's callability beside its variants, if the run wrote one.
  func referenceBlocks(of sample: Sample) -> File? { outputs["\(sample.name)/variants.g.vcf.gz"] }

  /// A file of the case by its name in the folder, if the run wrote it.
  func file(_ name: String) -> File? { outputs[name] }

  /// The case's joint variants, in the order of their names.
  var jointVariants: [File] {
    outputs.keys.filter { !$0.contains("/") && $0.hasSuffix("variants.vcf.gz") }.sorted().compactMap { outputs[$0] }
  }

  /// Where the sample's depth suffices, if the run wrote it.
  func callable(of sample: Sample) -> File? { outputs["\(sample.name)/alignments.callable.bed.gz"] }

  private static func decode<T: Decodable>(_ path: String) throws -> T { try decode(try readWhole(path), path) }

  private static func decode<T: Decodable>(_ bytes: [UInt8], _ path: String) throws -> T {
    do {
      return try JSONDecoder().decode(T.self, from: Data(bytes))
    } catch {
      // Foundation's message may quote the file.
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is not what apus run writes", remedy: "run the case again")
    }
  }
}

/// SHA-256 as 64 hexadecimal digits.
func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

private struct SchemaDocument: Decodable { var schema: String }

private struct CaseDocument: Decodable {
  struct Sample: Decodable {
    var sample: String
    var sex: String
    var status: String
    var role: String?
    var extra: [String: String]?
  }
  var schema: String
  var name: String
  var state: String
  var samples: [Sample]
  enum CodingKeys: String, CodingKey {
    case schema, state, samples
    case name = "case"
  }
}

private struct ManifestDocument: Decodable {
  /// 2: the reference names the digest of the whole assembly.
  static let schema = "apus-manifest/2"

  struct File: Decodable {
    var path: String
    var sha256: String
  }
  struct Unit: Decodable {
    var name: String?
    var inputs: [File]?
    var options: [String: String]
    var outputs: [File]
  }
  struct Contig: Decodable {
    var name: String
    var length: Int
    var refget: String
  }
  struct Reference: Decodable {
    var path: String
    var assembly: String?
    var assemblyDigest: String
    var contigs: [Contig]
  }
  var schema: String
  var caseName: String
  var complete: Bool
  var versions: [String: String]?
  var units: [Unit]
  var reference: Reference?
  enum CodingKeys: String, CodingKey {
    case schema, complete, versions, units, reference
    case caseName = "case"
  }
}
