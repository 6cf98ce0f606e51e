import CHTSlib
import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A tabix index (`.tbi`, or `.csi` for contigs beyond 512 Mb) made while its VCF is written, or
/// a BCF's `.csi`, through htslib's `hts_idx_*` calls with our own offsets.
///
/// Blocks in `save`; one task uses it.
final class CoordinateIndex {
  private let dataPath: String
  private let longestContig: Int
  private let reach: Int
  /// The contigs of a BCF's header, whose places are its index's; nil for VCF, whose index names those with records.
  private let headerContigs: [String]?
  private var index: OpaquePointer?
  private var contigs: [String: Int32] = [:]
  private var lastContig = ""
  private var lastIndex: Int32 = -1

  /// The longest contig that a `.tbi` can address (SAM specification, section 5.1.1: 2^29).
  static let tabixLimit = 1 << 29

  /// - Parameter longestContig: the length of the longest contig that the header declares, in bases; 0 if none does.
  /// - Parameter headerContigs: the contigs of the header, where the data are BCF.
  init(dataPath: String, longestContig: Int, headerContigs: [String]? = nil) {
    self.dataPath = dataPath
    self.longestContig = longestContig
    self.headerContigs = headerContigs
    reach = Self.reach(longestContig: longestContig)
    for (place, name) in (headerContigs ?? []).enumerated() { contigs[name] = Int32(place) }
  }

  deinit { if let index { hts_idx_destroy(index) } }

  private var usesCSI: Bool { headerContigs != nil || longestContig > Self.tabixLimit }

  /// The index's final path.
  var path: String { dataPath + (usesCSI ? ".csi" : ".tbi") }

  private var format: Int32 { usesCSI ? apus_fmt_csi() : apus_fmt_tbi() }

  /// The levels of bins below the root; each holds eight times the bases of the one before (SAM specification, section 5.3).
  private static func levels(longestContig: Int) -> Int {
    var levels = 5
    while 1 << (14 + 3 * levels) < min(longestContig, Int(Int32.max)) { levels += 1 }
    return levels
  }

  /// The bases of a contig that the index can hold: an entry may not end behind them.
  static func reach(longestContig: Int) -> Int { 1 << (14 + 3 * levels(longestContig: longestContig)) }

  func begin(at offset: UInt64) throws {
    index = hts_idx_init(
      Int32(headerContigs?.count ?? 0), format, offset, 14, Int32(Self.levels(longestContig: longestContig)))
    guard let index else { throw failure("cannot be started") }
    guard headerContigs != nil || apus_hts_idx_set_vcf_meta(index) == 0 else { throw failure("cannot be started") }
  }

  /// Says where the records that follow stand.
  func begin(contig: String) throws {
    guard let index else { throw failure("has no start") }
    guard contig != lastContig || lastIndex < 0 else { return }
    lastContig = contig
    let wanted = contigs[contig] ?? Int32(contigs.count)
    lastIndex = headerContigs == nil ? hts_idx_tbi_name(index, wanted, contig) : wanted
    guard lastIndex >= 0 else { throw failure("refuses contig \(contig)") }
    contigs[contig] = wanted
  }

  /// Adds a record of the contig that was begun; 0-based half-open.
  func push(start: Int, end: Int, at offset: UInt64) throws {
    guard let index else { throw failure("has no start") }
    // An INFO/END may lie behind its contig; what is looked for never does.
    guard hts_idx_push(index, lastIndex, Int64(start), Int64(min(end, reach)), offset, 1) >= 0 else {
      throw failure("refuses \(lastContig):\(start + 1)")
    }
  }

  /// Ends the index and writes it to its own partial file.
  func save(finalOffset: UInt64, registry: OutputRegistry) throws -> PendingIndex {
    guard let index else { throw failure("has no start") }
    guard hts_idx_finish(index, finalOffset) == 0 else { throw failure("cannot be ended") }
    let partial = OutputFile.partialPath(for: path)
    registry.add(partial)
    guard hts_idx_save_as(index, nil, partial, format) == 0 else {
      unlink(partial)
      registry.remove(partial)
      throw failure("cannot be written: \(systemMessage(errno))")
    }
    return PendingIndex(partial: partial, path: path, registry: registry)
  }

  private func failure(_ reason: String) -> OutputError {
    OutputError(
      .failed, path: path, reason: "the index \(reason)", remedy: "check the disk; if it has room, report this")
  }
}

/// A written index that waits for its data's final name.
final class PendingIndex {
  private let partial: String
  private let path: String
  private let registry: OutputRegistry
  private var isCommitted = false

  init(partial: String, path: String, registry: OutputRegistry) {
    self.partial = partial
    self.path = path
    self.registry = registry
  }

  deinit {
    guard !isCommitted else { return }
    unlink(partial)
    registry.remove(partial)
  }

  func commit() throws -> OutputSummary {
    let digest = try fileDigest(partial)
    let descriptor = open(partial, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
    isCommitted = true
    try OutputFile.rename(partial, to: path, registry: registry)
    return OutputSummary(path: path, bytes: digest.bytes, sha256: digest.sha256)
  }
}
