import EngineTestSupport
import GenomicFiles
import Genomics
import Testing
import Variants

/// The contig with one allele of a record put in, in upper case.
private func haplotype(_ contig: [Character], _ position: Int, _ ref: String, _ alt: String) -> String {
  String(contig[..<(position - 1)] + Array(alt.uppercased()) + contig[(position - 1 + ref.count)...])
}

@Suite struct NormaliseTests {
  /// Whether a record's alleles are in the normal form of Tan et al. 2015: no base less says the same, none further left.
  private func isNormal(_ line: VCFLine) -> Bool {
    let alleles = [line.ref] + line.alts
    let endsAgree = Set(alleles.map(\.last)).count == 1
    let startsAgree = Set(alleles.map(\.first)).count == 1
    let isShortest = alleles.contains { $0.count == 1 }
    // At the first base an indel keeps its anchor on the right.
    return (!endsAgree || (line.position == 1 && isShortest)) && (!startsAgree || isShortest)
      && alleles.allSatisfy { $0 == $0.uppercased() }
  }

  @Test(arguments: seeds(8), [false, true])
  func `normalising keeps every haplotype, is idempotent, sorted, and accounts for every record`(
    seed: UInt64, splits: Bool
  )
    async throws
  {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(400, mostAlternates: 4)
    let (result, lines) = try await file.run(splits: splits)
    let contigs = Dictionary(uniqueKeysWithValues: file.genome.map { ($0.name, Array($0.bases.uppercased())) })
    let originals = Dictionary(uniqueKeysWithValues: file.lines.map { ($0.asOrigin, $0) })
    var unmatched = file.lines.filter { !splits || !$0.isMultiAllelic }
    for line in lines {
      #expect(isNormal(line), "\(line)")
      #expect(!line.isMultiAllelic || !splits)
      let contig = try #require(contigs[line.contig])
      #expect(String(contig[(line.position - 1)..<(line.position - 1 + line.ref.count)]) == line.ref, "\(line)")
      let found = line.alts.map { haplotype(contig, line.position, line.ref, $0) }
      if let origin = line.origin {
        let original = try #require(originals[origin.record], "\(origin.record) is no record of the input")
        #expect(
          found == [haplotype(contig, original.position, original.ref, original.alts[origin.allele - 1])], "\(line)")
      } else {
        // The same haplotypes and everything from QUAL on.
        let place = unmatched.firstIndex { original in
          original.contig == line.contig && original.columns[5...] == line.columns[5...]
            && original.columns[2] == line.columns[2]
            && original.alts.map { haplotype(contig, original.position, original.ref, $0) } == found
        }
        unmatched.remove(at: try #require(place, "\(line) has no original"))
      }
    }
    #expect(unmatched.isEmpty)
    var order: [(Int, Int)] = []
    for line in lines { order.append((file.genome.firstIndex { $0.name == line.contig } ?? -1, line.position)) }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 })
    let counts = result.counts
    #expect(counts.recordsIn == file.lines.count && counts.recordsOut == lines.count && counts.balances)
    #expect(counts.recordsSplit == (splits ? file.lines.filter(\.isMultiAllelic).count : 0))
    #expect(counts.recordsAddedBySplitting == lines.count - file.lines.count)
    #expect(counts.shiftLimited == 0)
    // Again, from the output.
    var again = file
    again.lines = lines
    let (second, same) = try await again.run(splits: splits)
    #expect(same == lines)
    #expect(second.counts.leftAligned == 0 && second.counts.trimmed == 0)
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(8))
  func `records with one alternate are bcftools' lines`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(600, mostAlternates: 1)
    let folder = try ScratchFolder()
    let (_, lines) = try await file.run(splits: true, folder: folder)
    let theirs = try bcftoolsNorm(folder, "-m-")
    // bcftools sorts in a window of 1,000 bases, so positions are compared without their order.
    expectSame(lines.map(canonical), theirs.map(canonical))
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(4))
  func `records with several alternates are moved as bcftools moves them`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed)
    let file = generator.file(400, mostAlternates: 4)
    let folder = try ScratchFolder()
    let (_, lines) = try await file.run(folder: folder)
    expectSame(lines.map(canonical), try bcftoolsNorm(folder).map(canonical))
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(6))
  func `split records are bcftools' but for GT`(seed: UInt64) async throws {
    var generator = VCFGenerator(seed: seed, shortensLists: false)
    let file = generator.file(400, mostAlternates: 4)
    let folder = try ScratchFolder()
    let (_, lines) = try await file.run(splits: true, folder: folder)
    func bare(_ line: VCFLine) -> VCFLine {
      var line = canonical(line.withoutSplitFields)
      if line.keys.first == "GT" {
        for column in 9..<line.columns.count {
          line.columns[column] = line.columns[column].split(separator: ":").dropFirst().joined(separator: ":")
        }
      }
      return line
    }
    expectSame(lines.map(bare), try bcftoolsNorm(folder, "-m-").map(bare))
  }
}
