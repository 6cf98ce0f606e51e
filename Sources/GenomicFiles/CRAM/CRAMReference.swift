import Batching
import CHTSlib
import Genomics
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a CRAM is decoded against.
public struct DecodingReference: Sendable {
  let fasta: FASTAReference
  let resources: RunResources

  /// Decodes against `fasta`, which nobody else may use meanwhile.
  public init(_ fasta: FASTAReference, resources: RunResources) {
    self.fasta = fasta
    self.resources = resources
  }

  /// Holds the `M5` of each contig that both have against the FASTA's bases.
  /// - Throws: `InputError` of kind `referenceMismatch` with the contig and both digests.
  func require(_ header: SAMHeader, path: String) async throws {
    guard header.contigs.contigs.indices.contains(where: { header.md5s[$0] != nil }) else { return }
    let (fasta, registry) = (fasta, resources.outputs)
    let md5s = try await resources.blocking.run { try referenceMD5s(of: fasta, registry: registry) }
    for (index, contig) in header.contigs.contigs.enumerated() {
      guard let expected = header.md5s[index], let found = md5s[contig.name], expected != found else { continue }
      throw InputError(
        .referenceMismatch, at: InputLocation(file: path),
        "contig \(contig.name) has the MD5 \(expected) in the header and \(found) in \(fasta.path)",
        remedy: "give the FASTA that the file was made with")
    }
  }
}

/// A reference as htslib's CRAM decoders use it, many at a time.
final class CRAMReference: @unchecked Sendable {
  let path: String
  let contigs: ContigDictionary
  /// A decoder that owns the bases which all others share; nil where each loads what its slices span.
  private let owner: UnsafeMutablePointer<htsFile>?
  // htslib counts the sharers without a lock of its own.
  private let sharing = Mutex(())

  /// - Parameters:
  ///   - isSorted: whether records are in coordinate order: then they need the stretch that their slice spans, which each
  ///     decoder loads. In any other order they need contigs whole, which are loaded once and shared.
  ///   - empty: a whole CRAM of the same header without records.
  /// - Returns: nil where htslib cannot use the FASTA.
  init?(_ fasta: FASTAReference, isSorted: Bool, empty: [UInt8]) {
    path = fasta.path
    contigs = fasta.contigs
    guard !isSorted else {
      owner = nil
      return
    }
    guard let file = CRAMReference.open([empty], name: fasta.path) else { return nil }
    guard apus_hts_set_reference(file, fasta.path) == 0 else {
      _ = hts_close(file)
      return nil
    }
    owner = file
  }

  /// Opens a CRAM that stands in memory, in parts one behind the other.
  static func open(_ parts: [[UInt8]], name: String) -> UnsafeMutablePointer<htsFile>? {
    let size = parts.reduce(0) { $0 + $1.count }
    guard let buffer = malloc(size) else { return nil }
    var place = buffer
    for part in parts {
      part.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { place.copyMemory(from: base, byteCount: bytes.count) }
      }
      place += part.count
    }
    return apus_sam_open_memory(buffer, size, name)
  }

  deinit { if let owner { _ = hts_close(owner) } }

  /// Makes a decoder use the reference.
  func attach(to file: UnsafeMutablePointer<htsFile>) -> Bool {
    guard let owner else { return apus_hts_set_reference(file, path) == 0 }
    return sharing.withLock { _ in apus_hts_share_reference(file, owner) == 0 }
  }

  func close(_ file: UnsafeMutablePointer<htsFile>) {
    if owner == nil {
      _ = hts_close(file)
    } else {
      sharing.withLock { _ in _ = hts_close(file) }
    }
  }
}
