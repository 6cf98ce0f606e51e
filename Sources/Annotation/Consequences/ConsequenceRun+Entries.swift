import Genomics

/// Writes what was found of an allele, and chooses among its transcripts.
extension ConsequenceRun {
  /// Tells what an allele does to each of the transcripts in `near`, or to those that are chosen.
  /// - Parameters:
  ///   - effect: finds it; nil where the transcript is not met.
  ///   - name: appends HGVSc and HGVSp with the bar between them; returns how far the allele was shifted.
  /// - Returns: the most severe term; nil where no transcript is met.
  mutating func tellTranscripts(
    _ allele: CSQEntry.Allele, first: Int, into output: inout [UInt8],
    effect: (_ transcript: Transcript, _ isNonsenseMediated: Bool) -> TranscriptEffect?,
    name: (Transcript, inout [UInt8]) -> Int?
  ) -> Consequence? {
    var severest: Consequence?
    for index in near {
      let transcript = cache.transcript(index)
      let isNonsenseMediated = cache.biotype(index).elementsEqual("nonsense_mediated_decay".utf8)
      guard let effect = effect(transcript, isNonsenseMediated), let worst = effect.consequences.mostSevere else {
        continue
      }
      seen.formUnion(effect.consequences)
      if keepsMissense, let codon = MissenseCodon(effect, transcript, allele: allele.number) {
        missense.append(codon)
      }
      if choice == nil {
        tell(effect, transcript, allele, pick: nil, first: first, into: &output) { name(transcript, &$0) }
      } else {
        found.append((index, effect))
      }
      if worst.rawValue < severest?.rawValue ?? Int.max { severest = worst }
    }
    tellChosen(allele, first: first, into: &output, name: name)
    return severest
  }

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
  mutating func finish(
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
}
