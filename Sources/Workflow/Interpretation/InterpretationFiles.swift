import GenomicFiles
import Genomics
import Interpretation
import Service

/// What cases are interpreted with, read once for the run.
struct InterpretationFiles: Sendable {
  /// The test directories: rare disease, cancer and pharmacogenomics are published apart.
  var directories: [TestDirectory] = []
  var panels: PanelSet = .none
  /// The files with their digests.
  var files: [Manifest.File] = []

  /// Nothing.
  init() {}

  /// Reads what the options name, and refuses what could not be used. Blocks.
  init(_ options: RunOptions, sheet: SampleSheet) throws {
    let hasReferral = sheet.cases.contains { $0.referral != nil }
    if hasReferral, options.asOf == nil {
      throw RunError(.usage, "the sheet names referrals: give the moment that they are checked for (--as-of)")
    }
    if !options.panels.isEmpty, options.cache == nil || options.reference == nil {
      throw RunError(.usage, "tiers need the annotation cache and the reference: give -c CACHE and -f FASTA")
    }
    if options.panels.isEmpty,
      sheet.cases.contains(where: { $0.samples.contains { $0.cnv != nil || $0.sv != nil || $0.str != nil } })
    {
      throw RunError(
        .usage, "the sheet names copy numbers or repeats, and nothing would read them: give --tier-panel")
    }
    directories = try options.directories.map { try TestDirectory(json: try readWhole($0), file: $0) }
    if !options.panels.isEmpty { panels = try PanelSet.read(options.panels) }
    files = try (options.directories + options.panels).map { path in
      let (bytes, sha256) = try fileDigest(path)
      return Manifest.File(path: path, bytes: bytes, sha256: sha256)
    }
  }
}
