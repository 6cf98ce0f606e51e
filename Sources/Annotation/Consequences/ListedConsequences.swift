import Genomics

/// Tells of an allele the consequences that somebody lists, and nothing of any other: of each gene one transcript, the
/// MANE Select of those on which it has a listed term, else the canonical one, else the first.
///
/// What is not listed is never named or written: nearly all the time that entries take.
public struct ListedConsequences {
  private var run: ConsequenceRun
  private let listed: ConsequenceSet

  /// Tells of alleles on one contig.
  /// - Parameter listed: the terms asked for. Those that hold beside a transcript or without one (`upstream`,
  ///   `downstream`, `intergenic`) and those of regulatory features are never found.
  public init(_ annotator: ConsequenceAnnotator, contig: String, listed: ConsequenceSet) {
    run = ConsequenceRun(annotator: annotator, contig: contig)
    self.listed = listed
  }

  /// Appends the entries of `CSQ` of an allele, a gene each, in the order of the cache's transcripts; nothing where no
  /// term is listed.
  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - alternate: one alternate allele of bases.
  /// - Returns: the listed terms on all transcripts that it meets.
  /// - Throws: `InputError` where REF is not the reference's.
  public mutating func append(
    position: Int, reference: UnsafeRawBufferPointer, alternate: UnsafeRawBufferPointer, to output: inout [UInt8]
  ) throws -> ConsequenceSet {
    try run.tellListed(listed, position, reference, alternate, into: &output)
  }
}

extension ConsequenceRun {
  fileprivate mutating func tellListed(
    _ listed: ConsequenceSet, _ position: Int, _ reference: UnsafeRawBufferPointer,
    _ alternate: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws -> ConsequenceSet {
    guard var namer = self.namer.take() else { return ConsequenceSet() }
    defer { self.namer = namer }
    guard namer.isReference(position: position, reference) else { throw otherReference(position) }
    let found = findListed(listed, position, reference, alternate)
    guard !found.isEmpty else { return ConsequenceSet() }
    namer.set(position: position, reference: reference, alternate: alternate)
    genomicName.removeAll(keepingCapacity: true)
    if writer.namesGenome { namer.appendGenomic(to: &genomicName) }
    let span = SmallVariant.span(position: position, reference: reference, alternate: alternate)
    allele.set(
      alternate,
      dropsFirst: reference.count != alternate.count && Base.uppercased(reference[0]) == Base.uppercased(alternate[0]),
      number: 1, VariantClass.of(replaced: span?.count ?? 0, by: alternate.count - reference.count))
    let first = output.count
    for one in found.best {
      if output.count > first { output.append(UInt8(ascii: ",")) }
      let transcript = cache.transcript(one.transcript)
      writer.append(one.effect, transcript, allele, genomicName: genomicName, pick: nil, to: &output) {
        namer.appendNames(on: transcript, to: &$0)
      }
    }
    return found.terms
  }

  private struct Listed {
    /// Of each gene the transcript told, in the order in which the genes come first.
    var best: [(gene: Int, transcript: Int, effect: TranscriptEffect, rank: Int)] = []
    var terms = ConsequenceSet()
    var isEmpty: Bool { best.isEmpty }

    mutating func add(_ gene: Int, _ transcript: Int, _ effect: TranscriptEffect, rank: Int) {
      if let place = best.firstIndex(where: { $0.gene == gene }) {
        if rank < best[place].rank { best[place] = (gene, transcript, effect, rank) }
      } else {
        best.append((gene, transcript, effect, rank))
      }
    }
  }

  private mutating func findListed(
    _ listed: ConsequenceSet, _ position: Int, _ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer
  ) -> Listed {
    var found = Listed()
    guard let contig = number, hasGenes,
      let span = SmallVariant.span(position: position, reference: reference, alternate: alternate)
    else { return found }
    near.removeAll(keepingCapacity: true)
    cache.transcripts(on: contig, near: span, into: &near)
    guard !near.isEmpty else { return found }
    let variant = SmallVariant(position: position, reference: reference, alternate: alternate)
    for index in near {
      let transcript = cache.transcript(index)
      let isNonsenseMediated = cache.biotype(index).elementsEqual("nonsense_mediated_decay".utf8)
      guard let effect = EffectFinder.find(variant, transcript, isNonsenseMediated: isNonsenseMediated) else {
        continue
      }
      let told = effect.consequences.intersection(listed)
      guard !told.isEmpty else { continue }
      found.terms.formUnion(told)
      let flags = transcript.flags
      let rank = flags.contains(.maneSelect) ? 0 : flags.isDisjoint(with: [.canonical, .refSeqSelect]) ? 2 : 1
      found.add(cache.gene(index), index, effect, rank: rank)
    }
    return found
  }
}
