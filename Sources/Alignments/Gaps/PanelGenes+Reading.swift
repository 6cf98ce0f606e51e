import Batching
public import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a PanelApp panel from the JSON of one panel.
///
/// - Throws: `InputError` for a file that is missing, or no such panel.
public func readPanelGenes(_ path: String, resources: RunResources) async throws -> PanelGenes {
  let bytes = try await resources.blocking.run { try readWhole(path) }
  do {
    return try JSONDecoder().decode(PanelGenes.self, from: Data(bytes))
  } catch {
    throw InputError(
      .malformed, at: InputLocation(file: path), "the file is no PanelApp panel",
      remedy: "give the JSON of one panel, as PanelApp's /panels/ID/ returns it")
  }
}
