import EngineTestSupport
import Genomics
import Testing

@testable import Interpretation

/// Segments of uniparental disomy in planted trios.
struct DisomySegmentTests {
  private let rules: ParentalOriginRules

  init() throws { rules = try .standard() }

  /// One chromosome, judged together with another that is as chromosomes are.
  private func origin(
    _ trio: PlantedTrio, father: Bool = true, mother: Bool = true, _ random: inout SeededGenerator
  ) throws -> OriginEvidence {
    var plain = trio
    plain.planted = []
    let contigs = try #require(
      ContigDictionary([Contig(name: "1", length: trio.length), Contig(name: "2", length: trio.length)]))
    let chromosomes = [("1", trio), ("2", plain)].map { name, trio in
      ChromosomeOrigins(
        trio.sites(&random).map { $0.keeping(father: father, mother: mother) }, contig: name, hasFather: father,
        hasMother: mother, rules: rules)
    }
    return OriginEvidence(
      chromosomes, scattered: [], hasFather: father, hasMother: mother, contigs: contigs, warning: 0.0156,
      rules: rules)
  }

  /// `origin kind,kind start-end`, ends in Mb.
  private func told(_ origin: OriginEvidence) -> [String] {
    func megabase(_ base: Int) -> Int { (base + 500_000) / 1_000_000 }
    return origin.segments.map { segment in
      let kinds = segment.parts.map { part in
        "\(part.kind.rawValue) \(megabase(part.region.start.value))-\(megabase(part.region.end.value))"
      }
      return "\(segment.region.contig) \(segment.origin.rawValue) \(kinds.joined(separator: ", "))"
        + (segment.doubt.map { " \($0.rawValue)" } ?? "")
    }
  }

  private static let middle = 10_000_000...25_000_000

  @Test(
    "What is planted is found, of its kind, with its parent and its ends",
    arguments: [
      ([(middle, .maternalIsodisomy)], ["1 maternal isodisomy 10-25"]),
      ([(middle, .paternalIsodisomy)], ["1 paternal isodisomy 10-25"]),
      ([(middle, .maternalHeterodisomy)], ["1 maternal heterodisomy 10-25"]),
      ([(middle, .paternalHeterodisomy)], ["1 paternal heterodisomy 10-25"]),
      (
        [(1...15_000_000, .maternalHeterodisomy), (15_000_001...40_000_000, .maternalIsodisomy)],
        ["1 maternal heterodisomy 0-15, isodisomy 15-40"]
      ),
      (
        [(5_000_000...12_000_000, .maternalIsodisomy), (20_000_000...30_000_000, .paternalHeterodisomy)],
        ["1 maternal isodisomy 5-12", "1 paternal heterodisomy 20-30"]
      ),
      // Half of the depth: the other parent's copy is gone.
      ([(middle, .paternalDeletion)], ["1 maternal isodisomy 10-25 depth-not-of-two-copies"]),
      // Homozygous, with a copy from each.
      ([(middle, .autozygous)], []), ([], []),
    ] as [([(ClosedRange<Int>, PlantedTrio.Kind)], [String])])
  func planted(_ planted: [(ClosedRange<Int>, PlantedTrio.Kind)], _ expected: [String]) throws {
    for seed in seeds(5) {
      var random = SeededGenerator(seed: seed)
      let found = try origin(PlantedTrio(planted: planted.map { ($0.0, $0.1) }, spacing: 4000), &random)
      #expect(told(found) == expected, "seed \(seed)")
      for segment in found.segments {
        #expect(segment.sitesFor > 100 && segment.sitesAgainst * 20 <= segment.sitesFor)
        #expect(segment.isWholeChromosome == (planted.count == 2 && expected.count == 1))
        let used = Set(segment.segments.map(\.kind))
        #expect(segment.doubt == nil ? !used.contains(.both) : used == [.both])
      }
      #expect(found.assessedContigs == ["1", "2"])
      // Nothing is lost: each informative site is counted once.
      #expect(found.chromosomes.allSatisfy { $0.counts.informative > 0 && $0.counts.excluded == 0 })
    }
  }

  @Test("With one parent, what that parent did not give is found; of that parent's own copies nothing is said")
  func duo() throws {
    for seed in seeds(5) {
      var random = SeededGenerator(seed: seed)
      let paternal = PlantedTrio(planted: [(Self.middle, .paternalIsodisomy)], spacing: 2000)
      #expect(told(try origin(paternal, father: false, &random)) == ["1 paternal isodisomy 10-25"], "seed \(seed)")
      let hetero = PlantedTrio(planted: [(Self.middle, .maternalHeterodisomy)], spacing: 2000)
      #expect(told(try origin(hetero, mother: false, &random)) == ["1 maternal heterodisomy 10-25"], "seed \(seed)")
      let found = try origin(hetero, father: false, &random)
      #expect(found.segments.isEmpty && found.assessableOrigins == [.paternal])
      // It is not known that no segment lies there.
      #expect(found.assessedContigs.isEmpty)
      let alone = try origin(paternal, father: false, mother: false, &random)
      #expect(alone.segments.isEmpty && alone.disomy == nil && alone.assessableOrigins.isEmpty)
    }
  }

  @Test("Another father, errors and a depth that is not told make no isodisomy that is used")
  func doubts() throws {
    for seed in seeds(5) {
      var random = SeededGenerator(seed: seed)
      let other = try origin(PlantedTrio(spacing: 4000, isOtherFather: true), &random)
      #expect(other.segments.isEmpty, "seed \(seed)")
      let dirty = try origin(PlantedTrio(spacing: 4000, errorOneIn: 50), &random)
      #expect(dirty.segments.isEmpty, "seed \(seed)")
      let blind = try origin(
        PlantedTrio(planted: [(Self.middle, .maternalIsodisomy)], spacing: 4000, depth: 0), &random)
      #expect(told(blind) == ["1 maternal isodisomy 10-25 depth-not-told"], "seed \(seed)")
      #expect(blind.disomy?.map(\.kind) == [.both])
    }
  }

  @Test("Segments on many chromosomes are told and not used")
  func many() throws {
    var random = SeededGenerator(seed: 7)
    let trio = PlantedTrio(planted: [(Self.middle, .maternalIsodisomy)], spacing: 4000)
    let contigs = try #require(ContigDictionary((1...3).map { Contig(name: "\($0)", length: trio.length) }))
    func origin(_ count: Int) -> OriginEvidence {
      OriginEvidence(
        (1...count).map {
          ChromosomeOrigins(trio.sites(&random), contig: "\($0)", hasFather: true, hasMother: true, rules: rules)
        }, scattered: [], hasFather: true, hasMother: true, contigs: contigs, warning: 0.0156, rules: rules)
    }
    #expect(origin(2).segments.allSatisfy { $0.doubt == nil })
    let three = origin(3)
    #expect(three.segments.count == 3 && three.segments.allSatisfy { $0.doubt == .manyChromosomes })
    #expect(three.banners.contains { $0.contains("check the samples and the pedigree") })
  }

  @Test("A stretch is the best-scoring one of all, counted out", arguments: seeds(4))
  func bestStretch(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let marks = (0..<random.int(1...30)).map { _ in !random.oneIn(4) }
      // Nothing ends a stretch but a score of nothing.
      var scan = OriginScan(weight: 3, drop: .infinity)
      for (index, isFor) in marks.enumerated() { scan.add(index, isFor: isFor) }
      scan.end()
      var best = 0.0
      for start in marks.indices {
        var score = 0.0
        for end in start..<marks.count {
          score += marks[end] ? 1 : -3
          best = max(best, score)
        }
      }
      let found = scan.stretches.map { Double($0.sitesFor) - 3 * Double($0.sitesAgainst) }.max() ?? 0
      #expect(found == best, "seed \(seed): \(marks)")
      for stretch in scan.stretches {
        let part = marks[stretch.first...stretch.last]
        #expect(part.count { $0 } == stretch.sitesFor && part.count { !$0 } == stretch.sitesAgainst)
      }
    }
  }
}
