import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

@Suite struct FingerprintTests {
  private func fingerprint(_ people: inout SimulatedPeople, _ person: SimulatedPerson, _ folder: ScratchFolder)
    async throws
    -> SampleFingerprint
  {
    let sam = try folder.write(people.sam(person, depth: 20), "in.sam")
    return try await check(sam, sites: try folder.write(people.vcf, "s.vcf")).fingerprint()
  }

  private func pedigree(_ people: [(String, String?, String?)]) throws -> Pedigree {
    try Pedigree(people.map { Pedigree.Individual(family: "f", name: $0.0, father: $0.1, mother: $0.2) })
  }

  @Test(arguments: seeds(2))
  func `planted relations are found`(seed: UInt64) async throws {
    var people = SimulatedPeople(seed: seed, sites: 6000)
    let (mother, father, stranger) = (people.person(), people.person(), people.person())
    let (child, sib) = (people.child(mother, father), people.child(mother, father))
    let half = people.child(mother, stranger)
    let folder = try ScratchFolder()
    var samples: [FingerprintComparison.Sample] = []
    for (name, person) in [
      ("mother", mother), ("father", father), ("child", child), ("sib", sib), ("half", half), ("again", child),
    ] {
      samples.append(
        FingerprintComparison.Sample(
          name: name, path: "\(name).fingerprint", fingerprint: try await fingerprint(&people, person, folder)))
    }
    let truth: [(String, Relatedness.Evidence)] = [
      ("mother father", .unrelated), ("mother child", .parentChild), ("mother sib", .parentChild),
      ("mother half", .parentChild), ("mother again", .parentChild), ("father child", .parentChild),
      ("father sib", .parentChild), ("father half", .unrelated), ("father again", .parentChild),
      ("child sib", .siblings), ("child half", .related), ("child again", .identical), ("sib half", .related),
      ("sib again", .siblings), ("half again", .related),
    ]
    let family = try pedigree([
      ("mother", nil, nil), ("father", nil, nil), ("child", "father", "mother"), ("sib", "father", "mother"),
      ("half", "stranger", "mother"),
    ])
    let comparison = try FingerprintComparison(samples, pedigree: family)
    #expect(comparison.pairs.count == truth.count)
    for (pair, (names, evidence)) in zip(comparison.pairs, truth) {
      #expect("\(samples[pair.first].name) \(samples[pair.second].name)" == names)
      // Strangers and half sibs are now and then a little beyond what limits allow; never anything else.
      let found = pair.autosomes.evidence
      #expect(
        found == evidence || [.unrelated, .related].contains(evidence) && found == .undetermined, "\(names): \(found)")
      #expect(pair.agreement == .agrees || names.hasSuffix("again") || found == .undetermined, "\(names)")
      if names.hasSuffix("again") { #expect(pair.expected == nil && pair.agreement == .unknown) }
    }
    let expected = try #require(comparison.pairs.first { $0.first == 2 && $0.second == 4 }?.expected)
    #expect(expected.relatedness == 0.25)

    // A pedigree that takes half sibs for full ones.
    let claimed = try pedigree([
      ("mother", nil, nil), ("father", nil, nil), ("child", "father", "mother"), ("half", "father", "mother"),
    ])
    let halves = try FingerprintComparison(samples, pedigree: claimed)
    #expect(halves.pairs.first { $0.first == 2 && $0.second == 4 }?.agreement == .mismatch)
    #expect(halves.pairs.first { $0.first == 1 && $0.second == 4 }?.agreement == .mismatch)

    // Sib and father change places.
    var swapped = samples
    (swapped[1].fingerprint, swapped[3].fingerprint) = (swapped[3].fingerprint, swapped[1].fingerprint)
    let wrong = try FingerprintComparison(swapped, pedigree: family)
    #expect(wrong.pairs.first { $0.first == 0 && $0.second == 1 }?.agreement == .mismatch)
    #expect(wrong.pairs.contains { $0.agreement == .mismatch })
    #expect(wrong.table.contains("\tmismatch\n"))
  }

  @Test(arguments: seeds(2))
  func `a little of another person's reads does not make two persons related`(seed: UInt64) async throws {
    var people = SimulatedPeople(seed: seed, sites: 4000)
    let (guest, host) = (people.person(), people.person())
    let folder = try ScratchFolder()
    let first = try await fingerprint(&people, guest, folder)
    let sites = try folder.write(people.vcf, "s.vcf")
    func compared(_ share: Double) async throws -> FingerprintComparison.Pair {
      let sam = try folder.write(people.sam(host, other: guest, share: share), "mixed.sam")
      let second = try await check(sam, sites: sites).fingerprint()
      let samples = [("guest", first), ("host", second)].map {
        FingerprintComparison.Sample(name: $0.0, path: $0.0, fingerprint: $0.1)
      }
      return try #require(try FingerprintComparison(samples).pairs.first)
    }
    let little = try await compared(0.03)
    #expect([.unrelated, .undetermined].contains(little.evidence))
    #expect(abs(little.autosomes.relatedness ?? 1) < 0.12)
    #expect(try await compared(0.15).evidence == .unknown)
  }

  @Test func `the formulas are somalier's, site by site`() {
    let found = Relatedness("00011122212.", "001012220.1.")
    #expect(found.sites == 10)
    #expect(found.ibs0 == 1)
    #expect(found.ibs2 == 5)
    #expect(found.heterozygous == (3, 3, 1))
    #expect(found.homozygousAlternate == (4, 3, 2))
    #expect(found.relatedness == -1.0 / 3)
    #expect(found.homozygousConcordance == 0)
    #expect(found.evidence == .unknown)
    #expect(Relatedness("", "").relatedness == nil)
  }

  @Test(arguments: seeds(3))
  func `comparing is the same both ways, and a person is identical with itself`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let a = random.text("0011122.", 3000)
    let b = random.text("0011122.", 3000)
    #expect(Relatedness(a, b).relatedness == Relatedness(b, a).relatedness)
    #expect(Relatedness(a, b).evidence == Relatedness(b, a).evidence)
    #expect(Relatedness(a, a).relatedness == 1 && Relatedness(a, a).evidence == .identical)
    #expect(Relatedness(String(a.prefix(900)), String(a.prefix(900))).evidence == .unknown)
  }

  @Test func `a fingerprint is read as it was written, and nothing else is taken for one`() async throws {
    var people = SimulatedPeople(
      seed: 4, sites: 300, contigs: [("chr1", 100_000), ("chrX", 156_040_895), ("chrY", 57_227_415)])
    let folder = try ScratchFolder()
    let made = try await fingerprint(&people, people.person(), folder)
    #expect(made.autosomes.utf8.count == 100 && made.chromosomeX.utf8.count > 90 && made.sitesY > 30)
    #expect(try SampleFingerprint(bytes: made.bytes, path: "x") == made)
    #expect(made.bytes.last == 10 && made.bytes.filter { $0 == 10 }.count == 1)
    let text = String(decoding: made.bytes, as: UTF8.self)
    for damaged in [
      "", "{}", String(text.dropLast(4)), text.replacing("apus-fingerprint/1", with: "apus-fingerprint/9"),
      text.replacing("\"autosomes\":\"", with: "\"autosomes\":\"3"),
    ] {
      #expect(throws: InputError.self) { try SampleFingerprint(bytes: Array(damaged.utf8), path: "x") }
    }
    let sample = FingerprintComparison.Sample(name: "a", path: "a", fingerprint: made)
    var other = FingerprintComparison.Sample(name: "b", path: "b", fingerprint: made)
    #expect(throws: InputError.self) { try FingerprintComparison([sample, sample]) }
    #expect(throws: InputError.self) {
      try FingerprintComparison([sample, other], pedigree: try pedigree([("nobody", nil, nil)]))
    }
    other.fingerprint.panel = "another"
    #expect(throws: InputError.self) { try FingerprintComparison([sample, other]) }
    #expect(FingerprintComparison.name(ofPath: "x/y/S1.fingerprint") == "S1")
  }

  @Test func `somalier's tables have its columns, and numbers where MultiQC wants them`() async throws {
    var people = SimulatedPeople(seed: 9, sites: 200)
    let folder = try ScratchFolder()
    var samples: [FingerprintComparison.Sample] = []
    for name in ["a", "b"] {
      samples.append(
        FingerprintComparison.Sample(
          name: name, path: name, fingerprint: try await fingerprint(&people, people.person(), folder)))
    }
    let comparison = try FingerprintComparison(samples)
    let pairs = comparison.somalierPairs.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(pairs.count == 2 && pairs.allSatisfy { $0.count == 17 } && pairs[0][5] == "hom_concordance")
    #expect(pairs[1].dropFirst(2).allSatisfy { Double($0) != nil })
    let rows = comparison.somalierSamples.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.count == 3 && rows.allSatisfy { $0.count == 25 } && rows[0][0] == "#family_id")
  }

  @Test(arguments: seeds(2))
  func `a swap against genotypes is suspected, the same person agrees`(seed: UInt64) async throws {
    var people = SimulatedPeople(seed: seed, sites: 800)
    let (one, other) = (people.person(), people.person())
    let folder = try ScratchFolder()
    let sam = try folder.write(people.sam(one), "in.sam")
    let sites = try folder.write(people.vcf, "s.vcf")
    let same = try await check(sam, sites: sites, genotypes: try folder.write(people.vcf(of: one), "one.vcf"))
    #expect((same.metric("identity.concordance") ?? 0) > 0.99)
    #expect(same.text(".sample.tsv")?.contains("genotype_evidence\tagrees\t") == true)
    let swapped = try await check(sam, sites: sites, genotypes: try folder.write(people.vcf(of: other), "other.vcf"))
    #expect((swapped.metric("identity.concordance") ?? 1) < 0.8)
    #expect(swapped.report.warnings["genotypes-disagree-swap-suspected"] == 1)
    #expect(same.report.warnings["genotypes-disagree-swap-suspected"] == nil)
    let few = people.vcf(of: one).split(separator: "\n").prefix(60).joined(separator: "\n") + "\n"
    let unknown = try await check(sam, sites: sites, genotypes: try folder.write(few, "few.vcf"))
    #expect(unknown.metric("identity.concordance") == nil)
    #expect(unknown.report.unknowns["genotypes-agreement-unknown"] == 1)
  }

  @Test func `genotypes of other contigs, another REF or several samples are refused`() async throws {
    var people = SimulatedPeople(seed: 2, sites: 200)
    let one = people.person()
    let folder = try ScratchFolder()
    let sam = try folder.write(people.sam(one, depth: 8), "in.sam")
    let sites = try folder.write(people.vcf, "s.vcf")
    let text = people.vcf(of: one)
    var other = people
    for index in other.sites.indices { other.sites[index].reference = other.sites[index].alternate }
    for (wrong, reason) in [
      (text.replacing("chr", with: ""), "named"), (other.vcf(of: one), "REF"),
      (text.replacing("FORMAT\tS\n", with: "FORMAT\tS\tT\n").replacing(":30\n", with: ":30\t0/0:30\n"), "2 samples"),
    ] {
      let path = try folder.write(wrong, "wrong.vcf")
      await #expect {
        _ = try await check(sam, sites: sites, genotypes: path)
      } throws: { error in
        (error as? InputError).map { $0.kind == .mismatch && $0.reason.contains(reason) } ?? false
      }
    }
  }
}
