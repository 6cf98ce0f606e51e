public import GenomicFiles
import Genomics
public import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Somebody's word that a case on HOLD may go on: `release.json` in the case's folder.
///
/// It names the manifest that it releases by digest: a case that is run again with another result is held again.
public struct CaseRelease: Codable, Sendable, Hashable {
  /// `apus-release/1`.
  public var schema = "apus-release/1"
  /// The case.
  public var caseName: String
  /// SHA-256 of the manifest that is released.
  public var manifest: String
  /// Who releases it.
  public var by: String
  /// Why.
  public var reason: String
  /// When, `YYYY-MM-DD` in UTC.
  public var date: String

  enum CodingKeys: String, CodingKey {
    case schema, manifest, by, reason, date
    case caseName = "case"
  }

  /// Records a release beside the case's results, which stay as they are. Blocks.
  /// - Throws: `InputError` where the folder is no case on HOLD; `OutputError`.
  public static func record(
    folder: String, by: String, reason: String, date: CalendarDate, registry: OutputRegistry
  ) throws -> CaseRelease {
    let path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let bytes = try readWhole(path + "/case.json")
    guard let state = try? JSONDecoder().decode(State.self, from: Data(bytes)), state.schema == "apus-case/1" else {
      throw InputError(
        .malformed, at: InputLocation(file: path + "/case.json"), "the file is not what apus run writes",
        remedy: "name a case's folder")
    }
    guard state.state == "HOLD" else {
      throw InputError(
        .mismatch, at: InputLocation(file: path), "the case is not on HOLD", remedy: "only a held case is released")
    }
    let release = CaseRelease(
      caseName: state.name, manifest: sha256(try readWhole(path + "/manifest.json")), by: by, reason: reason,
      date: date.description)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let output = Array(try encoder.encode(release)) + [UInt8(ascii: "\n")]
    _ = try writeAtomically(output, to: path + "/release.json", force: true, registry: registry)
    return release
  }

  /// Whether the folder has a release of this manifest. Blocks.
  public static func holds(for manifest: [UInt8], in folder: String) throws -> Bool {
    let path = folder + "/release.json"
    guard case .file = content(at: path) else { return false }
    guard let release = try? JSONDecoder().decode(CaseRelease.self, from: Data(try readWhole(path))) else {
      return false
    }
    return release.schema == "apus-release/1" && release.manifest == sha256(manifest) && !release.by.isEmpty
      && !release.reason.isEmpty
  }
}

private struct State: Decodable {
  var schema: String
  var name: String
  var state: String
  enum CodingKeys: String, CodingKey {
    case schema, state
    case name = "case"
  }
}
