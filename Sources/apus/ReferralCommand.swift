import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service
import Workflow

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `apus referral`.
struct ReferralCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "referral", abstract: "Requests for a test: begin, check, chase, and read from FHIR.",
    discussion: """
      No name, NHS number or birth date is printed by check and chase; the files hold them.

      Example:
        apus referral new R14.1 -d directory.json -o referral.json
        apus referral check referral.json -d directory.json
      """,
    subcommands: [New.self, Check.self, Chase.self, Import.self, Schema.self])
}

/// What judging a referral takes.
struct ReferralOptions: ParsableArguments {
  @Option(name: .customShort("d"), help: "The test directory's version that the order is of (apus-test-directory/1).")
  var directory: String?

  @Option(
    help: ArgumentHelp(
      "The day or moment for which it is judged, as 2026-11-22 or 2026-11-22T09:30:00+00:00; default now.",
      valueName: "time"))
  var asOf: String?

  @Option(help: "A table of laboratories (laboratories/1) in place of the one built in.")
  var laboratories: String?

  @Flag(help: "Take NHS numbers of the test range (999…) as people's. For tests alone.")
  var testNumbers = false

  /// The moment.
  func moment() throws -> AsOf {
    if let asOf {
      guard let moment = AsOf(asOf) else { throw ValidationError("--as-of takes a day or a moment with its zone") }
      return moment
    }
    guard let now = AsOf(secondsSince1970: Int(time(nil))) else {
      throw RunError(.configuration, "the machine's clock is not set; set it, or give --as-of")
    }
    return now
  }

  func validate() throws { if asOf != nil { _ = try moment() } }

  /// The directory, where one is given. Blocks.
  func lookup() throws -> (any DirectoryLookup)? {
    guard let directory else { return nil }
    return ReferralDirectory(try TestDirectory(json: try readWhole(directory), file: directory))
  }

  /// The table of laboratories. Blocks.
  func table() throws -> Laboratories {
    guard let laboratories else { return .builtIn }
    return try Laboratories(parsing: try readWhole(laboratories), path: laboratories)
  }

  var gate: ReferralCheck.Options { .init(allowsTestNumbers: testNumbers) }
}
