import Testing

@testable import Workloads

struct VariantTests {
  @Test("REF is the genome's, and sites never touch")
  func reference() throws {
    let (genome, _, family) = try TestCase.family()
    for (index, sites) in family.sites.enumerated() {
      var end = 0
      for site in sites {
        let bases = (0..<site.reference.count).map { genome.contigs[index].base(site.position + $0) }
        #expect(bases == site.reference)
        #expect(Set(site.alternates + [site.reference]).count == site.alternates.count + 1)
        #expect(site.footprint.lowerBound >= end)
        #expect(site.footprint.contains(site.position))
        end = site.footprint.upperBound
      }
    }
  }

  @Test("planted variants are inherited as their kind says, all others by Mendel's rules")
  func inheritance() throws {
    let (genome, _, family) = try TestCase.family()
    #expect(Set(family.planted.map(\.kind.rawValue)).count == 5)
    #expect(family.sites.joined().compactMap(\.planted).sorted() == Array(family.planted.indices))
    for (index, sites) in family.sites.enumerated() {
      for site in sites {
        let child = site.alleles[.child]
        let mother = site.alleles[.mother]
        let father = site.alleles[.father]
        if let number = site.planted, family.planted[number].kind == .deNovo {
          #expect(mother == (0, 0) && father == (0, 0) && (child.0 == 1) != (child.1 == 1))
          continue
        }
        switch genome.contigs[index].inheritance {
        case .autosome:
          #expect([father.0, father.1].contains(child.0) && [mother.0, mother.1].contains(child.1))
        case .x: #expect([mother.0, mother.1].contains(child.0) && child.1 == FamilyAlleles.absent)
        case .y: #expect(child.0 == father.0 && mother.0 == FamilyAlleles.absent)
        case .mitochondrial: #expect(child.0 == mother.0)
        }
        guard let number = site.planted else { continue }
        switch family.planted[number].kind {
        case .homozygous: #expect(child == (1, 1) && mother.0 != mother.1 && father.0 != father.1)
        case .compoundMaternal: #expect(child == (0, 1) && mother.0 != mother.1 && father == (0, 0))
        case .compoundPaternal: #expect(child == (1, 0) && father.0 != father.1 && mother == (0, 0))
        case .xLinked: #expect(child.0 == 1 && mother.0 != mother.1 && father.0 == 0)
        case .deNovo: break
        }
      }
    }
    let compound = family.planted.filter { $0.kind == .compoundMaternal || $0.kind == .compoundPaternal }
    #expect(Set(compound.map(\.gene)).count == 1)
  }

  @Test("the spectrum is a genome's: Ts/Tv 2, het : hom 1.6, one indel in eight, a site in 750 bases")
  func spectrum() throws {
    let genome = Genome.synthesise(seed: 6, contigs: [ContigSpecification(name: "1", length: 4_000_000)])
    let family = try Family.synthesise(name: "SYN-006", genome: genome, genes: [], childSex: .female, seed: 6)
    var (transitions, transversions, het, hom, indels, carried) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for site in family.sites[0] where site.alleles.carries(.child) {
      carried += 1
      let child = site.alleles[.child]
      if child.0 == child.1 { hom += 1 } else { het += 1 }
      if site.alternates.contains(where: { $0.count != site.reference.count }) { indels += 1 }
      guard site.reference.count == 1, site.alternates[0].count == 1 else { continue }
      if DNA.transition(site.reference[0]) == site.alternates[0][0] { transitions += 1 } else { transversions += 1 }
    }
    #expect((1.8...2.25).contains(transitions / transversions))
    #expect((1.4...1.8).contains(het / hom))
    #expect((0.09...0.15).contains(indels / carried))
    #expect((600...900).contains(4_000_000 / carried))
  }

  @Test("genotype fields have the length that their Number says, at multi-allelic and haploid sites too")
  func arity() throws {
    var multiallelic = 0
    var haploid = 0
    for line in try TestCase.lines(TestCase.path("SYN-001.vcf.gz")) where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t").map(String.init)
      let alternates = fields[4].split(separator: ",").count
      if alternates > 1 { multiallelic += 1 }
      #expect(fields.count == 12 && fields[8] == "GT:AD:DP:GQ:PL")
      for key in ["AC=", "AF=", "MLEAC=", "MLEAF="] {
        let entry = try #require(fields[7].split(separator: ";").first { $0.hasPrefix(key) })
        #expect(entry.split(separator: ",").count == alternates)
      }
      for sample in fields[9...] where sample != "." {
        let values = sample.split(separator: ":").map(String.init)
        let alleles = values[0].split(separator: "/").compactMap { Int($0) }
        #expect(alleles.allSatisfy { $0 <= alternates })
        if alleles.count == 1 { haploid += 1 }
        let depths = values[1].split(separator: ",").compactMap { Int($0) }
        #expect(depths.count == alternates + 1)
        #expect(depths.reduce(0, +) == Int(values[2]))
        let likelihoods = values[4].split(separator: ",").compactMap { Int($0) }
        let genotypes = alleles.count == 1 ? alternates + 1 : (alternates + 1) * (alternates + 2) / 2
        #expect(likelihoods.count == genotypes && likelihoods.min() == 0)
        let (low, high) = (alleles[0], alleles[alleles.count - 1])
        let called = alleles.count == 1 ? low : high * (high + 1) / 2 + low
        #expect(likelihoods[called] == 0)
      }
    }
    #expect(multiallelic > 0 && haploid > 0)
  }

  @Test("some indels are not left-aligned, on purpose, and a person's own VCF drops the others' alleles")
  func spelling() throws {
    let (genome, _, family) = try TestCase.family()
    var shifted = 0
    for site in family.sites.joined()
    where site.alternates.count == 1 && site.alternates[0].count != site.reference.count {
      var indel = Indel(reference: site.reference, alternate: site.alternates[0], at: site.position)
      let before = indel.position
      indel.shiftLeft(on: genome.contigs[site.contig], limit: 1)
      if indel.position < before { shifted += 1 }
    }
    #expect(shifted > 0)
    for site in family.sites.joined() {
      for member in FamilyMember.allCases {
        guard let called = site.called(in: [member]) else {
          #expect(!site.alleles.carries(member))
          continue
        }
        let used = Set([called.genotypes[0].0, called.genotypes[0].1]).subtracting([0, FamilyAlleles.absent])
        #expect(used == Set(1...UInt8(called.alternates.count)))
      }
    }
  }

  @Test("a stream has as many records as asked for, ascending, and is seeded")
  func stream() throws {
    let path = TestCase.path("stream.vcf.gz")
    func bytes(_ seed: UInt64) throws -> [UInt8] {
      try VariantStream(records: 5000, samples: ["SYN-001-P"], seed: seed).write(to: path)
      return try TestCase.contents(path)
    }
    let first = try bytes(1)
    let again = try bytes(1)
    let other = try bytes(2)
    #expect(first == again && first != other)
    let rows = String(decoding: first, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(rows.count == 5000)
    #expect((210...300).contains(rows.reduce(0) { $0 + $1.utf8.count + 1 } / rows.count))
  }

  @Test("somatic calls are seeded, ascend and have the genome's bases; AD and DP agree")
  func somatic() throws {
    let path = TestCase.path("somatic.vcf.gz")
    let genome = Genome.synthesise(seed: 3, contigs: [ContigSpecification(name: "1", length: 600_000)])
    func bytes(_ seed: UInt64) throws -> [UInt8] {
      try SomaticStream(genome: genome, records: 4000, seed: seed).write(to: path)
      return try TestCase.contents(path)
    }
    let first = try bytes(1)
    let again = try bytes(1)
    let other = try bytes(2)
    #expect(first == again && first != other)
    let rows = String(decoding: first, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect((3000...4000).contains(rows.count))
    var last = 0
    for row in rows {
      let fields = row.split(separator: "\t").map(String.init)
      let position = try #require(Int(fields[1]))
      #expect(position > last)
      last = position
      let keys = fields[8].split(separator: ":")
      for sample in fields[9...] {
        let values = Dictionary(uniqueKeysWithValues: zip(keys, sample.split(separator: ":")))
        let counts = try #require(values["AD"]).split(separator: ",").compactMap { Int($0) }
        let depth = try #require(values["DP"])
        #expect(values.count == keys.count && counts.reduce(0, +) == Int(depth))
      }
      #expect(genome.contigs[0].base(position - 1) == fields[3].utf8.first)
    }
    #expect(rows.contains { $0.contains("PGT") } && rows.contains { $0.contains("weak_evidence\t") })
  }

  @Test(
    "bcftools accepts the VCF, finds no REF mismatch and sees the planted consequences",
    .enabled(if: Peer.isInstalled("bcftools")))
  func bcftools() throws {
    let vcf = TestCase.path("SYN-001.vcf.gz")
    let fasta = TestCase.path("genome.fa.gz")
    let view = try Peer.run("bcftools view -r 20 '\(vcf)'")
    #expect(view.code == 0 && view.errors.isEmpty, "\(view.errors)")
    let norm = try Peer.run("bcftools norm -c e -f '\(fasta)' '\(vcf)' | bcftools view -H")
    #expect(norm.code == 0 && norm.output.contains("\n"), "\(norm.errors)")
    let csq = try Peer.run(
      "bcftools csq -p a -f '\(fasta)' -g '\(TestCase.path("genes.gff3"))' '\(vcf)' | bcftools query -f '%CHROM:%POS %BCSQ\\n'"
    )
    let terms = ["stop_gained": "stop_gained", "frameshift_variant": "frameshift", "missense_variant": "missense"]
    for row in try TestCase.lines(TestCase.path("truth.tsv")).dropFirst() {
      let fields = row.split(separator: "\t").map(String.init)
      let term = try #require(terms[fields[3]])
      let found = csq.output.split(separator: "\n").first { $0.hasPrefix("\(fields[5]):\(fields[6]) ") }
      #expect(found?.contains(term) == true && found?.contains(fields[1]) == true, "\(row)")
    }
  }
}
