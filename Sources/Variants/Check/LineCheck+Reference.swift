import GenomicFiles
import Genomics

// REF against the FASTA, by the rules of `RecordStep`.
extension LineCheck {
  mutating func checkReference(_ ref: Bytes, _ position: Int) {
    guard let view else { return }
    let start = position - 1
    let isTelomere = start == -1 || start == view.length
    if isTelomere, ref.count == 1, Base.uppercased(ref[0]) == UInt8(ascii: "N") { return }
    var ambiguous: Int?
    for (index, byte) in ref.enumerated() {
      let base = Base.uppercased(byte)
      guard let expected = view.base(at: start + index) else {
        // Where the header declares the length, that is reported already.
        if contigLength != view.length || isTelomere {
          let (contig, length) = (view.contig, view.length)
          report(
            .error, .refMismatch, "REF", .ref, "REF stands where \(contig) of the FASTA, of \(length) bases, has none")
        }
        return
      }
      if expected == base { continue }
      let mask = Base.iupacMask(expected)
      // N in the FASTA is no evidence for a base; the other codes are.
      guard mask != 15, base != UInt8(ascii: "N"), Base.iupacMask(base) & mask == Base.iupacMask(base) else {
        let contig = view.contig
        let (found, wanted) = (Character(Unicode.Scalar(base)), Character(Unicode.Scalar(expected)))
        return report(
          .error, .refMismatch, "REF", .ref,
          "REF has \(found) where \(contig):\(start + index + 1) of the FASTA has \(wanted)")
      }
      if base != Base.concrete(expected), ambiguous == nil { ambiguous = index }
    }
    if let ambiguous {
      report(
        .warning, .refAmbiguous, "REF", .ref,
        "the FASTA has an ambiguity code at \(start + ambiguous + 1), and REF not its alphabetically first base")
    }
  }
}
