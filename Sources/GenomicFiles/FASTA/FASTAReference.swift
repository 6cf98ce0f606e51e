import CHTSlib
import CKernels
public import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A reference FASTA, plain or bgzipped, with its `.fai` (and `.gzi`).
///
/// Every call but the properties blocks: use the blocking executor. One call at a time.
public final class FASTAReference: @unchecked Sendable {
  // Not shared while used: the handle keeps a file position. `ReferenceBlocks` is its one caller.

  /// The path as the user gave it.
  public let path: String
  /// Names and lengths, in the index's order.
  public let contigs: ContigDictionary
  private let index: FASTAIndex
  private let handle: UnsafeMutablePointer<BGZF>
  /// The file itself where it is plain; -1 where it is compressed.
  private let descriptor: Int32
  /// The lines of the last region: kept, because fresh memory for each costs as much as reading them.
  private var lines: [UInt8] = []

  /// Opens a FASTA; makes its index beside it where that is missing.
  /// - Throws: `InputError` of kind `unreadable` or `malformed`; `OutputError` when the index cannot be made.
  public init(path: String, registry: OutputRegistry) throws {
    self.path = path
    let location = InputLocation(file: path)
    guard access(path, R_OK) == 0 else {
      throw InputError(
        .unreadable, at: location, "cannot be opened: \(systemMessage(errno))",
        remedy: "check the path and its permissions")
    }
    if access(path + ".fai", R_OK) != 0 { try Self.buildIndex(path, registry: registry) }
    apus_hts_set_silent()
    let index = try FASTAIndex(try readWhole(path + ".fai", limit: 1 << 30), path: path + ".fai")
    let contigs = index.entries.map { Contig(name: $0.name, length: $0.length) }
    guard let dictionary = ContigDictionary(contigs), !contigs.isEmpty else {
      throw InputError(
        .malformed, at: InputLocation(file: path + ".fai"), "the index names no sequence, or one twice",
        remedy: "make the index again with samtools faidx")
    }
    guard let handle = bgzf_open(path, "r") else { throw Self.unreadable(path) }
    // 0 plain, 1 gzip, 2 BGZF; only the last can be read from the middle, with its block index.
    let compression = bgzf_compression(handle)
    guard compression == 0 || (compression == 2 && bgzf_index_load(handle, path, ".gzi") == 0) else {
      bgzf_close(handle)
      throw Self.unreadable(path)
    }
    let descriptor = compression == 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1
    guard descriptor >= 0 || compression != 0 else {
      bgzf_close(handle)
      throw Self.unreadable(path)
    }
    self.contigs = dictionary
    self.index = index
    self.handle = handle
    self.descriptor = descriptor
  }

  deinit {
    bgzf_close(handle)
    if descriptor >= 0 { close(descriptor) }
  }

  private static func unreadable(_ path: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path), "the FASTA or its index cannot be read",
      remedy: "make the index again with samtools faidx; a compressed FASTA must be compressed with bgzip")
  }

  private static func buildIndex(_ path: String, registry: OutputRegistry) throws {
    apus_hts_set_silent()
    let index = OutputFile.partialPath(for: path + ".fai")
    let blocks = OutputFile.partialPath(for: path + ".gzi")
    registry.add(index)
    registry.add(blocks)
    defer {
      unlink(index)
      unlink(blocks)
      registry.remove(index)
      registry.remove(blocks)
    }
    guard fai_build3(path, index, blocks) == 0 else {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      if access(folder, W_OK) != 0 {
        throw OutputError(
          .cannotCreate, path: path + ".fai", reason: "the index is missing and cannot be made in this folder",
          remedy: "make it with samtools faidx where the folder can be written")
      }
      throw InputError(
        .malformed, at: InputLocation(file: path),
        "no index can be made: the file is not FASTA, or gzip instead of bgzip",
        remedy: "give a FASTA with lines of one length, plain or compressed with bgzip")
    }
    if access(blocks, F_OK) == 0 { try OutputFile.rename(blocks, to: path + ".gzi", registry: registry) }
    try OutputFile.rename(index, to: path + ".fai", registry: registry)
  }

  /// The bases of a region, in upper case; shorter where the contig ends first.
  ///
  /// Reads the region's lines whole: htslib's own retrieval goes byte by byte and took a third of a normalising run.
  /// - Throws: `InputError` of kind `malformed` when the file does not hold what its index says.
  public func bases(of region: Region) throws -> [UInt8] {
    guard let number = contigs.index(of: region.contig) else { return [] }
    let entry = index.entries[number]
    let start = max(0, region.start.value)
    let end = min(region.end.value, entry.length)
    guard start < end else { return [] }
    let first = entry.byteOffset(of: start)
    let byteCount = entry.byteOffset(of: end - 1) + 1 - first
    try read(first, count: byteCount, region)
    var hasBlanks = false
    let bases = [UInt8](unsafeUninitializedCapacity: end - start) { buffer, count in
      lines.withUnsafeBufferPointer { text in
        guard let text = text.baseAddress, let target = buffer.baseAddress else { return }
        var position = start
        while position < end {
          // To the end of the line, or of the region.
          let length = min(entry.lineBases - position % entry.lineBases, end - position)
          let line = text + (entry.byteOffset(of: position) - first)
          if apus_copy_capitals(target + count, line, length) != 0 { hasBlanks = true }
          count += length
          position += length
        }
      }
    }
    // A line end among the bases means that the lines are not as long as the index says.
    guard !hasBlanks else { throw mismatch(region) }
    return bases
  }

  /// Fills the beginning of `lines` with bytes of the text.
  private func read(_ offset: Int, count: Int, _ region: Region) throws {
    if lines.count < count { lines = [UInt8](repeating: 0, count: count) }
    guard
      try lines.withUnsafeMutableBytes({ buffer in
        descriptor >= 0
          ? try readPlain(offset, UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
          : bgzf_useek(handle, numericCast(offset), SEEK_SET) == 0
            && bgzf_read(handle, buffer.baseAddress, count) == count
      })
    else { throw mismatch(region) }
  }

  /// - Returns: false where the file ends first.
  private func readPlain(_ offset: Int, _ buffer: UnsafeMutableRawBufferPointer) throws -> Bool {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw InputError(
          .unreadable, at: InputLocation(file: path), "cannot be read: \(systemMessage(errno))",
          remedy: "check the disk, or copy the file to another")
      }
      if count == 0 { return false }
      done += count
    }
    return true
  }

  private func mismatch(_ region: Region) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path), "\(region) cannot be read as the index says",
      remedy: "the file is damaged or its index is another file's: make the index again with samtools faidx")
  }
}
