import EngineTestSupport
import Foundation
import Testing
import Variants

/// A BCF is checked as the text that it stands for, and its problems are placed by record.
@Suite(.enabled(if: Peer.areInstalled("bcftools", "bgzip")))
struct CheckBCFTests {
  /// Problems without their places: header lines, and records counted from 1.
  private static func list(_ report: CheckReport, headerLines: Int) -> [String] {
    report.problems.map { problem in
      let place = problem.line > headerLines ? "record \(problem.line - headerLines)" : "line \(problem.line)"
      let message = problem.message.replacing(#/stands in (line|record) \d+/#, with: "stands in …")
      return "\(place) \(problem.severity) \(problem.code.name) \(problem.field) \(message)"
    }
  }

  /// Faults that BCF can hold.
  private static func plant(_ line: inout [String], _ random: inout SeededGenerator) {
    switch random.int(0...11) {
    case 0: line[7] = "AF=1.5"
    case 1: line[7] = "AC=1,1,1,1"
    case 2: line[7] = "DP=-3;END=1"
    case 3: line[5] = "-2.5"
    case 4: line[4] = "A"
    case 5: line[4] = "C,C"
    case 6: line[2] = "a;b"
    case 7: line[1] = "2"
    case 8: line[9] = "0/7:1:0"
    case 9: line[9] = "0/1:-1:1,2"
    case 10: line[7] = "I2=1;S1=5%"
    default: line[4] = "<FOO>"
    }
  }

  @Test(arguments: seeds(3)) func `the report of a BCF is that of its text`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for version in VCFVersion.allCases {
      let folder = try ScratchFolder()
      var lines = String(decoding: CheckFuzzTests.base(version, records: 200, &random), as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
      for index in lines.indices where lines[index].count > 9 && !lines[index][0].hasPrefix("#") {
        if random.oneIn(6) { Self.plant(&lines[index], &random) }
      }
      let input = try folder.write(lines.map { $0.joined(separator: "\t") + "\n" }.joined(), "in.vcf")
      try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", folder.path("a.bcf"), input)
      try Peer.output("bcftools", "view", "--no-version", "-Ov", "-o", folder.path("b.vcf"), folder.path("a.bcf"))
      let headerLines = try folder.text(of: "b.vcf").split(separator: "\n").count { $0.hasPrefix("#") }
      let text = try await checkFile(folder.path("b.vcf"))
      #expect(text.errors > 5)
      var expected: String?
      for (threads, batchBytes) in [(1, 8 << 20), (2, 4096), (7, 64 << 10)] {
        let binary = try await checkFile(folder.path("a.bcf"), threads: threads, batchBytes: batchBytes)
        #expect(binary.version == text.version && binary.records == text.records && binary.kinds == text.kinds)
        #expect(
          Self.list(binary, headerLines: headerLines) == Self.list(text, headerLines: headerLines),
          "seed \(seed), \(version.name)")
        #expect(expected == nil || expected == binary.text())
        expected = binary.text()
      }
    }
  }

  @Test func `records are named by number and lines of the header by line`() async throws {
    let folder = try ScratchFolder()
    let input = try folder.write(
      """
      ##fileformat=VCFv4.2
      ##contig=<ID=1,length=0>
      ##INFO=<ID=AF,Number=A,Type=Float,Description="x">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      1\t5\t.\tA\tC\t.\t.\t.
      1\t6\t.\tA\tC\t.\t.\tAF=2
      1\t6\t.\tA\tC\t.\t.\t.

      """, "in.vcf")
    try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", folder.path("a.bcf"), input)
    let report = try await checkFile(folder.path("a.bcf"))
    let path = folder.path("a.bcf")
    let lines = report.text().split(separator: "\n")
    for (line, start) in zip(
      lines, [":3: error meta-length", ":record 2: error info-range", ":record 3: error record-twice"])
    {
      #expect(line.hasPrefix(path + start), "\(line)")
    }
    #expect(lines.count == 3)
    #expect(report.problems.map(\.record) == [nil, 2, 3])
    #expect(report.problems.last?.message.contains("stands in record 2 already") == true)
  }

  @Test func `damage is a problem, and what stands before it is checked`() async throws {
    let folder = try ScratchFolder()
    let records = (1...3000).map { "1\t\($0)\trs\($0)\tA\t\($0 == 5 ? "<FOO>" : "C")\t.\t.\tS=x_\($0)y\n" }.joined()
    let input = try folder.write(
      "##fileformat=VCFv4.2\n##contig=<ID=1>\n##INFO=<ID=S,Number=1,Type=String,Description=\"x\">\n"
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + records, "in.vcf")
    try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", folder.path("a.bcf"), input)
    try Peer.output("bash", "-c", "bgzip -dc \(folder.path("a.bcf")) > \(folder.path("raw.bcf"))")
    let raw = try folder.bytes(of: "raw.bcf")
    func report(_ bytes: Data, _ batchBytes: Int) async throws -> CheckReport {
      try bytes.write(to: URL(fileURLWithPath: folder.path("d.bcf")))
      return try await checkFile(folder.path("d.bcf"), batchBytes: batchBytes)
    }
    for batchBytes in [4096, 1 << 20] {
      // A record that breaks a line, one with a size that none has, and a file that ends inside one.
      var broken = raw
      let place = try #require(broken.range(of: Data("x_2000y".utf8)))
      broken[place.lowerBound + 1] = 10
      let first = try await report(broken, batchBytes)
      #expect(first.errorList == ["10 alt-type ALT", "2005 data-damaged line"] && first.records == 1999)
      #expect(first.problems.last?.record == 2000)
      var sized = raw
      let start = try #require(raw.range(of: Data("x_1500y".utf8))).upperBound
      sized.replaceSubrange(start..<start + 4, with: [255, 255, 255, 255])
      let second = try await report(sized, batchBytes)
      #expect(second.errorList == ["10 alt-type ALT", "1506 data-damaged line"] && second.records == 1500)
      let third = try await report(raw.dropLast(5), batchBytes)
      #expect(third.errorList == ["10 alt-type ALT", "3005 data-damaged line"] && third.records == 2999)
      // A header that is not whole.
      let fourth = try await report(raw.prefix(20), batchBytes)
      #expect(fourth.errorList == ["1 data-damaged line"] && fourth.records == 0)
      let fifth = try await report(Data("BCF".utf8), batchBytes)
      #expect(fifth.errorList == ["1 data-damaged line"])
    }
  }

  @Test(arguments: seeds(2)) func `random damage is never fatal, and its report never depends on the batches`(
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let text = CheckFuzzTests.base(.v43, records: 60, &random)
    let input = try folder.write(String(decoding: text, as: UTF8.self), "in.vcf")
    try Peer.output("bcftools", "view", "--no-version", "-Ob", "-o", folder.path("a.bcf"), input)
    try Peer.output("bash", "-c", "bgzip -dc \(folder.path("a.bcf")) > \(folder.path("raw.bcf"))")
    let raw = try folder.bytes(of: "raw.bcf")
    let path = folder.path("d.bcf")
    for number in 0..<300 {
      var damaged = raw
      for _ in 0...random.int(0...2) {
        damaged[random.int(0...(raw.count - 1))] = UInt8(random.int(0...255))
      }
      if random.oneIn(4) { damaged = damaged.prefix(random.int(3...raw.count)) }
      try damaged.write(to: URL(fileURLWithPath: path))
      let report = try await Self.textOrRefusal { try await checkFile(path) }
      let other = try await Self.textOrRefusal {
        try await checkFile(path, threads: random.pick([1, 7]), batchBytes: 4096)
      }
      #expect(report == other, "seed \(seed), case \(number)")
    }
  }

  /// A file whose first letters are changed is no BCF of a version that is read: refused, not reported.
  private static func textOrRefusal(_ body: () async throws -> CheckReport) async throws -> String {
    do {
      return try await body().text()
    } catch let error as any Error & CustomStringConvertible {
      return error.description
    }
  }
}
