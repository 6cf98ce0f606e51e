import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

@Suite struct FASTQWrappedTests {
  @Test(arguments: ["\n", "\r\n"])
  func wrappedRecordsComeBackOnSingleLines(lineEnd: String) async throws {
    var random = SplitMix64("wrapped(\(lineEnd.utf8.count))")
    let folder = try TemporaryFolder()
    for round in 0..<60 {
      let text = random.fastq(records: random.int(1...200), longest: random.pick([1, 80, 3000]))
      let records = try #require(NaiveFASTQ.records(text))
      var wrapped = random.wrapped(records, lineEnd: lineEnd)
      if round % 3 == 0, records.last?.sequence.isEmpty == false { wrapped.removeLast(lineEnd.utf8.count) }
      let bytes = round % 2 == 0 ? wrapped : try bgzf(wrapped)
      let path = try folder.write(bytes, to: "wrapped.fq")
      let setting = Setting.random(&random)
      let readout = try await readFASTQ(path, FASTQOptions(unwraps: true), to: .phred33, setting.resources)
      try #require(readout.text == records.text, "round \(round), \(setting.testDescription)")
    }
  }

  @Test func qualityLinesMayBeginLikeARecordOrASeparator() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("@r\nACG\nTAC\n+\n@II\n+II\n@s\nA\n+s\n@\n@t\nC\n+\n+\n", to: "wrapped.fq")
    for setting in Setting.all {
      let readout = try await readFASTQ(path, FASTQOptions(unwraps: true), to: .phred33, setting.resources)
      #expect(readout.text == Array("@r\nACGTAC\n+\n@II+II\n@s\nA\n+\n@\n@t\nC\n+\n+\n".utf8))
    }
  }

  @Test func aFaultBehindWrappedRecordsHasItsPlaceInTheFile() async throws {
    let folder = try TemporaryFolder()
    let head = String(repeating: "@r\nACG\nTAC\n+\nIII\nIII\n", count: 300)
    for fault in ["@s\nAC\n!\n+\nIII\n", "@s\nAC\nGT\n+\nII\nI \n", "@s\nA\n\nC\n+\nII\n", "@s\nAC\n+\nI\nII\n"] {
      let path = try folder.write(head + fault + head, to: "wrapped.fq")
      for setting in Setting.all {
        let error =
          await failure {
            try await readFASTQ(path, FASTQOptions(unwraps: true), to: .phred33, setting.resources)
          } as? InputError
        #expect(error?.kind == .malformed)
        #expect(error?.location == InputLocation(file: path, record: 301, offset: head.utf8.count), "\(fault)")
      }
    }
  }

  @Test(arguments: QualityEncoding.allCases)
  func wrappedInterleavedAndOldAtOnce(encoding: QualityEncoding) async throws {
    var random = SplitMix64("all(\(encoding))")
    let folder = try TemporaryFolder()
    let (text1, text2) = random.pairs(400)
    let records = try #require(NaiveFASTQ.records(interleaved(text1, text2)))
    // Scores that each encoding has and that come back the same: 10 to 62.
    let old = records.map { record in
      var record = record
      record.quality = record.quality.map { encoding.encoding[Int(min(max($0, 43), 95))].byte }
      return record
    }
    let path = try folder.write(try bgzf(random.wrapped(old)), to: "old.fq")
    for setting in Setting.all {
      let options = FASTQOptions(encoding: encoding, unwraps: true)
      let readout = try await readPairs(path, nil, setting.resources, options)
      #expect(readout.pairs == 400)
      let found = try #require(NaiveFASTQ.records(interleaved(readout.text1, readout.text2)))
      #expect(found.map(\.sequence) == records.map(\.sequence))
      #expect(found.map(\.quality) == records.map { $0.quality.map { min(max($0, 43), 95) } })
    }
  }

  @Test func interleavedMatesAreThoseOfTwoFiles() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    for _ in 0..<20 {
      let (text1, text2) = random.pairs(random.int(1...600), longest: random.pick([1, 150, 2000]))
      let one = try folder.write(gzipMember(interleaved(text1, text2)), to: "both.fq.gz")
      let paths = [try folder.write(text1, to: "1.fq"), try folder.write(try bgzf(text2), to: "2.fq.gz")]
      let setting = Setting.random(&random)
      let expected = PairReadout(pairs: NaiveFASTQ.records(text1)?.count ?? 0, text1: text1, text2: text2)
      #expect(try await readPairs(one, nil, setting.resources) == expected)
      #expect(try await readPairs(paths[0], paths[1], setting.resources) == expected)
    }
  }

  @Test func matesOfAnInterleavedFileAreWrittenApart() async throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let (text1, text2) = random.pairs(900, longest: 200)
    let input = InputFile(path: try folder.write(interleaved(text1, text2), to: "both.fq"))
    let resources = RunResources(threads: 2, batchBytes: 10_000)
    let plans = ["1.fq", "2.fq.gz"].map {
      OutputPlan(path: folder($0), container: OutputContainer(path: $0, level: 4, isBlocked: false), force: false)
    }
    let (second, first) = try await withChunks(of: input, endOfFile: .expected, resources: resources) { source in
      let reader = FASTQUnitReader(FASTQReader(source, options: FASTQOptions(isInterleaved: true)), nil)
      return try await withOutput(plans[0], resources: resources) { stream1 in
        try await withOutput(plans[1], resources: resources) { stream2 in
          while let unit = try await reader.next() {
            try await unit.read1.batch.write(unit.read1.records, to: stream1)
            if let read2 = unit.read2 { try await read2.batch.write(read2.records, to: stream2) }
          }
        }.1
      }
    }
    _ = try await first.commit()
    _ = try await second.commit()
    #expect(try folder.read("1.fq") == text1)
    #expect(try await readFASTQ(folder("2.fq.gz")).text == text2)
  }
}
