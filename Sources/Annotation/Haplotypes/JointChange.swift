/// What the alleles of a group make of a transcript's CDS, taken as one change.
struct JointChange {
  let map: CodingMap
  /// In the order of the transcript.
  let alleles: [HaplotypeAllele]
  /// What is replaced, in the transcript's bases.
  let replaced: Range<Int>
  /// What replaces it, on the transcript's strand.
  let alternate: [UInt8]

  /// - Precondition: the alleles are in order and do not overlap; there is one at least.
  init(_ alleles: [HaplotypeAllele], _ map: CodingMap) {
    self.map = map
    self.alleles = alleles
    let start = alleles[0].span.lowerBound
    let end = alleles.reduce(start) { max($0, $1.span.upperBound) }
    var changed: [UInt8] = []
    var place = start
    for allele in alleles {
      while place < allele.span.lowerBound {
        changed.append(map.base(place))
        place += 1
      }
      changed += allele.alternate
      place = allele.span.upperBound
    }
    replaced = map.inBases(start)..<map.inBases(end)
    alternate = changed
  }

  /// The effect of the change as if one allele told it, with what each allele does to splice sites.
  func effect(isNonsenseMediated: Bool) -> TranscriptEffect {
    let transcript = map.transcript
    // `CodingFinder` takes of the variant what is put in; where it lies is the stretch of bases, which may go over
    // introns.
    var variant = SmallVariant(position: 1, reference: [UInt8](), alternate: [UInt8]())
    variant.reference = Array(transcript.bases[replaced])
    variant.alternate = transcript.isReverse ? alternate.reverseComplement : alternate
    var effect = TranscriptEffect()
    effect.inBases = TranscriptEffect.PartialSpan(start: replaced.lowerBound, end: replaced.upperBound)
    var finder = CodingFinder(variant, transcript, map.coding, isInside: true)
    finder.find(replaced, &effect)
    for allele in alleles {
      guard let variant = allele.record.alternates[allele.number - 1].variant,
        let alone = EffectFinder.find(variant, transcript, isNonsenseMediated: isNonsenseMediated)
      else { continue }
      for consequence in alone.consequences.all where consequence.tellsOfPlace {
        effect.consequences.insert(consequence)
      }
    }
    return effect
  }
}

extension Consequence {
  /// Whether the term says where an allele lies, whatever becomes of the protein.
  fileprivate var tellsOfPlace: Bool {
    switch self {
    case .spliceAcceptor, .spliceDonor, .spliceDonor5thBase, .spliceRegion, .spliceDonorRegion,
      .splicePolypyrimidineTract, .intron, .nmdTranscript:
      true
    default: false
    }
  }
}
