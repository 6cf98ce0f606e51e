import Alignments
import ArgumentParser
import Batching
import GenomicFiles
import Genomics

/// `apus bam compare`.
struct BamCompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "How samples are related, by their fingerprints.",
    discussion: """
      Takes fingerprints that apus bam --sites made of the same sites; a sample is called as its file is, without
      .fingerprint. A line a pair: somalier's counts, what they are evidence of (identical, parent-child, siblings,
      related, undetermined, unrelated, unknown), what --ped expects, and whether both agree. A mismatch is a result,
      not an error.

      Example:
        apus bam compare --ped family.ped -o family.tsv P.fingerprint M.fingerprint F.fingerprint
      """)

  @Argument(help: "Two fingerprints or more.")
  var fingerprints: [String]

  @Option(help: "Pedigree; individuals are named as the fingerprints are.")
  var ped: String?

  @Option(name: .shortAndLong, help: "Where the table goes; - is standard output.")
  var output = "-"

  @Option(help: "Also writes P.samples.tsv and P.pairs.tsv in somalier's layout, which MultiQC shows.")
  var somalierPrefix: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard fingerprints.count > 1 else { throw ValidationError("compare needs two fingerprints or more") }
    guard Set(fingerprints).count == fingerprints.count else {
      throw ValidationError("a fingerprint is named twice")
    }
  }

  func run() async throws {
    let resources = shared.resources
    let job = self
    try await interruptible(resources) { try await job.work(resources) }
  }

  /// The largest fingerprint that is read: twice that of the largest panel.
  private static let largest = 2 * SitePanel.mostSites + (1 << 16)

  private func work(_ resources: RunResources) async throws {
    let somalier = somalierPrefix.map { ["\($0).samples.tsv", "\($0).pairs.tsv"] }
    try Outputs.refuse(
      [output] + (somalier ?? []), inputs: fingerprints + [ped].compactMap { $0 }, force: shared.force)
    var samples: [FingerprintComparison.Sample] = []
    for path in fingerprints {
      let bytes = try await resources.blocking.run { try readWhole(path, limit: Self.largest) }
      samples.append(
        FingerprintComparison.Sample(
          name: FingerprintComparison.name(ofPath: path), path: path,
          fingerprint: try SampleFingerprint(bytes: bytes, path: path)))
    }
    var pedigree: Pedigree?
    if let ped { pedigree = try await readPED(InputFile(path: ped), resources: resources) }
    let comparison = try FingerprintComparison(samples, pedigree: pedigree)
    try await Outputs.write(output, Array(comparison.table.utf8), shared.force, resources)
    if let somalier {
      try await Outputs.write(somalier[0], Array(comparison.somalierSamples.utf8), shared.force, resources)
      try await Outputs.write(somalier[1], Array(comparison.somalierPairs.utf8), shared.force, resources)
    }
    var warnings: [String: Int] = [:]
    for pair in comparison.pairs where pair.expected != nil {
      switch pair.agreement {
      case .mismatch: warnings["relation-unlike-pedigree", default: 0] += 1
      case .unknown: warnings["relation-unknown", default: 0] += 1
      case .agrees: break
      }
    }
    shared.warn(warnings)
  }
}
