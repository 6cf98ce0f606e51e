import EngineTestSupport
import Genomics
import Testing

@testable import Interpretation

/// Cases of every gene of a set at once, through a VCF and back.
struct CaseGenerator {
  var random: SeededGenerator

  enum Phase { case none, all, sets, mixed }

  /// Genotypes of a gene: two alleles' bases, some changed, some missing, some halved, some undocumented.
  mutating func genotypes(_ gene: GeneDefinition) -> [Int: BruteForce.Genotype] {
    let phase = random.pick([Phase.none, .none, .all, .sets, .mixed])
    let reference = gene.alleles.first { $0.isReference }!
    let pair = [random.pick(gene.alleles), random.oneIn(3) ? reference : random.pick(gene.alleles)]
    let missingOneIn = random.pick([1_000_000, 40, 8])
    let isOdd = random.oneIn(4)
    var genotypes: [Int: BruteForce.Genotype] = [:]
    var heterozygous = 0
    for place in gene.positions.indices {
      let position = gene.positions[place]
      var alleles = pair.map { allele -> String? in
        let bases = allele.bases[place] ?? reference.bases[place]!
        guard let letters = BruteForce.wobbles[bases] else { return bases }
        let known = ([position.reference] + position.alternates).filter { letters.contains($0) }
        return random.pick(known)
      }
      if random.oneIn(60) { alleles[random.int(0...1)] = random.pick(position.alternates) }
      if isOdd, random.oneIn(60) {
        alleles[random.int(0...1)] = undocumented(position)
      }
      if random.oneIn(missingOneIn) { continue }
      if random.oneIn(missingOneIn) { alleles = [nil, nil] }
      if isOdd, random.oneIn(150) { alleles[random.int(0...1)] = nil }
      if alleles[0] != alleles[1] { heterozygous += 1 }
      // The judge enumerates 2^h assignments.
      if heterozygous > 9, alleles[0] != alleles[1] { alleles[1] = alleles[0] }
      if random.oneIn(2) { alleles.reverse() }
      let isPhased =
        switch phase {
        case .none: false
        case .all, .sets: true
        case .mixed: random.oneIn(2)
        }
      if isPhased, phase != .mixed { alleles = ordered(alleles, pair, place, reference) }
      genotypes[place] = BruteForce.Genotype(
        alleles: alleles, isPhased: isPhased, set: phase == .sets ? random.pick(["11", "12"]) : "*")
    }
    return genotypes
  }

  /// The order of the pair's strands, where the alleles are theirs.
  private func ordered(_ alleles: [String?], _ pair: [NamedAllele], _ place: Int, _ reference: NamedAllele) -> [String?]
  {
    let first = pair[0].bases[place] ?? reference.bases[place]
    return alleles[0] != first && alleles[1] == first ? alleles.reversed() : alleles
  }

  func undocumented(_ position: DefiningPosition) -> String {
    if position.isSubstitution {
      return ["A", "C", "G", "T"].first { $0 != position.reference && !position.alternates.contains($0) } ?? "N"
    }
    return position.reference + "ACGTTACG"
  }

  /// The records of a gene's genotypes.
  func add(_ genotypes: [Int: BruteForce.Genotype], of gene: GeneDefinition, to vcf: inout VCFText) {
    for (place, genotype) in genotypes.sorted(by: { $0.key < $1.key }) {
      let position = gene.positions[place]
      var alleles = [position.reference] + position.alternates
      for bases in genotype.alleles.compactMap({ $0 }) where !alleles.contains(bases) { alleles.append(bases) }
      let numbers = genotype.alleles.map { $0.flatMap { alleles.firstIndex(of: $0) }.map(String.init) ?? "." }
      let call = numbers.joined(separator: genotype.isPhased ? "|" : "/")
      vcf.add(
        position.contig, position.position.value, position.reference, alleles.dropFirst().joined(separator: ","),
        genotype.set == "*" ? call : call + ":" + genotype.set, format: genotype.set == "*" ? "GT" : "GT:PS")
    }
  }
}

@Suite("Pharmacogenomics: agrees with a brute-force matcher")
struct PharmacogenomicsPropertyTests {
  static let toxic: Set<String> = ["CACNA1S", "DPYD", "G6PD", "NUDT15", "RYR1", "TPMT"]

  func judge(_ definitions: DefinitionSet, cases: Int, seed: UInt64) async throws -> [String: Int] {
    var generator = CaseGenerator(random: SeededGenerator(seed: seed))
    var called: [String: Int] = [:]
    for number in 0..<cases {
      var vcf = VCFText()
      var genotypes: [String: [Int: BruteForce.Genotype]] = [:]
      for gene in definitions.genes {
        let made = generator.genotypes(gene)
        genotypes[gene.gene] = made
        generator.add(made, of: gene, to: &vcf)
      }
      if vcf.lines.isEmpty { continue }
      let result = try await call(vcf, definitions)
      for gene in definitions.genes where gene.gene != "DPYD" {
        let judge = BruteForce(definition: gene, toxic: Self.toxic.contains(gene.gene))
        let expected = judge.answer(genotypes[gene.gene]!)
        let found = try #require(result.gene(gene.gene))
        let names = Set(found.diplotypes.map { $0.alleles.map(\.name).sorted().joined(separator: "/") })
        #expect(names == expected?.names ?? [], "\(gene.gene), case \(number) of seed \(seed)")
        #expect(found.diplotypes.first?.score == expected?.score, "\(gene.gene), case \(number) of seed \(seed)")
        #expect((found.outcome == .called) == (expected != nil))
        if expected != nil { called[gene.gene, default: 0] += 1 }
      }
    }
    return called
  }

  @Test("Two hundred cases of every published gene", .enabled(if: PublishedDefinitions.areThere), arguments: seeds(4))
  func published(seed: UInt64) async throws {
    let all = try PublishedDefinitions.read()
    // The publisher's exemptions are another rule, tested by itself.
    let definitions = DefinitionSet(genes: all.genes, phenotypes: all.phenotypes)
    let called = try await judge(definitions, cases: 55, seed: seed)
    // A judge that calls nothing agrees with everything.
    for gene in definitions.genes where gene.gene != "DPYD" { #expect(called[gene.gene, default: 0] >= 10) }
  }

  @Test(
    "Generated definitions: overlapping alleles, several bases, letters for several, any phase", arguments: seeds(20))
  func generated(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let genes = try (0..<4).map { number -> GeneDefinition in
      let count = random.int(1...8)
      let reference = random.text("ACGT", count)
      let alternates = reference.map { base in
        String(Array("ACGT").filter { $0 != base }.shuffled(using: &random).prefix(random.int(1...2)))
      }
      var rows = [("*1", reference)]
      for name in 2...random.int(3...12) {
        var row = alternates.map { random.oneIn(3) ? String(random.pick(Array($0))) : "." }.joined()
        if row.allSatisfy({ $0 == "." }) { row = String(alternates[0].prefix(1)) + row.dropFirst() }
        // A letter for REF and ALT, where the allele leaves a blank.
        row = String(
          zip(row, zip(reference, alternates)).map { letter, bases in
            guard letter == ".", random.oneIn(4) else { return letter }
            let pair = String([bases.0, bases.1.first ?? bases.0].sorted())
            return BruteForce.wobbles.first { $0.value == pair }.map { Character($0.key) } ?? "."
          })
        if !rows.contains(where: { $0.1 == row }) { rows.append(("*\(name)", row)) }
      }
      return try .small(
        number == 0 ? "TPMT" : "TOY\(number)", contig: "chr2\(number % 3)", start: 20_000_000 + number * 100_000,
        alternates: alternates, rows: rows)
    }
    _ = try await judge(DefinitionSet(genes: genes), cases: 15, seed: seed &+ 1)
  }

  @Test(
    "DPYD: the score is the lowest that the known phase allows, in two hundred cases",
    .enabled(if: PublishedDefinitions.areThere), arguments: seeds(4))
  func dpyd(seed: UInt64) async throws {
    let all = try PublishedDefinitions.read()
    let gene = try #require(all.genes.first { $0.gene == "DPYD" })
    let table = try #require(all.phenotypes["DPYD"])
    let definitions = DefinitionSet(genes: [gene], phenotypes: ["DPYD": table])
    let values = table.activityValues.compactMapValues(Double.init)
    let tag = try #require(gene.positions.firstIndex { $0.rsid == "rs56038477" })
    let causal = try #require(gene.positions.firstIndex { $0.rsid == "rs75017182" })
    let panel = DPYDTable.builtIn.variants.map(\.position.position)
    var generator = CaseGenerator(random: SeededGenerator(seed: seed))
    var scored = 0
    var compared = 0
    var scores: Set<String> = []
    for number in 0..<80 {
      var genotypes = generator.genotypes(gene)
      // Two variants of little activity, so that more than the lowest score is met.
      if number % 2 == 0 {
        for place in genotypes.keys where !panel.contains(gene.positions[place].position) {
          genotypes[place]?.alleles = [gene.positions[place].reference, gene.positions[place].reference]
        }
      }
      pairHapB3(&genotypes, gene, tag: tag, causal: causal)
      var vcf = VCFText()
      generator.add(genotypes, of: gene, to: &vcf)
      let result = try await call(vcf, definitions)
      let found = try #require(result.gene("DPYD"))
      // A half call of a variant blocks the gene; `0/.` is missing.
      guard found.components != nil else { continue }
      let whole = wholeCalls(genotypes, gene)
      compared += 1
      if let answer = BruteForce(definition: gene, toxic: true).answer(whole) {
        let names = Set(found.diplotypes.map { $0.alleles.map(\.name).sorted().joined(separator: "/") })
        #expect(names == answer.names, "case \(number) of seed \(seed)")
        #expect(found.diplotypes.first?.score == answer.score, "case \(number) of seed \(seed)")
      }
      let expected = BruteForce(definition: gene, toxic: true).activity(whole, values, tag: tag, causal: causal)
      if let score = found.components?.activityScore {
        #expect(Double(score) == expected, "case \(number) of seed \(seed)")
        scored += 1
        scores.insert(score)
      } else {
        #expect(found.outcome == .indeterminate, "case \(number) of seed \(seed)")
      }
    }
    #expect(scored >= 20)
    #expect(compared >= 50)
    #expect(scores.count >= 3)
  }

  /// HapB3's positions contradict one another in tests of their own; here they agree.
  private func pairHapB3(
    _ genotypes: inout [Int: BruteForce.Genotype], _ gene: GeneDefinition, tag: Int, causal: Int
  ) {
    let (intron, exon) = (gene.positions[causal], gene.positions[tag])
    guard var genotype = genotypes[causal] else {
      genotypes[tag] = BruteForce.Genotype(alleles: [exon.reference, exon.reference])
      return
    }
    let isMissing = genotype.alleles.contains { $0 == nil }
    genotype.alleles = genotype.alleles.map { (bases: String?) -> String? in
      if isMissing { return nil }
      return bases == intron.alternates[0] ? exon.alternates[0] : exon.reference
    }
    genotypes[tag] = genotype
  }

  /// What is called of both copies, with undocumented bases as the reference.
  private func wholeCalls(
    _ genotypes: [Int: BruteForce.Genotype], _ gene: GeneDefinition
  ) -> [Int: BruteForce.Genotype] {
    var whole: [Int: BruteForce.Genotype] = [:]
    for (place, genotype) in genotypes where !genotype.alleles.contains(where: { $0 == nil }) {
      let position = gene.positions[place]
      var documented = genotype
      documented.alleles = genotype.alleles.map { (bases: String?) -> String? in
        guard let bases, position.alternates.contains(bases) else { return position.reference }
        return bases
      }
      whole[place] = documented
    }
    return whole
  }
}
