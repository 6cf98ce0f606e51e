import Batching
import GenomicFiles
import Genomics
import KnowledgeBase
import Logging
import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Contributes cases to a base and says what came of it: `apus kb add`, and the end of `apus run --kb`.
struct Contributing {
  let kb: String
  let consent: [String]
  let fasta: String?
  let logger: Logger

  /// Today in UTC.
  static func today() throws -> CalendarDate {
    guard let date = CalendarDate(secondsSince1970: Int(time(nil))) else {
      throw PermissionError(.noConsent, "the machine's clock is not set, so no consent can be read; set it")
    }
    return date
  }

  /// The moment, ISO 8601 in UTC.
  static func now() throws -> String {
    let seconds = Int(time(nil))
    let day = try today()
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let rest = seconds % 86_400
    return "\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))+00:00"
  }

  /// - Throws: `PermissionError` where nobody was permitted, after every person's line was printed.
  func add(_ folders: [String], _ resources: RunResources) async throws {
    let consent = consent
    let register = try await resources.blocking.run {
      var register = ConsentRegister()
      for path in consent { try register.add(try ConsentRecord.parse(try readWhole(path), path: path), path: path) }
      return register
    }
    let rows = try await addCases(
      folders, to: kb, consents: register, fasta: fasta, today: try Self.today(), resources: resources)
    var permitted = 0
    for row in rows {
      switch row.outcome {
      case .permitted(let addition):
        permitted += 1
        print("permitted\t\(row.caseName)\t\(row.sample)\t\(addition.rawValue)")
      case .denied(let reasons):
        print("denied\t\(row.caseName)\t\(row.sample)\t\(reasons.map(\.rawValue).joined(separator: ","))")
      case .nothing(let reason): print("none\t\(row.caseName)\t\(row.sample)\t\(reason)")
      }
      guard let counts = row.counts else { continue }
      let dropped = counts.dropped.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
      var told: Logger.Metadata = [
        "case": "\(row.caseName)", "records": "\(counts.records)", "taken": "\(counts.taken)",
        "dropped": "\(dropped)",
      ]
      if counts.repeatedAlleles > 0 { told["repeated-alleles"] = "\(counts.repeatedAlleles)" }
      logger.info("contribution", metadata: told)
    }
    guard permitted > 0 else {
      throw PermissionError(
        .noConsent, "nobody's record of discussion permits a contribution; nothing entered, the reasons are listed")
    }
  }
}
