import GenomicFiles
import Genomics

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
  let tiers: TierDocument
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
    let outputs = manifest.units.flatMap(\.outputs)
    for name in ["tiers.json", CaseInterpretation.name] + [interpretation.index].compactMap({ $0 })
      + interpretation.calls.map(\.path)
    {
      guard let told = outputs.last(where: { $0.path == name }) else {
        throw refuse(name, "manifest.json does not name the file", "run the case again")
      }
      guard case .file(let size) = content(at: "\(folder)/\(name)"), size == told.bytes else {
        throw refuse(name, "the file is not the one that manifest.json names", "restore it, or run the case again")
      }
    }
    // The large files are compared by size; these decide what is compared, and are read anyhow.
    for name in ["tiers.json", CaseInterpretation.name] {
      let (_, sha256) = try fileDigest("\(folder)/\(name)")
      guard outputs.last(where: { $0.path == name })?.sha256 == sha256 else {
        throw refuse(name, "the file is not the one that manifest.json names", "restore it, or run the case again")
      }
    }
    tiers = try TierDocument(try readWhole(folder + "/tiers.json", limit: 1 << 30), path: folder + "/tiers.json")
    guard tiers.cache == interpretation.cache else {
      throw refuse("tiers.json", "its cache is not that of \(CaseInterpretation.name)", "run the case again")
    }
    report = try ClinicalReport.read(folder + "/report.json")
  }
}
