public import Genomics

/// An allele of bases as VCF writes it, parsimonious and left-aligned on a cache's reference.
public struct NormalisedAllele: Sendable, Hashable {
  /// The contig, as in the cache.
  public var contig: String
  /// POS, counted from 1.
  public var position: Int
  /// REF, in capitals.
  public var reference: String
  /// ALT, in capitals.
  public var alternate: String
}

/// Why an allele cannot be brought to its normal form.
public enum AlleleRefusal: String, Error, Sendable {
  /// The contig is not in the cache's reference.
  case unknownContig
  /// REF or ALT are not bases.
  case notBases
  /// ALT has a base that is not known.
  case unknownBase
  /// ALT is REF.
  case equalToReference
  /// REF is not what the reference has there, or reaches over its end.
  case referenceMismatch
}

extension AnnotationCache {
  /// The normal form of an allele.
  /// - Parameter position: POS, counted from 1.
  /// - Throws: `AlleleRefusal`; `CacheError` of kind `damaged`.
  public func normalised(
    contig: String, position: Int, reference: String, alternate: String
  ) throws -> NormalisedAllele {
    guard let number = contigs.index(of: contig) else { throw AlleleRefusal.unknownContig }
    try requireReference(number)
    var cursor = ReferenceCursor(self.reference, number)
    var allele = CanonicalAllele()
    let (ref, alt) = (Array(reference.utf8), Array(alternate.utf8))
    do {
      try ref.withUnsafeBytes { ref in
        try alt.withUnsafeBytes { alt in
          try allele.take(position: position, reference: ref, alternate: alt) {
            let base = cursor.base($0)
            return base == 0 ? nil : base
          }
        }
      }
    } catch let refusal as CanonicalAllele.Refusal {
      switch refusal {
      case .notBases: throw AlleleRefusal.notBases
      case .unknownBase: throw AlleleRefusal.unknownBase
      case .equalToReference: throw AlleleRefusal.equalToReference
      case .referenceMismatch: throw AlleleRefusal.referenceMismatch
      }
    }
    return NormalisedAllele(
      contig: contig, position: allele.start + 1, reference: String(decoding: allele.reference, as: UTF8.self),
      alternate: String(decoding: allele.alternate, as: UTF8.self))
  }

  /// The contig that names on the genome (`HGVSg`) call by this sequence: its own name or its RefSeq accession.
  public func contig(ofSequence name: String) -> String? {
    if contigs[name] != nil { return name }
    for (number, prefix) in genomicPrefixes.enumerated()
    where prefix.elementsEqual("\(name):g.".utf8) || prefix.elementsEqual("\(name):m.".utf8) {
      return contigs.contigs[number].name
    }
    return nil
  }
}
