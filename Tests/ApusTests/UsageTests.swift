import TestSupport
import Testing

@Suite("The command line")
struct UsageTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("--version prints the name and the version alone")
  func version() throws {
    let result = try Command.run(["--version"], in: folder)
    #expect(result.code == 0)
    #expect(result.output.wholeMatch(of: /apus \d+\.\d+\.\d+\n/) != nil)
    #expect(result.errors.isEmpty)
  }

  @Test(
    "--help shows an example",
    arguments: [
      [], ["run"], ["fastq"], ["bam"], ["bam", "compare"], ["vcf"], ["vcf", "norm"], ["vcf", "filter"],
      ["vcf", "stats"], ["kb"],
      ["kb", "init"], ["directory", "import"], ["directory", "search"], ["directory", "show"], ["directory", "diff"],
      ["kb", "add"], ["kb", "query"], ["kb", "info"], ["kb", "digest"], ["kb", "withdraw"], ["kb", "recheck"],
      ["kb", "verify"], ["kb", "backup"], ["kb", "classify"], ["kb", "classifications"],
      ["kb", "release"], ["kb", "ledger"], ["kb", "export"], ["case", "release"], ["case", "report"],
      ["case", "crate"],
      ["selftest"],
    ])
  func help(command: [String]) throws {
    let result = try Command.run(command + ["--help"], in: folder)
    #expect(result.code == 0)
    #expect(result.output.contains("Example"))
    #expect(result.output.contains("apus"))
  }

  @Test(
    "What is not built yet is a usage error that says so",
    arguments: [
      ["vcf", "filter", "x", "-S", "."],
      ["vcf", "stats", "x.vcf", "-u", "x"], ["vcf", "process", "x.vcf", "-f", "x.fa", "--haplotypes"],
    ])
  func unbuilt(arguments: [String]) throws {
    let result = try Command.run(arguments, in: folder)
    #expect(result.code == 64)
    #expect(result.firstError.hasPrefix("apus: error: "))
    #expect(result.firstError.contains("not built yet"))
  }

  @Test(
    "Usage errors are 64 and one line",
    arguments: [
      ["nonsense"], ["fastq"], ["fastq", "-i", "a", "--nonsense"], ["fastq", "-i", "a", "--threads", "0"],
      ["fastq", "-i", "a", "--batch-size", "12"], ["bam", "a"], ["bam", "a", "--out-prefix", "p", "--collect", "x"],
      ["bam", "compare", "a.fingerprint"], ["bam", "a", "--out-prefix", "p", "--genotypes", "g.vcf"],
      ["bam", "a", "--out-prefix", "p", "--quantize", "a:b"], ["bam", "a", "--out-prefix", "p", "--thresholds", "1,x"],
      ["bam", "a", "--out-prefix", "p", "--mapq", "256"],
      ["bam", "a", "--out-prefix", "p", "--collect", "flagstat", "--per-base"],
      ["vcf", "filter", "a"], ["vcf", "filter", "a", "-i", "QUAL>1", "-e", "QUAL>1"],
      ["vcf", "filter", "a", "-s", "x"],
      ["vcf", "filter", "a", "-i", "QUAL>1", "-m", "+"], ["vcf", "filter", "a", "-i", "QUAL>1", "-s", "a;b"],
      ["vcf", "norm", "a", "-f", "b", "--join", "-o", "c.bcf"],
      ["fastq", "-i", "a", "-o", "b", "-O", "c"], ["fastq", "-i", "a", "--correct"],
      ["fastq", "-i", "a", "--adapter1", "AXC"],
      ["fastq", "-i", "a", "--no-adapter", "--adapter1", "ACGT"], ["fastq", "-i", "a", "--cut-window", "0"],
      ["fastq", "-i", "a", "--umi", "read1"],
      ["vcf", "norm", "a", "-f", "b", "--check-ref", "maybe"],
    ])
  func usage(arguments: [String]) throws {
    let result = try Command.run(arguments, in: folder)
    #expect(result.code == 64)
    #expect(result.firstError.hasPrefix("apus: error: "))
    #expect(result.output.isEmpty)
  }

  @Test(
    "An input that is missing is 66 and leaves nothing",
    arguments: [
      ["fastq", "-i", "missing.fastq", "-o", "o.fastq.gz", "--json", "o.json"],
      ["bam", "missing.bam", "--out-prefix", "o"],
      ["vcf", "filter", "missing.vcf", "--pass", "-o", "o.vcf.gz"], ["vcf", "stats", "missing.vcf", "-o", "o.txt"],
      ["run", "--samplesheet", "missing.csv", "--out", "o"],
    ])
  func missing(arguments: [String]) throws {
    let result = try Command.run(arguments, in: folder)
    #expect(result.code == 66)
    #expect(result.firstError.contains("missing."))
    #expect(try folder.names == [])
  }

  @Test("An output that exists is 73 unless --force, and stays as it was")
  func existing() throws {
    try folder.write("@r\nACGT\n+\nIIII\n", to: "in.fastq")
    try folder.write("precious", to: "o.json")
    let refused = try Command.run(["fastq", "-i", "in.fastq", "--json", "o.json"], in: folder)
    #expect(refused.code == 73)
    #expect(try folder.read("o.json") == Array("precious".utf8))
    let forced = try Command.run(["fastq", "-i", "in.fastq", "--json", "o.json", "--force"], in: folder)
    #expect(forced.code == 0)
    #expect(try folder.read("o.json") != Array("precious".utf8))
  }

  @Test("An output that is an input is refused")
  func outputIsInput() throws {
    try folder.write("@r\nACGT\n+\nIIII\n", to: "in.fastq")
    let result = try Command.run(["fastq", "-i", "in.fastq", "-o", "in.fastq", "--force"], in: folder)
    #expect(result.code == 64)
    #expect(try folder.read("in.fastq") == Array("@r\nACGT\n+\nIIII\n".utf8))
  }

  @Test("JSON logs carry an error's file, record, offset, code and exit code as fields")
  func jsonLog() throws {
    try folder.write("@a\nACGT\n+\nIIII\n@b\nACGT\n+\nIII\n", to: "in.fastq")
    let result = try Command.run(["fastq", "-i", "in.fastq", "--log-format", "json"], in: folder)
    #expect(result.code == 65)
    for field in [
      #""code":"input-malformed""#, #""exit":65"#, #""file":"in.fastq""#, #""record":2"#, #""offset":15"#,
      #""level":"error""#,
    ] {
      #expect(result.firstError.contains(field), "\(result.firstError)")
    }
    let text = try Command.run(["fastq", "-i", "in.fastq"], in: folder)
    #expect(text.firstError.hasPrefix("apus: error: in.fastq:2 (offset 15): "))
  }

  @Test("Empty inputs are refused")
  func empty() throws {
    try folder.write("", to: "empty")
    #expect(try Command.run(["fastq", "-i", "empty"], in: folder).code == 65)
    #expect(try Command.run(["bam", "empty", "--out-prefix", "o"], in: folder).code == 65)
    #expect(try Command.run(["vcf", "filter", "empty", "--pass", "-o", "o.vcf"], in: folder).code == 65)
    #expect(try folder.names == ["empty"])
  }

  @Test("Standard input and output work as -")
  func standardStreams() throws {
    let vcf = "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    try folder.write(vcf + "1\t5\t.\tA\tC\t.\tPASS\t.\n1\t6\t.\tA\tC\t.\tq10\t.\n", to: "in.vcf")
    let result = try Peer.outcome("'\(Command.path)' vcf filter - --pass -o - < in.vcf", in: folder)
    #expect(result.code == 0)
    #expect(result.text == vcf + "1\t5\t.\tA\tC\t.\tPASS\t.\n")
  }
}
