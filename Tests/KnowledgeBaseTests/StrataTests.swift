import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Counts by stratum, and questions by HGVS")
struct StrataTests {
  private func sum(_ strata: [KnowledgeBase.Stratum]) -> NaiveCounts {
    var sum = AlleleCounts()
    for one in strata {
      sum.ac += one.counts.ac
      sum.an += one.counts.an
      sum.hom += one.counts.hom
      sum.het += one.counts.het
      sum.hemi += one.counts.hemi
      sum.people += one.counts.people
      sum.unknown += one.counts.unknown
    }
    return NaiveCounts(sum)
  }

  @Test("Strata of every dimension add up to the whole, and each is what its people alone give")
  func strata() throws {
    var random = SplitMix64()
    for _ in 0..<15 {
      let key = PseudonymKey()
      let parts = try (0..<10).map { try Generated.contribution("P\($0)", key: key, using: &random) }
      let base = try KnowledgeBase(inMemory: key)
      _ = try base.add(parts)
      for site in Generated.sites {
        let name = Generated.names[site.contig]
        let question = Question.variant(contig: name, start: site.start, reference: "A", alternate: "C")
        for dimension in ContributionDetails.dimensions where dimension != "phenotype" {
          let answer = try #require(try base.answers(to: question, by: dimension).first)
          // Nobody counts on Y of females: their stratum may hold nothing, and still be there.
          #expect(sum(answer.strata) == NaiveCounts(answer.counts), "\(dimension)")
          for stratum in answer.strata {
            let own = parts.map(\.contribution).filter { one in
              dimension == "sex"
                ? one.sex.rawValue == stratum.name : (one.details.strata[dimension] ?? ".") == stratum.name
            }
            let expected = NaiveCounts(own, contig: name, start: site.start, alternate: "C")
            #expect(NaiveCounts(stratum.counts) == expected, "\(dimension) \(stratum.name)")
          }
        }
        let own = parts.map(\.contribution).filter { $0.details.indication == "R27.3" }
        let expected = NaiveCounts(own, contig: name, start: site.start, alternate: "C")
        for code in ["R27", "R27.3"] {
          let answer = try #require(try base.answers(to: question, indication: code).first)
          #expect(NaiveCounts(answer.counts) == expected)
        }
      }
      #expect(try base.answers(to: .region(contig: "1", 0..<200), indication: "R2").isEmpty)
    }
  }

  @Test("AC and AN of X and Y by sex: halves outside the pseudoautosomal regions, whole inside")
  func sexes() throws {
    let reference = try Generated.reference()
    let key = PseudonymKey()
    func person(_ name: String, _ sex: Sex, _ contig: Int, _ start: Int, _ genotype: [AlleleGenotype.Allele]) throws
      -> ConsentedContribution
    {
      let digest = reference.contigs[contig].digest
      let one = Contribution.Observation(
        contig: digest, start: start, reference: "A", alternate: "C", form: .literal, genotype: AlleleGenotype(genotype)
      )
      return try ConsentedContribution(
        Contribution(
          pseudonym: key.pseudonym(of: name), sex: sex, reference: reference, filters: .standard,
          callabilityBasis: "depth>=10",
          callable: Dictionary(uniqueKeysWithValues: reference.contigs.map { ($0.digest, IntervalSet([0..<300_000])) }),
          observations: [one]), try Generated.permission(name), key: key)
    }
    let base = try KnowledgeBase(inMemory: key)
    _ = try base.add([
      try person("M", .male, 1, 5000, [.this, .this]), try person("F", .female, 1, 5000, [.reference, .this]),
      try person("N", .male, 1, 20_000, [.reference, .this]),
    ])
    func figures(_ question: String) throws -> [String: [Int]] {
      let asked = try #require(Question(question))
      let answer = try #require(try base.answers(to: asked, by: "sex").first)
      return Dictionary(
        uniqueKeysWithValues: answer.strata.map {
          ($0.name, [$0.counts.ac, $0.counts.an, $0.counts.het, $0.counts.hemi, $0.counts.hom])
        })
    }
    #expect(try figures("X-5001-A-C") == ["male": [1, 2, 0, 1, 0], "female": [1, 2, 1, 0, 0]])
    #expect(try figures("X-20001-A-C") == ["male": [1, 4, 1, 0, 0], "female": [0, 2, 0, 0, 0]])
    #expect(try figures("Y-6001-A-C") == ["male": [0, 2, 0, 0, 0], "female": [0, 0, 0, 0, 0]])
  }

  @Test("A genomic HGVS name finds the allele, wherever in its stretch it names it")
  func hgvs() throws {
    let reference = try Generated.reference()
    let key = PseudonymKey()
    let contig = reference.contigs[0].digest
    // TTACCCCAG from place 100: the C's are 103..<107.
    let bases = Array("TTACCCCAGTTTGACGACT".utf8)
    func allele(_ start: Int, _ ref: String, _ alt: String) -> Contribution.Observation {
      let made = VRSAllele.justified(
        sequence: contig, length: 300_000, start: start, reference: Array(ref.utf8), alternate: Array(alt.utf8)
      ) { bases.indices.contains($0 - 100) ? bases[$0 - 100] : UInt8(ascii: "N") }
      return Contribution.Observation(
        contig: contig, start: start, reference: ref, alternate: alt,
        form: AlleleForm(made, start: start, reference: ref, alternate: alt),
        genotype: AlleleGenotype([.reference, .this]))
    }
    let alleles = [
      allele(102, "A", "G"), allele(102, "AC", "A"), allele(102, "A", "AC"), allele(102, "A", "AT"),
      allele(107, "AG", "CT"), allele(102, "ACC", "A"), allele(113, "A", "AGGA"),
    ]
    let part = try ConsentedContribution(
      Contribution(
        pseudonym: key.pseudonym(of: "P"), sex: .female, reference: reference, filters: .standard,
        callabilityBasis: nil, callable: [:], observations: alleles), try Generated.permission("P"), key: key)
    let base = try KnowledgeBase(inMemory: key)
    _ = try base.add([part])
    for (name, index) in [
      ("1:g.103A>G", 0), ("NC_000001.11:g.107del", 1), ("chr1:g.104del", 1), ("1:g.105delC", 1), ("1:g.107dup", 2),
      ("1:g.104dup", 2), ("1:g.103_104insT", 3), ("1:g.108_109delinsCT", 4), ("1:g.106_107del", 5),
      ("1:g.104_105delCC", 5), ("1:g.114_115insGGA", 6),
    ] {
      let question = try #require(Question(name), "\(name)")
      let answers = try base.answers(to: question)
      let expected = alleles[index]
      #expect(
        answers.map { "\($0.position.value - 1) \($0.reference) \($0.alternate)" } == [
          "\(expected.start) \(expected.reference) \(expected.alternate)"
        ], "\(name)")
      #expect(answers.first?.counts.ac == 1)
    }
    for name in ["1:g.108del", "1:g.103_104insG", "1:g.104_107del", "1:g.103A>T"] {
      let answers = try base.answers(to: try #require(Question(name)))
      #expect(answers.allSatisfy { $0.counts.ac == 0 }, "\(name)")
    }
    #expect(throws: KnowledgeBaseError.self) { try base.answers(to: try #require(Question("NC_000001.10:g.103A>G"))) }
    for name in [
      "rs7412", "NM_000546.6:c.215C>G", "NP_000537.3:p.Pro72Arg", "1:g.103A>A", "1:g.105_104del", "1:g.104ins",
      "1:g.104_106insC",
    ] {
      #expect(Question(name) == nil, "\(name)")
      #expect(Question.refusal(name) != nil, "\(name)")
    }
    #expect(Question("RS1") == .gene("RS1"))
  }
}
