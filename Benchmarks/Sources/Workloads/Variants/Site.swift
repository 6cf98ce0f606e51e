/// A member of the synthetic family.
public enum FamilyMember: Int, Sendable, CaseIterable {
  case mother, father, child

  /// `SYN-001-M`, `SYN-001-F`, `SYN-001-P` (the proband) for family `SYN-001`.
  public func sampleName(family: String) -> String {
    switch self {
    case .mother: "\(family)-M"
    case .father: "\(family)-F"
    case .child: "\(family)-P"
    }
  }
}

/// The sex that decides the copies of X and Y. The synthetic X and Y have no pseudoautosomal region.
public enum Sex: String, Sendable, CaseIterable {
  case female, male

  /// Copies of a contig.
  public func ploidy(_ inheritance: Inheritance) -> Int {
    switch (inheritance, self) {
    case (.autosome, _): 2
    case (.x, .female): 2
    case (.x, .male): 1
    case (.y, .female): 0
    case (.y, .male): 1
    case (.mitochondrial, _): 1
    }
  }
}

/// The alleles of the three people at one site: 0 the reference, 1… the alternates, ``absent`` where a person has no
/// such copy. The child's first copy comes from the father where both parents give one.
public struct FamilyAlleles: Sendable {
  /// No such copy of the contig.
  public static let absent: UInt8 = 255
  private var lanes = SIMD8<UInt8>(repeating: absent)

  /// Nobody has a copy.
  public init() {}

  /// The two copies of a person; the second is ``absent`` for a haploid contig.
  public subscript(member: FamilyMember) -> (UInt8, UInt8) {
    get { (lanes[member.rawValue * 2], lanes[member.rawValue * 2 + 1]) }
    set {
      lanes[member.rawValue * 2] = newValue.0
      lanes[member.rawValue * 2 + 1] = newValue.1
    }
  }

  /// Whether the person has an alternate allele.
  public func carries(_ member: FamilyMember) -> Bool {
    let (a, b) = self[member]
    return (a != 0 && a != Self.absent) || (b != 0 && b != Self.absent)
  }
}

/// A variant site as a caller would write it: not necessarily left-aligned.
public struct Site: Sendable {
  /// Index into the genome's contigs.
  public var contig: Int
  /// 0-based position of the first base of `reference`.
  public var position: Int
  /// Upper case.
  public var reference: [UInt8]
  /// Upper case, distinct, at least one.
  public var alternates: [[UInt8]]
  /// Who has what.
  public var alleles = FamilyAlleles()
  /// Index into the planted variants, for those that the truth file names.
  public var planted: Int?
  /// 0-based half-open: every base that an equivalent spelling of this site could touch. Sites never overlap here.
  public var footprint: Range<Int>
}

/// One pure insertion or deletion, at the place of its first inserted or deleted base.
struct Indel {
  /// 0-based: bases are deleted from here, or inserted before it.
  var position: Int
  /// Deleted bases; 0 for an insertion.
  var deleted: Int
  /// Inserted bases, upper case; empty for a deletion.
  var inserted: [UInt8]

  /// Moves as far as an equal haplotype allows, not below `limit`.
  mutating func shiftLeft(on contig: Contig, limit: Int) {
    if deleted > 0 {
      while position > limit, contig.base(position - 1) == contig.base(position + deleted - 1) { position -= 1 }
    } else {
      while position > limit, let last = inserted.last, contig.base(position - 1) == last {
        inserted.removeLast()
        inserted.insert(last, at: 0)
        position -= 1
      }
    }
  }

  /// Moves at most `steps` to the right, staying in front of `limit`; returns how far it went.
  mutating func shiftRight(on contig: Contig, limit: Int, steps: Int = .max) -> Int {
    var moved = 0
    if deleted > 0 {
      while moved < steps, position + deleted < limit, contig.base(position) == contig.base(position + deleted) {
        position += 1
        moved += 1
      }
    } else {
      while moved < steps, position < limit, let first = inserted.first, contig.base(position) == first {
        inserted.removeFirst()
        inserted.append(first)
        position += 1
        moved += 1
      }
    }
    return moved
  }
}
