import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// Input made to break a reader: refused or taken, never a trap, an endless loop or an invented value.
@Suite struct HostileTests {
  private let header = "##fileformat=VCFv4.3\n##contig=<ID=c,length=8>\n##contig=<ID=long,length=9223372036854775807>\n"
  private let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"

  private func run(_ record: String, samples: Int = 0, contigs: String = "", indexed: Bool = false) async throws
    -> VariantResult
  {
    let folder = try ScratchFolder()
    let names = samples == 0 ? "" : "\tFORMAT" + (0..<samples).map { "\ts\($0)" }.joined()
    let text = header + contigs + columns + names + "\n" + record + "\n"
    return try await runVariants(
      try folder.write(text, "in.vcf"), fasta: nil, output: folder.path(indexed ? "o.vcf.gz" : "o.vcf"))
  }

  @Test(arguments: ["99999999999999999999999/1", "1/99999999999999999999999", "1|2|3|4|5|6|7|8|9|10000000000000000000"])
  func `an allele number too long for a machine word`(genotype: String) async throws {
    let result = try await run("c\t1\t.\tA\tC\t.\t.\t.\tGT\t\(genotype)", samples: 1)
    #expect(result.counts.zygosityBySample == [["heterozygous": 1]])
  }

  @Test(arguments: [
    "END=9223372036854775807", "END=99999999999999999999", "END=2147483647", "END=-9223372036854775808", "END=", "END",
    "END=0", "END=1x", "XEND=5;END=600000000",
  ])
  func `an INFO/END beyond any contig`(info: String) async throws {
    #expect(try await run("c\t0\t.\tN\t<DEL>\t.\t.\t\(info)", indexed: true).counts.recordsOut == 1)
    #expect(try await run("c\t2\t.\tC\tT\t.\t.\t\(info)", indexed: true).counts.recordsOut == 1)
  }

  @Test func `a position behind its contig or behind what an index holds is refused`() async throws {
    for (record, indexed) in [("c\t10\t.\tA\tC\t.\t.\t.", false), ("c\t2147483647\t.\tA\tC\t.\t.\t.", true)] {
      let error = await #expect(throws: InputError.self) { try await self.run(record, indexed: indexed) }
      #expect(error?.kind == .malformed)
      #expect(error?.reason.contains("lies behind the 8 bases of contig c") == true)
    }
    #expect(try await run("c\t9\t.\tN\t]c:4].\t.\t.\t.", indexed: true).counts.recordsOut == 1)
    #expect(try await run("long\t2147483647\t.\tA\tC\t.\t.\tEND=9999999999", indexed: true).counts.recordsOut == 1)
    #expect(try await run("undeclared\t2147483647\t.\tA\tC\t.\t.\t.").counts.recordsOut == 1)
    // Without the endless contig the index is a .tbi.
    let folder = try ScratchFolder()
    let text = "##fileformat=VCFv4.3\n\(columns)\nu\t536870913\t.\tA\tC\t.\t.\t.\n"
    let error = await #expect(throws: InputError.self) {
      try await runVariants(try folder.write(text, "in.vcf"), fasta: nil, output: folder.path("o.vcf.gz"))
    }
    #expect(error?.kind == .malformed && error?.reason.contains("536870913") == true)
    await #expect(throws: InputError.self) { try await self.run("u\t2147483648\t.\tA\tC\t.\t.\t.") }
    await #expect(throws: InputError.self) { try await self.run("u\t-1\t.\tA\tC\t.\t.\t.") }
  }

  @Test(arguments: [
    "#c\t1\t.\tA\tC\t.\t.\t.", "##c\t1\t.\tA\tC\t.\t.\t.", "c\t1\t.\tA\tC\t.\t.\t.\n#CHROM\t2\t.\tC\tT\t.\t.\t.",
  ])
  func `a line that begins as a header's does is no record`(record: String) async throws {
    let error = await #expect(throws: InputError.self) { try await self.run(record) }
    #expect(error?.kind == .malformed)
  }

  @Test(arguments: [("0/1", 2), ("0/1\t0/1\t0/1", 2), ("DP\t5", 1), ("0/1\t", 1)])
  func `another number of samples than the header's is refused`(samples: String, declared: Int) async throws {
    for format in ["GT", "DP"] {
      let error = await #expect(throws: InputError.self) {
        try await self.run("c\t1\t.\tA\tC\t.\t.\t.\t\(format)\t\(samples)", samples: declared)
      }
      #expect(error?.kind == .malformed)
      #expect(error?.reason == "the line has another number of columns than its header")
    }
  }

  @Test(arguments: ["", "A,", ",A", "A,,C", "?", "A C", "<", "<>", "AXC", "A-"])
  func `an ALT that no version allows is refused`(alt: String) async throws {
    let error = await #expect(throws: InputError.self) { try await self.run("c\t1\t.\tA\t\(alt)\t.\t.\t.") }
    #expect(error?.kind == .malformed)
  }

  @Test func `a genotype of very high ploidy splits or is refused, in no time`() async throws {
    let genotype = String(repeating: "1/", count: 50_000) + "2"
    let file = VCFCase(
      genome: [("c", "ACGTACGT")], lines: [VCFLine("c", 2, "C", ["A", "G"], format: "GT:PL", samples: [genotype])],
      samples: ["s"])
    let lines = try await file.run(splits: true).lines
    #expect(lines[1].columns[9].hasPrefix("./././") && lines[1].columns[9].hasSuffix("/1"))
    var withValues = file
    withValues.lines[0].columns[9] += ":1,2,3,4,5"
    await #expect(throws: InputError.self) { try await withValues.run(splits: true) }
  }

  @Test(arguments: seeds(3))
  func `a damaged line is taken or refused, and nothing traps`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(12, mostAlternates: 3)
    let folder = try ScratchFolder()
    let fasta = try folder.write(file.fasta, "ref.fa")
    // What was split already, too, so that joining has something to do.
    var split = file
    split.lines = try await file.run(splits: true).lines
    let originals = [Array(file.text.utf8), Array(split.text.utf8)]
    // The header's lines end where the #CHROM line begins; damage goes there seldom.
    let body = file.text.split(separator: "#CHROM")[0].utf8.count
    var refused = 0
    for _ in 0..<150 {
      var bytes = generator.random.pick(originals)
      for _ in 0...generator.random.int(0...3) {
        let place = generator.random.int((generator.random.oneIn(10) ? 0 : body)...(bytes.count - 2))
        switch generator.random.int(0...3) {
        case 0: bytes[place] = generator.random.pick(Array("\t\n,;:/|.*<>[]=09ACGTacgtN\0\u{7f}".utf8))
        case 1:
          bytes.insert(
            contentsOf: Array(generator.random.pick(["9999999999", "\t", ",", "\n", "0", "||", "\r"]).utf8), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count - 1, place + generator.random.int(1...9)))
        default: bytes[place] = UInt8(generator.random.int(0...255))
        }
      }
      let input = try folder.write(String(decoding: bytes, as: UTF8.self), "in.vcf")
      do {
        let job = generator.random.int(0...4)
        _ = try await runVariants(
          input, fasta: job == 0 ? nil : fasta, output: nil, splits: job == 2, joins: job == 3,
          atomizes: job == 4,
          check: generator.random.pick([.warn, .exclude]),
          batchBytes: 4096)
      } catch is InputError { refused += 1 }
    }
    #expect(refused > 20, "the damage did not reach the parser")
  }
}
