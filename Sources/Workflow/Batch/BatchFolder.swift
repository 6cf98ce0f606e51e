import GenomicFiles
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a run's folder keeps of its cases: each one's last outcome, and the batch's report of all.
struct BatchFolder: Sendable {
  let path: String
  let registry: OutputRegistry

  init(_ path: String, registry: OutputRegistry) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.registry = registry
  }

  private static let outcome = "outcome.json"

  /// How each case of the sheet ended last: by its `outcome.json`; where there is none, by `batch.json`. Without either, or
  /// where a file cannot be read as what it is, it has not ended: what `batch.json` told before is then no answer. Blocks.
  func entries(_ sheet: SampleSheet) -> [BatchEntry] {
    let batch = earlierBatch()
    return sheet.cases.map { one in
      let file = "\(path)/\(one.name)/\(Self.outcome)"
      if content(at: file) == .absent { return batch[one.name] ?? BatchEntry(pending: one.name) }
      guard let bytes = try? readWhole(file), let entry = try? JSONDecoder().decode(BatchEntry.self, from: Data(bytes)),
        entry.name == one.name
      else { return BatchEntry(pending: one.name) }
      return entry
    }
  }

  private func earlierBatch() -> [String: BatchEntry] {
    guard let bytes = try? readWhole(path + "/batch.json"),
      let batch = try? JSONDecoder().decode(EarlierBatch.self, from: Data(bytes))
    else { return [:] }
    return Dictionary(batch.cases.map { ($0.name, $0) }) { first, _ in first }
  }

  private struct EarlierBatch: Decodable {
    var cases: [BatchEntry]
  }

  /// Records how a case stands. Blocks.
  func record(_ entry: BatchEntry) throws {
    try makeFolder("\(path)/\(entry.name)")
    _ = try writeAtomically(
      entry.json.bytes, to: "\(path)/\(entry.name)/\(Self.outcome)", force: true, registry: registry)
  }

  /// Writes the batch's report: the page last, for it is what people look at. Blocks.
  func writeReport(_ entries: [BatchEntry]) throws {
    if let csv = try TurnaroundPages.csv(entries) {
      _ = try writeAtomically(Array(csv.utf8), to: path + "/turnaround.csv", force: true, registry: registry)
    }
    _ = try writeAtomically(BatchPage.json(entries).bytes, to: path + "/batch.json", force: true, registry: registry)
    _ = try writeAtomically(
      Array(try BatchPage.page(entries).utf8), to: path + "/batch.html", force: true, registry: registry)
  }
}
