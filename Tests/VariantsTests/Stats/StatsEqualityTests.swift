import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Testing

@testable import Variants

@Suite(.enabled(if: Peer.areInstalled("bcftools"))) struct StatsEqualityTests {
  @Test(
    .enabled(if: SharedData.isThere),
    arguments: [
      "vcf/1000g-phase1.chr22.vcf.gz", "vcf/platinum.hg19.chr21.vcf.gz", "trio/CEUTrio-merged-indels-snps.vcf",
      "na12878/giab.vcf.gz", "na12878/giab.chr20-names.vcf.gz", "na12878/NA12878.called.vcf.gz",
    ])
  func `every section of real files is bcftools', with samples and without`(name: String) async throws {
    let path = SharedData.path(name)
    expectEqualStats(
      try await variantStats(path), path, try Peer.output("bcftools", "stats", "-s", "-", path), name)
    expectEqualStats(
      try await variantStats(path) { $0.samples = .none }, path, try Peer.output("bcftools", "stats", path), name)
  }

  @Test(.enabled(if: SharedData.isThere))
  func `indel contexts of a real file are bcftools'`() async throws {
    let path = SharedData.path("na12878/giab.vcf.gz")
    let folder = try ScratchFolder()
    let fasta = folder.path("b37.fa.gz")
    for ending in ["", ".fai", ".gzi"] {
      try FileManager.default.copyItem(
        atPath: SharedData.path("na12878/b37.chr20.fa.gz" + ending), toPath: fasta + ending)
    }
    expectEqualStats(
      try await variantStats(path, fasta: fasta), path,
      try Peer.output("bcftools", "stats", "-s", "-", "-F", fasta, path))
  }

  @Test(.enabled(if: SharedData.isThere))
  func `the specification's files are counted as bcftools counts those that it reads whole`() async throws {
    var compared = 0
    for folder in ["spec/vcf/4.1/passed", "spec/vcf/4.2/passed"] {
      for path in try SharedData.files(folder) where path.hasSuffix(".vcf") {
        let peer = try Peer.run("bcftools", ["stats", path])
        // It ends with 0 also where it stopped at a line that it could not read.
        guard peer.status == 0, !peer.errors.contains("[E::"), !peer.errors.contains("rror") else { continue }
        guard let stats = try? await variantStats(path, configure: { $0.samples = .none }) else { continue }
        expectEqualStats(stats, path, peer, path)
        compared += 1
      }
    }
    print("compared \(compared) of the specification's files")
    #expect(compared > 20)
  }

  @Test(arguments: [(0, 600), (1, 800), (2, 800), (3, 500), (30, 300), (200, 60)], seeds(3))
  func `every section of generated files is bcftools'`(size: (samples: Int, records: Int), seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: size.samples)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(size.records), "in.vcf")
    let fasta = try folder.write(generator.fasta, "ref.fa")
    let all = size.samples > 0 ? ["-s", "-"] : []
    for (arguments, fasta) in [(all, nil), (all + ["-F", fasta], fasta), (["-F", fasta], fasta), ([], nil)] {
      let peer = try Peer.run("bcftools", ["stats"] + arguments + [path])
      #expect(peer.status == 0, "\(peer.errors)")
      let stats = try await variantStats(path, fasta: fasta) {
        if !arguments.contains("-s") { $0.samples = .none }
      }
      expectEqualStats(stats, path, peer, "\(size) \(seed) \(arguments)")
    }
  }

  /// An option as bcftools is told and as we are.
  struct Option: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var configure: @Sendable (inout VariantStatsOptions) -> Void
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let options: [Option] = [
    Option(arguments: ["-1"]) { $0.firstAlleleOnly = true },
    Option(arguments: ["-I"]) { $0.splitsByID = true },
    Option(arguments: ["-f", "PASS"]) { $0.filters = ["PASS"] },
    Option(arguments: ["-f", "PASS,."]) { $0.filters = ["PASS", "."] },
    Option(arguments: ["-f", "q10"]) { $0.filters = ["q10"] },
    Option(arguments: ["-f", ".,s50"]) { $0.filters = [".", "s50"] },
    Option(arguments: ["-d", "5,60,7"]) { $0.depthBins = DepthBins(lowest: 5, highest: 60, width: 7)! },
    Option(arguments: ["-d", "0,1000,10"]) { $0.depthBins = DepthBins(lowest: 0, highest: 1000, width: 10)! },
    Option(arguments: ["--af-bins", "0.1,0.5,1"]) {
      $0.frequencyBins = VariantStatsOptions.frequencyBins([0.1, 0.5, 1])
    },
    Option(arguments: ["--af-bins", "0.01,0.25,0.5,0.9"]) {
      $0.frequencyBins = VariantStatsOptions.frequencyBins([0.01, 0.25, 0.5, 0.9])
    },
    Option(arguments: ["--af-bins", "0.1,0.5,1", "--af-tag", "AF"]) {
      $0.frequencyBins = VariantStatsOptions.frequencyBins([0.1, 0.5, 1])
      $0.frequencyTag = "AF"
    },
    Option(arguments: ["-t", "1:1000-2000,1:1500-1600,1:5000"]) {
      $0.targets = [(999, 2000), (1499, 1600), (4999, 5000)].map { region($0.0, $0.1) }
    },
  ]

  static func region(_ start: Int, _ end: Int) -> Region {
    Region(contig: "1", start: ZeroBasedPosition(start), end: ZeroBasedPosition(end))
  }

  @Test(arguments: Self.options, seeds(2))
  func `options mean what bcftools means`(option: Option, seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: 3)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(700), "in.vcf")
    let peer = try Peer.run("bcftools", ["stats", "-s", "-"] + option.arguments + [path])
    #expect(peer.status == 0, "\(peer.errors)")
    expectEqualStats(try await variantStats(path, configure: option.configure), path, peer, option.testDescription)
  }

  @Test(.enabled(if: Peer.areInstalled("bgzip", "tabix")), arguments: seeds(2))
  func `regions are met by every base to END, as through bcftools' index`(seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: 2)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(500), "in.vcf")
    try Peer.output("bgzip", "-k", path)
    try Peer.output("tabix", "-p", "vcf", path + ".gz")
    let regions = [(500, 510), (1000, 2500), (2400, 2401), (5000, 5050)]
    let list = regions.map { "1:\($0.0 + 1)-\($0.1)" }.joined(separator: ",")
    let stats = try await variantStats(path + ".gz") { $0.regions = regions.map { Self.region($0.0, $0.1) } }
    expectEqualStats(
      stats, path + ".gz", try Peer.output("bcftools", "stats", "-s", "-", "-r", list, path + ".gz"))
  }

  @Test(arguments: [["S2"], ["S2", "S0"], ["S0", "S1"], ["S3", "S2", "S1", "S0"]], seeds(2))
  func `some samples of many are bcftools'`(names: [String], seed: UInt64) async throws {
    var generator = StatsGenerator(seed: seed, samples: 4)
    let folder = try ScratchFolder()
    let path = try folder.write(generator.file(400), "in.vcf")
    let peer = try Peer.output("bcftools", "stats", "-s", names.joined(separator: ","), path)
    expectEqualStats(try await variantStats(path) { $0.samples = .named(names) }, path, peer)
  }
}
