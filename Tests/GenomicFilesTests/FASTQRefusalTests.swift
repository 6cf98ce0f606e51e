import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is refused, with file, record and offset, in every container and at every batch size.
@Suite struct FASTQRefusalTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    var name: String
    /// What stands in the place of a record.
    var text: String
    var kind = InputError.Kind.malformed
    /// Words of the reason.
    var reason: String
    /// Whether it is a fault for wrapped files too, and its reason there.
    var wrappedReason: String? = "same"
    /// Whether good records may follow.
    var isLast = false
    var testDescription: String { name }
  }

  static let faults = [
    Fault(name: "no @", text: "r\nAC\n+\nII\n", reason: "does not begin with @"),
    Fault(name: "a lost line", text: "@r\nAC\n+\n", reason: "", wrappedReason: "the quality is"),
    Fault(name: "a separator lost", text: "@r\nAC\nII\n", reason: "third line", wrappedReason: "byte 0x49"),
    Fault(name: "no +", text: "@r\nAC\nx\nII\n", reason: "third line", wrappedReason: "byte 0x49"),
    Fault(name: "another name behind +", text: "@r\nAC\n+s\nII\n", reason: "differs from the name after @"),
    Fault(name: "part of the name behind +", text: "@r 1\nAC\n+r\nII\n", reason: "differs from the name after @"),
    Fault(
      name: "quality too short", text: "@r\nACG\n+\nII\n", reason: "2 long and the sequence 3", wrappedReason: "long"),
    Fault(name: "quality too long", text: "@r\nA\n+\nII\n", reason: "2 long and the sequence 1"),
    Fault(name: "no quality", text: "@r\nAC\n+\n\n", reason: "0 long and the sequence 2"),
    Fault(name: "no sequence", text: "@r\n\n+\nII\n", reason: "2 long and the sequence 0"),
    Fault(name: "a digit in the sequence", text: "@r\nA1\n+\nII\n", reason: "0x31, which is no base"),
    Fault(name: "a letter of no base", text: "@r\nAE\n+\nII\n", reason: "0x45, which is no base"),
    Fault(name: "a space in the sequence", text: "@r\nA C\n+\nIII\n", reason: "0x20, which is no base"),
    Fault(name: "a NUL in the sequence", text: "@r\nA\0\n+\nII\n", reason: "0x00, which is no base"),
    Fault(name: "a carriage return in the sequence", text: "@r\nA\rC\n+\nIII\n", reason: "0x0d, which is no base"),
    Fault(name: "beyond ASCII in the sequence", text: "@r\nAé\n+\nIII\n", reason: "0xc3, which is no base"),
    Fault(name: "a space in the quality", text: "@r\nAC\n+\nI \n", reason: "0x20, outside ! to ~ of Phred+33"),
    Fault(name: "DEL in the quality", text: "@r\nAC\n+\nI\u{7F}\n", reason: "0x7f, outside ! to ~"),
    Fault(name: "beyond ASCII in the quality", text: "@r\nAC\n+\né\n", reason: "0xc3, outside"),
    Fault(name: "an empty name", text: "@\nAC\n+\nII\n", reason: "no name"),
    Fault(name: "a comment alone", text: "@ r\nAC\n+\nII\n", reason: "no name"),
    Fault(name: "a control byte in the name", text: "@r\u{1}\nAC\n+\nII\n", reason: "control byte 0x01"),
    Fault(name: "an empty line between records", text: "\n@r\nAC\n+\nII\n", reason: "an empty line"),
    Fault(name: "FASTA", text: ">r\nAC\n", reason: "does not begin with @"),
    Fault(name: "one mapped zero page", text: String(repeating: "\0", count: 4096), reason: ""),
    Fault(name: "cut in the name", text: "@r", kind: .truncated, reason: "ends inside a record", isLast: true),
    Fault(name: "cut behind the name", text: "@r\n", kind: .truncated, reason: "ends inside a record", isLast: true),
    Fault(name: "cut in the sequence", text: "@r\nAC", kind: .truncated, reason: "ends inside", isLast: true),
    Fault(name: "cut behind the sequence", text: "@r\nAC\n", kind: .truncated, reason: "ends inside", isLast: true),
    Fault(name: "cut at +", text: "@r\nAC\n+", kind: .truncated, reason: "ends inside", isLast: true),
    Fault(name: "cut behind +", text: "@r\nAC\n+\n", kind: .truncated, reason: "ends inside", isLast: true),
    Fault(name: "cut in the quality", text: "@r\nAC\n+\nI", kind: .truncated, reason: "ends inside", isLast: true),
    Fault(
      name: "long cut in the quality", text: "@r\n\(bases(9000))\n+\n\(bases(8999))", kind: .truncated, reason: "",
      isLast: true),
  ]

  private static func bases(_ count: Int) -> String { String(repeating: "A", count: count) }

  private static let good = "@good 1\nACGTN\n+\n!I~#5\n"

  @Test(arguments: faults, [0, 1, 700])
  func aFaultIsRefusedWithItsPlace(fault: Fault, before: Int) async throws {
    let folder = try TemporaryFolder()
    let head = String(repeating: Self.good, count: before)
    let text = Array((head + fault.text + (fault.isLast ? "" : String(repeating: Self.good, count: 400))).utf8)
    let stored: [[UInt8]] = [text, gzipMember(text), try bgzf(text)]
    for (ordinal, bytes) in stored.enumerated() {
      let path = try folder.write(bytes, to: "reads.fq")
      // Several settings for plain text; the others differ in how chunks are made alone.
      let settings =
        ordinal == 0
        ? [1, 7].flatMap { threads in
          [4096, 64 << 10].map { Setting(threads: threads, batchBytes: $0) }
        } : [Setting(threads: 2, batchBytes: 4096)]
      for setting in settings {
        for unwraps in [false, true] {
          let wanted = unwraps && fault.wrappedReason != "same" ? fault.wrappedReason : fault.reason
          let error = await failure {
            try await readFASTQ(path, FASTQOptions(unwraps: unwraps), to: .phred33, setting.resources)
          }
          let found = try #require(error as? InputError, "\(setting.testDescription), unwraps: \(unwraps)")
          #expect(found.kind == fault.kind)
          #expect(found.location == InputLocation(file: path, record: before + 1, offset: head.utf8.count))
          #expect(found.reason.contains(wanted ?? ""), "\(found)")
        }
      }
    }
  }

  @Test(arguments: ["\n", "\n\n\n\n\n\n\n\n\n", "\r\n\r\n", "\n\r\n"], [0, 1, 500])
  func emptyLinesAtTheEndAreTaken(tail: String, records: Int) async throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: Self.good, count: records)
    let path = try folder.write(text + tail, to: "reads.fq")
    for setting in Setting.all {
      for unwraps in [false, true] {
        let readout = try await readFASTQ(path, FASTQOptions(unwraps: unwraps), to: .phred33, setting.resources)
        #expect(readout.records == records)
        #expect(readout.text == Array(text.utf8))
      }
    }
  }

  @Test func aTailOfManyEmptyLinesThatIsNoTailIsRefused() async throws {
    let folder = try TemporaryFolder()
    let lines = String(repeating: "\n", count: 20_000)
    let path = try folder.write(Self.good + lines + Self.good, to: "reads.fq")
    for setting in Setting.all {
      for unwraps in [false, true] {
        let error =
          await failure {
            try await readFASTQ(path, FASTQOptions(unwraps: unwraps), to: .phred33, setting.resources)
          } as? InputError
        #expect(error?.location == InputLocation(file: path, record: 2, offset: Self.good.utf8.count))
        #expect(error?.reason.contains("an empty line") == true)
      }
    }
  }

  @Test(arguments: ["ACGTUNRYSWKMBDHVX", "acgtunryswkmbdhvx", ".-*"])
  func everyCodeOfANucleotideIsTaken(sequence: String) async throws {
    let folder = try TemporaryFolder()
    for length in [sequence.count, 200] {
      let bases = String(String(repeating: sequence, count: 200).prefix(length))
      let path = try folder.write("@r\n\(bases)\n+\n\(Self.bases(length))\n", to: "reads.fq")
      #expect(try await readFASTQ(path).records == 1)
    }
  }

  /// The quick look takes no record that the close look would refuse, and does take the usual ones.
  @Test func theQuickLookIsRight() throws {
    var random = SplitMix64()
    var quick = 0
    for round in 0..<40_000 {
      let length = random.int(1...70)
      var text = Array("@name.of.a.read:\(round)\n".utf8) + random.letters(length, of: "ACGTN") + Array("\n+\n".utf8)
      text += random.letters(length, of: "!#+5?@AFI~") + [10]
      let isWhole = round % 2 == 0
      if !isWhole {
        let place = random.int(0...(text.count - 2))
        if text[place] != 10 {
          text[place] = random.pick([UInt8(truncatingIfNeeded: random.next()), 0x20, 0x21, 0x7E, 0x7F, 0x80, 0xFF, 9])
        }
      }
      guard text.count(where: { $0 == 10 }) == 4 else { continue }
      var scan = FASTQLineScan()
      text.withUnsafeBytes { bytes in
        scan.scan(bytes)
        guard scan.ends.count == 4 else { return }
        scan.ends.withUnsafeBufferPointer { ends in
          let view = FASTQRecords(bytes: bytes, lineEnds: ends)
          let isUsual = view.isUsual(0)
          quick += isUsual ? 1 : 0
          if isUsual, let fault = view.fault(of: 0) { Issue.record("\(fault): \(text)") }
          if isWhole, length >= 16 { #expect(isUsual) }
        }
      }
    }
    #expect(quick > 10_000)
  }

  @Test(arguments: [false, true])
  func aRecordLongerThanTheLimitIsRefused(unwraps: Bool) async throws {
    let folder = try TemporaryFolder()
    let limit = 300_000
    let first = "@a\nC\n+\nI\n"
    for (length, isRefused) in [(limit / 2 - 10, false), (limit, true), (20 * limit, true)] {
      let sequence = String(repeating: "A", count: length)
      let text = "\(first)@r\n\(sequence)\n+\n\(sequence)\n"
      let input = InputFile(path: try folder.write(text, to: "long.fq"))
      let error = await failure {
        try await withChunks(of: input, endOfFile: .expected, resources: RunResources(threads: 1, batchBytes: 4096)) {
          let reader = FASTQReader($0, options: FASTQOptions(unwraps: unwraps), longestRecord: limit)
          while try await reader.next() != nil {}
        }
      }
      #expect((error != nil) == isRefused)
      guard isRefused else { continue }
      let found = try #require(error as? InputError)
      #expect(found.location == InputLocation(file: input.path, record: 2, offset: first.utf8.count))
      #expect(found.reason.contains("longer than \(limit) bytes"))
    }
  }

  /// The calling thread's CPU time, which other tests do not add to.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Moved or searched again with each of its eight thousand chunks, the record would take minutes.
  @Test(arguments: [false, true])
  func aRecordOfManyChunksTakesTimeInProportion(unwraps: Bool) throws {
    let sequence = [UInt8](repeating: UInt8(ascii: "A"), count: 16 << 20)
    let text = Array("@r\n".utf8) + sequence + Array("\n+\n".utf8) + sequence + [10]
    let context = FramingContext(path: "long.fq", group: 1, longestRecord: FASTQReader.longestRecord)
    let framing: any FASTQFraming = unwraps ? WrappedFraming(context) : FourLineFraming(context)
    let start = threadSeconds()
    var found: [FramedRecords] = []
    try text.withUnsafeBytes { bytes in
      for offset in stride(from: 0, to: bytes.count, by: 4096) {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[offset..<min(offset + 4096, bytes.count)])
        if let framed = try framing.take(Chunk(copying: piece, dataOffset: offset)) { found.append(framed) }
      }
    }
    if let framed = try framing.finish() { found.append(framed) }
    #expect(threadSeconds() - start < 20)
    #expect(found.map(\.count) == [1])
    #expect(found.first?.chunk.withBytes { $0.elementsEqual(text) } == true)
  }
}
