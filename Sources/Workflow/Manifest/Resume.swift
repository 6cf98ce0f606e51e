import Alignments
import GenomicFiles
import Genomics
import Reads
import Variants

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What an earlier run's manifest proves: a unit is kept when its options and versions are the same and every input and
/// output has the digest that the manifest gives.
struct EarlierRun: Sendable {
  private let manifest: Manifest?
  let layout: CaseLayout

  /// Reads the case's manifest; one that is missing or not readable as a manifest proves nothing. Blocks.
  init(layout: CaseLayout) {
    self.layout = layout
    guard let bytes = try? readWhole(layout.path("manifest.json")),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
      manifest.schema == Manifest.currentSchema
    else {
      self.manifest = nil
      return
    }
    self.manifest = manifest
  }

  /// The unit's result, if the manifest and the files prove it. Blocks for as long as hashing its files takes.
  func proven(
    _ unit: UnitPlan, versions: [String: String], reference: Manifest.Reference?, progress: ProgressCounter
  ) -> UnitResult? {
    guard let manifest, manifest.versions == versions, manifest.reference?.assemblyDigest == reference?.assemblyDigest,
      manifest.reference?.contigs == reference?.contigs,
      let record = manifest.units.first(where: { $0.name == unit.name }), record.options == unit.options,
      record.inputs.map(\.path) == unit.inputs
    else { return nil }
    for file in record.outputs where !holds(file, at: layout.path(file.path)) { return nil }
    for file in record.inputs where !holds(file, at: file.path) { return nil }
    guard let metrics = metrics(unit) else { return nil }
    progress.add(record.inputs.reduce(0) { $0 + $1.bytes })
    return UnitResult(metrics: metrics, record: record)
  }

  private func holds(_ file: Manifest.File, at path: String) -> Bool {
    guard case .file(let bytes) = content(at: path), bytes == file.bytes else { return false }
    guard let digest = try? fileDigest(path) else { return false }
    return digest.sha256 == file.sha256
  }

  private func metrics(_ unit: UnitPlan) -> UnitResult.Metrics? {
    switch unit.work {
    case .reads(let sample): decode("\(sample.name)/reads.json").map { .reads(sample: sample.name, $0) }
    case .alignments(let sample, _, _):
      decode("\(sample.name)/alignments.qc.json").map { .alignments(sample: sample.name, $0) }
    case .variants(let source, let folder): decode("\(folder)variants.json").map { .variants(source, $0) }
    case .referenceBlocks(let sample, _):
      decode("\(sample.name)/reference-blocks.json").map { .referenceBlocks(sample: sample.name, $0) }
    }
  }

  private func decode<T: Decodable>(_ name: String) -> T? {
    guard let bytes = try? readWhole(layout.path(name)) else { return nil }
    return try? JSONDecoder().decode(T.self, from: Data(bytes))
  }
}
