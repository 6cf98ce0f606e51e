import CCompression
import Genomics
import Synchronization

/// What a source of known variants is, as the cache tells it.
public struct KnownSourceBuild: Sendable, Hashable, Codable {
  /// A field of the source.
  public struct Field: Sendable, Hashable, Codable {
    /// The INFO key of the source's VCF, or `ID`, `QUAL`, `FILTER`; the column's name of a score file.
    public var key: String
    /// The Number that an annotated record's header line has.
    public var number: String
    /// The Type likewise.
    public var type: String
    /// What the source's header says of it.
    public var description: String
  }

  /// The name that the laboratory gave it: letters, digits and `_`.
  public var name: String
  /// The files that it was made of.
  public var files: [CacheBuild.Source] = []
  /// Its fields, in order.
  public var fields: [Field] = []
  /// Records read.
  public var records = 0
  /// Alternate alleles read: those kept, joined and skipped.
  public var alleles = 0
  /// Different alleles kept.
  public var kept = 0
  /// Alleles that another record has too; different values are joined with `&`.
  public var joined = 0
  /// Alleles that were not kept, by why.
  public var skipped: [String: Int] = [:]
  /// Kept alleles by contig.
  public var contigs: [String: Int] = [:]

  init(name: String) { self.name = name }
}

/// A source of known variants in the mapped cache.
final class KnownSource: Sendable {
  /// Bytes of a chunk's entry: place u64, bytes u32, CRC-32 u32, rows u32, 0 u32.
  static let chunkEntry = 24

  let build: KnownSourceBuild
  private let path: String
  private let chunks: RecordTable
  private let rows: RecordTable
  /// The first chunk of each contig of the cache; nil where the source has nothing on it.
  private let firstChunks: [Int?]
  private let checked: CheckedChunks

  /// - Parameters:
  ///   - contigs: the cache's.
  ///   - chunks: of each contig that the source has, in the cache's order, one entry per 2^20 bases begun.
  /// - Throws: `CacheError` of kind `damaged`.
  init(
    _ build: KnownSourceBuild, contigs: ContigDictionary, chunks: RecordTable, rows: RecordTable, path: String
  ) throws(CacheError) {
    self.build = build
    self.path = path
    self.chunks = chunks
    self.rows = rows
    var next = 0
    firstChunks = contigs.contigs.map { contig in
      guard build.contigs[contig.name] != nil else { return nil }
      defer { next += Self.chunkCount(contig) }
      return next
    }
    guard next == chunks.count else { throw CacheLayout.damaged(path, "source \(build.name) lacks chunks") }
    checked = CheckedChunks(count: chunks.count)
  }

  /// The section that holds the chunks of a source.
  static func rowSection(_ number: Int) -> String { "known\(number)" }
  /// The section that holds the table of the chunks of a source.
  static func chunkSection(_ number: Int) -> String { "chunks\(number)" }
  /// Whether a section is one of chunks.
  static func isRowSection(_ name: String) -> Bool { name.hasPrefix("known") }

  /// Whether a section is one of a source.
  static func isSection(_ name: String) -> Bool { isRowSection(name) || name.hasPrefix("chunks") }

  /// The chunks of a contig.
  static func chunkCount(_ contig: Contig) -> Int { (contig.length ?? 0) >> KnownChunkLayout.placeBits + 1 }

  /// Whether the source has alleles on a contig of the cache.
  func has(contig: Int) -> Bool { firstChunks[contig] != nil }

  /// Bytes and CRC-32 of a chunk of a contig, counted from its first; nil where the source has nothing there.
  func fingerprint(contig: Int, window: Int) -> [Int]? {
    guard let first = firstChunks[contig], first + window < chunks.count, chunks.u32(first + window, 8) > 0 else {
      return nil
    }
    return [chunks.u32(first + window, 8), chunks.u32(first + window, 12)]
  }

  /// The chunk that a place on a contig lies in; nil where the source has nothing there.
  /// - Throws: `CacheError` of kind `damaged` where the chunk's bytes are not those that were written; compared when
  ///   the chunk is first asked for.
  func chunk(contig: Int, position: Int) throws(CacheError) -> KnownChunk? {
    guard let first = firstChunks[contig] else { return nil }
    let number = first + position >> KnownChunkLayout.placeBits
    guard number < chunks.count else { return nil }
    let count = chunks.u32(number, 8)
    guard count > 0 else { return nil }
    let place = Int(chunks.bytes.littleEndian(UInt64.self, at: number * Self.chunkEntry))
    guard place >= 0, place <= rows.bytes.count - count else { throw damaged() }
    let bytes = UnsafeRawBufferPointer(rebasing: rows.bytes[place..<(place + count)])
    if !checked[number] {
      guard Int(libdeflate_crc32(0, bytes.baseAddress, count)) == chunks.u32(number, 12) else { throw damaged() }
      checked.mark(number)
    }
    guard let chunk = KnownChunk(bytes, fields: build.fields.count) else { throw damaged() }
    return chunk
  }

  private func damaged() -> CacheError {
    CacheLayout.damaged(path, "a chunk of source \(build.name) differs from its checksum")
  }
}

/// Which chunks were found to be whole. Several threads may find so at once.
private final class CheckedChunks: @unchecked Sendable {
  // Every access is atomic.
  private let marks: UnsafeMutablePointer<Atomic<Bool>>
  private let count: Int

  init(count: Int) {
    self.count = count
    marks = .allocate(capacity: max(1, count))
    for index in 0..<count { (marks + index).initialize(to: Atomic(false)) }
  }

  deinit {
    marks.deinitialize(count: count)
    marks.deallocate()
  }

  subscript(index: Int) -> Bool { marks[index].load(ordering: .relaxed) }

  func mark(_ index: Int) { marks[index].store(true, ordering: .relaxed) }
}
