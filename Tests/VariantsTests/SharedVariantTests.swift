import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing
import Variants

/// Real files of others.
@Suite(.enabled(if: SharedData.isThere && Peer.areInstalled("bcftools", "gzip")))
struct SharedVariantTests {
  private func lines(_ path: String) throws -> [VCFLine] {
    dataLines(
      path.hasSuffix(".gz")
        ? try Peer.output("gzip", "-dc", path).text : try String(contentsOfFile: path, encoding: .utf8))
  }

  @Test func `the Genome in a Bottle records are all accounted for, and bcftools' where they have one alternate`()
    async throws
  {
    let input = SharedData.path("na12878/giab.vcf.gz")
    let fasta = SharedData.path("na12878/b37.chr20.fa.gz")
    let folder = try ScratchFolder()
    let result = try await runVariants(input, fasta: fasta, output: folder.path("o.vcf.gz"), splits: true)
    let counts = result.counts
    let original = try lines(input)
    #expect(counts.recordsIn == 221 && original.count == 221)
    #expect(counts.recordsOut == 221 + counts.recordsAddedBySplitting && counts.balances && counts.droppedTotal == 0)
    #expect(counts.recordsSplit == original.filter(\.isMultiAllelic).count)
    let ours = try lines(folder.path("o.vcf.gz"))
    // bcftools puts the FASTA's letters in front as they stand; this one is soft-masked.
    let theirs = dataLines(try Peer.output("bcftools", "norm", "-m-", "-f", fasta, input).text).map { line in
      var line = line
      for column in 3...4 { line.columns[column] = line.columns[column].uppercased() }
      return line
    }
    #expect(ours.count == theirs.count)
    let plain = ours.filter { $0.origin == nil }
    #expect(plain.count == 221 - counts.recordsSplit)
    #expect(Set(plain).isSubset(of: Set(theirs)))
    // Split ones but for GT and the origin.
    func bare(_ line: VCFLine) -> [String] { Array(line.columns[..<7] + [line.columns[8]]) }
    #expect(ours.map(bare) == theirs.map(bare))
    #expect(result.undeclaredContigs == [])
  }

  @Test func `the published contig names are refused, naming both styles`() async throws {
    let error = await #expect(throws: InputError.self) {
      try await runVariants(
        SharedData.path("na12878/giab.chr20-names.vcf.gz"), fasta: SharedData.path("na12878/b37.chr20.fa.gz"),
        output: nil)
    }
    #expect(error?.kind == .mismatch)
    #expect(error?.reason == "contig chr20 is named 20 in the reference")
  }

  @Test(arguments: [
    "vcf/1000g-phase1.chr22.vcf.gz", "vcf/platinum.hg19.chr21.vcf.gz", "trio/CEUTrio-merged-indels-snps.vcf",
    "na12878/NA12878.called.vcf.gz", "na12878/giab.vcf.gz",
  ])
  func `filtering and counting real files`(name: String) async throws {
    let input = SharedData.path(name)
    let folder = try ScratchFolder()
    let result = try await runVariants(input, fasta: nil, output: folder.path("o.vcf"), passOnly: true)
    let original = try lines(input)
    let written = try lines(folder.path("o.vcf"))
    #expect(written == original.filter { $0.columns[6] == "PASS" })
    // bcftools writes numbers its own way, so the columns that it does not touch are compared.
    let theirs = dataLines(try Peer.output("bcftools", "view", "-f", "PASS", "-H", input).text)
    #expect(written.map { $0.columns[..<5] } == theirs.map { $0.columns[..<5] })
    let all = try await runVariants(input, fasta: nil, output: nil).counts
    NaiveVariants(original, samples: result.header.samples.count).expectEqual(all)
    let stats = try BcftoolsStats(input)
    #expect(stats.numbers["number of records"] == all.recordsIn)
    #expect(stats.numbers["number of samples"] == result.header.samples.count)
    #expect(stats.transitions == all.transitions)
    #expect(stats.transversions == all.transversions)
    #expect(stats.indels == all.allelesByClass["insertion", default: 0] + all.allelesByClass["deletion", default: 0])
  }

  /// Specification examples that are refused although they are valid: full conformance is `vcf check`'s.
  static let refusedExamples: [String: String] = [:]

  @Test func `the specification's valid examples are read`() async throws {
    var refused: [String: String] = [:]
    var read = 0
    for version in ["4.1", "4.2"] {
      for path in try SharedData.files("spec/vcf/\(version)/passed") where path.hasSuffix(".vcf") {
        let name = version + "/" + (path.split(separator: "/").last.map(String.init) ?? "")
        do {
          _ = try await runVariants(path, fasta: nil, output: nil)
          read += 1
        } catch let error as InputError { refused[name] = error.reason }
      }
    }
    #expect(read > 40)
    #expect(refused == Self.refusedExamples)
  }

  @Test func `the specification's invalid examples are read or refused, and nothing traps`() async throws {
    var refused = 0
    var files = 0
    for version in ["4.1", "4.2"] {
      for path in try SharedData.files("spec/vcf/\(version)/failed") where path.hasSuffix(".vcf") {
        files += 1
        do { _ = try await runVariants(path, fasta: nil, output: nil) } catch is InputError { refused += 1 }
      }
    }
    print("specification: \(refused) of \(files) invalid files refused")
    #expect(refused > 0)
  }
}
