import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// What candidates are told of the cache's sources.
@Suite struct SourceReadingTests {
  private static let contigs =
    "##contig=<ID=20,length=24000>\n##contig=<ID=X,length=5000>\n##contig=<ID=Y,length=2500>\n##contig=<ID=MT,length=1200>\n"
  private static let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

  /// Frequencies of the stop at 20:2920 and of nothing else on 20; nothing on X.
  private static let gnomad =
    "##fileformat=VCFv4.2\n##INFO=<ID=AF_nfe,Number=A,Type=Float,Description=\"AF\">\n"
    + "##INFO=<ID=AN_nfe,Number=1,Type=Integer,Description=\"AN\">\n" + contigs + columns
    + "20\t2920\t.\tG\tT\t.\tPASS\tAF_nfe=0.0125;AN_nfe=1000\n20\t2920\t.\tG\tT\t.\tPASS\tAF_nfe=0.002;AN_nfe=10\n"

  private static func clinvar(_ info: String) -> String {
    "##fileformat=VCFv4.2\n##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"s\">\n"
      + "##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description=\"r\">\n"
      + "##INFO=<ID=CLNSIGCONF,Number=.,Type=String,Description=\"c\">\n" + contigs + columns
      + "20\t2920\t1\tG\tT\t.\t.\t\(info)\n"
  }

  private func read(_ sources: [(String, String, String)], _ lines: String) async throws -> FamilyReading {
    let trio = try await TrioCache(sources: sources.map { (name: $0.0, fields: $0.1, vcf: $0.2) })
    try trio.folder.write(vcfHeader(["P"]) + lines, to: "P.vcf")
    return try await trio.read(
      FamilyInput(pedigree: try trioPedigree(), pedigreePath: "ped", files: [trio.folder("P.vcf")]))
  }

  private static let stop = vcfLine("20", 2920, "G", "T", ["0/1:15,15:30:60"])
  private static let frameshift = vcfLine("20", 11032, "AT", "A", ["0/1:15,15:30:60"])
  private static let onX = vcfLine("X", 1247, "G", "T", ["0/1:15,15:30:60"])

  @Test(
    "A frequency is a value, absent where looked up in vain, not looked up where the source has nothing on the contig, and no key where it is not loaded"
  )
  func frequencies() async throws {
    let reading = try await read(
      [("gnomad_exomes", "AF_nfe,AN_nfe", Self.gnomad)], Self.stop + Self.frameshift + Self.onX)
    #expect(reading.candidates.count == 3)
    let key = FrequencyKey("gnomad-exomes-2.1.1", "NFE")
    // The source has the allele twice: the higher counts.
    #expect(reading.candidates[0].frequencies == [key: .value(0.0125, alleleNumber: 1000)])
    #expect(reading.candidates[1].frequencies == [key: .absent])
    #expect(reading.candidates[2].frequencies == [key: .notLookedUp("contig")])
    #expect(!reading.notLoaded.contains(key) && reading.notLoaded.contains(FrequencyKey("gnomad-exomes-2.1.1", "AMR")))
    #expect(reading.candidates.allSatisfy { $0.known == nil })
    #expect(reading.classifiedSources.isEmpty)
  }

  @Test("Known evidence has the source's words; a contig that the source lacks leaves it unknown")
  func known() async throws {
    let reading = try await read(
      [
        (
          "clinvar", "CLNSIG,CLNREVSTAT,CLNSIGCONF",
          Self.clinvar(
            "CLNSIG=Conflicting_classifications_of_pathogenicity;CLNREVSTAT=criteria_provided,_conflicting_classifications;CLNSIGCONF=Pathogenic(2)|Uncertain_significance(1)"
          )
        )
      ], Self.stop + Self.frameshift + Self.onX)
    #expect(
      reading.candidates[0].known == [
        KnownEvidence(
          source: "clinvar", match: .allele, significance: "Conflicting_classifications_of_pathogenicity",
          reviewStatus: "criteria_provided,_conflicting_classifications",
          conflicting: "Pathogenic(2)|Uncertain_significance(1)")
      ])
    #expect(reading.candidates[1].known == [])
    #expect(reading.candidates[2].known == nil)
    #expect(reading.classifiedSources == ["clinvar"])
  }

  @Test("A source with CLNSIG under a name that the profile does not know is told and not used")
  func otherName() async throws {
    let reading = try await read([("ours", "CLNSIG", Self.clinvar("CLNSIG=Pathogenic"))], Self.stop)
    #expect(reading.unusedSources == ["ours"])
    #expect(reading.candidates[0].known == nil)
  }

  @Test(
    "Another allele with the same change of the protein is evidence with its transcript; what is known alone makes a candidate of an intron's variant"
  )
  func sameChange() async throws {
    let trio = try await TrioCache()
    // Every substitution of a codon's bases in SYN1's first exon is asked what it does.
    let bases = try trio.bases("20")
    var lines = ""
    var clinvar = ""
    for position in 2200..<2500 {
      for alternate in ["A", "C", "G", "T"] where alternate.utf8.first != bases[position - 1] {
        let reference = String(decoding: bases[(position - 1)...(position - 1)], as: UTF8.self)
        lines += vcfLine("20", position, reference, alternate, ["0/1:15,15:30:60"])
        clinvar += "20\t\(position)\t.\t\(reference)\t\(alternate)\t.\t.\tCLNSIG=Likely_pathogenic\n"
      }
    }
    let header = Self.clinvar("").split(separator: "\n").filter { $0.hasPrefix("#") }.joined(separator: "\n") + "\n"
    let reading = try await read([("clinvar", "CLNSIG", header + clinvar)], lines)
    // All are known, so all are candidates: introns, too.
    #expect(reading.candidates.count == 900)
    #expect(reading.dropped.isEmpty)
    var proteins = 0
    for candidate in reading.candidates {
      for evidence in candidate.known ?? [] {
        guard case .protein(let transcript, let change) = evidence.match else { continue }
        proteins += 1
        #expect(evidence.significance == "Likely_pathogenic")
        // The candidate's own name on that transcript ends with the same change.
        let own = candidate.transcripts.first { $0.transcript.hasPrefix(transcript) }?.hgvsp
        #expect(own?.hasSuffix(change) == true)
      }
    }
    #expect(proteins > 10)
  }
}
