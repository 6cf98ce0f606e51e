public import GenomicFiles
import Genomics
import Reports
public import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ClinicalReport {
  /// The report of a case; nil where there is none. Blocks.
  /// - Throws: `InputError` for a file that is no report.
  public static func read(_ path: String) throws -> ClinicalReport? {
    guard case .file = content(at: path) else { return nil }
    guard let report = try? JSONDecoder().decode(ClinicalReport.self, from: Data(try readWhole(path))),
      report.schema == schema
    else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file is no report (\(schema))",
        remedy: "move it away, or name another case's folder")
    }
    return report
  }

  /// What a person does with a report.
  public enum Step: Sendable {
    /// Authorises it.
    case authorise(by: String)
    /// Begins an amended draft.
    case amend(reason: String)
  }

  /// Takes a step with the report of a case folder, and writes what it becomes. An authorised version stays beside it as
  /// `report.vN.json` and `report.vN.html`. Blocks.
  /// - Parameters:
  ///   - issued: the moment, ISO 8601 with its zone.
  ///   - isReleased: whether somebody has released the case as it stands.
  /// - Throws: `InputError` where the folder has no report, `PermissionError` for a held case, `RunError`.
  public static func take(
    _ step: Step, in folder: String, issued: String, day: CalendarDate, isReleased: Bool, registry: OutputRegistry
  ) throws -> ClinicalReport {
    guard let report = try read(folder + "/report.json") else {
      throw InputError(
        .unreadable, at: InputLocation(file: folder + "/report.json"), "the case has no report",
        remedy: "run it with a referral or panels")
    }
    let next: ClinicalReport
    switch step {
    case .authorise(let name): next = try report.authorised(by: name, on: day, isReleased: isReleased)
    case .amend(let reason): next = try report.amendedDraft(reason: reason)
    }
    try next.write(in: folder, issued: issued, registry: registry)
    return next
  }

  /// Writes the report's files; an authorised version also under its number. Blocks.
  public func write(in folder: String, issued: String?, registry: OutputRegistry) throws {
    let files = try files(issued: issued)
    if status.isAuthorised {
      for (name, bytes) in files {
        let numbered = name.replacing("report.", with: "report.v\(version).", maxReplacements: 1)
        _ = try writeAtomically(bytes, to: folder + "/" + numbered, force: false, registry: registry)
      }
    }
    for (name, bytes) in files {
      _ = try writeAtomically(bytes, to: folder + "/" + name, force: true, registry: registry)
    }
  }
}
