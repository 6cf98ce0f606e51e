import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// 100,000 records a seed beside `bcftools norm` 1.16.
@Suite(.serialized) struct BulkNormTests {
  /// A file whose records have an ID each.
  private func file(_ seed: UInt64) -> VCFCase {
    var generator = VCFGenerator(seed: seed, shortensLists: false)
    let genome = [
      ("1", generator.bases(600_000)), ("x_alt", generator.bases(60)), ("HLA*01:01", generator.bases(200_000)),
    ]
    var file = generator.file(
      108_000, mostAlternates: 3, genome: genome.map { (name: $0.0, bases: $0.1) })
    for index in file.lines.indices { file.lines[index].columns[2] = "r\(index)" }
    return file
  }

  @Test(.enabled(if: Peer.areInstalled("bcftools")), arguments: seeds(2))
  func `100,000 records are bcftools' but for what is documented, and come back`(seed: UInt64) async throws {
    let file = file(seed)
    #expect(file.lines.count >= 100_000)
    let folder = try ScratchFolder()
    let input = try folder.write(file.text, "in.vcf")
    let fasta = try folder.write(file.fasta, "ref.fa")

    // Without splitting: but for the case of letters, missing lists and dropped trailing fields.
    let whole = try await runVariants(input, fasta: fasta, output: folder.path("whole.vcf"))
    #expect(whole.counts.balances && whole.counts.recordsOut == file.lines.count)
    let unsplit = surplusLines(try folder.text(of: "whole.vcf"), try bcftoolsNormText(folder, []))
    expectSame(unsplit.ours, unsplit.theirs, our: canonical, their: canonical)

    // Split: also but for the invented reference. The expected GT is made of the original, not of ours.
    let split = try await runVariants(input, fasta: fasta, output: folder.path("split.vcf"), splits: true)
    let lines = dataLines(try folder.text(of: "split.vcf"))
    #expect(split.counts.balances && split.counts.recordsOut == lines.count)
    #expect(lines.count == file.lines.count + split.counts.recordsAddedBySplitting)
    func original(_ line: VCFLine) -> VCFLine { file.lines[Int(line.columns[2].dropFirst()) ?? 0] }
    var dishonest = 0
    func invented(_ line: VCFLine) -> VCFLine {
      var bare = line.withoutSplitFields
      guard let allele = line.origin?.allele, bare.keys.first == "GT" else { return canonical(bare) }
      for (sample, fields) in original(line).samples.enumerated() {
        if Self.genotype(fields[0], allele, others: ".") != bare.samples[sample][0] { dishonest += 1 }
        let rest = bare.samples[sample].dropFirst()
        bare.columns[9 + sample] = ([Self.genotype(fields[0], allele, others: "0")] + rest).joined(separator: ":")
      }
      return canonical(bare)
    }
    let parts = surplusLines(try folder.text(of: "split.vcf"), try bcftoolsNormText(folder, ["-m-"]))
    expectSame(parts.ours, parts.theirs, our: invented, their: canonical)
    #expect(dishonest == 0)
    expectSameHaplotypes(lines, file, original)

    // Again: the same bytes. At any number of threads: the same bytes.
    let data = try folder.bytes(of: "split.vcf")
    _ = try await runVariants(folder.path("split.vcf"), fasta: fasta, output: folder.path("twice.vcf"), splits: true)
    #expect(try folder.bytes(of: "twice.vcf") == data)
    for (threads, batchBytes) in [(1, 4 << 20), (7, 100_000)] {
      let name = "threads\(threads).vcf"
      _ = try await runVariants(
        input, fasta: fasta, output: folder.path(name), splits: true, threads: threads, batchBytes: batchBytes)
      #expect(try folder.bytes(of: name) == data, "\(threads) threads")
    }

    // Joined: every record that was split has its bytes again, the others are as they were.
    var joined: Data?
    for (threads, batchBytes) in [(2, 1 << 20), (7, 100_000)] {
      let name = "joined\(threads).vcf"
      let result = try await runVariants(
        folder.path("split.vcf"), fasta: fasta, output: folder.path(name), joins: true, threads: threads,
        batchBytes: batchBytes)
      #expect(result.counts.recordsJoined == split.counts.recordsSplit && result.counts.partsNotJoined == 0)
      let bytes = try folder.bytes(of: name)
      #expect(joined == nil || joined == bytes)
      joined = bytes
    }
    expectSame(
      dataLines(try folder.text(of: "joined2.vcf")),
      file.lines.filter(\.isMultiAllelic) + lines.filter { $0.origin == nil })
  }

  /// GT of one allele, with something for the other alternates.
  private static func genotype(_ text: String, _ allele: Int, others: String) -> String {
    var result = ""
    var token = ""
    for character in text + "/" {
      if character != "/", character != "|" {
        token.append(character)
        continue
      }
      result += token == "." || token == "0" ? token : token == String(allele) ? "1" : others
      result.append(character)
      token = ""
    }
    return String(result.dropLast())
  }

  /// Each allele, put into the reference, gives the same bases as the allele that it was made of.
  private func expectSameHaplotypes(_ lines: [VCFLine], _ file: VCFCase, _ original: (VCFLine) -> VCFLine) {
    let contigs = Dictionary(uniqueKeysWithValues: file.genome.map { ($0.name, Array($0.bases.uppercased().utf8)) })
    var different: [String] = []
    for line in lines {
      let before = original(line)
      guard let bases = contigs[line.contig], before.contig == line.contig else { return }
      let alt = before.alts[(line.origin?.allele ?? 1) - 1]
      let low = min(line.position, before.position) - 1
      let high = max(line.position + line.ref.utf8.count, before.position + before.ref.utf8.count) - 1
      func haplotype(_ position: Int, _ ref: String, _ alt: String) -> [UInt8] {
        bases[low..<(position - 1)] + Array(alt.uppercased().utf8) + bases[(position - 1 + ref.utf8.count)..<high]
      }
      if haplotype(line.position, line.ref, line.alts[0]) != haplotype(before.position, before.ref, alt) {
        different.append(line.description)
      }
    }
    #expect(different == [])
  }
}
