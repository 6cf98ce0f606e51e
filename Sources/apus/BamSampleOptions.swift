import Alignments
import ArgumentParser
import Batching
import GenomicFiles

/// What samples are checked with.
struct BamSampleOptions: ParsableArguments {
  @Option(
    help: """
      VCF of common single-base variants with population frequencies in INFO AF: contamination and fingerprint.
      """)
  var sites: String?

  @Option(help: "VCF of one sample's genotypes, which are compared with the reads at the sites of --sites.")
  var genotypes: String?

  /// The files that are read.
  var inputs: [String] { [sites, genotypes].compactMap { $0 } }

  func validate() throws {
    guard genotypes == nil || sites != nil else { throw ValidationError("--genotypes needs --sites") }
  }

  /// What the options' files say.
  /// - Parameter name: what the outputs are called.
  func read(name: String?, _ resources: RunResources) async throws -> SampleCheckOptions {
    var options = SampleCheckOptions()
    options.name = name
    guard let sites else { return options }
    let panel = try await readSitePanel(InputFile(path: sites), resources: resources)
    options.sites = panel
    if let genotypes {
      options.genotypes = try await readPanelGenotypes(
        InputFile(path: genotypes), panel: panel, resources: resources)
    }
    return options
  }
}
