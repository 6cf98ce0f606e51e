import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// Splitting a multi-allelic record without inventing the reference (reference/variants.md 2.2).
@Suite struct SplitTests {
  private func split(_ line: VCFLine, samples: Int) async throws -> [VCFLine] {
    let file = VCFCase(
      genome: [("c", "ACGTTTTACGATCCCATG")], lines: [line], samples: (0..<samples).map { "s\($0)" })
    return try await file.run(splits: true).lines
  }

  struct Call: Sendable, CustomTestStringConvertible {
    var before: String
    var after: [String]
    var testDescription: String { before }
  }

  @Test(arguments: [
    Call(before: "1/2", after: ["1/.", "./1"]), Call(before: "1|2", after: ["1|.", ".|1"]),
    Call(before: "2|1", after: [".|1", "1|."]), Call(before: "0/1", after: ["0/1", "0/."]),
    Call(before: "0/2", after: ["0/.", "0/1"]), Call(before: "0|0", after: ["0|0", "0|0"]),
    Call(before: "1/1", after: ["1/1", "./."]), Call(before: "2", after: [".", "1"]),
    Call(before: "1", after: ["1", "."]), Call(before: "0", after: ["0", "0"]), Call(before: ".", after: [".", "."]),
    Call(before: "./.", after: ["./.", "./."]), Call(before: "./2", after: ["./.", "./1"]),
    Call(before: "0/1/2", after: ["0/1/.", "0/./1"]), Call(before: "2|2|1", after: [".|.|1", "1|1|."]),
    Call(before: "/0|1", after: ["/0|1", "/0|."]), Call(before: "|2", after: ["|.", "|1"]),
  ])
  func `GT: another alternate becomes missing, never reference`(call: Call) async throws {
    let lines = try await split(VCFLine("c", 2, "C", ["A", "G"], format: "GT", samples: [call.before]), samples: 1)
    #expect(lines.map { $0.columns[9] } == call.after)
  }

  @Test func `fields keep the values of their allele, whatever the ploidy`() async throws {
    let line = VCFLine(
      "c", 2, "C", ["A", "G", "T"], info: "DB;AC=1,2,3;IR=9,1,2,3;SR=r,.,b,c;IG=0,1,2,3,4,5,6,7,8,9;S=x,y;AF=.",
      format: "GT:AD:AA:PL:PS",
      samples: [
        // Genotypes 00 01 11 02 12 22 03 13 23 33.
        "1|2:9,1,2,3:1,2,3:0,1,2,3,4,5,6,7,8,9:7", "3:9,1,2,3:1,.,3:0,1,2,3", "0/3/3:.:.:.", "1/1",
        // 000 001 011 111 002 012 112 022 122 222 003 013 113 023 123 223 033 133 233 333.
        "0/1/2:4,3,2,1:1,2,3:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19",
      ])
    let lines = try await split(line, samples: 5)
    #expect(lines.map { $0.columns[4] } == ["A", "G", "T"])
    let origin = "APUS_ORIG=c|2|C|A&G&T|"
    #expect(
      lines.map { $0.columns[7] } == [
        "DB;AC=1;IR=9,1;SR=r,.;IG=0,1,2;S=x,y;AF=.;APUS_REST=IG|0,1,2,3,4,5,6,7,8,9;\(origin)1",
        "DB;AC=2;IR=9,2;SR=r,b;IG=0,3,5;S=x,y;AF=.;\(origin)2",
        "DB;AC=3;IR=9,3;SR=r,c;IG=0,6,9;S=x,y;AF=.;\(origin)3",
      ])
    #expect(
      lines.map { $0.columns[9] } == [
        "1|.:PL|0,1,2,3,4,5,6,7,8,9:9,1:5:1:0,1,2:7", ".|1:9,2:4:2:0,3,5:7", ".|.:9,3:3:3:0,6,9:7",
      ])
    #expect(lines.map { $0.columns[10] } == [".:PL|0,1,2,3:9,1:5:1:0,1", ".:9,2:4:.:0,2", "1:9,3:3:3:0,3"])
    #expect(lines.map { $0.columns[11] } == ["0/./.:.:.:.:.:.", "0/./.:.:.:.:.", "0/1/1:.:.:.:."])
    #expect(lines.map { $0.columns[12] } == ["1/1", "./.", "./."])
    #expect(
      lines.map { $0.columns[13] } == [
        "0/1/.:PL|0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19:4,3:3:1:0,1,2,3", "0/./1:4,2:4:2:0,4,7,9",
        "0/./.:4,1:5:3:0,10,16,19",
      ])
  }

  @Test func `diploid values beside a haploid or absent GT are taken as such`() async throws {
    let line = VCFLine(
      "c", 2, "C", ["A", "G"], format: "GT:PL", samples: ["1:0,1,2,3,4,5", ".:0,1,2,3,4,5", ".:0,1,2", "0/1:0,1,2"])
    let lines = try await split(line, samples: 4)
    #expect(
      lines[0].columns[9...] == [
        "1:PL|0,1,2,3,4,5:0,1,2", ".:PL|0,1,2,3,4,5:0,1,2", ".:PL|0,1,2:0,1", "0/1:PL|0,1,2:0,1",
      ])
    #expect(lines[1].columns[9...] == [".:0,3,5", ".:0,3,5", ".:0,2", "0/.:0,2"])
    let sites = try await split(VCFLine("c", 2, "C", ["A", "G"], format: "PL", samples: ["0,1,2,3,4,5"]), samples: 1)
    #expect(sites.map { $0.columns[9] } == ["PL|0,1,2,3,4,5:0,1,2", "0,3,5"])
  }

  @Test func `an overlapping deletion never becomes a record`() async throws {
    let file = VCFCase(
      genome: [("c", "ACGTTTTACGATCCCATG")],
      lines: [
        VCFLine("c", 2, "C", ["A", "*"], info: "AC=1,2", format: "GT:AD", samples: ["1/2:5,6,7"]),
        VCFLine("c", 3, "G", ["*", "A", "T"], format: "GT", samples: ["2|1"]),
        VCFLine("c", 4, "T", ["*"], format: "GT", samples: ["0/1"]),
      ], samples: ["s"])
    let (result, lines) = try await file.run(splits: true)
    #expect(
      lines.map(\.description) == [
        "c\t2\t.\tC\tA\t.\tPASS\tAC=1;APUS_REST=AC|1,2;APUS_ORIG=c|2|C|A&*|1\tGT:APUS_REST:AD:AD_OTHER\t1/.:GT|1/2|AD|5,6,7:5,6:7",
        "c\t3\t.\tG\tA\t.\tPASS\tAPUS_ORIG=c|3|G|*&A&T|2\tGT:APUS_REST\t1|.:GT|2%7C1",
        "c\t3\t.\tG\tT\t.\tPASS\tAPUS_ORIG=c|3|G|*&A&T|3\tGT\t.|.",
        "c\t4\t.\tT\t*\t.\tPASS\t.\tGT\t0/1",
      ])
    #expect(result.counts.recordsSplit == 2 && result.counts.recordsAddedBySplitting == 1)
    #expect(result.counts.overlappingDeletionAllelesNotSplit == 2)
    #expect(result.counts.untouched == ["overlappingDeletion": 1])
    #expect(result.counts.allelesByClass == ["snv": 3, "overlappingDeletion": 1])
  }

  @Test(arguments: [false, true])
  func `symbolic, unspecified and breakend records stay as they are, and are counted`(splits: Bool) async throws {
    let lines = [
      VCFLine("c", 0, "N", [".[c:12["]), VCFLine("c", 1, "A", ["<DEL>"], info: "END=6"), VCFLine("c", 2, "c", ["<*>"]),
      VCFLine("c", 3, "GT", ["G", "<NON_REF>"]), VCFLine("c", 4, "T", ["A", "<DUP:TANDEM>"]),
      VCFLine("c", 5, "T", ["]c:9]T"]), VCFLine("c", 6, "T", ["G", "T."]), VCFLine("c", 7, "TA", ["."]),
      VCFLine("c", 19, "N", ["]c:3]."]),
    ]
    let file = VCFCase(genome: [("c", "ACGTTTTACGATCCCATG")], lines: lines)
    let (result, output) = try await file.run(splits: splits)
    #expect(output == lines)
    #expect(
      result.counts.untouched == ["breakend": 4, "symbolic": 2, "unspecified": 2, "noAlternate": 1])
    #expect(
      result.counts.allelesByClass == [
        "breakend": 4, "symbolic": 2, "unspecified": 2, "noAlternate": 1, "deletion": 1, "snv": 2,
      ])
    #expect(result.counts.recordsSplit == 0)
  }

  @Test(arguments: seeds(6))
  func `joining split records by their origin gives the original genotypes`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(300, mostAlternates: 5, samples: 3)
    let (_, lines) = try await file.run(splits: true)
    let parts = Dictionary(grouping: lines.filter { $0.origin != nil }) { $0.origin?.record ?? "" }
    let multiAllelic = file.lines.filter(\.isMultiAllelic)
    #expect(parts.count == multiAllelic.count)
    for original in multiAllelic {
      let alleles = try #require(parts[original.asOrigin], "\(original)")
      #expect(alleles.compactMap(\.origin?.allele).sorted() == Array(1...original.alts.count))
      guard original.keys.first == "GT" else { continue }
      for sample in file.samples.indices {
        let genotype = original.samples[sample][0]
        // Token by token: the allele whose part says 1, 0 where every part says 0, else missing.
        let joined = genotype.split(whereSeparator: "/|".contains).indices.map { _ in "" }
        var tokens: [String] = joined
        for part in alleles {
          for (place, token) in part.samples[sample][0].split(whereSeparator: "/|".contains).enumerated() {
            if token == "1" { tokens[place] = String(part.origin?.allele ?? 0) }
            if token == "0" { tokens[place] = "0" }
          }
        }
        let expected = genotype.split(whereSeparator: "/|".contains).map { $0 == "." ? "" : String($0) }
        #expect(tokens == expected, "\(original)")
      }
    }
  }

  @Test(arguments: [
    ("GT", "1/3", "GT names allele 3 of 2"), ("GT", "1/99999999999999999999999", "no genotype"),
    ("GT", "x/1", "no genotype"),
    ("GT", "", "no genotype"), ("GT:AD", "0/1:1,2", "AD has 2 values where its Number asks for 3"),
    ("GT:PL", "0/1:1,2,3,4", "PL has 4 values where its Number asks for 6"), ("GT:AA", "0/1:1,2,3", "AA has 3 values"),
    ("GT", "0/1:5", "2 fields"),
    ("GT:PL", String(repeating: "0/", count: 99) + "0:1,2", "PL has 2 values"),
  ])
  func `what cannot be split is refused with its line`(format: String, sample: String, reason: String) async throws {
    let error = await #expect(throws: InputError.self) {
      try await self.split(VCFLine("c", 2, "C", ["A", "G"], format: format, samples: [sample]), samples: 1)
    }
    #expect(error?.kind == .malformed)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    #expect(error?.location.record == VCFCase(genome: [("c", "")], lines: []).text.split(separator: "\n").count + 1)
  }

  @Test func `INFO of the wrong length is refused`() async throws {
    for info in ["AC=1", "AC=1,2,3", "IR=1,2", "IG=1,2,3,4"] {
      let error = await #expect(throws: InputError.self) {
        try await self.split(VCFLine("c", 2, "C", ["A", "G"], info: info), samples: 0)
      }
      #expect(error?.kind == .malformed)
    }
  }
}
