import Batching
import GenomicFiles
import Interpretation
import Workflow

extension RunCommand {
  /// What the arguments ask of a run.
  func options(_ resources: RunResources) async throws -> RunOptions {
    var options = RunOptions(samplesheet: samplesheet, reference: fasta, out: out, logger: shared.logger)
    options.cache = cache
    if let policy { options.policy = try await resources.blocking.run { try Policy.named(policy) } }
    options.sites = sites
    options.gaps = gaps.files
    options.directories = directory
    options.allowsTestNumbers = testNumbers
    options.panels = tierPanel
    options.branches = branches.options
    options.asOf = try asOf ?? Contributing.now()
    if !tierPanel.isEmpty {
      options.profile = try await resources.blocking.run {
        TieringProfile.names.contains(profile)
          ? try TieringProfile.named(profile) : try TieringProfile(file: profile)
      }
    }
    options.resume = resume
    options.onlyFailed = onlyFailed
    options.force = shared.force
    options.readLevel = compressionLevel
    options.showsProgress = Terminal.isStandardError
    options.cases = batch.cases
    options.memory = batch.memory?.bytes
    return options
  }

  /// Prints what each case will need.
  func estimate(_ options: RunOptions, _ resources: RunResources) async throws {
    let estimates = try await estimateSamplesheet(options, resources: resources)
    print(CaseEstimate.header)
    for estimate in estimates { print(estimate.line) }
  }

  /// Writes the batch's report from how each case ended last, and prints how many cases have each state.
  func report(_ resources: RunResources) async throws {
    let options = RunOptions(samplesheet: samplesheet, reference: nil, out: out, logger: shared.logger)
    let states = try await reportSamplesheet(options, resources: resources)
    for state in CaseState.allCases { print("\(state.rawValue)\t\(states[state] ?? 0)") }
    print("batch\t\(out)/batch.html")
  }
}
