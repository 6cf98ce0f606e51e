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
