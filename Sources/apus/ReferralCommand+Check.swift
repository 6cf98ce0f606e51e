import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service
import Workflow

extension ReferralCommand {
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Whether a referral can be accepted; if not, every reason (exit code 77).",
      discussion: """
        A line a reason, in the order of the gates: identity, order, eligibility, sample, record of discussion, events. Each
        has a code, the person and sample, a message for the requester, and what reverses it. What people chose about
        research is told and blocks nothing. Without -d the test is not looked up, which is a warning; what depends on it is
        unknown, which is never a pass.

        Example:
          apus referral check referral.json -d directory.json --as-of 2026-11-22
        """)

    @Argument(help: "The referral (apus-referral/1).")
    var referral: String

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var options: ReferralOptions

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      let moment = try options.moment()
      try await interruptible(resources) {
        let check = try await resources.blocking.run {
          let referral = try Referral(parsing: try readWhole(command.referral), path: command.referral)
          return ReferralCheck(
            referral, directory: try command.options.lookup(), laboratories: try command.options.table(), asOf: moment,
            options: command.options.gate)
        }
        if command.json {
          print(String(decoding: check.file(source: command.referral), as: UTF8.self), terminator: "")
        } else {
          print(Self.table(check), terminator: "")
        }
        guard check.isAcceptable else {
          let count = check.refusals.count
          throw PermissionError(
            .referral,
            "the referral cannot be accepted for \(count) \(count == 1 ? "reason, which is" : "reasons, which are") listed; send the requester what reverses each"
          )
        }
      }
    }

    private static func table(_ check: ReferralCheck) -> String {
      var text = ""
      for reason in check.refusals + check.warnings {
        let fields = [
          reason.isRefusal ? "refused" : "warning", reason.gate.rawValue, reason.code.rawValue, reason.person ?? ".",
          reason.sample ?? ".", reason.message, "needed: \(reason.evidence)",
        ]
        text += fields.joined(separator: "\t") + "\n"
      }
      for choice in check.research {
        let what =
          choice.denials.isEmpty ? "permits" : "denies: \(choice.denials.map(\.rawValue).joined(separator: ","))"
        text += "research\t.\t.\t\(choice.person)\t.\t\(what)\tblocks nothing\n"
      }
      return text + (check.isAcceptable ? "acceptable\n" : "")
    }
  }

  struct Chase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What the referrals of a folder still wait for.",
      discussion: """
        Reads every .json file of the folder. A line for each thing that is awaited: file, referral, test, stage, the
        statusReason of the order's Task, person, sample, what is to be done. Files that are no referral are listed and end
        the command with 65, after everything else.

        Example:
          apus referral chase referrals/ -d directory.json --json
        """)

    @Argument(help: "The folder.")
    var folder: String

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var options: ReferralOptions

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      let moment = try options.moment()
      try await interruptible(resources) {
        let list = try await resources.blocking.run {
          let directory = try command.options.lookup()
          let laboratories = try command.options.table()
          var list = ReferralChaseList(answers: [], refused: [])
          for name in try jsonFiles(in: command.folder) {
            let path = command.folder + (command.folder.hasSuffix("/") ? "" : "/") + name
            do {
              let referral = try Referral(parsing: try readWhole(path), path: path)
              list.answers.append(
                (
                  name,
                  ReferralChase(
                    referral, directory: directory, laboratories: laboratories, asOf: moment,
                    options: command.options.gate)
                ))
            } catch let error as InputError {
              list.refused.append((name, error.reason))
            }
          }
          return list
        }
        if command.json {
          print(String(decoding: list.file(), as: UTF8.self), terminator: "")
        } else {
          print(Self.table(list), terminator: "")
        }
        if let first = list.refused.first {
          throw InputError(
            .malformed, at: InputLocation(file: first.file),
            "\(list.refused.count) of the folder's files are no referral that can be read: \(first.reason)",
            remedy: "correct them, or keep them elsewhere")
        }
      }
    }

    private static func table(_ list: ReferralChaseList) -> String {
      var text = ""
      for (file, answer) in list.answers {
        let head = [file, answer.identifier ?? ".", answer.testCode ?? ".", answer.stage.rawValue]
        if answer.awaited.isEmpty {
          text += (head + [".", ".", ".", "nothing is awaited"]).joined(separator: "\t") + "\n"
        }
        for one in answer.awaited {
          text +=
            (head + [one.reason.rawValue, one.person ?? ".", one.sample ?? ".", one.message]).joined(separator: "\t")
            + "\n"
        }
      }
      for (file, reason) in list.refused { text += "\(file)\t.\t.\t.\trefused\t.\t.\t\(reason)\n" }
      return text
    }
  }
}
