import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service
import Workflow

extension ReferralCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Read referrals and choices about research from FHIR R4.",
      discussion: """
        Takes ServiceRequest, Patient, Specimen, Task, Consent and QuestionnaireResponse as JSON: one resource, a Bundle or
        NDJSON a file; files given together are one server's. Writes into the folder -o: referral-N.json (apus-referral/1), and
        consent.json (apus-consent/1) with the records that could be read. Prints a line a resource: file, place, type, read or
        refused, the codes, notes, and the person; and a line a person: what the choice permits. Default deny.

        --participants names people as the case's files do: a line an NHS number, Patient/id or system|value, a tab, a name.

        Example:
          apus referral import order.json consent.json --participants people.tsv -o referral
        """,
      aliases: ["read-fhir"])

    @Argument(help: "FHIR files.")
    var files: [String]

    @Option(help: "A table of people: identifier, tab, name in the case's files.")
    var participants: String?

    @Option(name: .shortAndLong, help: "The folder for what was read; without it nothing is written.")
    var output: String?

    @Option(
      help: ArgumentHelp("The day or moment for which it is read; default now.", valueName: "time"))
    var asOf: String?

    @Flag(help: "Take NHS numbers of the test range (999…) as people's. For tests alone.")
    var testNumbers = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      var time = ReferralOptions()
      time.asOf = asOf
      let moment = try time.moment()
      try await interruptible(resources) {
        let found = try await resources.blocking.run {
          let table = try command.participants.map {
            try FHIRImport.participants(try readWhole($0), path: $0)
          }
          let files = try command.files.map { (path: $0, bytes: try readWhole($0)) }
          return try FHIRImport(
            files: files, asOf: moment,
            options: .init(participants: table ?? [:], allowsTestNumbers: command.testNumbers))
        }
        if let output = command.output { try await command.write(found, to: output, resources) }
        print(Self.table(found), terminator: "")
      }
    }

    private func write(_ found: FHIRImport, to folder: String, _ resources: RunResources) async throws {
      var outputs = found.referrals.enumerated().map { ("\(folder)/referral-\($0 + 1).json", $1.file()) }
      if !found.records.isEmpty { outputs.append(("\(folder)/consent.json", ConsentRecord.file(found.records))) }
      try Outputs.refuse(outputs.map(\.0), inputs: files, force: shared.force)
      try await resources.blocking.run { try makeFolder(folder) }
      for (path, bytes) in outputs { try await Outputs.write(path, bytes, shared.force, resources) }
    }

    private static func table(_ found: FHIRImport) -> String {
      var text = ""
      func list(_ words: [String]) -> String { words.isEmpty ? "." : words.joined(separator: ",") }
      for outcome in found.outcomes {
        let fields = [
          outcome.file, outcome.ordinal.map(String.init) ?? ".", outcome.type, outcome.verdict.rawValue,
          list(outcome.codes), list(outcome.notes), outcome.participant ?? ".",
        ]
        text += fields.joined(separator: "\t") + "\n"
      }
      for reading in found.readings {
        switch reading.decision {
        case .permit: text += "choice\t.\t.\tpermit\t.\t.\t\(reading.participant)\n"
        case .deny(let reasons):
          text +=
            "choice\t.\t.\tdeny\t\(list(reasons.map(\.rawValue)))\t\(reading.record == nil ? "not-written" : ".")\t\(reading.participant)\n"
        }
      }
      return text
    }
  }
}
