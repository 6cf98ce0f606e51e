import Testing

@testable import Genomics

@Suite struct ContigTests {
  @Test(
    arguments: [
      ("1", "1"), ("22", "22"), ("chr20", "20"), ("Chr20", "20"), ("CHRX", "X"), ("x", "X"), ("chrY", "Y"), ("M", "MT"),
      ("MT", "MT"), ("chrM", "MT"), ("chrMT", "MT"), ("NC_000001.10", "1"), ("NC_000020.11", "20"),
      ("NC_000023.11", "X"), ("NC_000024.10", "Y"), ("NC_012920.1", "MT"),
      ("0", nil), ("23", nil), ("01", nil), ("chr01", nil), ("+1", nil), ("chr", nil), ("", nil), ("chrchr1", nil),
      ("1_random", nil), ("chr1_KI270706v1_random", nil), ("GL000191.1", nil), ("hs37d5", nil), ("NC_000025.1", nil),
      ("NC_000001", nil), ("NC_000001.", nil), ("NC_1.10", nil), ("NC_+00001.10", nil), ("NC_000001.-1", nil),
      ("NC_007605", nil), ("NC_007605.1", nil),
    ] as [(String, String?)])
  func aChromosomeHasOneCanonicalName(name: String, canonical: String?) {
    #expect(ContigName.canonical(name) == canonical)
  }

  @Test func aDictionaryFindsNamesAndAliases() throws {
    let dictionary = try #require(
      ContigDictionary([Contig(name: "chr20", length: 5), Contig(name: "chr21"), Contig(name: "GL000191.1")]))
    #expect(dictionary.index(of: "chr21") == 1)
    #expect(dictionary["chr20"]?.length == 5)
    #expect(dictionary["20"] == nil)
    #expect(dictionary.alias(of: "20")?.name == "chr20")
    #expect(dictionary.alias(of: "NC_000021.9")?.name == "chr21")
    // The contig itself is no alias, and unknown names have none.
    #expect(dictionary.alias(of: "chr20") == nil)
    #expect(dictionary.alias(of: "22") == nil)
    #expect(dictionary.alias(of: "GL000191") == nil)
    #expect(ContigDictionary([Contig(name: "1"), Contig(name: "1")]) == nil)
    #expect(ContigDictionary([])?.contigs.isEmpty == true)
  }

  @Test func aDigestHasThirtyTwoLettersOfItsAlphabet() {
    #expect(
      RefgetDigest(sha512t24u: "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")?.identifier == "SQ.aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2")
    for text in [
      "", "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw", "aKF498dAxcJAqme6QYQ7EZ07+fiw8Kw2", "aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2=",
    ] {
      #expect(RefgetDigest(sha512t24u: text) == nil)
    }
  }

  @Test func theAssemblyFollowsFromLengthsInAnyNamingStyle() throws {
    func assembly(_ contigs: [(String, Int?)]) throws -> Assembly? {
      Assembly(contigs: try #require(ContigDictionary(contigs.map { Contig(name: $0.0, length: $0.1) })))
    }
    #expect(try assembly([("20", 63_025_520)]) == .grch37)
    #expect(try assembly([("chr20", 64_444_167), ("chrX", 156_040_895)]) == .grch38)
    #expect(try assembly([("NC_000001.11", 248_956_422), ("chr1_alt", 17)]) == .grch38)
    #expect(try assembly([("Y", 59_373_566), ("MT", 16_569)]) == .grch37)
    // The mitochondrion alone tells nothing, lengths of both assemblies or of neither contradict.
    #expect(try assembly([("MT", 16_569)]) == nil)
    #expect(try assembly([("1", 249_250_621), ("2", 242_193_529)]) == nil)
    #expect(try assembly([("1", 1000)]) == nil)
    #expect(try assembly([("1", nil)]) == nil)
    #expect(try assembly([]) == nil)
    for assembly in Assembly.allCases {
      let names = (1...22).map(String.init) + ["X", "Y"]
      let contigs = names.map { Contig(name: "chr" + $0, length: assembly.length(ofChromosome: $0)) }
      #expect(contigs.allSatisfy { $0.length != nil })
      #expect(Assembly(contigs: try #require(ContigDictionary(contigs))) == assembly)
      #expect(assembly.length(ofChromosome: "MT") == nil)
      #expect(assembly.length(ofChromosome: "23") == nil)
    }
    // GRCh37 and GRCh38 summed over 1 to 22, X and Y (NCBI assembly reports).
    func sum(_ assembly: Assembly) -> Int {
      ((1...22).map(String.init) + ["X", "Y"]).reduce(0) { $0 + (assembly.length(ofChromosome: $1) ?? 0) }
    }
    #expect(sum(.grch37) == 3_095_677_412)
    #expect(sum(.grch38) == 3_088_269_832)
  }
}
