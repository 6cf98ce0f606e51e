import EngineTestSupport
import Testing
import Variants

/// Samples that are looked at as a whole, against the same samples looked at value by value: at the end of a batch there
/// is no room for a whole look.
@Suite struct CheckPlainSampleTests {
  private static let header = """
    ##fileformat=VCFv4.3
    ##contig=<ID=1>
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
    ##FORMAT=<ID=XS,Number=1,Type=String,Description="x">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta

    """

  private static func number(_ random: inout SeededGenerator) -> String {
    switch random.int(0...19) {
    case 0: random.pick([".", "", "-1", "+1", "1.5", "x", "1,1", "0123456789", "2147483648", "1/1"])
    case 1...3: String(random.int(0...1_000_000_000))
    default: String(random.int(0...500))
    }
  }

  private static func sample(_ format: String, _ alternates: Int, _ random: inout SeededGenerator) -> String {
    var fields: [String] = []
    for key in format.split(separator: ":") {
      let count: Int
      switch key {
      case "GT":
        let alleles = ["0", "1", "2", ".", String(alternates), "9", "10", "x"]
        let mark = random.pick(["/", "/", "|", "/", ":", ""])
        fields.append(random.pick(alleles) + mark + random.pick(alleles))
        continue
      case "AD": count = alternates + 1
      case "PL": count = (alternates + 1) * (alternates + 2) / 2
      default: count = 1
      }
      let found = random.oneIn(30) ? count + 1 : count
      fields.append((0..<found).map { _ in number(&random) }.joined(separator: ","))
    }
    if random.oneIn(20) { fields.removeLast() }
    if random.oneIn(30) { fields.append("1") }
    return fields.joined(separator: ":")
  }

  @Test(arguments: seeds(3)) func `samples are judged the same with and without room behind them`(
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    let firstLine = Self.header.split(separator: "\n").count + 1
    var lines: [String] = []
    for position in 1...400 {
      let alternates = random.int(0...3)
      let format = random.pick(["GT", "GT:DP", "GT:AD:DP:GQ:PL", "DP:AD", "GT:DP:XS", "XS:DP", "GT:XS:AD"])
      let alt = alternates == 0 ? "." : ["C", "G", "T"].prefix(alternates).joined(separator: ",")
      let values = Self.sample(format, alternates, &random)
      lines.append("1\t\(position)\t.\tA\t\(alt)\t.\t.\t.\t\(format)\t\(values)\n")
    }
    let all = try await checkText((Self.header + lines.joined()).utf8, batchBytes: 64 << 10, limit: 100_000)
    var byLine: [Int: [String]] = [:]
    for problem in all.problems {
      byLine[problem.line, default: []].append("\(problem.severity) \(problem.field) \(problem.message)")
    }
    var faulty = 0
    for (index, line) in lines.enumerated() {
      let alone = try await checkText((Self.header + line).utf8, batchBytes: 64 << 10, limit: 100_000)
      let expected = alone.problems.filter { $0.line == firstLine }
        .map { "\($0.severity) \($0.field) \($0.message)" }
      if !expected.isEmpty { faulty += 1 }
      #expect(byLine[firstLine + index] ?? [] == expected, "seed \(seed), \(line)")
    }
    #expect(faulty > 50 && faulty < 380)
  }
}
