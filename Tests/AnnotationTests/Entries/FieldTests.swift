import TestSupport
import Testing

@testable import Annotation

/// The fields of `CSQ`.
@Suite struct FieldTests {
  private func refSeq() async throws -> (folder: TemporaryFolder, cache: String) {
    let folder = try TemporaryFolder()
    try folder.write(
      ">1\nAACCATGAAAGGACCCCTTTAACC" + String(repeating: "ACGTC", count: 1_100) + "\n", to: "a.fa")
    try folder.write(
      """
      ##gff-version 3
      1\tt\tgene\t3\t24\t.\t+\t.\tID=gene-ONE;Dbxref=GeneID:9,HGNC:HGNC:5;Name=ONE;gene=ONE;gene_biotype=protein_coding
      1\tt\tmRNA\t3\t24\t.\t+\t.\tID=rna-NM_1.4;Parent=gene-ONE;transcript_id=NM_1.4;Dbxref=Ensembl:ENST1.2,GeneID:9;tag=MANE Select
      1\tt\texon\t3\t24\t.\t+\t.\tParent=rna-NM_1.4
      1\tt\tCDS\t5\t22\t.\t+\t0\tParent=rna-NM_1.4;protein_id=NP_1.2;Dbxref=CCDS:CCDS7.1,GeneID:9

      """, to: "a.gff3")
    try folder.write(
      """
      ##fileformat=VCFv4.2
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      1\t8\t.\tA\tG,T,AC\t.\t.\t.
      1\t8\t.\tAA\tCC\t.\t.\t.
      1\t9\t.\tAAG\tA\t.\t.\t.
      1\t9\t.\tAAG\tCC\t.\t.\t.
      1\t9\t.\tA\t<DUP:TANDEM>\t.\t.\tEND=11
      1\t9\t.\tA\t<CN0>\t.\t.\tEND=11
      1\t9\t.\tA\t<INS:ME:ALU>\t.\t.\t.
      1\t9\t.\tA\t[1:20[A\t.\t.\t.
      1\t5501\t.\tC\tG\t.\t.\t.

      """, to: "in.vcf")
    return (folder, try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  @Test func everythingIsInVEPsOrder() async throws {
    let (folder, cache) = try await refSeq()
    let found = entries(try await annotate(folder("in.vcf"), cache: cache, in: folder).bytes)
    #expect(
      found[0].names.joined(separator: "|")
        == "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|cDNA_position|CDS_position|Protein_position|Amino_acids|Codons|Existing_variation|ALLELE_NUM|DISTANCE|STRAND|FLAGS|VARIANT_CLASS|SYMBOL_SOURCE|HGNC_ID|CANONICAL|MANE|MANE_SELECT|MANE_PLUS_CLINICAL|TSL|APPRIS|CCDS|ENSP|HGVS_OFFSET|HGVSg|NMD"
    )
    #expect(found.allSatisfy { $0.fields.count == $0.names.count })
    #expect(
      found[0].fields.joined(separator: "|")
        == "G|missense_variant|MODERATE|ONE|ONE|Transcript|NM_1.4|protein_coding|1/1||NM_1.4:c.4A>G|NP_1.2:p.(Lys2Glu)|6|4|2|K/E|Aaa/Gaa||1||1||SNV|EntrezGene|HGNC:5||MANE_Select|ENST1.2||||CCDS7.1|NP_1.2||1:g.8A>G|"
    )
    #expect(found[1].terms == ["stop_gained"] && found[1]["NMD"] == "NMD_escaping_variant")
    let classes = [
      "SNV", "SNV", "insertion", "substitution", "deletion", "indel", "tandem_duplication", "copy_number_variation",
      "mobile_element_insertion", "chromosome_breakpoint", "SNV",
    ]
    #expect(found.map { $0["VARIANT_CLASS"] } == classes)
    #expect(found.last?.terms == ["intergenic_variant"] && found.last?["HGVSg"] == "1:g.5501C>G")
  }

  @Test func detailsOfEnsemblAreTold() async throws {
    let folder = try TemporaryFolder()
    try folder.write(">1\nAACCATGAAAGGACCCCTTTAACC\n", to: "a.fa")
    var text = ""
    for (id, tags) in [
      ("T1", "tag \"MANE_Select\"; tag \"Ensembl_canonical\"; tag \"basic\"; tag \"appris_principal_1\";"),
      ("T2", "tag \"MANE_Plus_Clinical\"; tag \"appris_alternative_2\"; ccds_id \"CCDS9\";"), ("T3", ""),
    ] {
      let own = "gene_id \"G\"; gene_name \"ONE\"; transcript_id \"\(id)\"; transcript_version \"3\"; \(tags)"
      text +=
        "1\tx\ttranscript\t3\t24\t.\t+\t.\t\(own) transcript_support_level \"1 (assigned to previous version 2)\"\n"
      text += "1\tx\texon\t3\t24\t.\t+\t.\t\(own)\n"
      text += "1\tx\tCDS\t5\t19\t.\t+\t0\t\(own) protein_id \"P\"; protein_version \"8\";\n"
      text += "1\tx\tstop_codon\t20\t22\t.\t+\t0\t\(own)\n"
    }
    try folder.write(text, to: "a.gtf")
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t8\t.\tA\tG\t.\t.\t.\n", to: "in.vcf")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gtf"))
    let found = entries(try await annotate(folder("in.vcf"), cache: cache, in: folder).bytes)
    let names = ["CANONICAL", "MANE", "MANE_SELECT", "MANE_PLUS_CLINICAL", "TSL", "APPRIS", "CCDS", "ENSP"]
    #expect(
      found.map { one in names.map { one[$0] } } == [
        ["YES", "MANE_Select", "", "", "1", "P1", "", "P.8"],
        ["", "MANE_Plus_Clinical", "", "", "1", "A2", "CCDS9", "P.8"], ["", "", "", "", "1", "", "", "P.8"],
      ])
    #expect(found.allSatisfy { $0["HGVSc"].hasSuffix(".3:c.4A>G") && $0["HGVSp"] == "P.8:p.(Lys2Glu)" })
  }

  @Test func fieldsAreChosenAndOrdered() async throws {
    let (folder, cache) = try await refSeq()
    let whole = entries(try await annotate(folder("in.vcf"), cache: cache, in: folder).bytes)
    let choices: [[CSQField]] = [
      CSQProfile.minimal.fields(nil), [.consequence], [.symbol], [.proteinName, .nameOffset, .symbol, .codingName],
      [.strand, .allele, .flags, .protein, .hgncIdentifier, .genomicName],
      CSQField.allCases.filter { !$0.needsChoice }.reversed(),
    ]
    for fields in choices {
      let found = entries(
        try await annotate(folder("in.vcf"), cache: cache, in: folder, options: ConsequenceOptions(fields: fields))
          .bytes)
      #expect(found.count == whole.count)
      for (one, all) in zip(found, whole) {
        #expect(one.names == fields.map(\.rawValue))
        let values = fields.map { all[$0.rawValue] }
        // An entry of one field that is empty is a full stop: an empty one would be lost.
        #expect(one.fields == (values == [""] ? ["."] : values))
      }
    }
    #expect(
      CSQProfile.minimal.fields(nil).map(\.rawValue).joined(separator: ",")
        == "Allele,Consequence,IMPACT,SYMBOL,Gene,Feature,HGVSc,HGVSp,ALLELE_NUM")
  }

  @Test(.enabled(if: Peer.has("bcftools"))) func bcftoolsReadsEveryField() async throws {
    let (folder, cache) = try await refSeq()
    let options = ConsequenceOptions(choice: TranscriptChoice(.allele, keepsOthers: true))
    let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder, options: options)
    let found = entries(bytes)
    // Its own columns come first in -f, so a name that it has too is asked of the field alone.
    let names = found[0].names
    let text = try Peer.run(
      "bcftools +split-vep -d -c \(names.joined(separator: ",")) -p v_ -f '\(names.map { "%v_\($0)" }.joined(separator: "\\t"))\\n' out.vcf",
      in: folder
    ).text
    let lines = text.split(separator: "\n")
    #expect(lines.count == found.count)
    for (line, entry) in zip(lines, found) {
      let values = line.split(separator: "\t", omittingEmptySubsequences: false).map { $0 == "." ? "" : String($0) }
      #expect(values == entry.fields)
    }
  }

  @Test func acacheOfTheFormatBeforeIsRefusedByName() async throws {
    let (folder, cache) = try await refSeq()
    var bytes = try readFile(cache)
    bytes[8] = 3
    try folder.write(bytes, to: "old.cache")
    let error = #expect(throws: CacheError.self) { try AnnotationCache(path: folder("old.cache")) }
    #expect(error?.description.contains("format 3, this version of Apus reads format 4; make it again") == true)
  }
}
