import EngineTestSupport
import Genomics
import TestSupport
import Testing

@testable import Annotation

/// The same gene set, in the formats and dialects of those who publish them.
@Suite struct GeneSetTests {
  /// The sections of a cache, but for where it comes from.
  private func sections(_ path: String) throws -> [String: [UInt8]] {
    let bytes = try readFile(path)
    let layout = try bytes.withUnsafeBytes { try CacheLayout.decode($0, path: path).sections }
    return Dictionary(
      uniqueKeysWithValues: layout.filter { $0.name != "build" }.map { ($0.name, Array(bytes[$0.range])) })
  }

  @Test(arguments: seeds(12)) func gtfGivesTheCacheOfGFF3(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for dialect in GeneSet.Dialect.allCases {
      let set = GeneSet(dialect, &random)
      let folder = try TemporaryFolder()
      try folder.write(set.fasta, to: "a.fa")
      // The name tells nothing: the content does.
      try folder.write(set.gff3(dialect), to: "one.txt")
      // Remarks may fill the first batch.
      let remarks = String(repeating: "#! remark\n", count: random.pick([0, 600]))
      try folder.write(remarks + set.gtf(dialect), to: "other.txt")
      let one = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("one.txt"), name: "one.cache")
      var other = folder("other.txt")
      if random.oneIn(3), Peer.has("gzip") {
        _ = try Peer.run("gzip -c other.txt > other.gz", in: folder)
        other = folder("other.gz")
      }
      let second = try await makeCache(
        folder, fasta: folder("a.fa"), gff3: other, name: "other.cache", threads: random.int(1...3),
        batch: random.pick([4096, 1 << 20]))
      let (expected, found) = (try sections(one), try sections(second))
      for (name, bytes) in expected { #expect(found[name] == bytes, "\(dialect) \(name)") }
      #expect(expected.count == found.count)
      let cache = try AnnotationCache(path: second)
      #expect(cache.build.annotationFormat == "gtf")
      var build = cache.build
      let first = try AnnotationCache(path: one).build
      (build.annotation, build.annotationFormat) = (first.annotation, first.annotationFormat)
      #expect(build == first)
      hold(cache, to: set, dialect)
    }
  }

  /// Every transcript is what the set has.
  private func hold(_ cache: AnnotationCache, to set: GeneSet, _ dialect: GeneSet.Dialect) {
    func text(_ mapped: MappedText) -> String { String(decoding: mapped, as: UTF8.self) }
    let expected = set.genes.flatMap { gene in gene.transcripts.map { (gene, $0) } }
    #expect(cache.transcriptCount == expected.count)
    for index in 0..<cache.transcriptCount {
      let found = cache.transcript(index)
      let one = expected.first { text(cache.identifier(index)).hasPrefix($0.1.id) }
      guard let (gene, transcript) = one else {
        Issue.record("\(text(cache.identifier(index))) is not in the set")
        continue
      }
      #expect((0..<found.exonCount).map { found.exon($0).start..<found.exon($0).end } == transcript.exons)
      #expect(found.coding == transcript.coding && found.isReverse == gene.isReverse)
      #expect(found.lead == (3 - transcript.phase) % 3 || transcript.coding == nil)
      #expect((0..<found.recodedCount).map(found.recoded) == transcript.recoded)
      #expect(text(cache.counterpart(index)) == transcript.counterpart ?? "")
      #expect(text(cache.consensus(index)) == (transcript.coding == nil ? "" : transcript.consensus ?? ""))
      let level = transcript.supportLevel?.prefix { $0 != " " }
      #expect(text(cache.supportLevel(index)) == (level == "NA" ? "" : level ?? ""))
      #expect(text(cache.geneSymbol(index)) == gene.symbol ?? "")
      #expect(text(cache.hgncIdentifier(index)) == gene.hgnc.map { "HGNC:\($0)" } ?? "")
      #expect(
        found.flags.contains(.maneSelect) == transcript.tags.contains { ["MANE Select", "MANE_Select"].contains($0) })
      #expect(found.flags.contains(.refSeqSelect) == transcript.tags.contains("RefSeq Select"))
      #expect(found.flags.contains(.basic) == transcript.tags.contains("basic"))
      let appris = transcript.tags.first { $0.hasPrefix("appris") }
      #expect(text(cache.appris(index)) == (appris == nil ? "" : appris == "appris_principal_1" ? "P1" : "A2"))
    }
  }

  @Test(arguments: seeds(6)) func damagedFilesAreRefusedOrCountedAndNeverACrash(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for round in 0..<60 {
      let dialect = random.pick(GeneSet.Dialect.allCases)
      let set = GeneSet(dialect, &random)
      var bytes = Array((round % 2 == 0 ? set.gtf(dialect) : set.gff3(dialect)).utf8)
      for _ in 0..<random.int(1...6) {
        let place = random.int(0...(bytes.count - 1))
        switch random.int(0...5) {
        case 0: bytes[place] = UInt8(random.int(0...255))
        case 1: bytes[place] = random.pick(Array("\t\n;\"=0-9 .".utf8))
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(random.pick(Array("\t\n;\"=9 \\%".utf8)), at: place)
        case 4: bytes.removeSubrange(place..<min(bytes.count - 1, place + random.int(1...80)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random.int(1...200))], at: place)
        }
      }
      let folder = try TemporaryFolder()
      try folder.write(set.fasta, to: "a.fa")
      try folder.write(bytes, to: "a.txt")
      do {
        let cache = try AnnotationCache(
          path: try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.txt")))
        try cache.verify()
        for index in 0..<cache.transcriptCount { _ = cache.transcript(index) }
      } catch let error as InputError {
        refused += 1
        #expect(error.location.file.hasSuffix("a.txt"), "\(error)")
      }
    }
    #expect(refused > 5)
  }

  @Test(arguments: [
    ("1\tx\texon\t1\t9\t.\t+\t.\tgene_id \"g\"; transcript_id \"t", "no closing quotation mark", 3),
    ("1\tx\texon\t1\t9\t.\t+\t.\tgene_id \"g\" transcript_id \"t\";", "other than a semicolon", 3),
    ("1\tx\texon\t1\t9\t.\t+\t.\tgene_id; transcript_id \"t\";", "has no value", 3),
    ("1\tx\texon\t1\t9\t.\t+\t.\tParent=t", "those of GFF3", 3),
    ("1\tx\texon\t9\t1\t.\t+\t.\tgene_id \"g\";", "before its start", 3),
    ("1\tx\texon\t0\t1\t.\t+\t.\tgene_id \"g\";", "not a number of 1 or more", 3),
    ("1\tx\tCDS\t1\t3\t.\t+\t.\tgene_id \"g\";", "has no frame", 3),
    ("1\tx\tCDS\t1\t3\t.\t+\t3\tgene_id \"g\";", "the frame is not", 3),
    ("1\tx\texon\t1\t3\t.\tx\t.\tgene_id \"g\";", "the strand is not", 3),
    ("1\tx\texon\t1\t3\t.\t+\tgene_id \"g\";", "8 columns", 3),
    ("1\tx\texon\t1\t99\t.\t+\t.\tgene_id \"g\"; transcript_id \"u\";", "has 12 bases in the reference", 3),
    ("2\tx\texon\t1\t9\t.\t+\t.\tgene_id \"g\"; transcript_id \"u\";", "2", 3),
  ])
  func gtfThatIsWrongIsRefusedWithItsLine(line: String, reason: String, number: Int) async throws {
    let folder = try TemporaryFolder()
    try folder.write(">1\nACGTACGTACGT\n", to: "a.fa")
    try folder.write(
      "#!x\n1\tx\texon\t1\t9\t.\t+\t.\tgene_id \"g\"; transcript_id \"t\"; level 2;\n\(line)\n", to: "a.gtf")
    let error = await #expect(throws: InputError.self) {
      try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gtf"))
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.location.record == number && error?.location.file == folder("a.gtf"))
  }

  @Test func linesOfExonsAloneMakeTranscripts() async throws {
    // As programs that assemble transcripts write: no genes, no transcripts, one identifier on two contigs.
    let folder = try TemporaryFolder()
    try folder.write(">1\nACGTACGTACGT\n>2\nACGTACGTACGT\n", to: "a.fa")
    try folder.write(
      """
      1\tx\texon\t1\t4\t.\t+\t.\tgene_id "g"; transcript_id "t"; note "a; \\"b\\" c"; transcript_id_x 5
      1\tx\texon\t7\t9\t.\t+\t.\tgene_id "g"; transcript_id "t"
      2\tx\texon\t7\t9\t.\t-\t.\tgene_id "g"; transcript_id "t";;
      2\tx\texon\t7\t9\t.\t-\t.\tgene_id "g"; transcript_id "";

      """, to: "a.gtf")
    let cache = try AnnotationCache(path: try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gtf")))
    #expect(cache.transcriptCount == 2)
    #expect(cache.transcript(0).exonCount == 2 && cache.transcript(1).isReverse)
    #expect(cache.build.skipped == ["part-without-parent": 1])
    #expect(String(decoding: cache.identifier(0), as: UTF8.self) == "t")
  }

  @Test func aSelenoproteinOfEnsemblIsReadByItsTag() async throws {
    // M K U P L Ter; Ensembl's GFF3 gives no place.
    let lines = { (tag: String) in
      "##gff-version 3\n1\tt\tmRNA\t3\t24\t.\t+\t.\tID=transcript:T1;version=1\(tag)\n1\tt\texon\t3\t24\t.\t+\t.\tParent=transcript:T1\n"
        + "1\tt\tCDS\t5\t22\t.\t+\t0\tParent=transcript:T1;protein_id=P1;version=1\n"
    }
    let fasta = ">1\nAACCATGAAATGACCCCTTTAACC\n"
    let told = try await HGVSCache(fasta: fasta, gff3: lines(";tag=basic,seleno"))
    #expect(told.cache.build.translates == 1 && told.cache.transcript(0).recodedCount == 1)
    #expect(told.names("1", 13, "A", "T")?.protein == "P1.1:p.(Sec3Cys)")
    let untold = try await HGVSCache(fasta: fasta, gff3: lines(""))
    #expect(untold.cache.build.flagged["cds-internal-stop"] == 1)
  }

  @Test(arguments: [
    ("x [Source:HGNC Symbol%3BAcc:HGNC:5]", "HGNC:5", "HGNC"),
    ("x%2C y [Source:NCBI gene (formerly Entrezgene)%3BAcc:100]", "", "EntrezGene"),
    ("x [Source:RFAM%3BAcc:RF1]", "", "RFAM"), ("x, y", "", ""), ("[Source:", "", ""), ("[Source:]", "", ""),
  ])
  func ensemblsDescriptionsTellTheSymbolsSource(description: String, hgnc: String, source: String) async throws {
    let cache = try await HGVSCache(
      fasta: ">1\nACGTACGTACGT\n",
      gff3: "##gff-version 3\n1\tt\tgene\t1\t9\t.\t+\t.\tID=gene:G;Name=ONE;description=\(description);gene_id=G\n"
        + "1\tt\tmRNA\t1\t9\t.\t+\t.\tID=transcript:T;Parent=gene:G\n1\tt\texon\t1\t9\t.\t+\t.\tParent=transcript:T\n")
    #expect(String(decoding: cache.cache.hgncIdentifier(0), as: UTF8.self) == hgnc)
    #expect(String(decoding: cache.cache.symbolSource(0), as: UTF8.self) == source)
  }

  @Test func aCopyOfARefSeqTranscriptHasItsAccession() {
    #expect(GeneModelReader.withoutCopy("NM_000451.4_1") == "NM_000451.4")
    for id in ["NM_000451.4", "NM_000451_1", "ENST00000381192.10_PAR_Y", "XX_1.2_3", "unassigned_transcript_1", ""] {
      #expect(GeneModelReader.withoutCopy(id) == id)
    }
  }
}
