import Annotation
import EngineTestSupport
import GenomicFiles
import Genomics
import TestSupport
import Testing
import Variants

@testable import Interpretation

/// A family by another cache, from what was kept of it.
@Suite struct KeptReadingTests {
  private typealias Release = [String: String]

  private static let words = [
    "Benign", "Uncertain_significance", "Likely_pathogenic", "Pathogenic",
    "Conflicting_classifications_of_pathogenicity",
  ]

  private func criteria() throws -> CandidateCriteria {
    CandidateCriteria(
      profile: try TieringProfile.named("gel-nembus-draft"),
      panels: PanelIndex(PanelSet(sorted: [], faults: []), assembly: nil))
  }

  /// A register by `POS REF ALT`.
  private static func text(_ release: Release) -> String {
    var text = "##fileformat=VCFv4.2\n##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"s\">\n"
    text += "##contig=<ID=20,length=24000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    func key(_ site: String) -> (Int, String) { (Int(site.prefix { $0 != "\t" }) ?? 0, site) }
    for (site, word) in release.sorted(by: { key($0.key) < key($1.key) }) {
      let parts = site.split(separator: "\t")
      text += "20\t\(parts[0])\t.\t\(parts[1])\t\(parts[2])\t.\t.\tCLNSIG=\(word)\n"
    }
    return text
  }

  /// Candidates with what the rules ask of sources: an entry that is not about pathogenicity fails them whatever it says.
  private static func told(_ candidates: [CandidateVariant]) -> [CandidateVariant] {
    candidates.map { one in
      var one = one
      one.known = one.known?.filter { $0.significance.lowercased().contains("pathogenic") }
      return one
    }
  }

  /// A record with one count for alleles that are no candidates for want of a consequence or of a carrier: which of the
  /// two is told of an allele hangs on entries that the rules do not ask.
  private static func told(_ record: FamilyReading.Record) -> FamilyReading.Record {
    var record = record
    let reasons: [CandidateDrop] = [.noListedConsequence, .notCarried]
    record.dropped["either"] = reasons.map { record.dropped.removeValue(forKey: $0.rawValue) ?? 0 }.reduce(0, +)
    return record
  }

  /// Every allele that the family has, and some beside them.
  private static func sites(_ family: RandomFamily, _ bases: [UInt8], _ random: inout SeededGenerator) -> [String] {
    family.sites.flatMap { site in
      site.alternates.map { "\(site.position)\t\(site.reference)\t\($0)" }
    }
      + family.sites.compactMap { site in
        let position = site.position + random.int(-3...3)
        let base = String(decoding: bases[(position - 1)...(position - 1)], as: UTF8.self)
        guard base != "N" else { return nil }
        return "\(position)\t\(base)\t\(random.pick(["A", "C", "G", "T"].filter { $0 != base }))"
      }
  }

  @Test(
    "Whatever a release changes: what was kept, with the alleles that changed, is what all calls are, or is not told",
    arguments: seeds(12))
  func releases(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let plain = try await TrioCache()
    let bases = try plain.bases("20")
    let family = RandomFamily(&random, names: ["P", "M", "F"], bases: bases)
    let sites = Self.sites(family, bases, &random)
    var first = Release()
    for site in sites where random.oneIn(3) { first[site] = random.pick(Self.words) }
    var second = first
    for _ in 0..<random.int(1...6) {
      let site = random.pick(sites)
      second[site] = random.oneIn(4) ? nil : random.pick(Self.words)
    }
    let old = try await TrioCache(sources: [("ClinVar", "CLNSIG", Self.text(first))])
    let now = try await TrioCache(sources: [("ClinVar", "CLNSIG", Self.text(second))])
    for (index, name) in ["P", "M", "F"].enumerated() {
      try old.folder.write(family.plainVariants(of: index, &random), to: "\(name).vcf")
    }
    try old.folder.write(family.joint, to: "joint.vcf")
    for files in [["joint"], ["P", "M", "F"]] {
      let input = FamilyInput(
        pedigree: try trioPedigree(), pedigreePath: "ped", files: files.map { old.folder("\($0).vcf") })
      let (before, expected) = (try await old.read(input), try await now.read(input))
      // The proband's variants as a run stores them.
      var stored = input
      for (place, path) in input.files.enumerated() where place == 0 {
        stored.files[place] = path + ".gz"
        var job = VariantJob(
          input: InputFile(path: path),
          output: OutputPlan(
            path: path + ".gz", container: .bgzf(level: 1), force: true, indexedLongestContig: 24_000))
        job.normalises = true
        job.splits = true
        let result = try await processVariants(job, reference: old.cache, resources: old.resources)
        _ = try await result.pending?.commit()
      }
      let profile = try TieringProfile.named("gel-nembus-draft")
      let relevance = profile.relevance(in: now.cache.build.sources)
      #expect(
        SourceDelta.obstacle(from: old.cache, to: now.cache, profile.relevance(in: old.cache.build.sources), relevance)
          == nil)
      let delta = try SourceDelta(from: old.cache, to: now.cache, relevance)
      let met = before.starts.meeting(delta.starts)
      let isSame = Self.told(before.candidates) == Self.told(expected.candidates)
      guard !met.isEmpty else {
        #expect(isSame, "seed \(seed)")
        continue
      }
      let changes = try await candidateChanges(
        stored, at: met, old: try old.annotator("x"), now: try now.annotator("x"), criteria: criteria(),
        resources: old.resources)
      #expect(!changes.isEmpty || isSame, "seed \(seed)")
      let kept = try #require(KeptCandidates(KeptCandidates(before).bytes))
      let reading = try await readFamily(
        stored, kept: kept, before.record, changes, now: try now.annotator("x"), criteria: criteria(),
        resources: old.resources)
      let names = Set(expected.candidates.map(\.name))
      guard let reading else {
        // Told otherwise only where an allele became a candidate or is none any more.
        #expect(names != Set(before.candidates.map(\.name)), "seed \(seed)")
        continue
      }
      #expect(reading.candidates == expected.candidates, "seed \(seed)")
      #expect(Self.told(reading.record) == Self.told(expected.record), "seed \(seed)")
      #expect(reading.family == expected.family, "seed \(seed)")
      #expect(reading.loaded == expected.loaded && reading.notLoaded == expected.notLoaded, "seed \(seed)")
    }
  }
}
