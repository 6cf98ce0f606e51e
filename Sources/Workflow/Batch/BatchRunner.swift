import Alignments
import Annotation
import ApusVersion
import Batching
import CHTSlib
public import GenomicFiles
import Genomics
import Logging

/// Runs a sample sheet: its cases, the urgent first, then the batch's own report.
///
/// - Returns: how each case that was run ended, in the sheet's order. A case that fails does not stop the others.
/// - Throws: `InputError` for the sheet or the reference, `OutputError` for the folder, `RunError` for what the options
///   cannot mean, `CancellationError`.
public func runSamplesheet(_ given: RunOptions, resources: RunResources) async throws -> [CaseOutcome] {
  var checked = given
  let blocking = resources.blocking
  let sheet = try await blocking.run {
    try SampleSheet(csv: try readWhole(given.samplesheet), path: given.samplesheet)
  }
  let folder = BatchFolder(given.out, registry: resources.outputs)
  var asked = sheet
  asked.cases = try given.selected(sheet)
  if given.onlyFailed {
    let ended = await blocking.run { folder.entries(sheet).filter { $0.state == .ready || $0.state == .hold } }
    let kept = Set(ended.map(\.name))
    asked.cases.removeAll { kept.contains($0.name) }
  }
  let chosen = asked
  if given.reference == nil, chosen.cases.contains(where: { $0.samples.contains { $0.vcf != nil } }) {
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
    try InterpretationFiles(checked, sheet: chosen)
  }
  checked.branchFiles = try await resources.blocking.run { [checked] in try BranchFiles(checked.branches) }
  let options = checked
  try await blocking.run {
    try prepareFolder(options)
    for one in chosen.cases { try AbandonedFiles.remove(below: "\(options.out)/\(one.name)") }
  }
  let total = try await blocking.run { try inputBytes(chosen) }
  let progress = ProgressCounter(expecting: total)
  return try await withProgress(progress, shows: options.showsProgress) {
    let reference = try await identify(options, resources)
    let runner = CaseRunner(
      options: options, resources: resources, reference: reference, versions: versions(), progress: progress)
    let batch = BatchRunner(cases: chosen.cases, runner: runner, folder: folder)
    let outcomes = try await batch.run()
    if options.cases.isEmpty { try await blocking.run { try folder.writeReport(folder.entries(sheet)) } }
    return outcomes
  }
}

/// Writes the batch's report again, from how each case of the sheet ended last; nothing is run.
///
/// - Returns: how many cases of the sheet have each state.
/// - Throws: `InputError` for the sheet, `OutputError` for the folder.
public func reportSamplesheet(_ options: RunOptions, resources: RunResources) async throws -> [CaseState: Int] {
  try await resources.blocking.run {
    let sheet = try SampleSheet(csv: try readWhole(options.samplesheet), path: options.samplesheet)
    let folder = BatchFolder(options.out, registry: resources.outputs)
    try makeFolder(options.out)
    let entries = folder.entries(sheet)
    try folder.writeReport(entries)
    return Dictionary(entries.map { ($0.state, 1) }, uniquingKeysWith: +)
  }
}

extension RunOptions {
  /// The cases that are asked for by name, in the sheet's order; all where none is named.
  func selected(_ sheet: SampleSheet) throws(RunError) -> [SampleSheet.Case] {
    guard !cases.isEmpty else { return sheet.cases }
    let names = Set(cases)
    let found = sheet.cases.filter { names.contains($0.name) }
    guard found.count == names.count else {
      throw RunError(.usage, "--case names a case that is not in \(samplesheet); give names as they stand there")
    }
    return found
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

private func prepareFolder(_ options: RunOptions) throws {
  switch content(at: options.out) {
  case .absent, .emptyFolder: break
  case .folder where options.resume || options.force || options.onlyFailed || !options.cases.isEmpty: break
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
