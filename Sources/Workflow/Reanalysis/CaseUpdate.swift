import ApusVersion
import GenomicFiles
import Genomics
import Interpretation
import Reports
import Service

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes what tiering a case again found into its folder: tiers, draft, and what of the case's own files tells of them.
struct CaseUpdate: Sendable {
  let stored: StoredCase
  let tiering: CaseTiering
  let tiers: [UInt8]
  let panels: CasePanels
  let cachePath: String
  let issued: String

  /// The manifest comes last: files of a case whose update was broken off are not those that it names. Blocks.
  func write(_ given: ReanalysisSummary.Case, registry: OutputRegistry) throws -> ReanalysisSummary.Case {
    var outcome = given
    var files: [(name: String, bytes: [UInt8])] = []
    if let report = stored.report {
      if report.status.isAuthorised {
        // An authorised report refers to its tiers.
        files.append(("tiers.v\(report.version).json", try readWhole(stored.path("tiers.json"), limit: 1 << 30)))
      }
      let next = try report.retiered(tiering, panels, reason: reason(outcome.changes.count))
      outcome.report = "version \(next.version), \(next.status.rawValue)"
      files += try next.files(issued: issued)
    }
    files.append(("tiers.json", tiers))
    files.append(("tiers.tsv", Array(tiering.report.table.utf8)))
    var interpretation = stored.interpretation
    interpretation.panels = panels.panels
    interpretation.missingPanels = panels.missing
    interpretation.unreadTargets = panels.unread
    interpretation.profile = tiering.profile.id
    interpretation.profileDigest = tiering.profile.digest
    interpretation.cache = tiering.cacheDigest
    interpretation.cachePath = cachePath
    if !tiering.reading.starts.isWhole { (interpretation.index, interpretation.candidates) = (nil, nil) }
    if let name = interpretation.candidates {
      interpretation.reading = tiering.reading.record
      files.append((name, KeptCandidates(tiering.reading).bytes))
    }
    files.append((CaseInterpretation.name, try interpretation.json()))
    var told = ReanalysisSummary(cache: tiering.cacheDigest)
    told.cases = [outcome]
    told.cases[0].folder = "."
    files.append(("reanalysis.json", try told.json()))
    files.append(("case.json", try caseDocument()))
    var written: [Manifest.File] = []
    for (name, bytes) in files {
      let output = try writeAtomically(bytes, to: stored.path(name), force: true, registry: registry)
      written.append(Manifest.File(path: name, bytes: output.bytes, sha256: output.sha256))
    }
    let manifest = try JSONValue(encoding: manifest(written)).bytes
    _ = try writeAtomically(manifest, to: stored.path("manifest.json"), force: true, registry: registry)
    return outcome
  }

  private func reason(_ count: Int) -> String {
    "re-analysis: the tiers of \(count) \(count == 1 ? "variant" : "variants") changed (annotation cache \(tiering.cacheDigest.prefix(12)), profile \(tiering.profile.id))"
  }

  /// The manifest with the files as they are now.
  private func manifest(_ written: [Manifest.File]) -> Manifest {
    var manifest = stored.manifest
    for unit in manifest.units.indices {
      manifest.units[unit].outputs = manifest.units[unit].outputs.map { old in
        written.first { $0.path == old.path } ?? old
      }
      if manifest.units[unit].name == "interpretation" {
        manifest.units[unit].options["profile"] = "\(tiering.profile.id) \(tiering.profile.digest)"
        manifest.units[unit].options["reanalysed-with"] = tiering.cacheDigest
        // The run's own versions stay: they tell what made the other files.
        manifest.units[unit].options["reanalysed-by"] = "apus \(apusVersion)"
      }
    }
    let named = Set(manifest.units.flatMap(\.outputs).map(\.path))
    if let reports = manifest.units.firstIndex(where: { $0.name == "reports" }) {
      manifest.units[reports].outputs += written.filter { !named.contains($0.path) }
    }
    return manifest
  }

  /// `case.json` with the number of variants of each tier; all else as it stands.
  private func caseDocument() throws -> [UInt8] {
    let path = stored.path("case.json")
    guard case .object(var members) = JSONValue(try JSONTree(parsing: try readWhole(path), path: path)),
      let place = members.firstIndex(where: { $0.name == "tiers" })
    else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file does not tell the case's tiers", remedy: "run it again")
    }
    members[place].value = try JSONValue(encoding: CaseInterpreter.counts(tiering.result))
    return JSONValue.object(members).bytes
  }
}

extension JSONValue {
  /// A document as read, its members in their order.
  fileprivate init(_ tree: JSONTree) {
    switch tree {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = Int(text).map { .integer($0) } ?? .number(Double(text) ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map { JSONValue($0) })
    case .object(let members): self = .object(members.map { Member($0.name, JSONValue($0.value)) })
    }
  }
}
