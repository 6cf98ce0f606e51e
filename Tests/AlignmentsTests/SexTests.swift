import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics
import Testing

/// Alignments that begin evenly along the chromosomes of GRCh38, by copies.
struct SimulatedKaryotype {
  var random: SeededGenerator
  var copies: [String: Double]
  /// Mean alignments in a million bases of two copies.
  var mean = 60.0

  static let names = (1...22).map(String.init) + ["X", "Y"]

  static var contigs: [(name: String, length: Int)] {
    names.map { ("chr\($0)", Assembly.grch38.length(ofChromosome: $0) ?? 0) }
  }

  mutating func sam() -> String {
    var people = SimulatedPeople(seed: random.next(), sites: 0, contigs: Self.contigs)
    var text = people.header
    for (name, length) in Self.contigs {
      let copies = copies[String(name.dropFirst(3))] ?? 2
      for bin in 0..<(length / 1_000_000) {
        // The pseudoautosomal regions stand on X; Y's heterochromatin is unknown sequence.
        if name == "chrY", bin < 3 || bin > 25 { continue }
        let both = name == "chrX" && bin < 3 ? copies + (self.copies["Y"] ?? 0) : copies
        let count = people.poisson(mean * both / 2)
        for number in 0..<count {
          text += "r\t0\t\(name)\t\(bin * 1_000_000 + 1 + number * (1_000_000 / count))\t60\t1M\t*\t0\t0\tA\tI\n"
        }
      }
    }
    return text
  }
}

@Suite struct SexTests {
  static let karyotypes: [(String, Double, Double)] = [
    ("XX", 2, 0), ("XY", 1, 1), ("XXY", 2, 1), ("X0", 1, 0), ("XYY", 1, 2), ("XXX", 3, 0),
  ]

  private func chromosomes(_ karyotype: inout SimulatedKaryotype, change: (String) -> String = { $0 }) async throws
    -> (SexChromosomes, AlignmentResult)
  {
    let folder = try ScratchFolder()
    let result = try await check(try folder.write(change(karyotype.sam()), "in.sam"))
    return (try #require(result[ChromosomeBins.self]).evidence(result).chromosomes, result)
  }

  @Test(arguments: karyotypes, seeds(2))
  func `copies of X and Y are told by depth`(planted: (String, Double, Double), seed: UInt64) async throws {
    var karyotype = SimulatedKaryotype(random: SeededGenerator(seed: seed), copies: ["X": planted.1, "Y": planted.2])
    let (found, result) = try await chromosomes(&karyotype)
    #expect(found.karyotype == planted.0)
    #expect(abs((found.copiesX ?? -1) - planted.1) < 0.2)
    #expect(abs((found.copiesY ?? -1) - planted.2) < 0.35)
    #expect(found.basis == "length")
    #expect(found.autosomes.count == 22)
    #expect(found.autosomes.allSatisfy { $0.evidence == .asOthers || $0.evidence == .unclear })
    #expect(result.text(".sex.tsv")?.contains("karyotype\t\(planted.0)\t") == true)
  }

  /// MD5s of GRCh38's X and of its Y as reference sets for alignment have it.
  @Test(arguments: [
    ("2b3a55ff7f58eb308420c8a9b11cac50", "ce3e31103314a704255f3cd90369ecce", "digest"),
    // One of the two by its length alone: so is the whole.
    ("2b3a55ff7f58eb308420c8a9b11cac50", "00000000000000000000000000000000", "length"),
    // Digests of GRCh37's, which do not go with these lengths.
    ("7e0e2e580297b7764e31dbc80c2540dd", "1e86411d73e6f00a10590f976be01623", "length"),
  ])
  func `pseudoautosomal regions go by the digests that the header declares`(x: String, y: String, basis: String)
    async throws
  {
    var karyotype = SimulatedKaryotype(random: SeededGenerator(seed: 6), copies: ["X": 1, "Y": 1])
    let (found, result) = try await chromosomes(&karyotype) { text in
      text.replacing("@SQ\tSN:chrX\tLN:156040895\n", with: "@SQ\tSN:chrX\tLN:156040895\tM5:\(x)\n")
        .replacing("@SQ\tSN:chrY\tLN:57227415\n", with: "@SQ\tSN:chrY\tLN:57227415\tM5:\(y)\n")
    }
    #expect(found.karyotype == "XY")
    #expect(found.basis == basis)
    #expect(result.text(".sex.tsv")?.contains("PAR by \(basis)\n") == true)
  }

  @Test func `pseudoautosomal regions of neither assembly's X and Y are unknown`() async throws {
    var karyotype = SimulatedKaryotype(random: SeededGenerator(seed: 7), copies: ["X": 1, "Y": 1])
    let (found, _) = try await chromosomes(&karyotype) {
      $0.replacing("SN:chrX\tLN:156040895", with: "SN:chrX\tLN:156040894")
    }
    #expect(found.karyotype == "unknown" && found.copiesX == nil)
    #expect(found.reason?.contains("not one of GRCh37 or GRCh38") == true)
  }

  @Test func `digests of a reference's X and Y are taken where their lengths are known ones`() throws {
    let folder = try ScratchFolder()
    let resources = RunResources(threads: 1)
    let fasta = try FASTAReference(
      path: try folder.write(">X\nACGT\n>chr1\nACGT\n", "r.fa"), registry: resources.outputs)
    // By the recomputation of a known refget digest: that of ACGT.
    #expect(
      try sequenceDigests(of: fasta, named: ["X"]).mapValues(\.sha512t24u) == ["X": "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2"])
    var options = SampleCheckOptions()
    try options.identifySequences(of: fasta)
    #expect(options.sequences.isEmpty)
    for entry in PseudoautosomalRegions.table {
      let digest = try #require(RefgetDigest(sha512t24u: entry.sequence))
      #expect(PseudoautosomalRegions.ranges(of: digest) == entry.ranges)
      for md5 in entry.md5s { #expect(PseudoautosomalRegions.entry(md5: md5)?.accession == entry.accession) }
    }
  }

  @Test func `a third chromosome 21 is evident, and so is a missing 18`() async throws {
    var karyotype = SimulatedKaryotype(
      random: SeededGenerator(seed: 5), copies: ["X": 1, "Y": 1, "21": 3, "18": 1], mean: 100)
    let (found, result) = try await chromosomes(&karyotype)
    #expect(found.autosomes.filter { $0.evidence == .gain }.map(\.name) == ["21"])
    #expect(found.autosomes.filter { $0.evidence == .loss }.map(\.name) == ["18"])
    #expect(found.karyotype == "XY")
    #expect(result.metric("cov.autosomes_unlike_others") == 2)
    // Logs do not tell of it.
    #expect(result.report.warnings.isEmpty)
  }

  @Test func `a mosaic, too little, an uneven genome, other lengths and a file of one chromosome are unknown`()
    async throws
  {
    var mosaic = SimulatedKaryotype(random: SeededGenerator(seed: 6), copies: ["X": 1.5, "Y": 0])
    let (found, result) = try await chromosomes(&mosaic)
    #expect(found.karyotype == "unknown")
    #expect(found.reason == "depth of X or Y is between whole copies")
    #expect(result.text(".sex.tsv")?.contains("karyotype\tunknown\t") == true)

    var thin = SimulatedKaryotype(random: SeededGenerator(seed: 6), copies: ["X": 2, "Y": 0], mean: 15)
    let little = try await chromosomes(&thin).0
    #expect(little.karyotype == "unknown" && little.copiesX == nil)
    #expect(little.autosomes.allSatisfy { $0.evidence == .unknown })

    var even = SimulatedKaryotype(random: SeededGenerator(seed: 6), copies: ["X": 2, "Y": 0])
    let uneven = try await chromosomes(&even) { text in
      // Every third million bases has a tenth of its reads, as targets would.
      text.split(separator: "\n", omittingEmptySubsequences: true).enumerated().filter { number, line in
        guard !line.hasPrefix("@"), let place = Int(line.split(separator: "\t")[3]) else { return true }
        return place / 1_000_000 % 3 != 0 || number % 10 == 0
      }.map { $0.element + "\n" }.joined()
    }.0
    #expect(uneven.reason == "depth is not even along the autosomes")

    let other = try await chromosomes(&even) { $0.replacing("SN:chrX\tLN:156040895", with: "SN:chrX\tLN:156040896") }.0
    #expect(other.copiesX == nil && other.karyotype == "unknown")

    let part = try await chromosomes(&even) { text in
      text.split(separator: "\n").filter { $0.hasPrefix("@") || $0.contains("\tchr20\t") }.map { $0 + "\n" }.joined()
    }.0
    #expect(part.reason == "too few stretches of autosomes with alignments")
  }

  @Test(arguments: [true, false])
  func `heterozygosity of X tells one copy from several`(isHaploid: Bool) async throws {
    var people = SimulatedPeople(seed: 11, sites: 400, contigs: [("chrX", 156_040_895)])
    var person = people.person()
    if isHaploid { person.second = person.first }
    let folder = try ScratchFolder()
    let result = try await check(
      try folder.write(people.sam(person, error: 0.001), "in.sam"), sites: try folder.write(people.vcf, "s.vcf"))
    let counts = try #require(result[SiteCounts.self])
    let found = XHeterozygosity(counts, result.header)
    #expect(found.evidence == (isHaploid ? .oneCopy : .severalCopies))
    // Sites of the pseudoautosomal regions tell nothing.
    let inside = people.sites.filter { (10_000..<2_781_479).contains($0.position) || $0.position >= 155_701_382 }.count
    var outside = 0
    counts.forEachSite(result.header) { _, _, place, _ in if place == .onlyX { outside += 1 } }
    #expect(inside > 0 && outside == 400 - inside)
    #expect(found.contradicts(copies: isHaploid ? 2 : 1) && !found.contradicts(copies: isHaploid ? 1 : 2))
  }

  @Test func `few sites of X are unknown`() {
    var few = XHeterozygosity()
    few.genotypes = [100, 10, 9]
    #expect(few.evidence == .unknown)
    few.genotypes = [100, 30, 0]
    #expect(few.evidence == .unknown)
    few.genotypes = [100, 11, 9]
    #expect(few.evidence == .severalCopies)
  }

  @Test(arguments: seeds(2))
  func `parts of random splits add up`(seed: UInt64) async throws {
    var karyotype = SimulatedKaryotype(random: SeededGenerator(seed: seed), copies: ["X": 1, "Y": 1], mean: 40)
    let text = karyotype.sam()
    let lines = text.split(separator: "\n")
    let folder = try ScratchFolder()
    let whole = try await check(try folder.write(text, "in.sam"))
    var parts: [[Substring]] = [[], []]
    for line in lines {
      if line.hasPrefix("@") {
        for part in 0...1 { parts[part].append(line) }
      } else {
        parts[karyotype.random.int(0...1)].append(line)
      }
    }
    var sum: ChromosomeBins?
    for part in parts {
      let result = try await check(try folder.write(part.joined(separator: "\n") + "\n", "part.sam"))
      let bins = try #require(result[ChromosomeBins.self])
      if sum == nil { sum = bins } else { sum?.merge(bins) }
    }
    let merged = try #require(sum)
    #expect(
      SexChromosomes(merged, whole.header) == SexChromosomes(try #require(whole[ChromosomeBins.self]), whole.header))
  }
}
