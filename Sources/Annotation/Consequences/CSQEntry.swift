/// Writes entries of the `CSQ` INFO field in VEP's layout, for the records of one run.
///
/// Source: Ensembl VEP, "VCF output".
struct CSQEntry {
  static let key = "CSQ"

  private let layout: CSQLayout
  private let cache: AnnotationCache
  /// The texts of transcripts that were written last: records beside one another meet the same ones.
  private var texts = [TranscriptText](repeating: TranscriptText(), count: 64)
  /// HGVSc, a bar, HGVSp.
  private var names: [UInt8] = []

  /// An allele, as far as its entries are the same. One value is set again for each, so that its buffer is allocated
  /// once.
  struct Allele {
    private(set) var text: [UInt8] = []
    /// Its place in ALT, from 1.
    private(set) var number = 0
    private(set) var variantClass: StaticString = ""

    /// Takes VEP's allele: without the first base where alleles differ in length and share it, `-` for none.
    mutating func set(
      _ alternate: UnsafeRawBufferPointer, dropsFirst: Bool, number: Int, _ variantClass: StaticString
    ) {
      text.removeAll(keepingCapacity: true)
      for byte in alternate.dropFirst(dropsFirst ? 1 : 0) { text.append(byte) }
      if text.isEmpty { text.append(UInt8(ascii: "-")) }
      self.number = number
      self.variantClass = variantClass
    }

    /// Takes what VEP writes of a structural allele.
    mutating func set(_ kind: StructuralVariant.Kind, number: Int, _ variantClass: StaticString) {
      text = Array(kind.rawValue.utf8)
      self.number = number
      self.variantClass = variantClass
    }
  }

  init(_ layout: CSQLayout, _ cache: AnnotationCache) {
    self.layout = layout
    self.cache = cache
  }

  /// Whether names on the genome are written.
  var namesGenome: Bool { layout.namesGenome }

  private static let bar = UInt8(ascii: "|")
  /// Of one field alone, an entry without it: an empty one would be lost between two commas.
  private static let missing = UInt8(ascii: ".")

  /// Appends an entry for an allele that meets no transcript.
  /// - Parameter isPicked: whether a choice is made: of one entry, that one.
  func appendIntergenic(_ allele: Allele, genomicName: [UInt8], isPicked: Bool, to output: inout [UInt8]) {
    let start = output.count
    for part in layout.intergenic {
      output.append(contentsOf: part.text)
      switch part.field {
      case .allele: output.append(contentsOf: allele.text)
      case .alleleNumber: HGVSText.append(allele.number, to: &output)
      case .variantClass: HGVSText.append(allele.variantClass, to: &output)
      case .genomicName: output.append(contentsOf: genomicName)
      case .pick: if isPicked { output.append(UInt8(ascii: "1")) }
      case .pickReason: if isPicked { HGVSText.append(PickReason.only.text, to: &output) }
      default: break
      }
    }
    if output.count == start { output.append(Self.missing) }
  }

  /// Appends an entry for an allele on a regulatory feature.
  func append(
    _ consequence: Consequence, _ feature: RegulatoryFeature, _ allele: Allele, genomicName: [UInt8],
    to output: inout [UInt8]
  ) {
    let start = output.count
    for (index, field) in layout.fields.enumerated() {
      if index > 0 { output.append(Self.bar) }
      switch field {
      case .allele: output.append(contentsOf: allele.text)
      case .consequence: Self.append(consequence.term, to: &output)
      case .impact: Self.append(consequence.impact, to: &output)
      case .featureType: HGVSText.append(feature.kind.featureType, to: &output)
      case .feature: HGVSText.append(feature.identifier, to: &output)
      case .biotype: HGVSText.append(feature.biotype, to: &output)
      case .alleleNumber: HGVSText.append(allele.number, to: &output)
      case .strand: if let isReverse = feature.isReverse { HGVSText.append(isReverse ? "-1" : "1", to: &output) }
      case .variantClass: HGVSText.append(allele.variantClass, to: &output)
      case .genomicName: output.append(contentsOf: genomicName)
      default: break
      }
    }
    if output.count == start { output.append(Self.missing) }
  }

  /// Appends an entry for an allele on a transcript.
  /// - Parameters:
  ///   - genomicName: the allele's name on the genome.
  ///   - pick: what decided for this transcript; nil where it is not chosen.
  ///   - name: appends HGVSc and HGVSp with the bar between them; returns how far the allele was shifted.
  mutating func append(
    _ effect: TranscriptEffect, _ transcript: Transcript, _ allele: Allele, genomicName: [UInt8], pick: PickReason?,
    to output: inout [UInt8], name: (inout [UInt8]) -> Int?
  ) {
    var offset: Int?
    var bar = 0
    if layout.namesTranscripts {
      names.removeAll(keepingCapacity: true)
      offset = name(&names)
      bar = names.firstIndex(of: Self.bar) ?? names.count
    }
    let slot = transcript.index & 63
    if texts[slot].index != transcript.index { texts[slot].set(transcript, cache, layout) }
    let start = output.count
    var isFirst = true
    for step in layout.steps {
      if !isFirst { output.append(Self.bar) }
      isFirst = false
      let field: CSQField
      switch step {
      case .transcript(let part):
        texts[slot].append(part, to: &output)
        continue
      case .field(let one): field = one
      }
      switch field {
      case .allele: output.append(contentsOf: allele.text)
      case .consequence: Self.append(effect.consequences, to: &output)
      case .impact: Self.append((effect.consequences.mostSevere ?? .intergenic).impact, to: &output)
      case .exon: Self.append(effect.exons, of: transcript.exonCount, to: &output)
      case .intron: Self.append(effect.introns, of: transcript.exonCount - 1, to: &output)
      case .codingName: Self.append(names, 0..<bar, to: &output)
      case .proteinName: Self.append(names, min(bar + 1, names.count)..<names.count, to: &output)
      case .transcriptPosition: Self.append(effect.inBases, to: &output)
      case .codingPosition: Self.append(effect.inCoding, to: &output)
      case .proteinPosition: Self.append(effect.inCoding.map(Self.protein), to: &output)
      case .aminoAcids: if let change = effect.change { Self.appendPeptides(change, to: &output) }
      case .codons: if let change = effect.change { Self.appendCodons(change, to: &output) }
      case .alleleNumber: HGVSText.append(allele.number, to: &output)
      case .distance: if let distance = effect.distance { HGVSText.append(distance, to: &output) }
      case .pick: if pick != nil { output.append(UInt8(ascii: "1")) }
      case .variantClass: HGVSText.append(allele.variantClass, to: &output)
      case .nameOffset: if let offset, offset != 0 { HGVSText.append(offset, to: &output) }
      case .genomicName: output.append(contentsOf: genomicName)
      case .decay:
        if NonsenseMediatedDecay.isEscaped(effect, transcript) {
          HGVSText.append(NonsenseMediatedDecay.term, to: &output)
        }
      case .pickReason: if let pick { HGVSText.append(pick.text, to: &output) }
      case .symbol, .gene, .featureType, .feature, .biotype, .existingVariation, .strand, .flags, .symbolSource,
        .hgncIdentifier, .canonical, .mane, .maneSelect, .manePlusClinical, .supportLevel, .appris, .consensus,
        .protein:
        // Of the transcript: in its texts.
        break
      }
    }
    if output.count == start { output.append(Self.missing) }
  }

  /// Appends part of a buffer as one copy: as a slice it would be appended byte by byte.
  @inline(__always)
  private static func append(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private static func append(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { output.append(contentsOf: $0) }
  }

  static func append(_ consequences: ConsequenceSet, to output: inout [UInt8]) {
    var rest = consequences
    var isFirst = true
    while let consequence = rest.mostSevere {
      if !isFirst { output.append(UInt8(ascii: "&")) }
      isFirst = false
      append(consequence.term, to: &output)
      rest.remove(consequence)
    }
  }

  private static func append(_ ordinals: ClosedRange<Int>?, of count: Int, to output: inout [UInt8]) {
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
  static func append(_ span: TranscriptEffect.PartialSpan?, to output: inout [UInt8]) {
    guard let span, span.start != nil || span.end != nil else { return }
    var first = span.start.map { $0 + 1 }
    var last = span.end
    if let start = first, let end = last, start > end { (first, last) = (end, start) }
    append(place: first, to: &output)
    guard first != last else { return }
    output.append(UInt8(ascii: "-"))
    append(place: last, to: &output)
  }

  private static func append(place: Int?, to output: inout [UInt8]) {
    if let place { HGVSText.append(place, to: &output) } else { output.append(UInt8(ascii: "?")) }
  }

  /// The residues whose codons a span of the CDS touches, so that `append` writes them.
  static func protein(_ span: TranscriptEffect.PartialSpan) -> TranscriptEffect.PartialSpan {
    TranscriptEffect.PartialSpan(start: span.start.map { $0 / 3 }, end: span.end.map { ($0 + 2) / 3 })
  }

  static func appendPeptides(_ change: CodingChange, to output: inout [UInt8]) {
    append(peptide: change.referencePeptide, to: &output)
    guard change.referencePeptide != change.alternatePeptide else { return }
    output.append(UInt8(ascii: "/"))
    append(peptide: change.alternatePeptide, to: &output)
  }

  private static func append(peptide: [UInt8], to output: inout [UInt8]) {
    if peptide.isEmpty { output.append(UInt8(ascii: "-")) } else { output.append(contentsOf: peptide) }
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
}
