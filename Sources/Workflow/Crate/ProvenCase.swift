import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A case's folder whose files are those that its manifest names.
struct ProvenCase: Sendable {
  let manifest: Manifest
  /// The manifest itself, which names no digest of its own.
  let manifestFile: Manifest.File
  /// What people made of the report after the run (`apus case report`, `apus case release`): its files as they stand.
  let later: [Manifest.File]

  /// Reads the manifest and hashes every output. Blocks.
  init(folder: String) throws {
    let path = folder + "/manifest.json"
    let bytes = try readWhole(path)
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
      manifest.schema == Manifest.currentSchema
    else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "this is no manifest of a case (\(Manifest.currentSchema))",
        remedy: "name the folder of a case that this version of apus run made")
    }
    guard manifest.isComplete else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "the manifest is of a run that did not end",
        remedy: "run the case to its end with --resume")
    }
    self.manifest = manifest
    manifestFile = Manifest.File(path: "manifest.json", bytes: bytes.count, sha256: digest(ofBytes: bytes))
    var changed: [String] = []
    // A file that two units name stands as the last of them left it.
    var last: [String: Manifest.File] = [:]
    for file in manifest.units.flatMap(\.outputs) { last[file.path] = file }
    for file in last.values.sorted(by: { $0.path < $1.path }) {
      guard Self.isInside(file.path) else {
        throw InputError(
          .malformed, at: InputLocation(file: path), "an output's path leads out of the case's folder",
          remedy: "run the case again")
      }
      guard try !Self.holds(file, at: "\(folder)/\(file.path)") else { continue }
      guard Self.reportFiles.contains(file.path) else { throw Self.differs("\(folder)/\(file.path)") }
      changed.append(file.path)
    }
    later = try Self.laterFiles(in: folder, changed: changed)
  }

  /// The report's files, which a person's step replaces.
  private static let reportFiles: Set<String> = ["report.json", "report.html", ClinicalReport.fhirName]

  private static func holds(_ file: Manifest.File, at path: String) throws -> Bool {
    guard case .file(let bytes) = content(at: path), bytes == file.bytes else { return false }
    return try fileDigest(path).sha256 == file.sha256
  }

  /// The files of a person's steps. A changed report counts as one only where it reads as a report that somebody
  /// authorised or amended.
  private static func laterFiles(in folder: String, changed: [String]) throws -> [Manifest.File] {
    let report = try ClinicalReport.read(folder + "/report.json")
    if let first = changed.first {
      guard let report, report.status.isAuthorised || report.version > 1 else { throw differs("\(folder)/\(first)") }
    }
    var names = changed
    for version in 1...max(1, report?.version ?? 1) {
      for suffix in ["json", "html", "fhir.json"] { names.append("report.v\(version).\(suffix)") }
    }
    names.append("release.json")
    return try names.compactMap { name in
      guard case .file = content(at: "\(folder)/\(name)") else { return nil }
      let (bytes, sha256) = try fileDigest("\(folder)/\(name)")
      return Manifest.File(path: name, bytes: bytes, sha256: sha256)
    }
  }

  private static func isInside(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
  }

  private static func differs(_ path: String) -> InputError {
    InputError(
      .checksum, at: InputLocation(file: path), "the file is not the one that manifest.json names",
      remedy: "restore it, or run the case again")
  }
}
