import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Annotation

/// Which of an allele's transcripts is told of.
@Suite struct PickTests {
  /// Candidates as `gene flags biotype severity length`, and a place on the list behind `@`.
  private static let cases: [(candidates: [String], index: Int, reason: PickReason)] = [
    (["1 - pc 5 30"], 0, .only), (["1 s pc 5 30"], 0, .maneSelect), (["1 - pc 5 30 @4"], 0, .list),
    // The list comes before all, its first place before others, exact versions before others.
    (["1 s pc 5 30", "1 - nc 30 0 @9"], 1, .list), (["1 s pc 5 30 @3", "1 - pc 5 30 @2"], 1, .list),
    // Two genes may have transcripts at one place of the list: the rest decides.
    (["1 - pc 5 30 @3", "2 s pc 5 30 @3"], 1, .maneSelect),
    // Plus Clinical only where it is worse there, or Select is not met at all.
    (["1 s pc 12 90", "1 p pc 12 90"], 0, .maneSelect), (["1 s pc 12 90", "1 p pc 26 90"], 0, .maneSelect),
    (["1 s pc 26 90", "1 p pc 12 90"], 1, .manePlusClinical), (["1 - pc 3 90", "1 p pc 12 90"], 1, .manePlusClinical),
    (["1 s pc 26 90", "1 p pc 12 90", "1 p pc 4 90"], 2, .mostSevere),
    // It is held against its own gene's Select.
    (["1 s pc 26 90", "2 s pc 4 90", "1 p pc 12 90"], 2, .manePlusClinical),
    // MANE Select before canonical, canonical before coding, coding before severity.
    (["1 c pc 3 90", "1 s pc 30 9"], 1, .maneSelect), (["1 - pc 3 90", "1 c nc 30 0"], 1, .canonical),
    (["1 r pc 9 90", "1 - pc 3 90"], 0, .canonical), (["1 - nc 3 0", "1 - pc 30 9"], 1, .proteinCoding),
    (["1 - pc 30 90", "1 - pc 3 9"], 1, .mostSevere), (["1 - pc 3 90", "1 - pc 3 99"], 1, .longestCoding),
    (["1 - pc 3 90", "1 - pc 3 90", "1 - pc 3 60"], 1, .identifier), (["1 s pc 30 9", "2 s pc 3 9"], 1, .mostSevere),
  ]

  private static func candidate(_ number: Int, _ text: String) -> PickCandidate {
    let words = text.split(separator: " ").map(String.init)
    let flags: [String: TranscriptFlags] = [
      "s": .maneSelect, "p": .manePlusClinical, "c": .canonical, "r": .refSeqSelect,
    ]
    return PickCandidate(
      transcript: number, gene: Int(words[0]) ?? 0, rank: words.count > 5 ? Int(words[5].dropFirst()) : nil,
      flags: flags[words[1]] ?? [], isProteinCoding: words[2] == "pc", severity: Int(words[3]) ?? 0,
      codingLength: Int(words[4]) ?? 0)
  }

  @Test func eachStepDecides() {
    for one in Self.cases {
      let candidates = one.candidates.enumerated().map { Self.candidate($0, $1) }
      // The last is the first by its identifier.
      let found = PickCandidate.choose(candidates) { $0 > $1 }
      #expect(found?.index == one.index && found?.reason == one.reason, "\(one) \(String(describing: found))")
    }
    #expect(PickCandidate.choose([]) { $0 < $1 } == nil)
  }

  @Test(arguments: seeds(5)) func theChoiceDoesNotDependOnTheOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      var candidates = (0..<random.int(1...6)).map { number in
        Self.candidate(
          number,
          "\(random.int(1...2)) \(random.pick(["-", "s", "p", "c", "r"])) \(random.pick(["pc", "nc"])) \(random.int(1...3)) \(random.int(1...2))"
            + (random.oneIn(6) ? " @\(random.int(1...3))" : ""))
      }
      let first = PickCandidate.choose(candidates) { $0 < $1 }.map { ($0.reason, candidates[$0.index].transcript) }
      candidates.shuffle(using: &random)
      let second = PickCandidate.choose(candidates) { $0 < $1 }.map { ($0.reason, candidates[$0.index].transcript) }
      #expect(first?.0 == second?.0 && first?.1 == second?.1)
    }
  }

  // MARK: From files

  /// A gene with a MANE Select, a Plus Clinical with an exon of its own and another transcript, and a gene that lies over
  /// it on the other strand. Exons at 101–160 and 301–360; the one of the Plus Clinical at 201–260.
  private func cache() async throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    var genome = Array(String(repeating: "ACGTCA", count: 100).utf8)
    func put(_ text: String, at place: Int) {
      genome.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8)
    }
    put("ATG" + String(repeating: "GCA", count: 19), at: 100)
    put(String(repeating: "GCA", count: 20), at: 200)
    put(String(repeating: "GCA", count: 19) + "TAA", at: 300)
    try folder.write(">1\n" + String(decoding: genome, as: UTF8.self) + "\n", to: "a.fa")
    var text = "##gff-version 3\n1\tt\tgene\t101\t360\t.\t+\t.\tID=gene:G1;Name=ONE;biotype=protein_coding;gene_id=G1\n"
    for (id, tag, exons) in [
      ("A1", "MANE_Select,Ensembl_canonical", [(101, 160), (301, 360)]),
      ("A2", "MANE_Plus_Clinical", [(101, 160), (201, 260), (301, 360)]), ("A3", "basic", [(101, 160), (301, 360)]),
    ] {
      text +=
        "1\tt\tmRNA\t101\t360\t.\t+\t.\tID=transcript:\(id);Parent=gene:G1;biotype=protein_coding;tag=\(tag);transcript_id=\(id);version=2\n"
      for (start, end) in exons {
        text += "1\tt\texon\t\(start)\t\(end)\t.\t+\t.\tParent=transcript:\(id)\n"
        text += "1\tt\tCDS\t\(start)\t\(end)\t.\t+\t0\tParent=transcript:\(id)\n"
      }
    }
    text += "1\tt\tncRNA_gene\t91\t400\t.\t-\t.\tID=gene:G2;Name=TWO;biotype=lncRNA;gene_id=G2\n"
    text +=
      "1\tt\tlnc_RNA\t91\t400\t.\t-\t.\tID=transcript:B1;Parent=gene:G2;biotype=lncRNA;transcript_id=B1;version=7\n"
    text += "1\tt\texon\t91\t400\t.\t-\t.\tParent=transcript:B1\n"
    try folder.write(text, to: "a.gff3")
    return (folder, try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  private func told(
    _ folder: TemporaryFolder, _ cache: String, _ records: [String], _ choice: TranscriptChoice
  ) async throws -> [Entry] {
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        + records.map { "1\t\($0)\t.\t.\t.\n".replacing(" ", with: "\t") }.joined(), to: "in.vcf")
    return entries(
      try await annotate(
        folder("in.vcf"), cache: cache, in: folder, options: ConsequenceOptions(choice: choice)
      ).bytes)
  }

  @Test func anExonThatSelectLacksIsTold() async throws {
    let (folder, cache) = try await cache()
    // GCA to GAA in the Plus Clinical exon, the same in the first one; an intron of all; behind everything.
    let records = ["105 . C A", "180 . A C", "217 . C A", "599 . C G"]
    let picked = try await told(folder, cache, records, TranscriptChoice(.allele))
    #expect(picked.map(\.transcript) == ["A1", "A1", "A2", "A1"])
    #expect(picked.map { $0["PICK_REASON"] } == ["mane_select", "mane_select", "mane_plus_clinical", "mane_select"])
    #expect(picked.allSatisfy { $0["PICK"] == "1" })
    #expect(picked[2].terms == ["missense_variant"])
    let byGene = try await told(folder, cache, records, TranscriptChoice(.gene))
    #expect(byGene.map(\.transcript) == ["A1", "B1", "A1", "B1", "A2", "B1", "A1", "B1"])
    #expect(byGene[1]["PICK_REASON"] == "only_entry")
    let flagged = try await told(folder, cache, records, TranscriptChoice(.allele, keepsOthers: true))
    #expect(flagged.count == 16)
    #expect(flagged.filter { $0["PICK"] == "1" }.map(\.transcript) == ["A1", "A1", "A2", "A1"])
    #expect(flagged.allSatisfy { ($0["PICK"] == "1") == !$0["PICK_REASON"].isEmpty })
  }

  /// What a choice tells is what is told without one.
  @Test(arguments: seeds(5)) func whatIsChosenIsAmongAll(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for dialect in GeneSet.Dialect.allCases {
      let set = GeneSet(dialect, &random)
      let folder = try TemporaryFolder()
      try folder.write(set.fasta, to: "a.fa")
      try folder.write(set.gtf(dialect), to: "a.gtf")
      let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gtf"))
      let bases = Array(set.contigs[0].bases)
      let records = (0..<60).map { _ in random.int(1...2_990) }.sorted().map { place in
        let reference = String(bases[place..<(place + random.int(1...4))])
        let alternate = String(reference.prefix(1)) + random.text("ACGT", random.int(0...3))
        return "1\t\(place + 1) . \(reference) \(alternate == reference ? "\(reference)A" : alternate),<DEL>"
      }
      func told(_ choice: TranscriptChoice?) async throws -> [Entry] {
        try folder.write(
          "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            + records.map { "7\($0.dropFirst()) . . SVLEN=.,\(200)\n".replacing(" ", with: "\t") }.joined(),
          to: "in.vcf")
        return entries(
          try await annotate(folder("in.vcf"), cache: cache, in: folder, options: ConsequenceOptions(choice: choice))
            .bytes)
      }
      func key(_ entry: Entry, _ names: [String]) -> [String] { ["\(entry.record)"] + names.map { entry[$0] } }
      let whole = try await told(nil)
      let names = whole[0].names
      let all = whole.map { key($0, names) }
      let flagged = try await told(TranscriptChoice(.allele, keepsOthers: true))
      #expect(flagged.map { key($0, names) } == all)
      let picked = try await told(TranscriptChoice(.allele))
      #expect(picked.map(\.fields) == flagged.filter { $0["PICK"] == "1" }.map(\.fields))
      // One of each allele.
      let alleles = whole.map { key($0, ["ALLELE_NUM"]) }
      #expect(picked.count == Set(alleles).count && Set(picked.map { key($0, ["ALLELE_NUM"]) }) == Set(alleles))
      let byGene = try await told(TranscriptChoice(.gene))
      let genes = Set(whole.map { key($0, ["ALLELE_NUM", "Gene"]) })
      #expect(byGene.count == genes.count && Set(byGene.map { key($0, ["ALLELE_NUM", "Gene"]) }) == genes)
    }
  }

  @Test(arguments: [
    (["A3.2"], "A3", []), (["A3"], "A3", []), (["B1", "A3"], "B1", []), (["A3", "B1.7"], "B1", []),
    (["A3.1"], "A1", ["A3.1"]), (["NOPE", "A3"], "A3", ["NOPE"]),
  ])
  func theListComesFirst(identifiers: [String], chosen: String, missing: [String]) async throws {
    let (folder, path) = try await cache()
    try folder.write("# ours\n\n" + identifiers.map { $0 + "\n" }.joined(), to: "list.txt")
    let list = try await PickList(path: folder("list.txt"), resources: RunResources(threads: 1))
    #expect(list.identifiers == identifiers)
    let choice = TranscriptChoice(.allele, list: list)
    let picked = try await told(folder, path, ["105 . C A"], choice)
    #expect(picked.map(\.transcript) == [chosen])
    #expect(picked.first?["PICK_REASON"] == (chosen == "A1" ? "mane_select" : "pick_list"))
    let annotator = try ConsequenceAnnotator(
      AnnotationCache(path: path), input: "x", options: ConsequenceOptions(choice: choice))
    #expect(annotator.missingFromList == missing)
  }

  @Test func aListThatIsNoneIsRefused() async throws {
    let folder = try TemporaryFolder()
    for (text, kind) in [("# nothing\n", InputError.Kind.empty), ("A1\nA2 A3\n", .malformed)] {
      try folder.write(text, to: "list.txt")
      let error = await #expect(throws: InputError.self) {
        try await PickList(path: folder("list.txt"), resources: RunResources(threads: 1))
      }
      #expect(error?.kind == kind)
      if kind == .malformed { #expect(error?.location.record == 2) }
    }
  }

  @Test func splitRecordsArePickedAsJoinedOnes() async throws {
    let (folder, cache) = try await cache()
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let position = random.int(60...420)
      let base = "ACGT"
      let reference = String(
        decoding: try folder.read("a.fa").dropFirst(3)[(position + 2)..<(position + 3)], as: UTF8.self)
      let alternates = base.map { String($0) }.filter { $0 != reference } + ["\(reference)TT"]
      let joined = try await told(
        folder, cache, ["\(position) . \(reference) \(alternates.joined(separator: ","))"], TranscriptChoice(.allele))
      let split = try await told(
        folder, cache, alternates.map { "\(position) . \(reference) \($0)" }, TranscriptChoice(.allele))
      #expect(joined.count == alternates.count)
      for (one, other) in zip(joined, split) {
        for name in ["Feature", "Consequence", "PICK_REASON", "HGVSc", "HGVSg", "VARIANT_CLASS", "NMD"] {
          #expect(one[name] == other[name])
        }
      }
    }
  }
}
