import Genomics
import Variants

/// A record that touches a CDS, with the alleles that its genotypes call.
final class ScoutedRecord {
  /// Its number in the file, from 0.
  let ordinal: Int
  /// POS, counted from 1.
  let position: Int
  let reference: [UInt8]
  /// By allele number less one.
  private(set) var alternates: [Alternate] = []
  private(set) var calls: [Call] = []

  /// An entry of ALT.
  struct Alternate {
    var text: [UInt8]
    /// Without what it shares with REF; nil where nothing can be told of it.
    var variant: SmallVariant?
    /// Why not.
    var reason: String
  }

  /// An allele called on haplotypes of a sample.
  struct Call {
    var sample: Int
    /// From 1, as GT counts.
    var allele: Int
    var set: PhaseSet
    /// Which of the set's haplotypes; of a homozygous genotype each.
    var slot: Int
    /// How many alleles the genotype has.
    var ploidy: Int
  }

  init(ordinal: Int, position: Int, reference: UnsafeRawBufferPointer, alternates: UnsafeRawBufferPointer) {
    self.ordinal = ordinal
    self.position = position
    self.reference = Array(reference)
    let isBases = !reference.isEmpty && reference.allSatisfy(Base.isVCFBase)
    for part in alternates.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let text = UnsafeRawBufferPointer(rebasing: part)
      let reason = Self.reason(text, isBases: isBases)
      let variant =
        reason == nil ? SmallVariant(position: position, reference: reference, alternate: text) : nil
      let isSame = variant.map { $0.reference.isEmpty && $0.alternate.isEmpty } ?? false
      self.alternates.append(
        Alternate(text: Array(text), variant: isSame ? nil : variant, reason: reason ?? "equalToReference"))
    }
  }

  private static func reason(_ text: UnsafeRawBufferPointer, isBases: Bool) -> String? {
    switch AlternateAlleleKind(text) {
    case .bases:
      if !isBases { return "notBases" }
      return text.contains { $0 & 0xDF == UInt8(ascii: "N") } ? "unknownBase" : nil
    case .some(.none): return "noAlternate"
    case .overlappingDeletion: return "overlappingDeletion"
    case .unspecified: return "unspecified"
    case .symbolic: return "symbolic"
    case .breakend: return "breakend"
    case nil: return "notBases"
    }
  }

  /// Takes the alleles of a genotype.
  func add(_ genotype: CalledGenotype, of sample: Int, phaseSet: PhaseSet, _ counts: inout HaplotypeCounts) {
    let alleles = genotype.alleles
    let isHomozygous = alleles.count > 1 && alleles.allSatisfy { $0 == alleles[0] }
    for (slot, allele) in alleles.enumerated() where allele != 0 {
      counts.allelesIn += 1
      guard allele > 0 else {
        counts.allelesNotPlaced["missing", default: 0] += 1
        continue
      }
      let alternate = alternates[allele - 1]
      guard alternate.variant != nil else {
        counts.allelesNotPlaced[alternate.reason, default: 0] += 1
        continue
      }
      if isHomozygous, slot > 0 { continue }
      let set: PhaseSet
      if isHomozygous {
        set = .any
      } else if alleles.count == 1 {
        set = .contig
      } else {
        set = genotype.isPhased ? phaseSet : .record(ordinal)
      }
      calls.append(Call(sample: sample, allele: allele, set: set, slot: slot, ploidy: alleles.count))
    }
  }
}

/// What of a sample's alleles is known to stand on one haplotype.
enum PhaseSet: Hashable {
  /// On every haplotype of every set: homozygous.
  case any
  /// Phased without PS, or the one allele of a haploid genotype.
  case contig
  /// Phased with this PS, by its number among those met.
  case given(Int)
  /// Not phased: with nothing but its own record.
  case record(Int)
}
