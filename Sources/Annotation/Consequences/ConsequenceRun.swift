import GenomicFiles
import Genomics
import Variants

/// Finds the consequences of the records of one run.
struct ConsequenceRun {
  let cache: AnnotationCache
  let input: String
  let contig: String
  let number: Int?
  let hasGenes: Bool
  /// Whether the missense changes of a record are kept.
  var keepsMissense = false
  /// The consequences of the last record on all transcripts, chosen or not.
  var seen = ConsequenceSet()
  /// The missense changes of the last record.
  var missense: [MissenseCodon] = []
  var writer: CSQEntry
  let choice: TranscriptChoice?
  let ranks: [Int: Int]
  let hasRegulatory: Bool
  var near: [Int] = []
  /// What an allele does, where one of its transcripts is chosen before any is written.
  var found: [(transcript: Int, effect: TranscriptEffect)] = []
  var namer: HGVSNamer?
  var genomicName: [UInt8] = []
  var allele = CSQEntry.Allele()
  private var tally = AnnotationCounts()
  private var recordsHere = 0
  var mostSevere = [Int](repeating: 0, count: Consequence.allCases.count)
  var byTerm = [Int](repeating: 0, count: Consequence.allCases.count)

  init(annotator: ConsequenceAnnotator, contig: String) {
    cache = annotator.cache
    input = annotator.input
    writer = CSQEntry(annotator.layout, annotator.cache)
    choice = annotator.choice
    ranks = annotator.ranks
    self.contig = contig
    number = cache.contigs.index(of: contig)
    hasGenes = number.map(cache.hasGenes) ?? false
    hasRegulatory = number.map(cache.hasRegulatory) ?? false
    namer = number.map { [cache] in HGVSNamer(cache, contig: $0) }
  }

  /// Appends the entries of a record.
  /// - Returns: whether anything was appended.
  mutating func annotate(
    position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer, info: UnsafeRawBufferPointer,
    into output: inout [UInt8]
  ) throws -> Bool {
    tally.recordsIn += 1
    recordsHere += 1
    missense.removeAll(keepingCapacity: true)
    seen = ConsequenceSet()
    if try annotateOne(position, reference, alternates, into: &output) { return true }
    let start = output.count
    let alleles = alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { UnsafeRawBufferPointer(rebasing: $0) }
    let kinds = alleles.map { AlternateAlleleKind($0) }
    let isBases = !reference.isEmpty && reference.allSatisfy(Base.isVCFBase)
    // VEP drops the anchor of the whole record: where lengths differ and all alleles of bases share the first.
    let bases = zip(alleles, kinds).filter { $0.1 == .bases }.map(\.0)
    let dropsFirst =
      bases.contains { $0.count != reference.count }
      && bases.allSatisfy { Base.uppercased($0[0]) == Base.uppercased(reference[0]) }
    var isEligible = false
    for (index, allele) in alleles.enumerated() {
      tally.allelesIn += 1
      if let kind = kinds[index], kind == .symbolic || kind == .breakend {
        guard let variant = StructuralVariant(position: position, alternate: allele, info: info, number: index) else {
          tally.allelesNotEligible[kind == .breakend ? "breakend" : "symbolic", default: 0] += 1
          continue
        }
        isEligible = true
        tally.allelesEligible += 1
        tally.allelesAnnotated += 1
        annotate(variant, allele, number: index + 1, first: start, into: &output)
        continue
      }
      if let reason = notEligible(allele, kinds[index], reference, isBases: isBases) {
        tally.allelesNotEligible[reason, default: 0] += 1
        continue
      }
      isEligible = true
      tally.allelesEligible += 1
      tally.allelesAnnotated += 1
      try annotate(
        position, reference, allele, dropsFirst: dropsFirst, number: index + 1, first: start, into: &output)
    }
    if isEligible { tally.recordsEligible += 1 }
    if output.count > start { tally.recordsAnnotated += 1 }
    return output.count > start
  }

  /// Annotates a record of one allele of bases, which most are, without lists.
  /// - Returns: false for any other record, of which nothing was counted or written.
  private mutating func annotateOne(
    _ position: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer,
    into output: inout [UInt8]
  ) throws -> Bool {
    guard !reference.isEmpty, !alternate.isEmpty else { return false }
    for base in reference where !Base.isVCFBase(base) { return false }
    for base in alternate where !Base.isVCFBase(base) || base & 0xDF == UInt8(ascii: "N") { return false }
    if SmallVariant.span(position: position, reference: reference, alternate: alternate) == nil { return false }
    tally.allelesIn += 1
    tally.recordsEligible += 1
    tally.allelesEligible += 1
    tally.allelesAnnotated += 1
    tally.recordsAnnotated += 1
    let dropsFirst =
      reference.count != alternate.count && Base.uppercased(reference[0]) == Base.uppercased(alternate[0])
    try annotate(
      position, reference, alternate, dropsFirst: dropsFirst, number: 1, first: output.count, into: &output)
    return true
  }

  private func notEligible(
    _ allele: UnsafeRawBufferPointer, _ kind: AlternateAlleleKind?, _ reference: UnsafeRawBufferPointer, isBases: Bool
  ) -> String? {
    switch kind {
    case .bases:
      guard isBases else { return "notBases" }
      // An unknown base has no consequence.
      guard !allele.contains(where: { $0 & 0xDF == UInt8(ascii: "N") }) else { return "unknownBase" }
      let isSame = allele.count == reference.count && zip(allele, reference).allSatisfy { $0 & 0xDF == $1 & 0xDF }
      return isSame ? "equalToReference" : nil
    case .some(.none): return "noAlternate"
    case .overlappingDeletion: return "overlappingDeletion"
    case .unspecified: return "unspecified"
    case .symbolic: return "symbolic"
    case .breakend: return "breakend"
    case nil: return "notBases"
    }
  }

  /// A record whose REF is not the reference's.
  func otherReference(_ position: Int) -> InputError {
    InputError(
      .mismatch, at: InputLocation(file: input),
      "REF at \(contig):\(position) is not what the reference of \(cache.path) has there",
      remedy: "use the cache of the reference that the file was made with")
  }

  private mutating func annotate(
    _ position: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, dropsFirst: Bool,
    number: Int, first: Int, into output: inout [UInt8]
  ) throws {
    guard var namer = self.namer.take() else { return }
    defer { self.namer = namer }
    guard namer.isReference(position: position, reference) else {
      throw otherReference(position)
    }
    namer.set(position: position, reference: reference, alternate: alternate)
    genomicName.removeAll(keepingCapacity: true)
    if writer.namesGenome { namer.appendGenomic(to: &genomicName) }
    near.removeAll(keepingCapacity: true)
    let span = SmallVariant.span(position: position, reference: reference, alternate: alternate)
    if let contig = self.number, hasGenes, let span {
      cache.transcripts(
        on: contig, near: (span.lowerBound - EffectFinder.reach)..<(span.upperBound + EffectFinder.reach), into: &near)
    }
    self.allele.set(
      alternate, dropsFirst: dropsFirst, number: number,
      VariantClass.of(replaced: span?.count ?? 0, by: alternate.count - reference.count))
    let allele = self.allele
    if near.isEmpty {
      finish(allele, nil, span, structural: nil, first: first, into: &output)
      return
    }
    let variant = SmallVariant(position: position, reference: reference, alternate: alternate)
    let severest = tellTranscripts(allele, first: first, into: &output) { transcript, isNonsenseMediated in
      EffectFinder.find(variant, transcript, isNonsenseMediated: isNonsenseMediated)
    } name: { transcript, output in
      namer.appendNames(on: transcript, to: &output)
    }
    finish(allele, severest, span, structural: nil, first: first, into: &output)
  }

  private mutating func annotate(
    _ variant: StructuralVariant, _ alternate: UnsafeRawBufferPointer, number: Int, first: Int,
    into output: inout [UInt8]
  ) {
    near.removeAll(keepingCapacity: true)
    // Structural alleles have no names here: their ends are seldom known to the base.
    genomicName.removeAll(keepingCapacity: true)
    let range = variant.range
    if let contig = self.number, hasGenes {
      cache.transcripts(
        on: contig, near: (range.lowerBound - EffectFinder.reach)..<(range.upperBound + EffectFinder.reach),
        into: &near)
    }
    self.allele.set(variant.kind, number: number, VariantClass.of(variant, alternate))
    let allele = self.allele
    let severest = tellTranscripts(allele, first: first, into: &output) { transcript, isNonsenseMediated in
      StructuralEffect.find(variant, transcript, isNonsenseMediated: isNonsenseMediated)
    } name: { _, _ in
      nil
    }
    finish(allele, severest, range, structural: variant.kind, first: first, into: &output)
  }

  /// What was counted so far.
  var counts: AnnotationCounts {
    var counts = tally
    if recordsHere > 0 {
      if hasGenes {
        counts.recordsOnContigsWithGenes[contig] = recordsHere
      } else {
        counts.recordsOnContigsWithoutGenes[contig] = recordsHere
      }
    }
    for consequence in Consequence.allCases {
      let alleles = mostSevere[consequence.rawValue]
      if alleles > 0 {
        counts.allelesByMostSevere[consequence.term] = alleles
        counts.allelesByImpact[consequence.impact, default: 0] += alleles
      }
      let entries = byTerm[consequence.rawValue]
      if entries > 0 { counts.entriesByTerm[consequence.term] = entries }
    }
    return counts
  }
}
