/// The alleles of one contig that were read already: an allele that is told twice counts once.
///
/// Records come in the order of POS. A substitution of one base stands at its POS, so that only those of the last place
/// are kept, as bits. An allele that was trimmed or aligned may stand at another place than its record: these are kept
/// for the whole contig.
struct SeenAlleles {
  /// The place of the last substitution, and a bit for each alternate that it had.
  private var place: Int32 = -1
  private var alternates: UInt8 = 0
  private var others: Set<SmallAllele> = []
  /// The farthest place at which a trimmed substitution stands.
  private var farthest: Int32 = -1

  /// Begins another contig.
  mutating func forget() {
    place = -1
    alternates = 0
    farthest = -1
    others.removeAll(keepingCapacity: true)
  }

  /// Whether an allele was told before; it is known from now on.
  @inline(__always)
  mutating func isKnown(_ site: SomaticSite) -> Bool {
    guard site.type == .snv, !site.isTrimmed else { return isKnownOther(site) }
    let start = site.allele.start
    let bit: UInt8 = 1 << site.bases.a1
    if start != place {
      place = start
      alternates = 0
    }
    defer { alternates |= bit }
    return alternates & bit != 0 || (start <= farthest && others.contains(site.allele))
  }

  private mutating func isKnownOther(_ site: SomaticSite) -> Bool {
    if site.type == .snv {
      if site.allele.start == place, alternates & (1 << site.bases.a1) != 0 { return true }
      farthest = max(farthest, site.allele.start)
    }
    return !others.insert(site.allele).inserted
  }
}
