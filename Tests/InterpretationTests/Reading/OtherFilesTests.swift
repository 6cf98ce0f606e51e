import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// Copy numbers, repeats, metrics and places.
@Suite struct OtherFilesTests {
  @Test("Losses and gains are read with their genes; what has no direction, no end or no carrier is counted")
  func copyNumbers() async throws {
    let trio = try await TrioCache()
    let header = vcfHeader(
      ["P"], extra: ["##FORMAT=<ID=CN,Number=1,Type=Integer,Description=\"Copies\">"])
    func line(_ contig: String, _ position: Int, _ alternate: String, _ info: String, _ call: String) -> String {
      vcfLine(contig, position, "N", alternate, info: info, format: "GT:CN", [call])
    }
    try trio.folder.write(
      header + line("20", 2000, "<DEL>", "END=9000", "0/1:1") + line("20", 2000, "<DUP:TANDEM>", "SVLEN=100", "./1:3")
        + line("20", 5000, "<CNV>", "END=6000", "./.:2") + line("20", 5000, "<CNV>", "END=6000", "./.:4")
        + line("20", 5000, "<DEL>", "END=6000", "0/0:2") + line("20", 7000, "<DEL>", ".", "0/1:1")
        + line("20", 8000, "<INV>", "END=8500", "0/1:2") + line("20", 9000, ".", "END=9500", "./.:2")
        + line("X", 1000, "<CNV>", "END=2000", "1:2"), to: "cnv.vcf")
    func read(_ copies: Family.XCopies) async throws -> StructuralReading {
      try await readCopyNumbers(
        trio.folder("cnv.vcf"), sample: "P", xCopies: copies, cache: trio.cache, resources: trio.resources)
    }
    let reading = try await read(.unmeasured)
    #expect(reading.candidates.map(\.kind) == [.loss, .gain, .gain])
    #expect(reading.candidates[0].region.description == "20:2001-9000")
    #expect(reading.candidates[0].genes.map(\.symbol) == ["SYN1", "SYN2"])
    #expect(reading.candidates[0].genes[0].biotypes == ["protein_coding"])
    #expect(reading.candidates[1].region.count == 100 && reading.candidates[1].genes.isEmpty)
    #expect(
      reading.dropped == [
        "direction-not-told": 2, "not-carried": 1, "no-end": 1, "not-a-copy-number": 1, "reference-record": 1,
      ])
    // Two copies of X are a gain where one is expected, and nothing where two are.
    #expect(try await read(.measured(1)).candidates.map(\.kind) == [.loss, .gain, .gain, .gain])
    #expect(try await read(.measured(2)).candidates.count == 3)
    await #expect(throws: InputError.self) {
      try await readCopyNumbers(
        trio.folder("cnv.vcf"), sample: "M", xCopies: .unmeasured, cache: trio.cache, resources: trio.resources)
    }
  }

  @Test("The other caller's calls are those of the same direction that overlap")
  func otherCaller() async throws {
    let trio = try await TrioCache()
    try trio.folder.write(
      vcfHeader(["P"]) + vcfLine("20", 2000, "N", "<DEL>", info: "END=9000", format: "GT", ["0/1"]), to: "cnv.vcf")
    try trio.folder.write(
      vcfHeader(["P"]) + vcfLine("20", 3000, "N", "<DEL>", info: "END=8000", format: "GT", ["0/1"])
        + vcfLine("20", 3000, "N", "<DUP>", info: "END=8000", format: "GT", ["0/1"])
        + vcfLine("20", 12000, "N", "<DEL>", info: "END=13000", format: "GT", ["0/1"]), to: "sv.vcf")
    let other = try await readCopyNumbers(
      trio.folder("sv.vcf"), sample: "P", xCopies: .unmeasured, cache: trio.cache, resources: trio.resources)
    let reading = try await readCopyNumbers(
      trio.folder("cnv.vcf"), sample: "P", xCopies: .unmeasured, cache: trio.cache, other: other.candidates,
      resources: trio.resources)
    #expect(reading.candidates[0].otherCalls?.map(\.description) == ["20:3001-8000"])
    #expect(other.candidates[0].otherCalls == nil)
  }

  @Test("Repeats of several files come together by locus; the proband's FILTER counts")
  func repeats() async throws {
    let trio = try await TrioCache()
    let extra = [
      "##INFO=<ID=REPID,Number=1,Type=String,Description=\"r\">",
      "##INFO=<ID=VARID,Number=1,Type=String,Description=\"v\">",
      "##FORMAT=<ID=REPCN,Number=1,Type=String,Description=\"n\">",
      "##FORMAT=<ID=REPCI,Number=1,Type=String,Description=\"i\">",
    ]
    func file(_ sample: String, _ filter: String, _ call: String, to name: String) throws {
      try trio.folder.write(
        vcfHeader([sample], extra: extra)
          + vcfLine(
            "20", 3000, "N", "<STR30>", filter: filter, info: "END=3060;REPID=HTT;VARID=HTT", format: "GT:REPCN:REPCI",
            [call]), to: name)
    }
    try file("M", "LowQual", "0/1:17/40:17-17/38-45", to: "M.vcf")
    try file("P", "PASS", "1:19/42:19-19/40-51", to: "P.vcf")
    let family = Family([Family.Member("P", mother: 1), Family.Member("M"), Family.Member("F")], proband: 0)
    func read(_ files: [String]) async throws -> [RepeatCandidate] {
      try await readRepeats(files.map { trio.folder($0) }, family: family, cache: trio.cache, resources: trio.resources)
    }
    let found = try await read(["M.vcf", "P.vcf"])
    #expect(found == (try await read(["P.vcf", "M.vcf"])))
    let one = try #require(found.first)
    #expect(found.count == 1 && one.locus == "HTT" && one.filter == .passed && one.place == .autosome)
    #expect(one.calls[0].map(\.upper) == [19, 51] && one.calls[1].map(\.lower) == [17, 38] && one.calls[2].isEmpty)
    try file("M", "PASS", "0/1:17/40:17-17", to: "bad.vcf")
    await #expect(throws: InputError.self) { try await read(["bad.vcf"]) }
    try file("Z", "PASS", "0/1:17/40:17-17/38-45", to: "stranger.vcf")
    await #expect(throws: InputError.self) { try await read(["stranger.vcf"]) }
  }

  @Test(
    "Copies of X come from the metrics as whole ones, or are not measured",
    arguments: [(0.98, 1), (2.1, 2), (3.0, 2), (1.5, nil), (0.1, nil), (nil, nil)] as [(Double?, Int?)])
  func xCopies(value: Double?, copies: Int?) throws {
    let folder = try FileManager.default.url(
      for: .itemReplacementDirectory, in: .userDomainMask,
      appropriateFor: FileManager.default.temporaryDirectory, create: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("qc.json")
    let number = value.map { "\($0)" } ?? "null"
    try Data(
      "{\"schema\":\"apus-alignments/1\",\"samples\":[\"P\"],\"metrics\":[{\"id\":\"sex.x_copies\",\"value\":\(number)}]}"
        .utf8
    ).write(to: path)
    #expect(try MeasuredXCopies.read(path.path, sample: "P") == copies)
    #expect(throws: InputError.self) { try MeasuredXCopies.read(path.path, sample: "M") }
  }

  @Test("Pseudoautosomal places are told by digest, else by length, and not of another X")
  func places() throws {
    let x38 = PseudoautosomalRegions.table[2]
    let contigs = try #require(
      ContigDictionary([
        Contig(name: "chrX", length: x38.length, digest: RefgetDigest(sha512t24u: x38.sequence)),
        Contig(name: "chrY", length: PseudoautosomalRegions.table[3].length), Contig(name: "chr1", length: 1000),
        Contig(name: "chrM", length: 16_569), Contig(name: "chr1_KI270706v1_random", length: 5000),
      ]))
    let places = ContigPlaces(contigs)
    #expect(places.basis == ["chrX": .digest, "chrY": .length])
    let edge = x38.ranges[0].upperBound
    #expect(places.place(on: "chrX", (edge - 1)..<edge) == .pseudoautosomal)
    #expect(places.place(on: "chrX", edge..<(edge + 1)) == .x)
    #expect(places.place(on: "chrY", 20_000..<20_001) == .pseudoautosomal)
    #expect(places.place(on: "chrY", 5_000_000..<5_000_001) == .y)
    #expect(places.place(on: "chr1", 5..<6) == .autosome)
    #expect(places.place(on: "chrM", 5..<6) == .mitochondrial)
    #expect(places.place(on: "chr1_KI270706v1_random", 5..<6) == .other)
    #expect(places.place(on: "elsewhere", 5..<6) == .other)
    let other = ContigPlaces(try #require(ContigDictionary([Contig(name: "X", length: 5000)])))
    #expect(other.basis == ["X": ContigPlaces.Basis.none] && other.place(on: "X", 100..<101) == .x)
  }
}
