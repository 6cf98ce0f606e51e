import Batching
import GenomicFiles
import Genomics

/// What the loader hands on: records to work on or, behind what was refused, lines that are only checked.
struct VariantUnit: Sendable {
  enum Content: Sendable {
    case work(VariantWork)
    case onlyChecked(VariantBatch)
    case lines(Chunk)
    case nothing
  }

  var content: Content
  /// Why nothing from here on is worked on.
  var refusal: InputError?
  /// Why nothing stands behind it, where reading itself failed.
  var damage: InputError?
}

/// Reads batches and, where they are normalised, loads the reference bases around their records.
///
/// Where records are checked, what else is wrong with the input ends the work and not the reading, so that the check sees
/// the whole file.
final class VariantLoader {
  private let reader: VCFReader
  private let blocks: ReferenceBlocks?
  private let annotator: (any VariantAnnotator)?
  private let normalises: Bool
  private let needsOrder: Bool
  private let indexReach: Int?
  private let isChecked: Bool
  private var state = State.working
  private let scout: (any VariantScout)?
  /// Batches that the scout saw and has not given the notes of.
  private var held: [VariantWork] = []
  private var reading = Reading.working

  private enum State {
    /// The reader took every line, or refused one, or has no more.
    case working, onlyChecking, unscanned, ended
  }

  /// How far the reader is, where a scout holds batches back.
  private enum Reading {
    case working, ended
    case failed(any Error)
  }

  /// - Parameter indexReach: the last position that the output's index can hold; nil without an index.
  init(
    reader: VCFReader, blocks: ReferenceBlocks?, annotator: (any VariantAnnotator)?, normalises: Bool,
    needsOrder: Bool, indexReach: Int?, isChecked: Bool = false
  ) {
    self.isChecked = isChecked
    self.annotator = annotator
    scout = annotator?.scout(for: reader.header)
    precondition(scout == nil || !normalises && !isChecked, "a scout sees records as they are written")
    self.reader = reader
    self.blocks = blocks
    self.normalises = normalises
    self.needsOrder = needsOrder || scout != nil
    self.indexReach = indexReach
  }

  /// The next batch, where nothing is checked.
  func next() async throws -> VariantWork? {
    guard let batch = try await reader.next() else { return nil }
    return try await prepare(batch)
  }

  func nextUnit() async throws -> VariantUnit? {
    if let scout { return try await nextScouted(scout).map { VariantUnit(content: .work($0)) } }
    var read: VariantBatch?
    do {
      switch state {
      case .ended: return nil
      case .unscanned:
        return try await reader.nextUnscanned().map { VariantUnit(content: .lines($0)) }
      case .onlyChecking:
        return try await reader.next().map { VariantUnit(content: .onlyChecked($0)) }
      case .working:
        read = try await reader.next()
        guard let read else { return nil }
        return VariantUnit(content: .work(try await prepare(read)))
      }
    } catch let error as InputError where isChecked && error.isOfRecords(in: reader.path) {
      if let read {
        state = .onlyChecking
        return VariantUnit(content: .onlyChecked(read), refusal: error)
      }
      // Lines that were refused are still there; where reading itself failed, nothing is.
      if state != .unscanned, reader.hasRefusedLines {
        state = .unscanned
        return VariantUnit(content: .nothing, refusal: error)
      }
      state = .ended
      return VariantUnit(content: .nothing, damage: error)
    }
  }

  /// The next batch of which a scout has told everything.
  ///
  /// What reading or the scout refuses comes behind all batches before it, wherever they were cut.
  private func nextScouted(_ scout: any VariantScout) async throws -> VariantWork? {
    while true {
      if let notes = scout.takeNotes() {
        var work = held.removeFirst()
        work.notes = notes
        return work
      }
      switch reading {
      case .ended: return nil
      case .failed(let error): throw error
      case .working: break
      }
      // Kept back, the reader's own chunks would run out.
      if let last = held.last { held[held.count - 1] = VariantWork(batch: last.batch.owned(), views: []) }
      do {
        guard let batch = try await reader.next() else {
          reading = .ended
          scout.finish()
          continue
        }
        let work = try await prepare(batch)
        try scout.look(at: batch)
        held.append(work)
      } catch {
        reading = .failed(error)
        scout.finish()
      }
    }
  }

  private func prepare(_ batch: VariantBatch) async throws -> VariantWork {
    if needsOrder { try reader.requireSorted() }
    try requirePositions(batch)
    guard normalises, let blocks else {
      for run in batch.runs { try requireAnnotation(batch, run) }
      return VariantWork(batch: batch, views: [])
    }
    var views: [ReferenceView] = []
    for run in batch.runs {
      // Where the bases are an annotation's own, what does not belong to them is its refusal.
      if !blocks.isFile { try requireAnnotation(batch, run) }
      try blocks.contigs.require(
        run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
        at: batch.location(of: run.records.lowerBound))
      if blocks.isFile { try requireAnnotation(batch, run) }
      views.append(try await blocks.view(contig: run.contig, stretches: Self.stretches(batch, run)))
    }
    return VariantWork(batch: batch, views: views)
  }

  private func requireAnnotation(_ batch: VariantBatch, _ run: VariantBatch.Run) throws {
    try annotator?.require(
      contig: run.contig, declaredLength: reader.header.contigs[run.contig]?.length,
      at: batch.location(of: run.records.lowerBound))
  }

  /// Refuses a position behind its contig's end (the base after it is the telomere), or behind what the index can hold.
  private func requirePositions(_ batch: VariantBatch) throws {
    try batch.withRecords { view in
      for run in batch.runs {
        let length = reader.header.contigs[run.contig]?.length
        let last = length.map { min($0, Int(Int32.max)) + 1 }
        guard let limit = [last, indexReach].compactMap({ $0 }).min() else { continue }
        guard let record = run.records.first(where: { view.position(of: $0) > limit }) else { continue }
        let position = view.position(of: record)
        throw InputError(
          .malformed, at: batch.location(of: record),
          length.map { "POS \(position) lies behind the \($0) bases of contig \(run.contig)" }
            ?? "POS \(position) is more than an index can hold of contig \(run.contig), whose length the header does not declare",
          remedy: length == nil ? "declare the contig's length in the header" : "correct the line or the header")
      }
    }
  }

  /// What the records of a run span, 0-based half-open, near ones joined.
  private static func stretches(_ batch: VariantBatch, _ run: VariantBatch.Run) -> [Range<Int>] {
    batch.withRecords { view in
      var stretches: [Range<Int>] = []
      for record in run.records {
        let start = max(0, view.position(of: record) - 1)
        let end = start + max(1, view.column(.ref, of: record).count) + ReferenceBlocks.reachAhead
        if let last = stretches.last, start - last.upperBound < 2 * ReferenceBlocks.reachBack {
          stretches[stretches.count - 1] = last.lowerBound..<max(last.upperBound, end)
        } else {
          stretches.append(start..<end)
        }
      }
      return stretches
    }
  }
}

extension InputError {
  /// Whether something is wrong with what stands in the file, behind which reading may go on.
  func isOfRecords(in path: String) -> Bool {
    guard location.file == path else { return false }
    return switch kind {
    case .malformed, .mismatch, .truncated, .checksum: true
    case .empty, .unreadable, .unsupported, .referenceMissing, .referenceMismatch: false
    }
  }
}
