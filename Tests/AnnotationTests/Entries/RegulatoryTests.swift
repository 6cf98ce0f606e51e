import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Annotation

/// Mature miRNAs and regulatory features.
@Suite struct RegulatoryTests {
  private func cache(
    _ folder: TemporaryFolder, gff3: String, regulatory: [String] = []
  ) async throws -> String {
    try folder.write(">1\n" + String(repeating: "ACGTC", count: 2_000) + "\n", to: "a.fa")
    try folder.write("##gff-version 3\n" + gff3, to: "a.gff3")
    for (number, text) in regulatory.enumerated() {
      try folder.write("##gff-version 3\n" + text, to: "r\(number).gff3")
    }
    try await buildCache(
      fasta: folder("a.fa"), annotation: folder("a.gff3"),
      regulatory: regulatory.indices.map { folder("r\($0).gff3") }, output: folder("a.cache"), force: true,
      resources: RunResources(threads: 2))
    return folder("a.cache")
  }

  private func told(
    _ folder: TemporaryFolder, _ cache: String, _ record: String, options: ConsequenceOptions = ConsequenceOptions()
  ) async throws -> [Entry] {
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n\(record.replacing(" ", with: "\t"))\n",
      to: "in.vcf")
    return entries(try await annotate(folder("in.vcf"), cache: cache, in: folder, options: options).bytes)
  }

  private static let precursor = """
    1\tx\tgene\t101\t200\t.\t+\t.\tID=gene-MIR1;Name=MIR1;gene_biotype=miRNA
    1\tx\tprimary_transcript\t101\t200\t.\t+\t.\tID=rna-NR_1.1;Parent=gene-MIR1;transcript_id=NR_1.1
    1\tx\texon\t101\t200\t.\t+\t.\tParent=rna-NR_1.1
    1\tx\tmiRNA\t121\t140\t.\t+\t.\tID=rna-MIR1;Parent=rna-NR_1.1;product=x-5p
    1\tx\texon\t121\t140\t.\t+\t.\tParent=rna-MIR1
    1\tx\tmiRNA\t161\t180\t.\t+\t.\tID=rna-MIR1-2;Parent=rna-NR_1.1;product=x-3p
    1\tx\texon\t161\t180\t.\t+\t.\tParent=rna-MIR1-2

    """

  @Test(arguments: [
    ("1 120 . C G . . .", "non_coding_transcript_exon_variant"), ("1 121 . A G . . .", "mature_miRNA_variant"),
    ("1 140 . C G . . .", "mature_miRNA_variant"), ("1 141 . A G . . .", "non_coding_transcript_exon_variant"),
    ("1 180 . C G . . .", "mature_miRNA_variant"), ("1 120 . C CT . . .", "non_coding_transcript_exon_variant"),
    ("1 121 . A AG . . .", "mature_miRNA_variant"), ("1 140 . C CG . . .", "non_coding_transcript_exon_variant"),
    ("1 119 . T <DEL> . . END=121", "feature_truncation&mature_miRNA_variant"),
    ("1 90 . C G . . .", "upstream_gene_variant"),
  ])
  func aMatureMiRNAIsTold(record: String, terms: String) async throws {
    let folder = try TemporaryFolder()
    let path = try await cache(folder, gff3: Self.precursor)
    #expect(try AnnotationCache(path: path).transcriptCount == 1)
    let found = try await told(folder, path, record)
    #expect(found.map { $0["Consequence"] } == [terms], "\(record)")
    #expect(found.first?.symbol == "MIR1")
  }

  private static let features = [
    """
    1\tRegulatory_Build\tpromoter\t9001\t9100\t.\t.\t.\tID=promoter:ENSR1;description=x
    1\tRegulatory_Build\tenhancer\t9051\t9060\t.\t.\t.\tID=ENSR2
    1\tRegulatory_Build\tenhancer\t9051\t9060\t.\t.\t.\tdescription=no name

    """,
    "1\t.\tTF_binding_site\t9071\t9080\t1.5\t-\t.\tbinding_matrix_stable_id=ENSPFM1;stable_id=ENSM1\n",
  ]

  @Test(arguments: [
    ("1 9000 . C G . . .", []), ("1 9001 . A G . . .", ["ENSR1 regulatory_region_variant"]),
    ("1 9055 . C CA . . .", ["ENSR1 regulatory_region_variant", "ENSR2 regulatory_region_variant"]),
    ("1 9060 . C CA . . .", ["ENSR1 regulatory_region_variant"]), ("1 9100 . C CA . . .", []),
    ("1 9075 . C A . . .", ["ENSR1 regulatory_region_variant", "ENSM1 TF_binding_site_variant"]),
    (
      "1 9040 . C <DEL> . . END=9090",
      ["ENSR1 regulatory_region_variant", "ENSR2 regulatory_region_ablation", "ENSM1 TFBS_ablation"]
    ),
    (
      "1 8990 . C <DUP> . . END=9200",
      ["ENSR1 regulatory_region_amplification", "ENSR2 regulatory_region_amplification", "ENSM1 TFBS_amplification"]
    ),
    (
      "1 9000 . C <INV> . . END=9055",
      ["ENSR1 regulatory_region_variant", "ENSR2 regulatory_region_variant"]
    ),
  ])
  func regulatoryFeaturesStandBesideTranscripts(record: String, expected: [String]) async throws {
    let folder = try TemporaryFolder()
    let path = try await cache(folder, gff3: Self.precursor, regulatory: Self.features)
    let build = try AnnotationCache(path: path).build
    #expect(build.regulatoryFeatures == 3 && build.regulatory.map(\.name) == ["r0.gff3", "r1.gff3"])
    #expect(build.skipped["regulatory-feature-without-id"] == 1)
    let found = try await told(folder, path, record)
    #expect(found.first?.terms == ["intergenic_variant"])
    #expect(found.dropFirst().map { "\($0["Feature"]) \($0["Consequence"])" } == expected)
    for one in found.dropFirst() {
      let isMotif = one["Feature"] == "ENSM1"
      #expect(one["Feature_type"] == (isMotif ? "MotifFeature" : "RegulatoryFeature"))
      #expect(one["BIOTYPE"] == ["ENSR1": "promoter", "ENSR2": "enhancer", "ENSM1": ""][one["Feature"]])
      #expect(one["STRAND"] == (isMotif ? "-1" : "") && one["ALLELE_NUM"] == "1")
      #expect(one.fields.count == one.names.count)
    }
    // The choice is one among transcripts.
    let picked = try await told(
      folder, path, record, options: ConsequenceOptions(choice: TranscriptChoice(.allele)))
    #expect(picked.count == 1)
  }

  @Test func aFeatureOutsideTheReferenceIsRefused() async throws {
    let folder = try TemporaryFolder()
    for (line, reason) in [
      ("1\tx\tenhancer\t9\t10001\t.\t.\t.\tID=a\n", "has 10000 bases"), ("2\tx\tenhancer\t9\t10\t.\t.\t.\tID=a\n", "2"),
      ("1\tx\tenhancer\t9\t10\t.\t.\t.\tNote=a\n", "no regulatory feature"),
    ] {
      let error = await #expect(throws: InputError.self) {
        try await cache(folder, gff3: Self.precursor, regulatory: [line])
      }
      #expect(error?.location.file == folder("r0.gff3") && error?.description.contains(reason) == true)
    }
  }
}
