/// The fields of a `CSQ` entry that are a transcript's, as they are written.
struct TranscriptText {
  /// The transcript's number in the cache; -1 for none.
  private(set) var index = -1
  private var bytes: [UInt8] = []
  /// Where the text of each of the layout's runs of fields ends.
  private var ends: [Int] = []

  /// Makes the texts of a transcript.
  mutating func set(_ transcript: Transcript, _ cache: AnnotationCache, _ layout: CSQLayout) {
    index = transcript.index
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for fields in layout.ofTranscript {
      for (number, field) in fields.enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: "|")) }
        Self.append(field, transcript, cache, to: &bytes)
      }
      ends.append(bytes.count)
    }
  }

  /// Appends the text of one of the layout's runs of fields.
  @inline(__always)
  func append(_ part: Int, to output: inout [UInt8]) {
    let range = (part == 0 ? 0 : ends[part - 1])..<ends[part]
    bytes.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private static func append(
    _ field: CSQField, _ transcript: Transcript, _ cache: AnnotationCache, to output: inout [UInt8]
  ) {
    let (index, flags) = (transcript.index, transcript.flags)
    switch field {
    case .symbol: HGVSText.append(cache.geneSymbol(index), to: &output)
    case .gene: HGVSText.append(cache.geneIdentifier(index), to: &output)
    case .featureType: HGVSText.append("Transcript", to: &output)
    case .feature: HGVSText.append(cache.identifier(index), to: &output)
    case .biotype: HGVSText.append(cache.biotype(index), to: &output)
    case .strand: HGVSText.append(transcript.isReverse ? "-1" : "1", to: &output)
    case .flags: append(flags, to: &output)
    case .symbolSource: HGVSText.append(cache.symbolSource(index), to: &output)
    case .hgncIdentifier: HGVSText.append(cache.hgncIdentifier(index), to: &output)
    case .canonical: if !flags.isDisjoint(with: [.canonical, .refSeqSelect]) { HGVSText.append("YES", to: &output) }
    case .mane:
      if flags.contains(.maneSelect) { HGVSText.append("MANE_Select", to: &output) }
      if flags.isSuperset(of: [.maneSelect, .manePlusClinical]) { output.append(UInt8(ascii: "&")) }
      if flags.contains(.manePlusClinical) { HGVSText.append("MANE_Plus_Clinical", to: &output) }
    case .maneSelect: if flags.contains(.maneSelect) { HGVSText.append(cache.counterpart(index), to: &output) }
    case .manePlusClinical:
      if flags.contains(.manePlusClinical) { HGVSText.append(cache.counterpart(index), to: &output) }
    case .supportLevel: HGVSText.append(cache.supportLevel(index), to: &output)
    case .appris: HGVSText.append(cache.appris(index), to: &output)
    case .consensus: HGVSText.append(cache.consensus(index), to: &output)
    case .protein: HGVSText.append(cache.protein(index), to: &output)
    // Alleles of the cache's sources have INFO fields of their own.
    case .existingVariation: break
    case .allele, .consequence, .impact, .exon, .intron, .codingName, .proteinName, .transcriptPosition,
      .codingPosition, .proteinPosition, .aminoAcids, .codons, .alleleNumber, .distance, .pick, .variantClass,
      .nameOffset, .genomicName, .decay, .pickReason:
      break
    }
  }

  private static let told: [(flags: TranscriptFlags, name: StaticString)] = [
    (.startIncomplete, "cds_start_NF"), (.endIncomplete, "cds_end_NF"), (.untranslatable, "cds_not_translatable"),
    (.unlikeReference, "rna_unlike_reference"),
  ]

  private static func append(_ flags: TranscriptFlags, to output: inout [UInt8]) {
    var isFirst = true
    for (told, name) in Self.told where !flags.isDisjoint(with: told) {
      if !isFirst { output.append(UInt8(ascii: "&")) }
      isFirst = false
      HGVSText.append(name, to: &output)
    }
  }
}
