import Batching
public import GenomicFiles
import Genomics

extension KnowledgeBase {
  /// What an export of classifications holds.
  public struct ClassificationExport: Sendable, Hashable {
    /// Alleles: one a record.
    public var alleles = 0
    /// Events.
    public var events = 0
  }

  /// Writes every allele's classifications into a sites-only VCF (BGZF) with its index, in the order of the reference.
  ///
  /// The laboratory's own file, of a base of either purpose: it names no person, and is no release. Dates, laboratories
  /// and single events stand in it, so it stays where the base may be read.
  /// - Throws: `KnowledgeBaseError` of kind `configuration` for a base without a reference; `OutputError`.
  public func exportClassifications(
    to path: String, force: Bool = false, resources: RunResources
  ) async throws -> ClassificationExport {
    let (reference, records) = try await resources.blocking.run { try self.classificationRecords() }
    var plan = OutputPlan(
      path: path, container: .bgzf(level: 6), force: force,
      indexedLongestContig: reference.contigs.map(\.length).max() ?? 0)
    plan.content = .fields
    let (_, output) = try await withOutput(plan, resources: resources) { stream in
      try await stream.append(Array(ClassificationRecord.header(reference).utf8))
      try await stream.markHeaderEnd()
      for first in stride(from: 0, to: records.count, by: 4096) {
        var bytes: [UInt8] = []
        var entries = IndexEntries()
        for record in records[first..<min(first + 4096, records.count)] {
          bytes += Array(record.line.utf8)
          bytes.append(UInt8(ascii: "\n"))
          entries.begin(contig: record.contig)
          entries.append(start: record.start, end: record.end, endOfBytes: bytes.count)
        }
        try await stream.append(bytes, entries: entries)
      }
    }
    _ = try await output.commit()
    return ClassificationExport(
      alleles: records.count, events: records.reduce(0) { $0 + $1.classifications.history.count })
  }

  /// The records of all alleles with events, as the base is at one moment.
  func classificationRecords() throws -> (reference: ReferenceContigs, records: [ClassificationRecord]) {
    try read { db in
      guard let reference = try reference(db) else {
        throw KnowledgeBaseError(
          .configuration, path: path, "the base is empty, so it has no classification", remedy: "add a case first")
      }
      var records: [ClassificationRecord] = []
      var seen: Set<RefgetDigest> = []
      for contig in reference.contigs where seen.insert(contig.digest).inserted {
        var pending: [ClassificationEvent] = []
        func end() {
          guard let first = pending.first else { return }
          records.append(
            ClassificationRecord(
              contig: contig.name, start: first.start, reference: first.reference, alternate: first.alternate,
              classifications: Classifications(pending)))
          pending = []
        }
        for event in try classifications(on: contig, db) {
          if let first = pending.first,
            (first.start, first.reference, first.alternate) != (event.start, event.reference, event.alternate)
          {
            end()
          }
          pending.append(event)
        }
        end()
      }
      return (reference, records)
    }
  }
}
