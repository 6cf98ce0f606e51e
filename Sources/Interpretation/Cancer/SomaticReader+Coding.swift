import Annotation
import GenomicFiles
import Genomics
import Variants

extension SomaticReader {
  /// Asks the annotator about an allele near an exon.
  /// - Returns: the index of its coding variant; -1 where it has no listed term.
  mutating func coding(
    _ site: SomaticSite, _ record: Int, _ contig: SomaticContig, _ reference: ReferenceView, _ support: AlleleSupport,
    _ normal: AlleleSupport?, _ annotation: inout (any VariantRunAnnotator)?
  ) throws -> Int32 {
    let written = site.allele.written(reference)
    var run = annotation ?? rules.annotator.begin(contig: contig.name)
    output.removeAll(keepingCapacity: true)
    try written.reference.withUnsafeBytes { ref in
      try written.alternate.withUnsafeBytes { alt in
        try run.annotate(
          position: written.position, reference: ref, alternates: alt,
          info: UnsafeRawBufferPointer(start: nil, count: 0), into: &output)
      }
    }
    let marks = run.marks
    annotation = run
    guard marks & rules.listed != 0 else { return -1 }
    let entries = output.withUnsafeBytes { output -> [TranscriptConsequence] in
      guard let value = SourceFields.entries(output)["CSQ"] else { return [] }
      let all = UnsafeRawBufferPointer(rebasing: value)
      guard let picked = rules.picks?.picked(all) else { return rules.entries.entries(all, allele: 1) }
      return picked.withUnsafeBytes { rules.entries.entries($0, allele: 1) }
    }
    part.coding.append(
      CodingVariant(
        contig: contig.name, position: written.position, reference: String(decoding: written.reference, as: UTF8.self),
        alternate: String(decoding: written.alternate, as: UTF8.self), type: site.type,
        inBurden: marks & rules.counted != 0 && contig.isInBurden, consequences: rules.told(entries),
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
