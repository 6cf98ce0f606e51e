public import GenomicFiles
import Reports
public import Service

/// A case's folder as an RO-Crate: `ro-crate-metadata.json`, made from its manifest.
///
/// RO-Crate 1.1 with Process Run Crate 0.5 of the Workflow Run RO-Crate profiles: an action a unit of the manifest, with
/// Apus as its instrument, inputs and options as its objects, outputs as its results. It is the profile for a program
/// whose steps are its own; Workflow Run Crate asks for a file of a workflow language, and there is none.
///
/// It holds what the manifest holds, without the folders of inputs: digests, sizes, names of files, versions, options. The
/// manifest has no times and names no people, and neither has the crate.
public struct CaseCrate: Sendable, Hashable {
  /// The case.
  public var caseName: String
  /// The path that was written.
  public var path: String
  /// Files that the crate describes and whose digests were proven.
  public var files: Int
  /// Actions that made them.
  public var actions: Int

  /// The name that RO-Crate asks for.
  public static let name = "ro-crate-metadata.json"

  /// Proves a case's outputs by its manifest and writes its crate beside them. Blocks for as long as hashing takes.
  /// - Parameters:
  ///   - folder: the case's folder, which is the crate's root.
  ///   - date: the day that the crate gives as its own.
  ///   - laboratory: the organisation that ran the case; nil where the crate is to name none.
  /// - Throws: `InputError` where the manifest is missing (66), is none, is of a run that did not end, or does not prove
  ///   the folder's files (65); `OutputError` where the crate exists.
  public static func write(
    folder: String, date: CalendarDate, laboratory: String?, force: Bool, registry: OutputRegistry
  ) throws -> CaseCrate {
    let root = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let path = root + "/" + name
    try OutputFile.refuseExisting(path, force: force)
    let proven = try ProvenCase(folder: root)
    var graph = CrateGraph(proven, date: date, laboratory: laboratory)
    graph.build()
    _ = try writeAtomically(graph.document.bytes, to: path, force: force, registry: registry)
    return CaseCrate(
      caseName: proven.manifest.caseName, path: path, files: graph.parts.count, actions: graph.actions.count)
  }
}
