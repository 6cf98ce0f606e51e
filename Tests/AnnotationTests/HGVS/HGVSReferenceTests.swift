import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Annotation

@Suite struct HGVSReferenceTests {
  @Test func packedBasesAreTheFastas() async throws {
    var random = SplitMix64()
    var contigs: [(name: String, bases: [UInt8], accession: String?)] = []
    for number in 0..<12 {
      var bases: [UInt8] = []
      for _ in 0..<random.int(1...12) {
        bases +=
          random.chance(0.3)
          ? [UInt8](repeating: random.pick(Array("NRYKMn".utf8)), count: random.int(1...9))
          : random.letters(random.int(1...40), of: "ACGTacgt")
      }
      contigs.append(("c\(number)", bases, number == 3 ? "NC_000004.12" : nil))
    }
    let made = try HGVSCache(contigs: contigs, models: [])
    let reference = made.cache.reference
    for (number, contig) in contigs.enumerated() {
      let expected = contig.bases.map(Base.uppercased)
      #expect(reference.length(number) == expected.count)
      #expect((0..<expected.count).map { reference.base(number, $0) } == expected)
      #expect(reference.base(number, -1) == 0 && reference.base(number, expected.count) == 0)
      var cursor = ReferenceCursor(reference, number)
      for _ in 0..<200 {
        let place = random.int(0...(expected.count - 1))
        #expect(cursor.base(place) == expected[place])
      }
      for _ in 0..<100 {
        let start = random.int(0...expected.count)
        let end = random.int(0...3) == 0 ? expected.count + 5 : random.int(start...expected.count)
        let letters = reference.letters(number, start..<end)
        #expect(letters == Array(expected[start..<min(end, expected.count)]))
      }
      try made.cache.requireReference(number)
    }
    #expect(made.cache.genomicPrefixes[3] == Array("NC_000004.12:g.".utf8))
    #expect(made.cache.genomicPrefixes[4] == Array("c4:g.".utf8))
  }

  @Test(
    arguments: [
      ("chr1", Assembly.grch37, "NC_000001.10"), ("1", .grch38, "NC_000001.11"), ("chr7", .grch38, "NC_000007.14"),
      ("7", .grch37, "NC_000007.13"), ("chrX", .grch38, "NC_000023.11"), ("Y", .grch37, "NC_000024.9"),
      ("22", .grch38, "NC_000022.11"), ("chr17_KI270909v1_alt", .grch38, nil), ("hs37d5", .grch37, nil),
      ("MT", .grch38, nil), ("chrM", .grch37, nil),
    ] as [(String, Assembly, String?)])
  func chromosomesHaveTheirAccession(name: String, assembly: Assembly, accession: String?) {
    #expect(RefSeqContigs.accession(of: Contig(name: name), assembly: assembly) == accession)
    #expect(name.hasSuffix("M") || RefSeqContigs.accession(of: Contig(name: name), assembly: nil) == nil)
  }

  @Test func theMitochondrionIsKnownByItsBases() {
    let digest = RefgetDigest(sha512t24u: RefSeqContigs.mitochondrialDigest)
    #expect(RefSeqContigs.accession(of: Contig(name: "chrM", digest: digest), assembly: nil) == "NC_012920.1")
    let other = RefgetDigest(sha512t24u: String(repeating: "A", count: 32))
    #expect(RefSeqContigs.accession(of: Contig(name: "MT", digest: other), assembly: .grch37) == nil)
  }
}
