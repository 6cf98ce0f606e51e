import TestSupport
import Testing

/// `apus vcf filter` as a person runs it.
@Suite struct VcfFilterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let text = """
    ##fileformat=VCFv4.2
    ##contig=<ID=1,length=1000>
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb
    1\t10\t.\tA\tC\t50\tPASS\tDP=20\tGT\t0/1\t0/0
    1\t20\t.\tA\tC\t10\tPASS\tDP=5\tGT\t0/1\t1/1
    1\t30\t.\tA\tC\t50\t.\t.\tGT\t0/0\t1/1

    """

  private func run(_ arguments: [String]) throws -> Command.Result {
    try folder.write(Self.text, to: "in.vcf")
    return try Command.run(["vcf", "filter", "in.vcf"] + arguments, in: folder)
  }

  private func positions(_ output: String) -> [String] {
    output.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.split(separator: "\t")[1]) }
  }

  @Test(arguments: [
    (["-i", "QUAL>30 && DP>10"], ["10"]), (["-e", "DP<10"], ["10", "30"]), (["-i", "DP<10"], ["20"]),
    (["-i", "GT[1]=\"hom\"", "--pass"], ["10", "20"]), (["-i", "FMT/GT=\"het\"", "--samples", "a"], ["10", "20"]),
    (["-e", "QUAL<30", "-s", "LOW"], ["10", "20", "30"]),
  ])
  func `records are kept`(arguments: [String], expected: [String]) throws {
    let result = try run(arguments)
    #expect(result.code == 0, "\(result.errors)")
    #expect(positions(result.output) == expected)
  }

  @Test func `targets and regions are BED`() throws {
    try folder.write("1\t9\t20\n", to: "t.bed")
    #expect(positions(try run(["-T", "t.bed"]).output) == ["10", "20"])
    #expect(positions(try run(["-R", "t.bed", "-i", "QUAL<30"]).output) == ["20"])
  }

  @Test func `a bad expression is a usage error that names its place`() throws {
    let result = try run(["-i", "QUAL>30 && NOPE>1"])
    #expect(result.code == 64)
    #expect(result.firstError.contains("column 12, `NOPE`"))
    #expect(try run(["-i", "ID=@nowhere"]).code == 66)
    #expect(try run(["--samples", "c"]).code == 65)
  }

  @Test func `a row of minus is warned of`() throws {
    let result = try run(["-i", "10-5-2=7"])
    #expect(result.code == 0)
    #expect(result.errors.contains("grouped from the right"))
  }
}
