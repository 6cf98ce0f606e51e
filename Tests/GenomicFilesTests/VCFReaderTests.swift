import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite(.timeLimit(.minutes(20))) struct VCFReaderTests {
  /// Every column of every record as the reader finds it, and its position.
  private func columns(_ path: String, _ setting: Setting) async throws -> [[String]] {
    let resources = setting.resources
    return try await withChunks(of: InputFile(path: path), endOfFile: .required, resources: resources) { source in
      let reader = try await VCFReader(source, resources: resources)
      var records: [[String]] = []
      while let batch = try await reader.next() {
        var runs = 0
        for run in batch.runs { runs += run.records.count }
        #expect(runs == batch.count)
        batch.withRecords { view in
          for record in 0..<view.count {
            func text(_ range: Range<Int>) -> String { String(decoding: view[range], as: UTF8.self) }
            var columns = (0..<9).compactMap { VCFColumn(rawValue: $0) }.map { text(view.column($0, of: record)) }
            columns.append(text(view.samples(of: record)))
            columns.append("\(view.position(of: record))")
            columns.append(batch.runs.first { $0.records.contains(record) }?.contig ?? "none")
            records.append(columns)
          }
        }
      }
      return records
    }
  }

  @Test(arguments: [0, 1, 3], ["\n", "\r\n"])
  func columnsEqualANaiveSplit(samples: Int, lineEnd: String) async throws {
    var random = SplitMix64("columnsEqualANaiveSplit(\(samples))")
    let folder = try TemporaryFolder()
    let lines = VCFText.lines(3000, samples: samples, &random)
    let header = VCFText.header(samples: samples).split(separator: "\n").map(String.init)
    let text = (header + lines).map { $0 + lineEnd }.joined()
    let expected = lines.map { line in
      let split = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let format = split.count > 8 ? split[8] : ""
      return Array(split[..<8]) + [format, split.dropFirst(9).joined(separator: "\t"), split[1], split[0]]
    }
    let plain = try folder.write(text, to: "v.vcf")
    let blocks = try folder.write(try bgzfBlocks(random.pieces(of: Array(text.utf8), about: 30) + [[]]), to: "v.vcf.gz")
    for setting in Setting.all {
      #expect(try await columns(plain, setting) == expected, "\(setting.testDescription)")
      #expect(try await columns(blocks, setting) == expected, "\(setting.testDescription)")
    }
  }

  @Test(arguments: Setting.all) func aHeaderOverManyChunksIsReadWhole(setting: Setting) async throws {
    let contigs = (0..<2000).map { ("contig\($0)", 1000 + $0) }
    let text = VCFText.header(samples: 1, contigs: contigs)
    let folder = try TemporaryFolder()
    for lines in ["", "contig1999\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\n"] {
      let path = try folder.write(text + lines, to: "v.vcf")
      let readout = try await Format.variants.read(path, setting.resources)
      #expect(readout.text == Array((text + lines).utf8))
    }
  }

  private static let good = "1\t10\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"

  @Test(arguments: [
    ("seven columns", "1\t10\t.\tA\tC\t.\tPASS\n"),
    ("no samples", "1\t10\t.\tA\tC\t.\tPASS\t.\n"),
    ("FORMAT alone", "1\t10\t.\tA\tC\t.\tPASS\t.\tGT\n"),
    ("a sample too few", "1\t10\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\n"),
    ("a sample too many", "1\t10\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t0/1\t0/1\n"),
    ("POS of letters", "1\tten\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"),
    ("no POS", "1\t\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"),
    ("a negative POS", "1\t-4\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"),
    ("a POS beyond 32 bits", "1\t2147483648\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"),
    ("a POS beyond 64 bits", "1\t99999999999999999999\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\n"),
    ("an empty line", "\n"),
    ("an empty line of DOS", "\r\n"),
    ("a header line among records", "##late\n"),
  ])
  func aBrokenLineIsRefusedWithItsPlace(what: String, line: String) async throws {
    let header = VCFText.header(samples: 2)
    let lines = header.split(separator: "\n").count
    let folder = try TemporaryFolder()
    let many = String(repeating: Self.good, count: 700)
    let path = try folder.write(header + many + line + Self.good, to: "v.vcf")
    for setting in Setting.all {
      let error = await failure { try await Format.variants.read(path, setting.resources) } as? InputError
      #expect(error?.kind == .malformed, "\(what)")
      #expect(error?.location.record == lines + 701)
      #expect(error?.location.offset == header.utf8.count + many.utf8.count)
      #expect(error?.location.file == path)
    }
  }

  @Test(arguments: Setting.all) func aLastLineWithoutLineFeedIsRefusedWithItsPlace(setting: Setting) async throws {
    let header = VCFText.header(samples: 2)
    let folder = try TemporaryFolder()
    let path = try folder.write(header + Self.good + Self.good.dropLast(), to: "v.vcf")
    let error = await failure { try await Format.variants.read(path, setting.resources) } as? InputError
    #expect(error?.kind == .truncated)
    #expect(error?.location.record == header.split(separator: "\n").count + 2)
    #expect(error?.location.offset == header.utf8.count + Self.good.utf8.count)
  }

  @Test(
    arguments: [
      ("", InputError.Kind.empty, nil),
      ("1\t10\t.\tA\tC\t.\tPASS\t.\n", .malformed, nil),
      ("BCF\u{2}\u{2}\nrest\n", .unsupported, nil),
      ("##fileformat=VCFv4.2\n1\t10\t.\tA\tC\t.\tPASS\t.\n", .malformed, 1),
      ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", .malformed, 1),
      ("##fileformat=VCFv3.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", .malformed, 1),
      ("##fileformat=VCFv4.2\n#CHROM POS ID REF ALT QUAL FILTER INFO\n", .malformed, 2),
      ("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\ta\n", .malformed, 2),
      ("##fileformat=VCFv4.2\n##INFO=<Number=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", .malformed, 2),
      ("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO", .truncated, 2),
    ] as [(String, InputError.Kind, Int?)])
  func whatHasNoWholeHeaderIsRefused(text: String, kind: InputError.Kind, line: Int?) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "v.vcf")
    for setting in Setting.all {
      let error = await failure { try await Format.variants.read(path, setting.resources) } as? InputError
      #expect(error?.kind == kind)
      if let line { #expect(error?.location.record == line) }
    }
  }

  @Test func aHeaderThatIsNotUTF8IsRefusedAndNotRewritten() async throws {
    let folder = try TemporaryFolder()
    let text = Array("##fileformat=VCFv4.2\n##source=Z".utf8) + [0xFC] + Array("rich\n#CHROM\tPOS\n".utf8)
    let path = try folder.write(text, to: "v.vcf")
    let error = await failure { try await Format.variants.read(path, RunResources(threads: 1)) } as? InputError
    #expect(error?.kind == .malformed)
    #expect(error?.location.record == 2)
  }

  @Test func aHeaderIsWrittenAsItWasReadAndTakesALineOnce() async throws {
    let text = VCFText.header(samples: 3)
    var header = try VCFHeader(lines: text.split(separator: "\n").map(String.init), path: "v.vcf")
    #expect(header.text == text)
    #expect(header.samples == ["S0", "S1", "S2"])
    #expect(header.version == "VCFv4.2")
    #expect(header.contigs["2"]?.length == 900_000_000)
    #expect(header.info["DP"] == FieldDefinition(number: .count(1), type: .integer))
    header.add("##INFO=<ID=X,Number=A,Type=Integer,Description=\"x\">")
    header.add("##INFO=<ID=X,Number=A,Type=Integer,Description=\"x\">")
    #expect(header.metaLines.count == text.split(separator: "\n").count)
  }

  @Test func orderIsWatchedOverBatches() async throws {
    let header = VCFText.header(samples: 0)
    func line(_ contig: String, _ position: Int) -> String { "\(contig)\t\(position)\t.\tA\tC\t.\t.\t.\n" }
    let folder = try TemporaryFolder()
    let block = (1...300).map { line("1", $0) }.joined()
    let cases: [(String, Bool, Int?)] = [
      (block + line("1", 300) + line("2", 1), true, nil), (block + line("1", 299), false, 301),
      (block + line("2", 5) + line("1", 400), false, 302),
    ]
    for (text, sorted, record) in cases {
      let path = try folder.write(header + text, to: "v.vcf")
      for setting in Setting.all {
        let resources = setting.resources
        try await withChunks(of: InputFile(path: path), endOfFile: .required, resources: resources) { source in
          let reader = try await VCFReader(source, resources: resources)
          while try await reader.next() != nil {}
          #expect(reader.isSorted == sorted)
          let error = await failure { try reader.requireSorted() } as? InputError
          #expect((error == nil) == sorted)
          if let record { #expect(error?.location.record == header.split(separator: "\n").count + record) }
        }
      }
    }
  }
}
