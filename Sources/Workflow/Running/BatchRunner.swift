import Alignments
import Annotation
import Batching
import CHTSlib
public import GenomicFiles
import Genomics
import Logging
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs a sample sheet: every case, then the batch's own report.
///
/// - Returns: how each case ended, in the sheet's order. A case that fails does not stop the others.
/// - Throws: `InputError` for the sheet or the reference, `OutputError` for the folder, `RunError` for what the options
///   cannot mean, `CancellationError`.
public func runSamplesheet(_ given: RunOptions, resources: RunResources) async throws -> [CaseOutcome] {
  var checked = given
  let blocking = resources.blocking
  let sheet = try await blocking.run {
    try SampleSheet(csv: try readWhole(given.samplesheet), path: given.samplesheet)
  }
  if given.reference == nil, sheet.cases.contains(where: { $0.samples.contains { $0.vcf != nil } }) {
    throw RunError(.usage, "the sheet names a VCF, and normalising it needs the reference: give -f FASTA")
  }
  if let cache = given.cache {
    guard let reference = given.reference else {
      throw RunError(.usage, "the cache has to be held against the reference: give -f FASTA")
    }
    // Refused before any work is done; each unit checks it again when it opens it.
    checked.cacheDigest = try await consequenceAnnotator(
      cache: cache, reference: reference, input: given.samplesheet, resources: resources
    ).digest
  }
  try await readAlignmentFiles(&checked, resources)
  checked.interpretation = try await resources.blocking.run { [checked] in
    try InterpretationFiles(checked, sheet: sheet)
  }
  checked.branchFiles = try await resources.blocking.run { [checked] in try BranchFiles(checked.branches) }
  let options = checked
  try await blocking.run {
    try prepareFolder(options)
    for one in sheet.cases { try AbandonedFiles.remove(below: "\(options.out)/\(one.name)") }
  }
  let total = try await blocking.run { try inputBytes(sheet) }
  let progress = ProgressCounter(expecting: total)
  let selected = options.onlyFailed ? await blocking.run { failedCases(options) } : nil
  return try await withProgress(progress, shows: options.showsProgress) {
    let reference = try await identify(options, resources)
    let runner = CaseRunner(
      options: options, resources: resources, reference: reference, versions: versions(), progress: progress)
    let summaries = try await run(sheet.cases.filter { selected?.contains($0.name) ?? true }, runner)
    try await writeBatch(summaries, options, resources)
    return summaries.map(\.outcome)
  }
}

/// Reads what every sample's alignments are checked with, once for the run.
private func readAlignmentFiles(_ options: inout RunOptions, _ resources: RunResources) async throws {
  let paths = [options.sites].compactMap { $0 } + (options.gaps?.paths ?? [])
  options.alignmentFiles = try await resources.blocking.run {
    try paths.map { path in
      let (bytes, sha256) = try fileDigest(path)
      return Manifest.File(path: path, bytes: bytes, sha256: sha256)
    }
  }
  if let sites = options.sites {
    options.alignments.samples.sites = try await readSitePanel(InputFile(path: sites), resources: resources)
  }
  if let gaps = options.gaps { options.alignments.gaps = try await readGapOptions(gaps, resources: resources) }
  if let path = options.reference {
    let registry = resources.outputs
    options.alignments.samples.sequences = try await resources.blocking.run {
      var samples = SampleCheckOptions()
      try samples.identifySequences(of: try FASTAReference(path: path, registry: registry))
      return samples.sequences
    }
  }
}

/// Two cases overlap, so that the end of one, when few threads are busy, is filled by the next.
private let casesAtOnce = 2

private func run(_ cases: [SampleSheet.Case], _ runner: CaseRunner) async throws -> [CaseSummary] {
  try await withThrowingTaskGroup(of: (Int, CaseSummary).self) { group in
    var summaries: [Int: CaseSummary] = [:]
    var next = 0
    while next < cases.count || summaries.count < cases.count {
      if next < cases.count, next - summaries.count < casesAtOnce {
        let index = next
        group.addTask { (index, try await runner.run(cases[index])) }
        next += 1
      } else if let (index, summary) = try await group.next() {
        summaries[index] = summary
      }
    }
    return summaries.sorted { $0.key < $1.key }.map(\.value)
  }
}

private func prepareFolder(_ options: RunOptions) throws {
  switch content(at: options.out) {
  case .absent, .emptyFolder: break
  case .folder where options.resume || options.force || options.onlyFailed: break
  case .folder:
    throw OutputError(
      .exists, path: options.out, reason: "is not empty",
      remedy: "give --resume to go on from it, --force to replace what is in it, or another folder")
  case .file:
    throw OutputError(.exists, path: options.out, reason: "is a file", remedy: "name a folder")
  }
  try makeFolder(options.out)
}

/// The stored bytes of all inputs; also tells early of a file that is missing.
private func inputBytes(_ sheet: SampleSheet) throws -> Int {
  var seen: Set<String> = []
  var total = 0
  for sample in sheet.cases.flatMap(\.samples) {
    let files = sample.lanes.flatMap { [$0.fastq1, $0.fastq2] } + [sample.bam, sample.vcf]
    for path in files.compactMap({ $0 }) where seen.insert(path).inserted {
      switch content(at: path) {
      case .file(let bytes): total += bytes
      default:
        throw InputError(
          .unreadable, at: InputLocation(file: path), "is not there or is a folder",
          remedy: "correct the sample sheet; relative paths are relative to its folder")
      }
    }
  }
  return total
}

private func identify(_ options: RunOptions, _ resources: RunResources) async throws -> Manifest.Reference? {
  guard let path = options.reference else { return nil }
  let registry = resources.outputs
  let identity = try await resources.blocking.run {
    try referenceIdentity(of: try FASTAReference(path: path, registry: registry), registry: registry)
  }
  guard let assemblyDigest = identity.assemblyDigest else {
    throw RunError(.configuration, "\(path): a sequence has no digest, so the assembly cannot be proven")
  }
  return Manifest.Reference(
    path: path, assembly: identity.assembly, assemblyDigest: assemblyDigest,
    contigs: identity.contigs.map {
      Manifest.Reference.Contig(name: $0.name, length: $0.length ?? 0, refget: $0.digest?.identifier ?? "")
    })
}

/// Versions that decide bytes.
func versions() -> [String: String] {
  ["apus": apusVersion, "htslib": String(cString: hts_version())]
}

/// The cases that the folder's `batch.json` calls failed; nil, which is every case, where it cannot be read.
private func failedCases(_ options: RunOptions) -> Set<String>? {
  guard let bytes = try? readWhole(options.out + "/batch.json"),
    let batch = try? JSONDecoder().decode(EarlierBatch.self, from: Data(bytes))
  else { return nil }
  return Set(batch.cases.filter { $0.state == .failed }.map(\.name))
}

private struct EarlierBatch: Decodable {
  struct Case: Decodable {
    var name: String
    var state: CaseState
    enum CodingKeys: String, CodingKey {
      case name = "case"
      case state
    }
  }
  var cases: [Case]
}

private func writeBatch(_ summaries: [CaseSummary], _ options: RunOptions, _ resources: RunResources) async throws {
  let registry = resources.outputs
  let folder = options.out
  let html = try BatchPage.page(summaries)
  let json = BatchPage.json(summaries)
  let csv = try TurnaroundPages.csv(summaries)
  try await resources.blocking.run {
    _ = try writeAtomically(json.bytes, to: folder + "/batch.json", force: true, registry: registry)
    if let csv {
      _ = try writeAtomically(Array(csv.utf8), to: folder + "/turnaround.csv", force: true, registry: registry)
    }
    _ = try writeAtomically(Array(html.utf8), to: folder + "/batch.html", force: true, registry: registry)
  }
}
