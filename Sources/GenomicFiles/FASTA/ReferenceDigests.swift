import Crypto
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The identity of a reference: refget digests of its sequences, and the assembly that their lengths tell.
public struct ReferenceIdentity: Sendable, Hashable {
  /// The contigs in the FASTA's order, with length and digest.
  public var contigs: [Contig]
  /// GRCh37 or GRCh38, where every primary chromosome has that assembly's length; nil for anything else.
  public var assembly: Assembly?
}

/// Computes a reference's digests, or takes them from the file that an earlier run left beside it.
///
/// The kept file names the FASTA's size and modification time and is not used when either differs. Where the folder
/// cannot be written, nothing is kept. Blocks for about as long as reading the FASTA takes.
public func referenceIdentity(of reference: FASTAReference, registry: OutputRegistry) throws -> ReferenceIdentity {
  let entries = try digests(of: reference, registry: registry, needsMD5: false)
  let contigs = zip(reference.contigs.contigs, entries).map { contig, entry in
    Contig(name: contig.name, length: contig.length, digest: RefgetDigest(sha512t24u: entry.sha512t24u))
  }
  return ReferenceIdentity(contigs: contigs, assembly: Assembly(contigs: reference.contigs))
}

/// The digests of some of a reference's sequences, by name: those that an earlier run left beside the file, else computed
/// of these sequences alone, which are not kept. Blocks.
public func sequenceDigests(of reference: FASTAReference, named names: [String]) throws -> [String: RefgetDigest] {
  guard !names.isEmpty else { return [:] }
  let kept = try keptDigests(of: reference, needsMD5: false).kept?.contigs
  var digests: [String: RefgetDigest] = [:]
  for contig in reference.contigs.contigs where names.contains(contig.name) {
    let entry = try kept?.first { $0.name == contig.name } ?? digest(of: contig, in: reference)
    digests[contig.name] = RefgetDigest(sha512t24u: entry.sha512t24u)
  }
  return digests
}

/// The MD5 of each contig's upper-case bases, by name, as `@SQ M5` has it. Computed and kept as the identity is. Blocks.
func referenceMD5s(of reference: FASTAReference, registry: OutputRegistry) throws -> [String: String] {
  var md5s: [String: String] = [:]
  for entry in try digests(of: reference, registry: registry, needsMD5: true) { md5s[entry.name] = entry.md5 }
  return md5s
}

/// - Returns: an entry for each contig, in the FASTA's order.
private func digests(
  of reference: FASTAReference, registry: OutputRegistry, needsMD5: Bool
) throws -> [KeptDigests.Entry] {
  let (kept, stamp) = try keptDigests(of: reference, needsMD5: needsMD5)
  if let kept { return kept.contigs }
  let entries = try reference.contigs.contigs.map { try digest(of: $0, in: reference) }
  KeptDigests(stamp: stamp, contigs: entries).write(path: KeptDigests.path(of: reference), registry: registry)
  return entries
}

/// What an earlier run left beside the file, where it is of the file as it is now; and how the file is now.
private func keptDigests(
  of reference: FASTAReference, needsMD5: Bool
) throws -> (kept: KeptDigests?, stamp: KeptDigests.Stamp) {
  var status = stat()
  guard stat(reference.path, &status) == 0 else {
    throw InputError(
      .unreadable, at: InputLocation(file: reference.path), "cannot be read: \(systemMessage(errno))",
      remedy: "check the path and its permissions")
  }
  #if canImport(Darwin)
    let time = status.st_mtimespec
  #else
    let time = status.st_mtim
  #endif
  let stamp = KeptDigests.Stamp(
    size: Int(status.st_size), modifiedSeconds: Int(time.tv_sec), modifiedNanoseconds: Int(time.tv_nsec))
  if let kept = KeptDigests(path: KeptDigests.path(of: reference)), kept.stamp == stamp,
    kept.contigs.map(\.name) == reference.contigs.contigs.map(\.name),
    kept.contigs.allSatisfy({
      RefgetDigest(sha512t24u: $0.sha512t24u) != nil && (!needsMD5 || $0.md5?.utf8.count == 32)
    })
  {
    return (kept, stamp)
  }
  return (nil, stamp)
}

private func digest(of contig: Contig, in reference: FASTAReference) throws -> KeptDigests.Entry {
  var sha512 = SHA512()
  // What SAM headers name sequences by; nothing is protected with it.
  var md5 = Insecure.MD5()
  let length = contig.length ?? 0
  var start = 0
  while start < length {
    let end = min(length, start + (8 << 20))
    let region = Region(contig: contig.name, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end))
    try reference.bases(of: region).withUnsafeBytes {
      sha512.update(bufferPointer: $0)
      md5.update(bufferPointer: $0)
    }
    start = end
  }
  return KeptDigests.Entry(
    name: contig.name, sha512t24u: sha512t24u(Array(sha512.finalize())), md5: hexadecimal(md5.finalize()))
}

/// The first 24 bytes of a SHA-512 in base64url (GA4GH refget 2.0).
func sha512t24u(_ digest: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  var text: [UInt8] = []
  for group in stride(from: 0, to: 24, by: 3) {
    let bits = Int(digest[group]) << 16 | Int(digest[group + 1]) << 8 | Int(digest[group + 2])
    for shift in [18, 12, 6, 0] { text.append(letters[bits >> shift & 63]) }
  }
  return String(decoding: text, as: UTF8.self)
}

private struct KeptDigests: Codable {
  struct Stamp: Codable, Equatable {
    var size: Int
    var modifiedSeconds: Int
    var modifiedNanoseconds: Int
  }
  struct Entry: Codable {
    var name: String
    var sha512t24u: String
    /// Absent in files that versions without CRAM left.
    var md5: String?
  }

  var schema = "apus-reference-digests/1"
  var stamp: Stamp
  var contigs: [Entry]

  init(stamp: Stamp, contigs: [Entry]) {
    self.stamp = stamp
    self.contigs = contigs
  }

  /// Where a reference's digests are kept.
  static func path(of reference: FASTAReference) -> String { reference.path + ".apus-digests.json" }

  /// Reads a kept file; nil when it is not there or is not one.
  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let kept = try? JSONDecoder().decode(KeptDigests.self, from: data), kept.schema == "apus-reference-digests/1"
    else { return nil }
    self = kept
  }

  /// Keeps the digests for the next run; a folder that cannot be written costs time, not correctness.
  func write(path: String, registry: OutputRegistry) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else { return }
    _ = try? writeAtomically(Array(data), to: path, force: true, registry: registry)
  }
}
