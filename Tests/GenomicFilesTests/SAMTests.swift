import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct SAMTests {
  private static let header = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:1\tLN:1000\n@RG\tID:a\tSM:NA1\n"
  private static let good = "r\t0\t1\t10\t60\t4M\t*\t0\t0\tACGT\tIIII\n"

  private func read(_ text: String, _ setting: Setting = Setting.all[0]) async throws -> Readout {
    let folder = try TemporaryFolder()
    return try await Format.alignments.read(try folder.write(text, to: "in.sam"), setting.resources)
  }

  @Test(arguments: [
    ("an unknown contig", "r\t0\tchr1\t10\t60\t4M\t*\t0\t0\tACGT\tIIII\n"),
    ("an unknown mate's contig", "r\t1\t1\t10\t60\t4M\tchr1\t5\t0\tACGT\tIIII\n"),
    ("a missing column", "r\t0\t1\t10\t60\t4M\t*\t0\t0\tACGT\n"),
    ("a flag that is no number", "r\tx\t1\t10\t60\t4M\t*\t0\t0\tACGT\tIIII\n"),
    ("a CIGAR of other length", "r\t0\t1\t10\t60\t5M\t*\t0\t0\tACGT\tIIII\n"),
    ("a CIGAR of other letters", "r\t0\t1\t10\t60\t4Q\t*\t0\t0\tACGT\tIIII\n"),
    ("qualities of other length", "r\t0\t1\t10\t60\t4M\t*\t0\t0\tACGT\tIII\n"),
    ("a broken tag", "r\t0\t1\t10\t60\t4M\t*\t0\t0\tACGT\tIIII\tNM:i\n"),
    ("an empty line", "\n"),
    ("a header line among records", "@CO\tlate\n"),
  ])
  func aBrokenLineIsRefusedWithItsPlace(what: String, line: String) async throws {
    for setting in Setting.all {
      let error = await failure { try await read(Self.header + Self.good + line + Self.good, setting) } as? InputError
      #expect(error?.kind == .malformed, "\(what)")
      #expect(error?.location.record == 5)
      #expect(error?.location.offset == Self.header.utf8.count + Self.good.utf8.count)
    }
  }

  @Test func carriageReturnsChangeNothing() async throws {
    let text = Self.header + Self.good + Self.good
    let expected = try await read(text)
    let folder = try TemporaryFolder()
    let path = try folder.write(text.utf8.flatMap { $0 == 10 ? [13, 10] : [$0] }, to: "in.sam")
    for setting in Setting.all {
      let readout = try await Format.alignments.read(path, setting.resources)
      #expect(readout.text.filter { $0 != 13 } == expected.text)
      #expect(readout.records == 2)
    }
    let input = InputFile(path: path)
    try await withChunks(of: input, endOfFile: .required, resources: RunResources(threads: 1)) { source in
      let header = try await AlignmentReader(source).header
      #expect(header.contigs.contigs == [Contig(name: "1", length: 1000)])
      #expect(header.samples == ["NA1"])
      #expect(header.sortOrder == "coordinate")
    }
  }

  @Test(arguments: Setting.all) func aHeaderOverManyChunksIsReadWhole(setting: Setting) async throws {
    let header = (0..<2000).map { "@SQ\tSN:c\($0)\tLN:\($0 + 1)\n" }.joined()
    let lines = (0..<300).map { "r\($0)\t0\tc1999\t10\t60\t4M\t*\t0\t0\tACGT\tIIII\n" }.joined()
    let readout = try await read(header + lines, setting)
    #expect(readout.records == 300)
    #expect(readout.text == Array((header + lines).utf8))
    #expect(try await read(header, setting).text == Array(header.utf8))
  }

  @Test func aPlatformOutsideOfTheSpecificationIsRefusedInTextAndCountedInBAM() async throws {
    let header = "@SQ\tSN:1\tLN:9\n@RG\tID:a\tPL:Illumina NovaSeq\n@RG\tID:b\tPL:MGI\n@RG\tID:c\tPL:illumina\n"
    let error = await failure { try await read(header) } as? InputError
    #expect(error?.reason.contains("@RG PL") == true && error?.location.record == 2)
    let folder = try TemporaryFolder()
    let path = try folder.write(try bgzfBlocks([BAMBytes.header(header, [("1", 9)]), []]), to: "in.bam")
    let input = InputFile(path: path)
    try await withChunks(of: input, endOfFile: .required, resources: RunResources(threads: 1)) { source in
      let header = try await AlignmentReader(source).header
      #expect(header.warnings == ["read-group-platform-not-of-the-specification": 2])
      #expect(header.readGroups.count == 3)
    }
  }

  /// Headers as programs write them, with what the specification does not forbid.
  @Test(arguments: [
    // bwa, its read group's tabs written as such, and a chain of programs.
    "@SQ\tSN:chr1\tLN:9\n@SQ\tSN:chr1_KI270762v1_alt\tLN:9\tAH:*\n@SQ\tSN:HLA-A*01:01:01:01\tLN:9\n"
      + "@RG\tID:a\tSM:s\tPL:illumina\tPI:\u{2D}1\n@PG\tID:bwa\tPN:bwa\tVN:0.7.17-r1188\tCL:bwa mem -R @RG\tID:a\tSM:s\tx r.fa\n"
      + "@PG\tID:samtools\tPN:samtools\tPP:bwa\tVN:1.16\tCL:samtools sort\n",
    // minimap2 and DRAGEN.
    "@HD\tVN:1.6\tSO:unsorted\tGO:query\n@SQ\tSN:1\tLN:9\n@PG\tID:minimap2\tPN:minimap2\tVN:2.24\tCL:minimap2 -ax sr -R @RG\\tID:x r.fa\n",
    "@HD\tVN:1.4\tSO:coordinate\n@SQ\tSN:1\tLN:9\tM5:7fc56270e7a70fa81a5935b72eacbe29\tUR:file:/r.fa\tAS:hg38\tSP:Homo sapiens\n"
      + "@RG\tID:1\tLB:\tPL:ILLUMINA\tSM:s\tPU:x.1.A\tCN:\tDT:2024-01-31T10:11:12+0000\n"
      + "@PG\tID: Hash Table Build\tVN: 01.003\tDS: digest_type: 1\n@PG\tID:DRAGEN SW build\tVN: 05.021\tCL: dragen\txx:y\n@CO\t\n",
    // STAR.
    "@HD\tVN:1.4\n@SQ\tSN:1\tLN:9\n@PG\tID:STAR\tPN:STAR\tVN:2.7.10b\tCL:STAR --runMode alignReads\n@CO\tuser command line: STAR --x\ty\n",
    // Tags and line types of one's own.
    "@HD\tVN:1.6\txy:z\n@SQ\tSN:gi|9626243|ref|NC_001416.1|\tLN:9\tql:1\n@XY\tab:c\n",
  ])
  func whatProgramsWriteIsTaken(header: String) async throws {
    let readout = try await read(header)
    #expect(readout.text == Array(header.utf8))
  }

  @Test(arguments: [
    ("@SQ", "is not TAG:VALUE"), ("@SQ\tSN:1\tLN:2147483648", "@SQ LN"), ("@SQ\tSN:1\tLN:-1", "@SQ LN"),
    ("@SQ\tSN:1\tLN:9\tLN:9", "@SQ LN stands twice"), ("@SQ\tSN:a b\tLN:9", "@SQ SN"),
    ("@SQ\tSN:1\tLN:9\tx", "not TAG:VALUE"), ("@SQ\tSN:1\tLN:9\t1x:y", "not TAG:VALUE"),
    ("@SQ\tSN:\tLN:9", "@SQ SN"), ("@x\tSN:1", "begins with"), ("@RG\tID:", "@RG lacks ID"),
    ("@PG\tID:a\tPP:b", "@PG PP"), ("@HD\tVN:1.6", "@HD is not the header's first line"),
  ])
  func aHeaderLineThatIsForbiddenIsNamedWithItsPlace(line: String, reason: String) async throws {
    let first = "@SQ\tSN:first\tLN:9\n"
    let text = line == "@SQ" ? first + "@SQ\tx\n" : first + line + "\n"
    let error = await failure { try await read(text) } as? InputError
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "taken")")
    #expect(error?.location.record == 2)
    #expect(error?.location.offset == first.utf8.count)
    // A BAM's header is held against the same rules.
    let folder = try TemporaryFolder()
    let bytes = BAMBytes.header(text, [("first", 9)])
    let path = try folder.write(try bgzfBlocks([bytes, []]), to: "in.bam")
    let same = await failure { try await Format.alignments.read(path, RunResources(threads: 1)) } as? InputError
    #expect(same?.reason == error?.reason)
    #expect(same?.location.offset == 8 + first.utf8.count)
  }

  @Test func namesAndClipsThatSAMForbidsAreRefusedInBAM() async throws {
    let contigs = [("1", 1000)]
    let bases = Array("ACGTACGTAC".utf8)
    func record(_ name: String, _ cigar: [(Int, UInt32)]) -> [UInt8] {
      var record = BAMBytes.Record(name: name, cigar: cigar)
      record.sequence = bases
      record.qualities = bases.map { _ in 30 }
      return record.bytes
    }
    let good = record("r", [(1, 5), (2, 4), (6, 0), (2, 4), (3, 5)])
    let cases: [([UInt8], String?)] = [
      (good, nil), (record("a b", [(10, 0)]), "name"), (record("a@b", [(10, 0)]), "name"),
      (record("\u{7F}", [(10, 0)]), "name"), (record("r", [(4, 0), (2, 4), (4, 0)]), "clip"),
      (record("r", [(4, 0), (2, 5), (6, 0)]), "clip"), (record("r", [(2, 4), (2, 5), (8, 0)]), "clip"),
      (record("r", [(5, 4), (5, 4)]), "clip"), (record("r", [(2, 5), (10, 4), (2, 5)]), nil),
    ]
    let folder = try TemporaryFolder()
    for (bytes, reason) in cases {
      let header = BAMBytes.header("@SQ\tSN:1\tLN:1000\n", contigs)
      let path = try folder.write(try bgzfBlocks([header + good + bytes, []]), to: "in.bam")
      let error = await failure { try await Format.alignments.read(path, RunResources(threads: 1)) } as? InputError
      #expect((error == nil) == (reason == nil), "\(String(describing: error))")
      if let reason { #expect(error?.reason.contains(reason) == true && error?.location.record == 2) }
    }
  }

  /// Each column broken in its own way, behind a line that is whole.
  @Test(arguments: [
    (0, "", "QNAME"), (0, "a b", "QNAME"), (1, "", "FLAG"), (1, "+1", "FLAG"), (1, "00", "FLAG"), (1, "65536", "FLAG"),
    (2, "", "RNAME"), (2, "=", "RNAME"), (2, "2", "RNAME"), (3, "", "POS"), (3, "2147483648", "POS"), (3, "1e2", "POS"),
    (4, "256", "MAPQ"), (5, "", "CIGAR"), (5, "4", "CIGAR"), (5, "M4", "CIGAR"), (5, "4M0", "CIGAR"),
    (5, "1M2S1M", "CIGAR"), (5, "2M1H2M", "CIGAR"), (5, "268435456D4M", "CIGAR"), (5, "5M", "CIGAR"), (6, "", "RNEXT"),
    (6, "2", "RNEXT"), (7, "-1", "PNEXT"), (8, "", "TLEN"), (8, "-", "TLEN"), (8, "-2147483648", "TLEN"),
    (9, "", "SEQ"),
    (9, "AC T", "SEQ"), (9, "AC1T", "SEQ"), (10, "", "QUAL"), (10, "II I", "QUAL"), (10, "III", "QUAL"),
    (11, "", "TAG"), (11, "XX", "TAG"), (11, "XX:i", "TAG"), (11, "XX:i:", "TAG XX"), (11, "XX:i:4294967296", "TAG XX"),
    (11, "XX:f:1.", "TAG XX"), (11, "XX:f:1e39", "TAG XX"), (11, "XX:f:0x1", "TAG XX"), (11, "XX:H:ABC", "TAG XX"),
    (11, "XX:B:c,128", "TAG XX"), (11, "XX:B:c,1,", "TAG XX"), (11, "XX:B:d,1", "TAG XX"), (11, "XX:A:", "TAG XX"),
    (11, "NM:i:1\tMD:Z:4\tNM:i:1", "TAG NM stands twice"), (11, "XX:Z:a\u{1}", "TAG XX"), (11, "XX:i:1\t", "TAG"),
  ])
  func aBrokenColumnIsNamed(column: Int, value: String, name: String) async throws {
    for (cigar, bases, quality) in [
      ("4M", "ACGT", "IIII"), ("24M", String(repeating: "ACGTNA", count: 4), String(repeating: "!I~;", count: 6)),
    ] {
      // The second is long enough for the checks of sixteen bytes at a time; what names a length does not fit it.
      if cigar == "24M", value.hasPrefix("5M") || value.contains("4M") { continue }
      var columns = ["r", "0", "1", "10", "60", cigar, "*", "0", "0", bases, quality, "NM:i:1"]
      columns[column] = value
      let error = await failure { try await read(Self.header + columns.joined(separator: "\t") + "\n") } as? InputError
      #expect(error?.reason.hasPrefix(name) == true, "\(error?.reason ?? "taken")")
      #expect(error?.location.record == 4)
      #expect(error?.location.offset == Self.header.utf8.count)
    }
  }

  @Test(arguments: [
    "@HD\tVN:1.6\n@SQ\tSN:1\n", "@SQ\tSN:1\tLN:0\n", "@SQ\tSN:1\tLN:5\n@SQ\tSN:1\tLN:5\n", "@RG\tSM:x\n",
  ])
  func aBrokenHeaderIsRefused(text: String) async throws {
    let error = await failure { try await read(text) } as? InputError
    #expect(error?.kind == .malformed)
  }

  @Test(arguments: [
    ("", InputError.Kind.empty), ("CRAM\u{3}\u{0}rest", .truncated),
    ("CRAM\u{2}\u{1}" + String(repeating: "i", count: 40), .unsupported), ("ACGT\n", .malformed),
    ("@SQ\tSN:1\tLN:5", .truncated),
  ])
  func whatIsNeitherBAMNorSAMIsRefused(text: String, kind: InputError.Kind) async throws {
    let error = await failure { try await read(text) } as? InputError
    #expect(error?.kind == kind)
  }

  /// What a refusal has to name, by the first letters of an example's file name; the longest that fit count.
  private static let named: [String: [String]] = [
    "aux": ["TAG"], "cigar": ["CIGAR"],
    // Its CIGAR is right; 49 qualities are not.
    "cigar.fail1": ["QUAL"], "flag": ["FLAG"], "hdr.HD": ["@HD"], "hdr.PG": ["@PG"], "hdr.RG": ["@RG"],
    "hdr.SQ": ["@SQ"], "hdr.PG3": ["@PG PP"], "hdr.RG2": ["@RG DT"], "hdr.RG3": ["@RG DT"], "hdr.RG4": ["@RG PI"],
    "hdr.RG5": ["@RG PL"], "hdr.SQ10": ["@SQ M5"], "hdr.SQ11": ["@SQ M5"], "hdr.SQ12": ["@SQ M5"],
    "hdr.SQ13": ["@SQ TP"], "hdr.SQ14": ["@SQ LN stands twice"], "hdr.SQ4": ["@SQ AH"], "hdr.SQ6": ["@SQ AN"],
    "hdr.SQ7": ["@SQ lacks LN"], "hdr.SQ8": ["@SQ lacks SN"], "hdr.SQ9": ["@SQ AN", "@SQ SN"], "mapq": ["MAPQ"],
    "pnext": ["PNEXT"], "pos": ["POS"], "qname": ["QNAME"], "qual": ["QUAL"],
    // A name that may not be is refused where the header declares it.
    "rname": ["RNAME", "@SQ SN"], "rnext": ["RNEXT", "@SQ SN"], "seq": ["SEQ"], "tlen": ["TLEN"],
  ]

  @Test(.enabled(if: SharedData.has("spec/sam"))) func theSpecificationsExamplesAreTakenAndRefused() async throws {
    let resources = RunResources(threads: 2)
    for name in SharedData.names(in: "spec/sam/passed") where name.hasSuffix(".sam") {
      let error = await failure {
        try await Format.alignments.read(SharedData.path("spec/sam/passed/\(name)"), resources)
      }
      #expect(error == nil, "passed/\(name): \(error.map { "\($0)" } ?? "")")
    }
    var taken: [String] = []
    for name in SharedData.names(in: "spec/sam/failed") where name.hasSuffix(".sam") {
      let path = SharedData.path("spec/sam/failed/\(name)")
      guard let error = await failure({ try await Format.alignments.read(path, resources) }) else {
        taken.append(name)
        continue
      }
      let refusal = try #require(error as? InputError)
      #expect(refusal.kind == .malformed)
      #expect(refusal.location.record != nil && refusal.location.offset != nil, "\(refusal)")
      let key = try #require(Self.named.keys.filter { name.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count })
      #expect(Self.named[key]?.contains { refusal.reason.hasPrefix($0) } == true, "\(name): \(refusal)")
    }
    // Byte for byte the accepted hdr.HD6.sam: GO may be none.
    #expect(taken == ["hdr.HD3.sam"])
  }
}
