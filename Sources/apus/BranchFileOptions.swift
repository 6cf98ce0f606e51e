import ArgumentParser
import Workflow

/// What `apus run` takes for pharmacogenomics and for tumours.
struct BranchFileOptions: ParsableArguments {
  @Option(help: "Folder of named allele definitions, as PharmCAT lays it out: for tests of pharmacogenes.")
  var definitions: String?

  @Option(help: "Signed dosing table, with its SHA-256 beside it; without one no dose is stated.")
  var dosing: String?

  @Option(help: "Table of signatures of 96 classes, tab-separated, as COSMIC gives it: for tests of tumours.")
  var signatures: String?

  @Option(help: "The table's version, as results name it; the file's name without.")
  var signaturesVersion: String?

  @Flag(help: "Drop signatures that a catalogue does without.")
  var sparse = false

  @Option(help: "List of domains: columns domain, and gene or variant.")
  var domains: String?

  @Option(help: "Somatic rules; the shipped ones without.")
  var somaticProfile: String?

  func validate() throws {
    if signatures == nil, sparse || signaturesVersion != nil {
      throw ValidationError("--sparse and --signatures-version go with --signatures")
    }
    if signaturesVersion?.isEmpty ?? false { throw ValidationError("--signatures-version is empty") }
  }

  var options: BranchOptions {
    var options = BranchOptions()
    options.definitions = definitions
    options.dosing = dosing
    options.signatures = signatures
    options.signaturesVersion = signaturesVersion
    options.isSparse = sparse
    options.domains = domains
    options.somaticProfile = somaticProfile
    return options
  }
}
