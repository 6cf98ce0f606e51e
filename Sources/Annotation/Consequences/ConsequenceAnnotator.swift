public import GenomicFiles
public import Genomics
public import Variants

/// Adds `CSQ` to the records of a VCF, from a cache.
public struct ConsequenceAnnotator: VariantAnnotator {
  let cache: AnnotationCache
  /// The path of the file annotated, for errors.
  let input: String
  let layout: CSQLayout
  let choice: TranscriptChoice?
  /// The places on the laboratory's list, by transcript.
  let ranks: [Int: Int]
  /// Identifiers on the laboratory's list that no transcript of the cache has.
  public let missingFromList: [String]

  /// Annotates from a cache, which is checked first: a small one whole, a large one but for the reference's bases, of
  /// which `require` checks a contig's when it comes, and the chunks of sources, each checked when it is used. Blocks.
  /// - Parameter input: the path of the file annotated, for errors.
  /// - Throws: `CacheError` of kind `damaged`.
  public init(
    _ cache: AnnotationCache, input: String, options: ConsequenceOptions = ConsequenceOptions()
  ) throws(CacheError) {
    if cache.size <= CacheInfo.verifiedBytes {
      try cache.verify()
    } else {
      try cache.verifyGenes()
    }
    self.cache = cache
    self.input = input
    layout = CSQLayout(options.fields)
    choice = options.choice
    (ranks, missingFromList) = options.choice?.list?.resolved(in: cache) ?? ([:], [])
  }

  /// Names the cache's content.
  public var digest: String { cache.digest }
  /// `CSQ`, then the fields of the sources.
  public var fields: [(key: String, headerLine: String)] {
    [(CSQEntry.key, layout.headerLine)] + cache.sources.flatMap { $0.build.infoFields }
  }

  /// Refuses a contig that the cache's reference lacks, names otherwise, or has with another length; checks the
  /// contig's bases in the cache when it comes first. Blocks.
  /// - Throws: `CacheError` of kind `otherReference` that names both, or `damaged`.
  public func require(contig: String, declaredLength: Int?, at location: InputLocation) throws {
    let place = "\(location.file)" + (location.record.map { ":\($0)" } ?? "")
    let remedy = "use the cache of the reference that \(location.file) was made with"
    if let index = cache.contigs.index(of: contig) {
      guard let declaredLength, let length = cache.contigs.contigs[index].length, length != declaredLength else {
        return try cache.requireReference(index)
      }
      throw CacheError(
        .otherReference, path: cache.path,
        "contig \(contig) is \(declaredLength) bases long in \(place) and \(length) in the cache's reference",
        remedy: remedy)
    }
    if let other = cache.contigs.alias(of: contig) {
      throw CacheError(
        .otherReference, path: cache.path,
        "contig \(contig) of \(place) is named \(other.name) in the cache's reference",
        remedy: "give files with one style of contig names")
    }
    throw CacheError(
      .otherReference, path: cache.path, "contig \(contig) of \(place) is not in the cache's reference",
      remedy: remedy)
  }

  /// Refuses a reference that is not the cache's: every contig of both names has the same length, those with genes the
  /// same bases.
  /// - Throws: `CacheError` of kind `otherReference` that names both.
  public func require(_ identity: ReferenceIdentity, path: String) throws(CacheError) {
    let remedy = "use a cache made of this FASTA"
    for contig in cache.contigs.contigs {
      guard let other = identity.contigs.first(where: { $0.name == contig.name }) else {
        guard contig.digest != nil else { continue }
        let alias = ContigDictionary(identity.contigs)?.alias(of: contig.name)?.name
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) of the cache's reference is "
            + (alias.map { "named \($0) in \(path)" } ?? "not in \(path)"),
          remedy: remedy)
      }
      guard contig.length == other.length else {
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) is \(contig.length ?? 0) bases long in the cache's reference and \(other.length ?? 0) in \(path)",
          remedy: remedy)
      }
      if let digest = contig.digest, let found = other.digest, digest != found {
        throw CacheError(
          .otherReference, path: cache.path,
          "contig \(contig.name) is \(digest.identifier) in the cache's reference and \(found.identifier) in \(path)",
          remedy: remedy)
      }
    }
  }

  /// Work on one run of records.
  public func begin(contig: String) -> any VariantRunAnnotator {
    CacheRun(annotator: self, contig: contig)
  }
}

/// Annotates the records of one run: consequences first, then what the sources know.
private struct CacheRun: VariantRunAnnotator {
  private var consequences: ConsequenceRun
  private var known: KnownLookup
  private var neighbours: CodonNeighbours?
  private var cursor: ReferenceCursor?
  private let hasSources: Bool

  init(annotator: ConsequenceAnnotator, contig: String) {
    consequences = ConsequenceRun(annotator: annotator, contig: contig)
    let number = annotator.cache.contigs.index(of: contig)
    known = KnownLookup(annotator.cache.sources, contig: number, name: contig)
    cursor = number.map { [cache = annotator.cache] in ReferenceCursor(cache.reference, $0) }
    hasSources = !annotator.cache.sources.isEmpty
    neighbours = number.flatMap { CodonNeighbours(annotator.cache, contig: $0) }
    consequences.keepsMissense = neighbours != nil
  }

  mutating func annotate(
    position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer, info: UnsafeRawBufferPointer,
    into output: inout [UInt8]
  ) throws {
    let first = output.count
    output += Self.consequenceKey
    let hasConsequences = try consequences.annotate(
      position: position, reference: reference, alternates: alternates, info: info, into: &output)
    if !hasConsequences { output.removeSubrange(first...) }
    guard hasSources, var cursor else { return }
    defer { self.cursor = cursor }
    do {
      try known.append(
        position: position, reference: reference, alternates: alternates,
        base: {
          let base = cursor.base($0)
          return base == 0 ? nil : base
        }, first: first, to: &output)
      if !consequences.missense.isEmpty {
        try neighbours?.append(consequences.missense, base: { cursor.base($0) }, first: first, to: &output)
      }
    } catch is CanonicalAllele.Refusal {
      throw consequences.otherReference(position)
    }
  }

  private static let consequenceKey = Array("\(CSQEntry.key)=".utf8)

  var counts: AnnotationCounts {
    var counts = consequences.counts
    counts.sources = known.counts
    neighbours?.add(to: &counts.sources)
    return counts
  }
}

/// Finds the consequences of the records of one run.
private struct ConsequenceRun {
  let cache: AnnotationCache
  let input: String
  let contig: String
  let number: Int?
  let hasGenes: Bool
  /// Whether the missense changes of a record are kept.
  var keepsMissense = false
  /// The missense changes of the last record.
  private(set) var missense: [MissenseCodon] = []
  private var writer: CSQEntry
  private let choice: TranscriptChoice?
  private let ranks: [Int: Int]
  private let hasRegulatory: Bool
  private var near: [Int] = []
  /// What an allele does, where one of its transcripts is chosen before any is written.
  private var found: [(transcript: Int, effect: TranscriptEffect)] = []
  private var namer: HGVSNamer?
  private var genomicName: [UInt8] = []
  private var allele = CSQEntry.Allele()
  private var tally = AnnotationCounts()
  private var recordsHere = 0
  private var mostSevere = [Int](repeating: 0, count: Consequence.allCases.count)
  private var byTerm = [Int](repeating: 0, count: Consequence.allCases.count)

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
    var severest: Consequence?
    for index in near {
      let transcript = cache.transcript(index)
      let isNonsenseMediated = cache.biotype(index).elementsEqual("nonsense_mediated_decay".utf8)
      guard let effect = EffectFinder.find(variant, transcript, isNonsenseMediated: isNonsenseMediated),
        let worst = effect.consequences.mostSevere
      else { continue }
      if keepsMissense, let codon = MissenseCodon(effect, transcript) { missense.append(codon) }
      if choice == nil {
        tell(effect, transcript, allele, pick: nil, first: first, into: &output) {
          namer.appendNames(on: transcript, to: &$0)
        }
      } else {
        found.append((index, effect))
      }
      if worst.rawValue < severest?.rawValue ?? Int.max { severest = worst }
    }
    tellChosen(allele, first: first, into: &output) { namer.appendNames(on: $0, to: &$1) }
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
    var severest: Consequence?
    for index in near {
      let transcript = cache.transcript(index)
      let isNonsenseMediated = cache.biotype(index).elementsEqual("nonsense_mediated_decay".utf8)
      guard let effect = StructuralEffect.find(variant, transcript, isNonsenseMediated: isNonsenseMediated),
        let worst = effect.consequences.mostSevere
      else { continue }
      if choice == nil {
        tell(effect, transcript, allele, pick: nil, first: first, into: &output) { _ in nil }
      } else {
        found.append((index, effect))
      }
      if worst.rawValue < severest?.rawValue ?? Int.max { severest = worst }
    }
    tellChosen(allele, first: first, into: &output) { _, _ in nil }
    finish(allele, severest, range, structural: variant.kind, first: first, into: &output)
  }

  // MARK: Entries

  private mutating func tell(
    _ effect: TranscriptEffect, _ transcript: Transcript, _ allele: CSQEntry.Allele, pick: PickReason?, first: Int,
    into output: inout [UInt8], name: (inout [UInt8]) -> Int?
  ) {
    if output.count > first { output.append(UInt8(ascii: ",")) }
    writer.append(effect, transcript, allele, genomicName: genomicName, pick: pick, to: &output, name: name)
    var rest = effect.consequences
    while let consequence = rest.mostSevere {
      byTerm[consequence.rawValue] += 1
      rest.remove(consequence)
    }
  }

  /// Tells what is no transcript's: that no transcript is met, and regulatory features. Counts the allele.
  /// - Parameters:
  ///   - severest: of the transcripts; nil where none is met.
  ///   - range: what the allele takes the place of; empty for an insertion, nil for nothing.
  private mutating func finish(
    _ allele: CSQEntry.Allele, _ severest: Consequence?, _ range: Range<Int>?, structural: StructuralVariant.Kind?,
    first: Int, into output: inout [UInt8]
  ) {
    var severest = severest
    if severest == nil {
      if output.count > first { output.append(UInt8(ascii: ",")) }
      writer.appendIntergenic(allele, genomicName: genomicName, isPicked: choice != nil, to: &output)
      byTerm[Consequence.intergenic.rawValue] += 1
      severest = .intergenic
    }
    if hasRegulatory, let contig = number, let range {
      cache.regulatory(on: contig, near: range, into: &near)
      for index in near {
        let feature = cache.regulatory(index)
        guard let consequence = feature.consequence(of: range, structural: structural) else { continue }
        if consequence.rawValue < severest?.rawValue ?? Int.max { severest = consequence }
        // The choice is one among transcripts.
        if let choice, !choice.keepsOthers { continue }
        if output.count > first { output.append(UInt8(ascii: ",")) }
        writer.append(consequence, feature, allele, genomicName: genomicName, to: &output)
        byTerm[consequence.rawValue] += 1
      }
    }
    mostSevere[(severest ?? .intergenic).rawValue] += 1
  }

  /// Chooses among what was found, and tells of it.
  private mutating func tellChosen(
    _ allele: CSQEntry.Allele, first: Int, into output: inout [UInt8], name: (Transcript, inout [UInt8]) -> Int?
  ) {
    guard let choice, !found.isEmpty else { return }
    let reasons = chosen(choice)
    for (one, reason) in zip(found, reasons) where reason != nil || choice.keepsOthers {
      let transcript = cache.transcript(one.transcript)
      tell(one.effect, transcript, allele, pick: reason, first: first, into: &output) { name(transcript, &$0) }
    }
    found.removeAll(keepingCapacity: true)
  }

  /// Why each of what was found is chosen; nil where it is not.
  private func chosen(_ choice: TranscriptChoice) -> [PickReason?] {
    let candidates = found.map { one in
      let transcript = cache.transcript(one.transcript)
      return PickCandidate(
        transcript: one.transcript, gene: cache.gene(one.transcript), rank: ranks[one.transcript],
        flags: transcript.flags, isProteinCoding: cache.biotype(one.transcript).elementsEqual("protein_coding".utf8),
        severity: (one.effect.consequences.mostSevere ?? .intergenic).rawValue,
        codingLength: transcript.coding?.count ?? 0)
    }
    var reasons = [PickReason?](repeating: nil, count: candidates.count)
    let groups: [[Int]]
    switch choice.scope {
    case .allele: groups = [Array(candidates.indices)]
    case .gene:
      groups = Dictionary(grouping: candidates.indices, by: { candidates[$0].gene }).values.map { $0.sorted() }
    }
    for group in groups {
      let picked = PickCandidate.choose(group.map { candidates[$0] }) { [cache] one, other in
        let (left, right) = (cache.identifier(one), cache.identifier(other))
        return left.elementsEqual(right) ? one < other : left.lexicographicallyPrecedes(right)
      }
      if let picked { reasons[group[picked.index]] = picked.reason }
    }
    return reasons
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
