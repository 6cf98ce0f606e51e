import GenomicFiles
public import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the publisher of the definitions has matchers do otherwise for a gene (PharmCAT's `exemptions.json`).
public struct DefinitionExemption: Sendable, Hashable {
  /// Which diplotype the publisher picks where unphased data explain exactly these.
  public struct Priority: Sendable, Hashable {
    /// The diplotypes.
    public var diplotypes: Set<String>
    /// The one picked.
    public var pick: String

    /// A priority.
    public init(diplotypes: Set<String>, pick: String) {
      self.diplotypes = diplotypes
      self.pick = pick
    }
  }

  /// Positions without which the gene is not called.
  public var requiredPositions: Set<Int>
  /// Positions that are not matched.
  public var ignoredPositions: Set<Int>
  /// Alleles that are not matched, in lower case.
  public var ignoredAlleles: Set<String>
  /// Positions that AMP's tier 1 asks for.
  public var tierOnePositions: Set<Int>
  /// Positions that define no allele and are shown with the gene.
  public var extraPositions: [DefiningPosition]
  /// Priorities among diplotypes of unphased data.
  public var priorities: [Priority]

  /// Exemptions; by default none.
  public init(
    requiredPositions: Set<Int> = [], ignoredPositions: Set<Int> = [], ignoredAlleles: Set<String> = [],
    tierOnePositions: Set<Int> = [], extraPositions: [DefiningPosition] = [], priorities: [Priority] = []
  ) {
    self.requiredPositions = requiredPositions
    self.ignoredPositions = ignoredPositions
    self.ignoredAlleles = ignoredAlleles
    self.tierOnePositions = tierOnePositions
    self.extraPositions = extraPositions
    self.priorities = priorities
  }

  /// Reads `exemptions.json`.
  /// - Throws: `InputError` of kind `malformed`.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> [String: DefinitionExemption] {
    let file: [String: Entry]
    do {
      file = try JSONDecoder().decode([String: Entry].self, from: Data(bytes))
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file holds no exemptions\(describe(error))",
        remedy: "give PharmCAT's exemptions.json, or take it away")
    }
    return file.mapValues { entry in
      DefinitionExemption(
        requiredPositions: Set(entry.requiredPositions ?? []),
        ignoredPositions: Set((entry.ignoredPositions ?? []).map(\.position)),
        ignoredAlleles: Set((entry.ignoredAlleles ?? []).map { $0.lowercased() }),
        tierOnePositions: Set(entry.amp1Positions ?? []),
        extraPositions: (entry.extraPositions ?? []).map {
          DefiningPosition(
            contig: $0.chromosome, position: OneBasedPosition($0.position), rsid: $0.rsid, reference: $0.ref,
            alternates: $0.alts)
        },
        priorities: (entry.unphasedDiplotypePriorities ?? []).map { Priority(diplotypes: Set($0.list), pick: $0.pick) })
    }
  }

  private struct Entry: Decodable {
    struct Position: Decodable {
      var chromosome: String
      var position: Int
      var rsid: String?
      var ref: String
      var alts: [String]
    }
    struct Choice: Decodable {
      var list: [String]
      var pick: String
    }
    var requiredPositions: [Int]?
    var ignoredPositions: [Position]?
    var ignoredAlleles: [String]?
    var amp1Positions: [Int]?
    var extraPositions: [Position]?
    var unphasedDiplotypePriorities: [Choice]?
  }
}

extension GeneDefinition {
  /// The definition without what an exemption ignores: alleles by name, positions, and positions that only ignored
  /// alleles need.
  func applying(_ exemption: DefinitionExemption) -> GeneDefinition {
    let kept = alleles.filter { $0.isReference || !exemption.ignoredAlleles.contains($0.name.lowercased()) }
    let removed = alleles.filter { !$0.isReference && exemption.ignoredAlleles.contains($0.name.lowercased()) }
    let places = positions.indices.filter { place in
      if exemption.ignoredPositions.contains(positions[place].position.value) { return false }
      let isOfRemoved = removed.contains { $0.bases[place] != nil }
      return !isOfRemoved || kept.contains { !$0.isReference && $0.bases[place] != nil }
    }
    guard places.count < positions.count || kept.count < alleles.count else { return self }
    var result = self
    result.positions = places.map { positions[$0] }
    result.alleles = kept.map { allele in
      var shortened = allele
      shortened.bases = places.map { allele.bases[$0] }
      return shortened
    }
    .filter { $0.isReference || $0.isStructural || $0.bases.contains { $0 != nil } }
    return result
  }
}
