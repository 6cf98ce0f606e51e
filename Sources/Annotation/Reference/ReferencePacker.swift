import Crypto
import GenomicFiles
import Genomics

/// Packs a FASTA's bases for the cache, a stretch at a time, so that memory does not grow with the genome.
///
/// The head of the cache holds the section's digest and stands before it, so the FASTA is read twice: to measure, then
/// to write.
struct ReferencePacker {
  /// A contig as it is packed.
  struct Contig {
    var length: Int
    var sha256: [UInt8]
    var runs: [PackedReference.Run]
    var bytes: Int { (length + 3) / 4 }
  }

  /// The contigs, in the FASTA's order.
  private(set) var contigs: [Contig] = []
  /// SHA-256 of all contigs' packed bytes, one behind the other.
  private(set) var sha256: [UInt8] = []
  /// Packed bytes.
  var byteCount: Int { contigs.reduce(0) { $0 + $1.bytes } }

  /// Bases at a time; a multiple of four.
  private static let stretch = 4 << 20
  private let reference: FASTAReference

  /// Measures a FASTA: reads it once. Blocks.
  init(_ reference: FASTAReference) throws {
    self.reference = reference
    var whole = SHA256()
    for contig in reference.contigs.contigs {
      var hasher = SHA256()
      var runs: [PackedReference.Run] = []
      try Self.pack(contig, reference, runs: &runs) { bytes in
        bytes.withUnsafeBytes {
          hasher.update(bufferPointer: $0)
          whole.update(bufferPointer: $0)
        }
      }
      contigs.append(Contig(length: contig.length ?? 0, sha256: Array(hasher.finalize()), runs: runs))
    }
    sha256 = Array(whole.finalize())
  }

  /// Writes the packed bytes: reads the FASTA again. Blocks.
  /// - Throws: `InputError` where the bases are no longer those that were measured.
  func write(_ body: ([UInt8]) throws -> Void) throws {
    var whole = SHA256()
    var runs: [PackedReference.Run] = []
    for contig in reference.contigs.contigs {
      runs.removeAll(keepingCapacity: true)
      try Self.pack(contig, reference, runs: &runs) { bytes in
        bytes.withUnsafeBytes { whole.update(bufferPointer: $0) }
        try body(bytes)
      }
    }
    guard Array(whole.finalize()) == sha256 else {
      throw InputError(
        .mismatch, at: InputLocation(file: reference.path), "the FASTA changed while the cache was made of it",
        remedy: "make the cache again when nobody writes the FASTA")
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
