import GenomicFiles
import Genomics

// Comparing REF with the FASTA.
extension RecordStep {
  /// Compares REF with the FASTA.
  /// - Returns: whether the record goes on to be normalised; if not, it was dropped or appended as it is.
  mutating func checkReference(
    _ ref: UnsafeRawBufferPointer, _ alt: UnsafeRawBufferPointer, into outcome: inout VariantOutcome,
    _ tally: inout VariantTally
  ) throws -> Bool {
    guard let reference else { return true }
    let start = view.position(of: record) - 1
    // Telomeres stand at 0 and behind the last base, where the FASTA has nothing to compare (VCF 4.5, section 1.6.1.2).
    let isTelomere = start == -1 || start == reference.length
    if isTelomere, ref.count == 1, Base.uppercased(ref[0]) == UInt8(ascii: "N") { return true }
    var isAmbiguous = false
    var fault: String?
    for (index, byte) in ref.enumerated() {
      let base = Base.uppercased(byte)
      guard let expected = reference.base(at: start + index) else {
        fault = "REF reaches beyond the \(reference.length) bases of \(reference.contig)"
        break
      }
      if expected == base { continue }
      let mask = Base.iupacMask(expected)
      // N in the FASTA is no evidence for a base; the other codes are.
      guard mask != 15, base != UInt8(ascii: "N"), Base.iupacMask(base) & mask == Base.iupacMask(base) else {
        let (found, wanted) = (Character(Unicode.Scalar(base)), Character(Unicode.Scalar(expected)))
        fault = "REF has \(found) where \(reference.contig):\(start + index + 1) of the FASTA has \(wanted)"
        break
      }
      isAmbiguous = true
    }
    guard let fault else {
      if isAmbiguous { tally.counts.referenceAmbiguous += 1 }
      return true
    }
    switch job.referenceCheck {
    case .error:
      throw InputError(
        .mismatch, at: batch.location(of: origin ?? record), fault,
        remedy: "give the FASTA that the variants were called on, or --check-ref warn or exclude")
    case .warn:
      tally.counts.referenceMismatches += 1
      count(ref, alt, &tally)
      appendLine(refCount: ref.count, to: &outcome)
    case .exclude: tally.counts.dropped["reference-mismatch", default: 0] += 1
    }
    return false
  }
}
