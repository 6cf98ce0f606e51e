import Genomics

/// Takes an allele of several changes apart into its atoms: SNVs, and what is longer or shorter with the base before it.
///
/// The rules are those of `bcftools norm -a` 1.16, measured: bases that both end in are taken off, then REF and the allele
/// are laid side by side from the left. Each column that differs is an SNV; what one has beyond the other's end belongs
/// to the last column before it, whether that differs or not.
enum AlleleAtoms {
  /// Ranges of the bases of REF and of the allele, which begin at the same place.
  struct Atom: Equatable {
    var offset: Int
    var refCount: Int
    var altCount: Int
  }

  /// Finds the atoms.
  /// - Parameters:
  ///   - reference: not empty, in upper case as `alternate`, from which it differs.
  static func find(_ reference: UnsafeRawBufferPointer, _ alternate: UnsafeRawBufferPointer, into atoms: inout [Atom]) {
    atoms.removeAll(keepingCapacity: true)
    var (refEnd, altEnd) = (reference.count, alternate.count)
    func agree(_ a: Int, _ b: Int) -> Bool { Base.uppercased(reference[a]) == Base.uppercased(alternate[b]) }
    while refEnd > 1, altEnd > 1, agree(refEnd - 1, altEnd - 1) {
      refEnd -= 1
      altEnd -= 1
    }
    let shared = min(refEnd, altEnd)
    for offset in 0..<shared {
      let isLast = offset == shared - 1
      if isLast, refEnd != altEnd {
        atoms.append(Atom(offset: offset, refCount: refEnd - offset, altCount: altEnd - offset))
      } else if !agree(offset, offset) {
        atoms.append(Atom(offset: offset, refCount: 1, altCount: 1))
      }
    }
  }
}
