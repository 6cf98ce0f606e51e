import Annotation
import GenomicFiles
import Genomics
import Variants

extension SomaticReader {
  /// Asks for the consequences of an allele near an exon.
  /// - Returns: the index of its coding variant; -1 where it has no listed term.
  mutating func coding(
    _ site: SomaticSite, _ contig: SomaticContig, _ reference: ReferenceView, _ support: AlleleSupport,
    _ normal: AlleleSupport?, _ consequences: inout ListedConsequences?
  ) throws -> Int32 {
    let written = site.allele.written(reference)
    var asked =
      consequences.take() ?? ListedConsequences(rules.annotator, contig: contig.name, listed: rules.listed)
    defer { consequences = asked }
    output.removeAll(keepingCapacity: true)
    let terms = try written.reference.withUnsafeBytes { ref in
      try written.alternate.withUnsafeBytes { alt in
        try asked.append(position: written.position, reference: ref, alternate: alt, to: &output)
      }
    }
    guard !terms.isEmpty else { return -1 }
    let entries = output.withUnsafeBytes { rules.entries.entries($0, allele: 1) }
    part.coding.append(
      CodingVariant(
        contig: contig.name, position: written.position, reference: String(decoding: written.reference, as: UTF8.self),
        alternate: String(decoding: written.alternate, as: UTF8.self), type: site.type,
        inBurden: !terms.intersection(rules.counted).isEmpty && contig.isInBurden, consequences: entries,
        alternateReads: support.alternate, depth: support.depth, fraction: support.fraction,
        normalFraction: normal?.fraction))
    return Int32(part.coding.count - 1)
  }
}

extension SmallAllele {
  /// The allele as VCF writes it, with an anchor where bases are only put in or taken out.
  func written(_ view: ReferenceView) -> (position: Int, reference: [UInt8], alternate: [UInt8]) {
    func base(_ place: Int) -> UInt8 { Base.concrete(view.base(at: place) ?? UInt8(ascii: "N")) }
    var reference = range.map(base)
    var alternate = bases
    var position = range.lowerBound + 1
    if reference.isEmpty || alternate.isEmpty {
      if range.lowerBound > 0 {
        let anchor = base(range.lowerBound - 1)
        reference.insert(anchor, at: 0)
        alternate.insert(anchor, at: 0)
        position -= 1
      } else {
        // At the contig's start the anchor stands behind (VCF 4.5, section 1.6.1.4).
        let anchor = base(range.upperBound)
        reference.append(anchor)
        alternate.append(anchor)
      }
    }
    return (position, reference, alternate)
  }
}
