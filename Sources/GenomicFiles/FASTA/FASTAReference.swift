import CHTSlib
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
  // Not shared while used: htslib's handle keeps a file position. `ReferenceBlocks` is its one caller.

  /// The path as the user gave it.
  public let path: String
  /// Names and lengths, in the index's order.
  public let contigs: ContigDictionary
  private let handle: OpaquePointer

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
    guard let handle = fai_load3(path, path + ".fai", path + ".gzi", 0) else {
      throw InputError(
        .malformed, at: location, "the FASTA or its index cannot be read",
        remedy: "make the index again with samtools faidx; a compressed FASTA must be compressed with bgzip")
    }
    var contigs: [Contig] = []
    for index in 0..<faidx_nseq(handle) {
      guard let name = faidx_iseq(handle, index) else { continue }
      contigs.append(Contig(name: String(cString: name), length: Int(faidx_seq_len(handle, name))))
    }
    guard let dictionary = ContigDictionary(contigs), !contigs.isEmpty else {
      fai_destroy(handle)
      throw InputError(
        .malformed, at: location, "the index names no sequence", remedy: "make the index again with samtools faidx")
    }
    self.contigs = dictionary
    self.handle = handle
  }

  deinit { fai_destroy(handle) }

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
      if access(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/.", W_OK) != 0 {
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
  /// - Throws: `InputError` of kind `malformed` when the file does not hold what its index says.
  public func bases(of region: Region) throws -> [UInt8] {
    guard region.count > 0 else { return [] }
    var length: Int64 = 0
    guard
      let text = faidx_fetch_seq64(
        handle, region.contig, Int64(region.start.value), Int64(region.end.value - 1), &length),
      length >= 0
    else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "\(region) cannot be read",
        remedy: "the file is damaged or its index is another file's: make the index again with samtools faidx")
    }
    defer { apus_free(text) }
    return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { source in
        for index in 0..<Int(length) { buffer[index] = Base.uppercased(source[index]) }
      }
      count = Int(length)
    }
  }
}
