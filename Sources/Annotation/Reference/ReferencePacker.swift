import Crypto
import GenomicFiles
import Genomics

/// Packs a FASTA's bases for the cache, a stretch at a time, so that memory does not grow with the genome.
enum ReferencePacker {
  /// A contig as it is packed.
  struct Contig {
    var length: Int
    var sha256: [UInt8]
    var runs: [PackedReference.Run]
    var bytes: Int { (length + 3) / 4 }
  }

  /// Bases at a time; a multiple of four.
  private static let stretch = 4 << 20

  /// Reads a FASTA once and gives the packed bytes of its contigs, one behind the other. Blocks.
  /// - Returns: the contigs, in the FASTA's order.
  static func pack(_ reference: FASTAReference, _ body: ([UInt8]) throws -> Void) throws -> [Contig] {
    try reference.contigs.contigs.map { contig in
      var hasher = SHA256()
      var runs: [PackedReference.Run] = []
      try pack(contig, reference, runs: &runs) { bytes in
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        try body(bytes)
      }
      return Contig(length: contig.length ?? 0, sha256: Array(hasher.finalize()), runs: runs)
    }
  }

  private static func pack(
    _ contig: Genomics.Contig, _ reference: FASTAReference, runs: inout [PackedReference.Run],
    _ body: ([UInt8]) throws -> Void
  ) throws {
    let length = contig.length ?? 0
    var start = 0
    while start < length {
      let end = min(length, start + stretch)
      let letters = try reference.bases(
        of: Region(contig: contig.name, start: ZeroBasedPosition(start), end: ZeroBasedPosition(end)))
      guard letters.count == end - start else {
        throw InputError(
          .malformed, at: InputLocation(file: reference.path), "contig \(contig.name) is shorter than the index says",
          remedy: "make the index again with samtools faidx")
      }
      try body(pack(letters, from: start, runs: &runs))
      start = end
    }
  }

  /// Two bits for A, C, G and T; 128 for any other letter.
  private static let codes: [UInt8] = (0...255).map { (letter: UInt8) -> UInt8 in
    switch letter {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: 128
    }
  }

  /// Packs letters that begin at `start` of their contig, and adds the runs of letters other than A, C, G and T.
  static func pack(_ letters: [UInt8], from start: Int, runs: inout [PackedReference.Run]) -> [UInt8] {
    let count = (letters.count + 3) / 4
    return [UInt8](unsafeUninitializedCapacity: count) { packed, filled in
      codes.withUnsafeBufferPointer { codes in
        for group in 0..<count {
          let first = 4 * group
          var bits: UInt32 = 0
          for place in first..<min(first + 4, letters.count) {
            bits |= UInt32(codes[Int(letters[place])]) &<< UInt32(8 &* (place &- first))
          }
          if bits & 0x8080_8080 != 0 {
            for place in first..<min(first + 4, letters.count) where codes[Int(letters[place])] == 128 {
              add(letters[place], at: start + place, to: &runs)
            }
            bits &= 0x0303_0303
          }
          packed[group] = UInt8(truncatingIfNeeded: bits | bits &>> 6 | bits &>> 12 | bits &>> 18)
        }
      }
      filled = count
    }
  }

  private static func add(_ letter: UInt8, at position: Int, to runs: inout [PackedReference.Run]) {
    if let last = runs.last, last.end == position, last.letter == letter {
      runs[runs.count - 1].end += 1
    } else {
      runs.append(PackedReference.Run(start: position, end: position + 1, letter: letter))
    }
  }
}
