import GenomicFiles
import Genomics
import Interpretation

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder of a case that was tiered.
struct StoredCase: Sendable {
  let folder: String
  let interpretation: CaseInterpretation
  let manifest: Manifest
  /// nil where the folder has none.
  let report: ClinicalReport?

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The version of Apus that gave the case its tiers.
  var madeBy: String? {
    manifest.units.first { $0.name == "interpretation" }?.options["reanalysed-by"]
      ?? manifest.versions["apus"].map { "apus \($0)" }
  }

  /// Reads the small files. Blocks.
  /// - Throws: `InputError` for files that are missing, damaged, or not of one run.
  init(_ folder: String) throws {
    self.folder = folder
    func refuse(_ name: String, _ reason: String, _ remedy: String) -> InputError {
      InputError(.mismatch, at: InputLocation(file: "\(folder)/\(name)"), reason, remedy: remedy)
    }
    interpretation = try CaseInterpretation(folder: folder)
    guard let bytes = try? readWhole(folder + "/manifest.json"),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
      manifest.schema == Manifest.currentSchema, manifest.caseName == interpretation.caseName, manifest.isComplete
    else { throw refuse("manifest.json", "the case is not one that was run to its end", "run it again") }
    self.manifest = manifest
    report = try ClinicalReport.read(folder + "/report.json")
    for name in ["tiers.json", CaseInterpretation.name]
      + [interpretation.index, interpretation.candidates].compactMap({ $0 })
      + interpretation.calls.map(\.path)
    {
      guard let told = told(name) else {
        throw refuse(name, "manifest.json does not name the file", "run the case again")
      }
      guard case .file(let size) = content(at: "\(folder)/\(name)"), size == told.bytes else {
        throw refuse(name, "the file is not the one that manifest.json names", "restore it, or run the case again")
      }
    }
    // These decide what is compared. Calls, the index and the candidates are compared by size until they are read.
    for name in ["tiers.json", CaseInterpretation.name] { try require(name) }
  }

  /// What the manifest tells of a file; nil where it does not name it.
  private func told(_ name: String) -> Manifest.File? {
    manifest.units.flatMap(\.outputs).last { $0.path == name }
  }

  /// Refuses a file that is not the one that the manifest names, by digest. Blocks for as long as reading it takes.
  /// - Parameter sha256: the file's, where it was read already.
  func require(_ name: String, sha256: String? = nil) throws {
    let found = try sha256 ?? fileDigest(path(name)).sha256
    guard told(name)?.sha256 == found else {
      throw InputError(
        .mismatch, at: InputLocation(file: path(name)), "the file is not the one that manifest.json names",
        remedy: "restore it, or run the case again")
    }
  }

  /// A file of the case that the manifest names by digest. Blocks.
  func read(_ name: String) throws -> [UInt8] {
    try require(name)
    return try readWhole(path(name), limit: 1 << 30)
  }

  /// The tiers that the case has, in full those that another tiering of it does not have so. Blocks.
  /// - Throws: `InputError` for a file that is none, or of another cache than the case's.
  func tiers(against now: TierDocument) throws -> TierDocument {
    let path = path("tiers.json")
    let tiers = try TierDocument(try readWhole(path, limit: 1 << 30), against: now, path: path)
    guard tiers.cache == interpretation.cache else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "its cache is not that of \(CaseInterpretation.name)",
        remedy: "run the case again")
    }
    return tiers
  }

  /// What the case is tiered from.
  /// - Parameter files: its calls, in the case's order.
  func input(files: [String]) throws -> TieringInput {
    let path = path(CaseInterpretation.name)
    let one = interpretation
    var family = FamilyInput(
      pedigree: try one.pedigree(path: path), pedigreePath: path, files: files, proband: one.proband,
      xCopies: one.xCopies)
    family.callable = one.callable.mapValues { self.path($0) }
    return TieringInput(
      family: family, copyNumbers: one.copyNumbers.map(self.path), structural: one.structural.map(self.path),
      repeats: one.repeats.map(self.path))
  }
}
