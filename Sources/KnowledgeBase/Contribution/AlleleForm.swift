import Genomics

/// What an allele's VRS identifier follows from, beside its bases: a substitution's from the bases alone, an insertion's
/// or deletion's from where the reference lets it roll to.
///
/// A genome has five million alleles; their identifiers are made when they are asked for.
public enum AlleleForm: Sendable, Hashable {
  /// The trimmed bases, literally: a substitution.
  case literal
  /// An insertion or deletion, rolled to the bounds of its ambiguity.
  case justified(Range<Int>, SequenceExpression)
  /// The identifier as somebody else computed it.
  case stated(String)

  /// The form of a fully justified allele.
  /// - Parameters:
  ///   - allele: of the same contig.
  ///   - start: where `reference` begins, interbase.
  public init(_ allele: VRSAllele, start: Int, reference: String, alternate: String) {
    let trimmed = TrimmedAllele(start: start, reference: reference, alternate: alternate)
    guard case .exact(let low) = allele.location.start, case .exact(let high) = allele.location.end, low <= high else {
      self = .stated(allele.identifier)
      return
    }
    if trimmed.isSubstitution, trimmed.range == low..<high, allele.state == .literal(trimmed.alternate) {
      self = .literal
    } else {
      self = .justified(low..<high, allele.state)
    }
  }
}

/// An allele without the bases that reference and alternate share: first at the end, then at the start.
struct TrimmedAllele {
  private(set) var range: Range<Int>
  private(set) var alternate: String

  init(start: Int, reference: String, alternate: String) {
    let (ref, alt) = (reference.utf8, alternate.utf8)
    if ref.count == 1, alt.count == 1, reference != alternate {
      range = start..<(start + 1)
      self.alternate = alternate
      return
    }
    var (refBytes, altBytes) = (Array(ref)[...], Array(alt)[...])
    while let a = refBytes.last, let b = altBytes.last, a == b {
      refBytes.removeLast()
      altBytes.removeLast()
    }
    var low = start
    while let a = refBytes.first, let b = altBytes.first, a == b {
      refBytes.removeFirst()
      altBytes.removeFirst()
      low += 1
    }
    range = low..<(low + refBytes.count)
    self.alternate = String(decoding: altBytes, as: UTF8.self)
  }

  /// Whether bases stand for bases, so that nothing can roll.
  var isSubstitution: Bool { !range.isEmpty && !alternate.isEmpty }
}

extension Contribution.Observation {
  /// The allele's VRS 2.0 identifier, `ga4gh:VA.…`.
  public var vrs: String {
    if case .stated(let text) = form { return text }
    var hasher = VRSHasher(contig)
    return hasher.identifier(self)
  }
}
