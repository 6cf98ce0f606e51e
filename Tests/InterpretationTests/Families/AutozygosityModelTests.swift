import EngineTestSupport
import Genomics
import Testing

@testable import Interpretation

/// Runs of homozygosity against programs and arithmetic that are not ours.
struct AutozygosityModelTests {
  private let rules: ParentalOriginRules

  init() throws { rules = try .standard() }

  /// bcftools 1.16 gives each site the state of the site before it: going back along the best path, it takes the step
  /// before it writes the state (HMM.c, the last loop of `hmm_run_viterbi`).
  @Test(
    "Autozygous stretches are those of bcftools roh, which tells them one site late",
    .enabled(if: Peer.areInstalled("bcftools")),
    arguments: seeds(8))
  func sameAsPeer(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    var text = """
      ##fileformat=VCFv4.2
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="g">

      """
    var chromosomes: [(name: String, sites: [SiteGenotypes])] = []
    for name in ["1", "2", "3"] {
      text += "##contig=<ID=\(name),length=60000000>\n"
      let spacing = random.pick([300, 1000, 4000, 20_000])
      let length = 2000 * spacing
      let start = random.int(1...(length / 2))
      let trio = PlantedTrio(
        planted: [(start...(start + random.int((length / 20)...(length / 2))), .autozygous)], length: length,
        spacing: spacing, errorOneIn: random.pick([0, 100, 1000]))
      var sites = trio.sites(&random).filter(\.isCarried)
      // A place twice, and a stretch without sites.
      if sites.count > 20 {
        sites.insert(sites[10], at: 10)
        sites.removeAll { ((start + 50 * spacing)...(start + 90 * spacing)).contains($0.position) && random.oneIn(2) }
      }
      chromosomes.append((name, sites))
    }
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
    for (name, sites) in chromosomes {
      for site in sites {
        text += "\(name)\t\(site.position)\t.\tA\tG\t.\tPASS\t.\tGT\t\(site.isHeterozygous ? "0/1" : "1/1")\n"
      }
    }
    let path = try folder.write(text, "s.vcf")
    let theirs = try Peer.output("bcftools", "roh", "-G30", "--AF-dflt", "0.4", "-Or", path).lines
      .filter { $0.hasPrefix("RG") }.map { $0.split(separator: "\t")[2...6].joined(separator: " ") }
    let model = AutozygosityModel(rules)
    let ours = chromosomes.flatMap { name, sites in
      model.stretches(sites).compactMap { part -> String? in
        let late = (part.lowerBound == 0 ? 0 : part.lowerBound + 1)..<min(part.upperBound + 1, sites.count)
        guard !late.isEmpty else { return nil }
        let (first, last) = (sites[late.lowerBound].position, sites[late.upperBound - 1].position)
        return "\(name) \(first) \(last) \(last - first + 1) \(late.count)"
      }
    }
    #expect(ours == theirs)
    #expect(!ours.isEmpty)
  }

  @Test("The path of states is the most likely of all paths, written out", arguments: seeds(4))
  func likeliestPath(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Switching often, so that a few sites have paths that compete.
    var rules = rules
    rules.thresholds[.modelToAutozygous]?.value = 2e-5
    rules.thresholds[.modelFromAutozygous]?.value = 3e-5
    for _ in 0..<60 {
      let count = random.int(1...11)
      var position = 0
      let sites = (0..<count).map { _ in
        position += random.int(1...30_000)
        return SiteGenotypes(position: position, proband: random.oneIn(4) ? .heterozygous : .alternate)
      }
      var best = (probability: -1.0, path: 0)
      for path in 0..<(1 << count) {
        // Bit i: autozygous at site i. The state before the first site is either, and one base away.
        var total = 0.0
        for before in [0, 1] {
          var (probability, state, last) = (0.5, before, sites[0].position - 1)
          for (index, site) in sites.enumerated() {
            let next = path >> index & 1
            // The chain's matrix, one base after the other, squared up.
            let step = Self.power([[1 - 2e-5, 2e-5], [3e-5, 1 - 3e-5]], site.position - last)
            last = site.position
            let data: [Double] =
              site.isHeterozygous ? [0.001, 0.998, 0.001] : [0.001, 0.001, 0.998]
            let emission =
              next == 1
              ? data[0] * 0.6 + data[2] * 0.4 : data[0] * 0.36 + data[1] * 0.48 + data[2] * 0.16
            probability *= step[state][next] * emission
            state = next
          }
          total = max(total, probability)
        }
        if total > best.probability { best = (total, path) }
      }
      var path = 0
      for part in AutozygosityModel(rules).stretches(sites) { for index in part { path |= 1 << index } }
      #expect(path == best.path, "seed \(seed): \(sites.map(\.position))")
    }
  }

  private static func power(_ matrix: [[Double]], _ exponent: Int) -> [[Double]] {
    func times(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
      (0...1).map { i in (0...1).map { j in a[i][0] * b[0][j] + a[i][1] * b[1][j] } }
    }
    var (result, base, rest): ([[Double]], [[Double]], Int) = ([[1, 0], [0, 1]], matrix, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = times(result, base) }
      base = times(base, base)
      rest >>= 1
    }
    return result
  }

  @Test("A planted run is found with both its ends, and none where none is", arguments: seeds(6))
  func planted(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let trio = PlantedTrio(planted: [(12_000_000...19_000_000, .autozygous)], spacing: 2000)
    let sites = trio.sites(&random).filter(\.isCarried)
    let runs = HomozygousRun.runs(of: sites, contig: "1", rules: rules).map(\.run)
    let run = try #require(runs.first)
    #expect(runs.count == 1)
    #expect(abs(run.region.start.value - 12_000_000) < 100_000 && abs(run.region.end.value - 19_000_000) < 100_000)
    #expect(!run.isTerminal)
    let none = PlantedTrio(spacing: 2000).sites(&random).filter(\.isCarried)
    #expect(HomozygousRun.runs(of: none, contig: "1", rules: rules).isEmpty)
  }

  @Test("Short, thin and interrupted runs are none, or are cut")
  func limits() {
    func runs(_ positions: [Int]) -> [String] {
      HomozygousRun.runs(
        of: positions.map { SiteGenotypes(position: $0, proband: .alternate, depth: 30) }, contig: "1", rules: rules
      ).map { "\($0.run.region) \($0.run.sites)" }
    }
    func every(_ step: Int, _ range: Range<Int>) -> [Int] {
      Array(stride(from: range.lowerBound, to: range.upperBound, by: step))
    }
    #expect(runs(every(10_000, 1_000_000..<2_500_001)) == ["1:1000000-2500000 151"])
    #expect(runs(every(10_000, 1_000_000..<2_490_001)).isEmpty)
    // 99 sites; then 100, over as many bases as they may cover, and over more.
    #expect(runs(every(20_000, 20_000..<2_000_000)).isEmpty)
    #expect(runs(every(50_000, 50_000..<5_050_000)) == ["1:50000-5000000 100"])
    #expect(runs(every(50_600, 50_000..<5_110_000)).isEmpty)
    // Cut by a gap of more than 3 Mb, not by 3 Mb.
    let parts = every(10_000, 1_000_000..<3_000_001)
    #expect(runs(parts + parts.map { $0 + 5_000_000 }) == ["1:1000000-8000000 402"])
    #expect(
      runs(parts + parts.map { $0 + 5_000_001 }) == ["1:1000000-3000000 201", "1:6000001-8000001 201"])
  }
}
