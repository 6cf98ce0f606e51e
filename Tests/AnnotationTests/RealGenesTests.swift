import Foundation
import TestSupport
import Testing
import Variants

@Suite struct RealGenesTests {
  /// The line of bcftools csq on the same files is what the entries are held against.
  @Test(.enabled(if: SharedData.has("na12878") && Peer.has("bcftools")))
  func everyGiabRecordHasTheConsequenceOfBcftools() async throws {
    let folder = try TemporaryFolder()
    let fasta = try copyReference(SharedData.path("na12878/b37.chr20.fa.gz"), to: folder)
    let gff3 = SharedData.path("na12878/genes.gff3")
    let vcf = SharedData.path("na12878/giab.vcf.gz")
    let cache = try await makeCache(folder, fasta: fasta, gff3: gff3)
    let (bytes, result) = try await annotate(vcf, cache: cache, in: folder)
    #expect(result.counts.recordsIn == 221)
    #expect(result.counts.recordsIn == result.counts.recordsOut + result.counts.droppedTotal)
    let ours = entries(bytes)
    #expect(Set(ours.map(\.record)).count == 221)

    let text = try Peer.run(
      "bcftools csq -p a -f '\(fasta)' -g '\(gff3)' '\(vcf)' | bcftools query -f '%POS %BCSQ\\n'", in: folder
    ).text
    var agreeing = 0
    for (number, line) in text.split(separator: "\n").enumerated() {
      let told = line.split(separator: " ")[1]
      let expected = told == "." ? [] : Set(told.split(separator: "|")[0].split(separator: "&").map(String.init))
      let found = bcftoolsTerms(ours.filter { $0.record == number }.reduce(into: []) { $0.formUnion($1.terms) })
      #expect(found == expected, "\(line)")
      if found == expected { agreeing += 1 }
    }
    #expect(agreeing == 221)

    let inGene = ours.filter { $0.symbol == "ANKEF1" }
    func count(_ term: String) -> Int { inGene.filter { $0.terms.contains(term) }.count }
    #expect(count("synonymous_variant") == 2)
    #expect(count("5_prime_UTR_variant") == 1)
    #expect(count("intron_variant") == 19)
    let missense = inGene.filter { $0.terms.contains("missense_variant") }
    #expect(missense.map(\.proteinPosition) == ["324"])
    #expect(missense.map { $0["Amino_acids"] } == ["L/Q"])
  }

  @Test func plantedVariantsOfTheTrioAreFound() async throws {
    let folder = try TemporaryFolder()
    let trio = testData + "/trio"
    let fasta = try copyReference(trio + "/genome.fa.gz", to: folder)
    let cache = try await makeCache(folder, fasta: fasta, gff3: trio + "/genes.gff3")
    let (bytes, _) = try await annotate(trio + "/SYN-001-P.vcf.gz", cache: cache, fasta: fasta, in: folder)
    let found = entries(bytes)
    let truth = String(decoding: try readFile(trio + "/truth.tsv"), as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(truth.count == 5)
    for line in truth {
      let columns = line.split(separator: "\t").map(String.init)
      let entry = found.first {
        $0.position == Int(columns[6]) && $0.alternate == columns[8] && $0.transcript == columns[2]
      }
      #expect(entry?["Consequence"] == columns[3], "\(line)")
      #expect(entry?.symbol == columns[1])
      #expect(entry?.proteinPosition == columns[4])
    }
  }
}
