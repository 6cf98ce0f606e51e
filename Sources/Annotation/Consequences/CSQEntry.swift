/// Writes entries of the `CSQ` INFO field in VEP's layout.
///
/// Source: Ensembl VEP, "VCF output"; the header's word `Format:` and the field names are what `bcftools +split-vep`
/// goes by.
struct CSQEntry {
  static let key = "CSQ"

  /// The fields, in order.
  static let fields = [
    "Allele", "Consequence", "IMPACT", "SYMBOL", "Gene", "Feature_type", "Feature", "BIOTYPE", "EXON", "INTRON",
    "HGVSc", "HGVSp", "cDNA_position", "CDS_position", "Protein_position", "Amino_acids", "Codons",
    "Existing_variation", "DISTANCE", "STRAND", "FLAGS", "ALLELE_NUM",
    "HGVS_OFFSET", "HGVSg",
  ]

  static let headerLine =
    "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: "
    + fields.joined(separator: "|") + "\">"

  /// VEP's allele: without the first base where alleles differ in length and share it, `-` for none.
  static func allele(_ alternate: UnsafeRawBufferPointer, dropsFirst: Bool) -> [UInt8] {
    let rest = Array(alternate.dropFirst(dropsFirst ? 1 : 0))
    return rest.isEmpty ? [UInt8(ascii: "-")] : rest
  }

  private static let bar = UInt8(ascii: "|")

  /// Appends an entry for an allele that meets no transcript.
  static func appendIntergenic(
    _ alternate: UnsafeRawBufferPointer, dropsFirst: Bool, number: Int, genomicName: [UInt8],
    to output: inout [UInt8]
  ) {
    let rest = UnsafeRawBufferPointer(rebasing: alternate[(dropsFirst ? 1 : 0)...])
    if rest.isEmpty { output.append(UInt8(ascii: "-")) }
    for byte in rest { output.append(byte) }
    output += intergenic
    HGVSText.append(number, to: &output)
    output += [bar, bar]
    output += genomicName
  }

  /// What stands between the allele and its number.
  private static let intergenic: [UInt8] = {
    var text = [bar]
    appendConsequences([.intergenic], to: &text)
    return text + [UInt8](repeating: bar, count: fields.count - 5)
  }()

  /// Appends an entry for an allele on a transcript.
  /// - Parameters:
  ///   - names: appends HGVSc and HGVSp with the bar between them; returns how far the allele was shifted.
  ///   - genomicName: the allele's name on the genome.
  static func append(
    _ effect: TranscriptEffect, _ transcript: Transcript, in cache: AnnotationCache, allele: [UInt8], number: Int,
    genomicName: [UInt8], to output: inout [UInt8], names: (inout [UInt8]) -> Int?
  ) {
    output += allele
    output.append(bar)
    appendConsequences(effect.consequences.all, to: &output)
    output.append(bar)
    HGVSText.append(cache.geneSymbol(transcript.index), to: &output)
    output.append(bar)
    HGVSText.append(cache.geneIdentifier(transcript.index), to: &output)
    HGVSText.append("|Transcript|", to: &output)
    HGVSText.append(cache.identifier(transcript.index), to: &output)
    output.append(bar)
    HGVSText.append(cache.biotype(transcript.index), to: &output)
    output.append(bar)
    appendOrdinals(effect.exons, of: transcript.exonCount, to: &output)
    output.append(bar)
    appendOrdinals(effect.introns, of: transcript.exonCount - 1, to: &output)
    output.append(bar)
    let offset = names(&output)
    output.append(bar)
    appendSpan(effect.inBases, to: &output)
    output.append(bar)
    appendSpan(effect.inCoding, to: &output)
    output.append(bar)
    appendSpan(effect.inCoding.map(protein), to: &output)
    output.append(bar)
    if let change = effect.change { appendPeptides(change, to: &output) }
    output.append(bar)
    if let change = effect.change { appendCodons(change, to: &output) }
    output.append(bar)
    output.append(bar)
    if let distance = effect.distance { HGVSText.append(distance, to: &output) }
    HGVSText.append(transcript.isReverse ? "|-1|" : "|1|", to: &output)
    appendFlags(transcript.flags, to: &output)
    output.append(bar)
    HGVSText.append(number, to: &output)
    output.append(bar)
    if let offset, offset != 0 { HGVSText.append(offset, to: &output) }
    output.append(bar)
    output += genomicName
  }

  static func appendConsequences(_ consequences: [Consequence], to output: inout [UInt8]) {
    for (index, consequence) in consequences.enumerated() {
      if index > 0 { output.append(UInt8(ascii: "&")) }
      output.append(contentsOf: consequence.term.utf8)
    }
    output.append(bar)
    output.append(contentsOf: (consequences.first?.impact ?? "MODIFIER").utf8)
  }

  private static func appendOrdinals(_ ordinals: ClosedRange<Int>?, of count: Int, to output: inout [UInt8]) {
    guard let ordinals else { return }
    HGVSText.append(ordinals.lowerBound, to: &output)
    if ordinals.count > 1 {
      output.append(UInt8(ascii: "-"))
      HGVSText.append(ordinals.upperBound, to: &output)
    }
    output.append(UInt8(ascii: "/"))
    HGVSText.append(count, to: &output)
  }

  /// Appends a span as VEP counts: from 1, both ends included, an insertion by the bases on both sides.
  static func appendSpan(_ span: TranscriptEffect.PartialSpan?, to output: inout [UInt8]) {
    guard let span, span.start != nil || span.end != nil else { return }
    var first = span.start.map { $0 + 1 }
    var last = span.end
    if let start = first, let end = last, start > end { (first, last) = (end, start) }
    let places = first == last ? [first] : [first, last]
    for (index, place) in places.enumerated() {
      if index > 0 { output.append(UInt8(ascii: "-")) }
      if let place { HGVSText.append(place, to: &output) } else { output.append(UInt8(ascii: "?")) }
    }
  }

  /// The residues whose codons a span of the CDS touches, so that `appendSpan` writes them.
  static func protein(_ span: TranscriptEffect.PartialSpan) -> TranscriptEffect.PartialSpan {
    TranscriptEffect.PartialSpan(start: span.start.map { $0 / 3 }, end: span.end.map { ($0 + 2) / 3 })
  }

  static func appendPeptides(_ change: CodingChange, to output: inout [UInt8]) {
    let dash = [UInt8(ascii: "-")]
    output += change.referencePeptide.isEmpty ? dash : change.referencePeptide
    guard change.referencePeptide != change.alternatePeptide else { return }
    output.append(UInt8(ascii: "/"))
    output += change.alternatePeptide.isEmpty ? dash : change.alternatePeptide
  }

  static func appendCodons(_ change: CodingChange, to output: inout [UInt8]) {
    appendCodons(change.referenceCodons, change.referenceChanged, to: &output)
    output.append(UInt8(ascii: "/"))
    appendCodons(change.alternateCodons, change.alternateChanged, to: &output)
  }

  private static func appendCodons(_ codons: [UInt8], _ changed: Range<Int>, to output: inout [UInt8]) {
    if codons.isEmpty { output.append(UInt8(ascii: "-")) }
    for (index, base) in codons.enumerated() {
      output.append(changed.contains(index) || base == UInt8(ascii: "N") ? base : base | 0x20)
    }
  }

  private static let told: TranscriptFlags = [.startIncomplete, .endIncomplete, .unlikeReference, .untranslatable]

  private static func appendFlags(_ flags: TranscriptFlags, to output: inout [UInt8]) {
    guard !flags.isDisjoint(with: Self.told) else { return }
    let names = [
      flags.contains(.startIncomplete) ? "cds_start_NF" : nil, flags.contains(.endIncomplete) ? "cds_end_NF" : nil,
      flags.isDisjoint(with: .untranslatable) ? nil : "cds_not_translatable",
      flags.contains(.unlikeReference) ? "rna_unlike_reference" : nil,
    ]
    output.append(contentsOf: names.compactMap { $0 }.joined(separator: "&").utf8)
  }
}
