import GenomicFiles
import Genomics

/// Bases of one reference, read in windows, for callers whose places ascend. Blocks.
struct ReferenceWindow {
  private let reference: FASTAReference
  private var contig = ""
  private var start = 0
  private var bases: [UInt8] = []

  private static let span = 64 << 10
  /// Rolling to the left seldom goes further than this; when it does, the window moves.
  private static let reachBack = 4 << 10

  init(_ reference: FASTAReference) { self.reference = reference }

  /// The base at a place, upper case.
  /// - Throws: `InputError` where the FASTA does not hold it.
  mutating func base(_ contig: String, _ position: Int) throws -> UInt8 {
    let index = position - start
    if contig == self.contig, index >= 0, index < bases.count { return bases[index] }
    self.contig = contig
    start = max(0, position - Self.reachBack)
    bases = try reference.bases(
      of: Region(
        contig: contig, start: ZeroBasedPosition(start), end: ZeroBasedPosition(start + Self.reachBack + Self.span)))
    guard position - start < bases.count else {
      throw InputError(
        .mismatch, at: InputLocation(file: reference.path), "\(contig) ends before a variant of the case",
        remedy: "give the FASTA that the case was run with")
    }
    return bases[position - start]
  }
}
