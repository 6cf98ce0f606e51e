public import GenomicFiles

/// Looks at records in the order of the file before they are annotated, for what is told of several of them together.
///
/// The reader hands it each batch, in order, on one thread. A batch goes on to be annotated once the scout gives its
/// notes, which may be batches later.
public protocol VariantScout: AnyObject {
  /// Looks at the next batch; sorted records are asked for.
  /// - Throws: where a record cannot be read; the batch then counts as not seen.
  func look(at batch: VariantBatch) throws
  /// There are no more batches.
  func finish()
  /// The notes of the oldest batch that was looked at and not yet taken; nil where what follows may still add to them,
  /// or there is none.
  func takeNotes() -> VariantNotes?
}

/// What a scout found of the records of one batch.
public struct VariantNotes: Sendable {
  /// INFO entries, `KEY=VALUE` with semicolons between them, by the record's index in the batch.
  public var entries: [Int: [UInt8]]
  /// What was counted since the notes before these.
  public var counts: HaplotypeCounts

  /// Notes.
  public init(entries: [Int: [UInt8]], counts: HaplotypeCounts) {
    self.entries = entries
    self.counts = counts
  }
}
