import CCompression
import Genomics
import TestSupport

@testable import GenomicFiles

/// BGZF blocks of the given pieces, one or more a piece, without the block that ends a file.
func bgzfBlocks(_ pieces: [[UInt8]], level: Int = 6) throws -> [UInt8] {
  let group = OutputGroup()
  var result: [UInt8] = []
  for piece in pieces {
    if piece.isEmpty {
      result += bgzfEndOfFileBlock
      continue
    }
    for start in stride(from: 0, to: piece.count, by: OutputGroup.capacity) {
      group.reset()
      piece[start..<min(start + OutputGroup.capacity, piece.count)].withUnsafeBytes { group.input.append($0) }
      try group.compress(level: level, path: "test")
      result += group.output.bytes
    }
  }
  return result
}

/// A whole BGZF file.
func bgzf(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] { try bgzfBlocks([bytes, []], level: level) }

/// Optional parts of a gzip member's header (RFC 1952, section 2.3.1).
struct GzipHeader: Sendable {
  var extra: [UInt8]?
  var name: String?
  var comment: String?
  var hasChecksum = false

  static func random(_ random: inout SplitMix64) -> GzipHeader {
    GzipHeader(
      extra: random.chance(0.3) ? random.letters(random.int(0...40), of: "abcXYZ012") : nil,
      name: random.chance(0.4)
        ? String(decoding: random.letters(random.int(0...30), of: "reads_.fq"), as: UTF8.self) : nil,
      comment: random.chance(0.3) ? "lane \(random.int(1...8))" : nil, hasChecksum: random.chance(0.3))
  }

  var bytes: [UInt8] {
    var flags: UInt8 = 0
    if hasChecksum { flags |= 2 }
    if extra != nil { flags |= 4 }
    if name != nil { flags |= 8 }
    if comment != nil { flags |= 16 }
    var bytes: [UInt8] = [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3]
    if let extra { bytes += [UInt8(extra.count & 255), UInt8(extra.count >> 8)] + extra }
    if let name { bytes += Array(name.utf8) + [0] }
    if let comment { bytes += Array(comment.utf8) + [0] }
    if hasChecksum {
      let checksum = libdeflate_crc32(0, bytes, bytes.count)
      bytes += [UInt8(checksum & 255), UInt8(checksum >> 8 & 255)]
    }
    return bytes
  }
}

/// One gzip member.
func gzipMember(_ bytes: [UInt8], level: Int32 = 6, header: GzipHeader = GzipHeader()) -> [UInt8] {
  guard let compressor = libdeflate_alloc_compressor(level) else { return [] }
  defer { libdeflate_free_compressor(compressor) }
  var deflated = [UInt8](repeating: 0, count: libdeflate_deflate_compress_bound(compressor, bytes.count))
  let count = libdeflate_deflate_compress(compressor, bytes, bytes.count, &deflated, deflated.count)
  var trailer: [UInt8] = []
  for value in [libdeflate_crc32(0, bytes, bytes.count), UInt32(truncatingIfNeeded: bytes.count)] {
    for shift in [0, 8, 16, 24] { trailer.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
  return header.bytes + deflated[..<count] + trailer
}

extension SplitMix64 {
  /// Cuts bytes into pieces at random places; some pieces are empty.
  mutating func pieces(of bytes: [UInt8], about count: Int) -> [[UInt8]] {
    let cuts = ([0, bytes.count] + (0..<count).map { _ in int(0...bytes.count) }).sorted()
    return zip(cuts, cuts.dropFirst()).map { Array(bytes[$0..<$1]) }
  }

  /// FASTQ text of random records.
  mutating func fastq(records: Int, longest: Int = 300, lineEnd: String = "\n") -> [UInt8] {
    var text: [UInt8] = []
    for record in 0..<records {
      let length = chance(0.05) ? 0 : int(1...longest)
      let name = "@read\(record) \(next() % 1000)"
      text += Array(name.utf8) + Array(lineEnd.utf8)
      text += letters(length, of: "ACGTN") + Array(lineEnd.utf8)
      text += (chance(0.1) ? Array("+\(name.dropFirst())".utf8) : [UInt8(ascii: "+")]) + Array(lineEnd.utf8)
      text += letters(length, of: "!#+5?@AFI~") + Array(lineEnd.utf8)
    }
    return text
  }
}
