import Testing

@testable import Genomics

@Suite struct GenotypeTests {
  @Test(
    arguments: [
      ("0/1", [0, 1], [false, false]),
      ("0|1", [0, 1], [true, true]),
      ("/0|1", [0, 1], [false, true]),
      ("|0/1", [0, 1], [true, false]),
      ("|1", [1], [true]),
      ("/1", [1], [false]),
      ("./.", [nil, nil], [false, false]),
      (".", [nil], nil),
      ("1", [1], nil),
      ("0|1/2", [0, 1, 2], [false, true, false]),
      ("10|2|.", [10, 2, nil], [true, true, true]),
    ] as [(String, [Int?], [Bool]?)])
  func aGenotypeIsReadWithItsPhase(text: String, alleles: [Int?], phased: [Bool]?) throws {
    let genotype = try #require(Genotype(text: text.utf8))
    #expect(genotype.alleles == alleles)
    #expect(genotype.ploidy == alleles.count)
    #expect(genotype.phased.count == alleles.count)
    if let phased { #expect(genotype.phased == phased) }
  }

  @Test(arguments: [
    "", "/", "|", "0/", "/0/", "0//1", "0|/1", "||0", "a", "0/a", "-1/0", "0 /1", ".0", "0.", "1./1", "0/1:3",
    "99999999999999999999",
  ])
  func whatIsNoGenotypeIsRefused(text: String) {
    #expect(Genotype(text: text.utf8) == nil)
  }

  @Test(
    arguments: [
      ("0/0", .homozygousReference), ("0|0|0", .homozygousReference), ("0/1", .heterozygous), ("1|2", .heterozygous),
      ("0/0/1", .heterozygous), ("1/1", .homozygousAlternate), ("2|2", .homozygousAlternate),
      ("0", .hemizygousReference),
      ("1", .hemizygousAlternate), ("./1", .partlyMissing), ("0/.", .partlyMissing), ("1/./1", .partlyMissing),
      ("./.", .missing), (".", .missing), (".|.|.", .missing),
    ] as [(String, Genotype.Zygosity)])
  func zygosityFollowsFromTheAlleles(text: String, zygosity: Genotype.Zygosity) throws {
    #expect(try #require(Genotype(text: text.utf8)).zygosity == zygosity)
  }
}
