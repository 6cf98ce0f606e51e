import CCompression
import Genomics

/// Puts the alleles of a source, which come in the order of its files, into chunks, each finished when nothing more
/// can come for it.
struct KnownSourceAssembler {
  private struct Entry {
    var place: Int
    var bytes: Int
    var checksum: UInt32
    var rows: Int
  }

  private(set) var build: KnownSourceBuild
  private let contigs: ContigDictionary
  private let isSorted: Bool
  /// Chunks that are finished and were not taken yet, in order.
  private var finished: [[UInt8]] = []
  private var open: [Int: KnownChunkWriter] = [:]
  private var contig = ""
  private var entries: [String: [Int: Entry]] = [:]
  private var written = 0
  private var firstMismatch: InputLocation?

  /// - Parameters:
  ///   - contigs: the reference's.
  ///   - isSorted: whether the alleles of a contig come in order, so that a chunk can be finished before the contig.
  init(_ build: KnownSourceBuild, contigs: ContigDictionary, isSorted: Bool = true) {
    self.build = build
    self.contigs = contigs
    self.isSorted = isSorted
  }

  /// The chunks finished since the last call, one behind the other.
  mutating func takeFinished() -> [[UInt8]] {
    defer { finished = [] }
    return finished
  }

  /// Ends a file: another has contigs of its own.
  mutating func add(file: CacheBuild.Source) {
    build.files.append(file)
    finishContig()
    contig = ""
  }

  /// Takes the next rows.
  /// - Throws: `InputError` of kind `malformed` where a contig comes twice.
  mutating func take(_ part: KnownRows, path: String) throws(InputError) {
    build.records += part.records
    build.alleles += part.alleles
    build.skipped.merge(part.skipped, uniquingKeysWith: +)
    firstMismatch = firstMismatch ?? part.firstMismatch
    for run in part.runs where !run.rows.isEmpty {
      if run.contig != contig {
        finishContig()
        guard entries[run.contig] == nil else {
          throw InputError(
            .malformed, at: InputLocation(file: path), "contig \(run.contig) stands in source \(build.name) twice",
            remedy: "sort the file; of several files of a source each has contigs of its own")
        }
        contig = run.contig
        entries[contig] = [:]
      }
      take(part, run)
    }
  }

  private mutating func take(_ part: KnownRows, _ run: KnownRows.Run) {
    let fields = build.fields.count
    var window = -1
    var writer = KnownChunkWriter(fields: fields)
    for index in run.rows {
      let row = part.rows[index]
      let own = row.start >> KnownChunkLayout.placeBits
      if own != window {
        if window >= 0 { open[window] = writer }
        writer = open.removeValue(forKey: own) ?? KnownChunkWriter(fields: fields)
        window = own
      }
      part.text.withUnsafeBytes { text in
        writer.append(
          place: row.start & (1 << KnownChunkLayout.placeBits - 1), code: row.code,
          referenceLength: row.referenceLength,
          alternate: UnsafeRawBufferPointer(rebasing: text[row.alternate]))
        for value in part.values[(index * fields)..<((index + 1) * fields)] {
          writer.append(value: UnsafeRawBufferPointer(rebasing: text[value]))
        }
      }
    }
    if window >= 0 { open[window] = writer }
    // Left-aligning moves an allele by less than a chunk.
    guard isSorted else { return }
    for done in open.keys.filter({ $0 < window - 1 }).sorted() { finish(done) }
  }

  private mutating func finish(_ window: Int) {
    guard var writer = open.removeValue(forKey: window) else { return }
    let chunk = writer.encode()
    let checksum = chunk.bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    entries[contig]?[window] = Entry(place: written, bytes: chunk.bytes.count, checksum: checksum, rows: chunk.rows)
    finished.append(chunk.bytes)
    written += chunk.bytes.count
    build.kept += chunk.rows
    build.joined += chunk.joined
    build.contigs[contig, default: 0] += chunk.rows
  }

  private mutating func finishContig() {
    for window in open.keys.sorted() { finish(window) }
  }

  /// Ends the source.
  /// - Returns: what it is, and the table of its chunks.
  /// - Throws: `InputError` of kind `mismatch` where more than one allele in a hundred has another REF than the
  ///   reference: the source is of another assembly.
  mutating func finish() throws(InputError) -> (KnownSourceBuild, [UInt8]) {
    finishContig()
    let mismatches = build.skipped[CanonicalAllele.Refusal.referenceMismatch.rawValue] ?? 0
    if let firstMismatch, 100 * mismatches > build.alleles {
      throw InputError(
        .mismatch, at: firstMismatch,
        "REF of \(mismatches) of \(build.alleles) alleles is not what the reference has, here first",
        remedy: "give a source of the reference's assembly")
    }
    guard build.kept > 0 else {
      throw InputError(
        .empty, at: InputLocation(file: build.files.first?.name ?? build.name),
        "source \(build.name) has no allele that can be looked up", remedy: "give a source with records")
    }
    var table: [UInt8] = []
    for contig in contigs.contigs {
      guard let windows = entries[contig.name], !windows.isEmpty else { continue }
      for window in 0..<KnownSource.chunkCount(contig) {
        let entry = windows[window]
        table.appendLittleEndian(UInt64(entry?.place ?? 0))
        for value in [entry?.bytes ?? 0, Int(entry?.checksum ?? 0), entry?.rows ?? 0, 0] {
          table.appendLittleEndian(UInt32(value))
        }
      }
    }
    return (build, table)
  }
}
