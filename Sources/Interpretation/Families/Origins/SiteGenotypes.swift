/// The proband's and the parents' genotypes at one site of a change of one base, in eight bytes.
///
/// Bits 0–1 the proband, 2–3 the father, 4–5 the mother, 8–15 the proband's depth (at most 255; 0 for not told), from
/// 16 on POS.
struct SiteGenotypes: Sendable, Hashable, Comparable {
  /// A genotype of two copies.
  enum Genotype: UInt64, Sendable, Hashable, CaseIterable {
    case reference
    case heterozygous
    case alternate
    /// Not called, or too weak a call.
    case unknown

    var isHomozygous: Bool { self == .reference || self == .alternate }

    /// The homozygote of the other allele; nil of any but a homozygote.
    var opposite: Genotype? {
      switch self {
      case .reference: .alternate
      case .alternate: .reference
      case .heterozygous, .unknown: nil
      }
    }
  }

  private let bits: UInt64

  /// - Parameters:
  ///   - position: POS, counted from 1.
  ///   - depth: the proband's DP; nil where not told.
  init(position: Int, proband: Genotype, father: Genotype = .unknown, mother: Genotype = .unknown, depth: Int? = nil) {
    bits =
      UInt64(truncatingIfNeeded: position) << 16 | UInt64(min(255, max(0, depth ?? 0))) << 8 | mother.rawValue << 4
      | father.rawValue << 2 | proband.rawValue
  }

  /// POS, counted from 1.
  var position: Int { Int(bits >> 16) }
  /// The proband's DP, at most 255; 0 for not told.
  var depth: Int { Int(bits >> 8 & 255) }
  var proband: Genotype { Self.genotypes[Int(bits & 3)] }
  var father: Genotype { Self.genotypes[Int(bits >> 2 & 3)] }
  var mother: Genotype { Self.genotypes[Int(bits >> 4 & 3)] }

  /// Whether the proband has the alternate allele.
  var isCarried: Bool { bits & 3 == 1 || bits & 3 == 2 }
  var isHeterozygous: Bool { bits & 3 == 1 }

  private static let genotypes = Genotype.allCases

  static func < (one: Self, other: Self) -> Bool { one.bits < other.bits }
}
