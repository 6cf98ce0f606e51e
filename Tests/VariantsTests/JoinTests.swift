import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// Joining what was split, dropping duplicates, taking apart.
@Suite struct JoinTests {
  private let genome = [("c", "ACGTTTTACGATCCCATGAAAAAAAAAAAAAAAAAAAAAAAAAAAGCATTTGCA")]

  private func file(_ lines: [VCFLine], samples: Int = 1) -> VCFCase {
    VCFCase(genome: genome.map { (name: $0.0, bases: $0.1) }, lines: lines, samples: (0..<samples).map { "s\($0)" })
  }

  @Test(arguments: seeds(6))
  func `joining gives every split record its bytes again`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    var file = generator.file(400, mostAlternates: 12, samples: 3)
    // Alleles that have no part, and genotypes with a leading zero.
    for index in file.lines.indices where generator.random.oneIn(12) {
      file.lines[index].columns[4] = "*," + file.lines[index].columns[4]
      file.lines[index].columns[7] = "DB;S=x"
      file.lines[index].columns[8...] =
        ["GT:DP"] + (0..<3).map { _ in generator.random.pick(["01/1", "1|0:7", "./1:.", "."]) }
    }
    let (_, parts) = try await file.run(splits: true)
    var split = file
    split.lines = parts
    let (result, joined) = try await split.run(joins: true, batchBytes: generator.random.pick([4096, 1 << 20]))
    let expected = file.lines.filter(\.isMultiAllelic) + parts.filter { $0.origin == nil }
    expectSame(joined, expected)
    #expect(result.counts.recordsJoined == file.lines.filter(\.isMultiAllelic).count)
    #expect(result.counts.partsNotJoined == 0 && result.counts.balances && result.counts.recordsOut == joined.count)
    var order: [Int] = []
    for line in joined where line.contig == file.genome[0].name { order.append(line.position) }
    #expect(order == order.sorted())
  }

  @Test func `parts that were changed, are not all there, or are joined elsewhere stay as they are`() async throws {
    let whole = file([VCFLine("c", 2, "C", ["A", "G"], info: "AC=1,2", format: "GT:AD", samples: ["1/2:5,6,7"])])
    let parts = try await whole.run(splits: true).lines
    var cases: [[VCFLine]] = [[parts[0]], [parts[1]]]
    for (column, text) in [(5, "7"), (6, "q10"), (9, "0/1:5,7:6"), (7, "DB;" + parts[1].columns[7])] {
      var changed = parts[1]
      changed.columns[column] = text
      cases.append([parts[0], changed])
    }
    for lines in cases {
      let (result, output) = try await file(lines).run(joins: true)
      #expect(output == lines)
      #expect(result.counts.partsNotJoined == lines.count && result.counts.recordsJoined == 0)
    }
    let (_, joined) = try await file(parts).run(joins: true)
    #expect(joined == whole.lines)
    var again = whole
    again.lines[0].columns[7] = "APUS_ORIG=c|2|C|A&G|1"
    await #expect(throws: InputError.self) { try await again.run(splits: true) }
  }

  @Test func `a joined record stands where it stood, although its parts were moved`() async throws {
    let lines = [
      VCFLine("c", 20, "A", ["T"]), VCFLine("c", 30, "AAA", ["A", "AAAA", "AAC"], info: "AC=1,2,3"),
      VCFLine("c", 31, "A", ["C"]), VCFLine("c", 46, "G", ["A"]),
    ]
    let file = file(lines, samples: 0)
    let parts = try await file.run(splits: true).lines
    #expect(parts.map(\.position) == [18, 18, 20, 31, 32, 46])
    var split = file
    split.lines = parts
    #expect(try await split.run(joins: true).lines == lines)
  }

  @Test func `a duplicate is dropped, the same alleles with other columns are kept and counted`() async throws {
    let once = VCFLine("c", 5, "TT", ["T"], info: "AC=1", format: "GT", samples: ["0/1"])
    var moved = VCFLine("c", 6, "TT", ["T"], info: "AC=1", format: "GT", samples: ["0/1"])
    let (result, lines) = try await file([once, moved]).run()
    #expect(lines.map(\.description) == ["c\t3\t.\tGT\tG\t.\tPASS\tAC=1\tGT\t0/1"])
    #expect(result.counts.dropped == ["duplicate": 1] && result.counts.duplicateAlleles == 0)
    #expect(result.counts.allelesByClass == ["deletion": 1] && result.counts.balances)
    // BCF is compared as it is encoded.
    let folder = try ScratchFolder()
    let binary = try await runVariants(
      try folder.write(file([once, moved, moved]).text, "in.vcf"),
      fasta: try folder.write(file([]).fasta, "ref.fa"), output: folder.path("o.bcf"))
    #expect(binary.counts.dropped == ["duplicate": 2] && binary.counts.allelesByClass == ["deletion": 1])
    moved.columns[9] = "1/1"
    let (kept, both) = try await file([once, moved]).run()
    #expect(both.count == 2 && kept.counts.duplicateAlleles == 1 && kept.counts.droppedTotal == 0)
    // Far from each other, and in batches apart.
    let run = "G" + String(repeating: "A", count: 9000) + "T"
    var far = VCFCase(genome: [("c", run)], lines: [VCFLine("c", 1, "GA", ["G"])])
    far.lines += (1..<300).map { VCFLine("c", 30 * $0 + 1, "A", ["C"], info: "S=\(String(repeating: "x", count: 90))") }
    far.lines.append(VCFLine("c", 9000, "AA", ["A"]))
    for batchBytes in [4096, 1 << 20] {
      let (result, lines) = try await far.run(batchBytes: batchBytes)
      #expect(lines.count == 300 && result.counts.dropped == ["duplicate": 1])
    }
  }

  @Test func `a record with local-allele fields is left whole, and counted`() async throws {
    let file = file([
      VCFLine("c", 2, "C", ["A", "G"], format: "GT:LAA:LAD", samples: ["0/2:2:5,6"]),
      VCFLine("c", 3, "G", ["A"], format: "GT:LAA:LAD", samples: ["0/1:1:5,6"]),
    ])
    let (result, lines) = try await file.run(splits: true)
    #expect(lines == file.lines && result.counts.untouched == ["localAlleles": 1] && result.counts.recordsSplit == 0)
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(4))
  func `records are taken apart as bcftools takes them apart`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    var file = generator.file(600, mostAlternates: 1)
    for index in file.lines.indices {
      // bcftools sees lower case as a change, and cannot take a call of an allele that is not there.
      for column in 3...4 { file.lines[index].columns[column] = file.lines[index].columns[column].uppercased() }
      file.lines[index].columns[2] = "r\(index)"
    }
    let folder = try ScratchFolder()
    let (result, lines) = try await file.run(atomizes: true, folder: folder)
    let theirs = try bcftoolsNorm(folder, "-a")
    // bcftools -a drops INFO of Number=G, and fields whose values are all missing.
    func fixed(_ line: VCFLine) -> VCFLine {
      var line = canonical(line.withoutSplitFields)
      let entries = line.info.filter { !$0.hasPrefix("IG=") && !$0.hasSuffix("=.") }
      line.columns[7] = entries.isEmpty ? "." : entries.joined(separator: ";")
      let genotypes = line.keys.first == "GT" ? line.samples.map { $0[0] } : []
      line.columns[8...] = genotypes[...]
      return line
    }
    expectSame(lines, theirs, our: fixed, their: fixed)
    #expect(result.counts.allelesAtomized > 50 && result.counts.balances)
    // The link names the allele, and the atoms of one together say what it said.
    for line in lines {
      guard let link = line.info.first(where: { $0.hasPrefix("APUS_ATOM=") })?.dropFirst(10).split(separator: "|")
      else { continue }
      let original = file.lines[Int(line.columns[2].dropFirst()) ?? 0]
      #expect(link[0] == original.contig.replacing("%", with: "%25") && link[1] == original.columns[1])
      #expect(link[2] == original.ref && link[3] == original.alts[0])
      #expect(lines.count { $0.columns[2] == line.columns[2] } == Int(link[5]))
    }
    var again = file
    again.lines = lines
    #expect(try await again.run(atomizes: true).lines == lines)
  }

  @Test func `an allele of a record that is split is taken apart on its own`() async throws {
    let line = VCFLine("c", 2, "CGT", ["TGA", "C"], info: "AC=1,2", format: "GT:AD", samples: ["1|2:5,6,7"])
    let (result, lines) = try await file([line]).run(atomizes: true)
    #expect(
      lines.map(\.description) == [
        "c\t2\t.\tC\tT\t.\tPASS\tAC=1;APUS_ORIG=c|2|CGT|TGA&C|1;APUS_ATOM=c|2|CGT|TGA|1|2\tGT:AD:AD_OTHER\t1|.:5,6:7",
        "c\t2\t.\tCGT\tC\t.\tPASS\tAC=2;APUS_ORIG=c|2|CGT|TGA&C|2\tGT:AD:AD_OTHER\t.|1:5,7:6",
        "c\t4\t.\tT\tA\t.\tPASS\tAC=1;APUS_ORIG=c|2|CGT|TGA&C|1;APUS_ATOM=c|2|CGT|TGA|2|2\tGT:AD:AD_OTHER\t1|.:5,6:7",
      ])
    #expect(result.counts.recordsAddedBySplitting == 1 && result.counts.recordsAddedByAtomizing == 1)
  }
}
