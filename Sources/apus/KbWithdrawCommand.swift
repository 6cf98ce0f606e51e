import ApusVersion
import ArgumentParser
import Batching
import GenomicFiles
import KnowledgeBase
import Service
import Workflow

extension KbCommand {
  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take people out, as if the base had never held them.",
      discussion: """
        The file holds a participant a line, as the cases' files name the person; behind a tab the day of the withdrawal
        (YYYY-MM-DD), which else is today. `-` is standard input. Identifiers are never arguments: those are seen by others.

        Prints a line an entry, by its line of the file: withdrawn, or not held. Somebody whom the base does not hold
        changes nothing, and is no error. All of the file are withdrawn, or nobody. Whoever withdrew is added again only by
        a record of discussion of a later day.

        Copies and backups of the base are not reached: destroy those that were made before, or withdraw from them too.

        Example:
          apus kb withdraw lab.kb --participant-file withdrawn.txt --certificate certificate.json
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "Who withdraws: a file, or - for standard input.")
    var participantFile: String

    @Option(help: "Write a certificate: digests before and after, what was changed, and no word of whom.")
    var certificate: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      let path = try baseName(kb)
      let today = try Contributing.today()
      try Outputs.refuse(
        [certificate].compactMap { $0 }, inputs: [kb, participantFile].filter { $0 != "-" }, force: shared.force)
      try await interruptible(resources) {
        let withdrawal = try await resources.blocking.run {
          let file = command.participantFile
          let list = try WithdrawalList(
            try readWhole(file), path: file == "-" ? "standard input" : file, today: today)
          let made = try KnowledgeBase(path: path).withdraw(list, today: today)
          return (list, made)
        }
        var proof = withdrawal.1.certificate
        proof.apus = apusVersion
        try await Outputs.write(command.certificate, try proof.json(), command.shared.force, resources)
        for (entry, isHeld) in zip(withdrawal.0.entries, withdrawal.1.held) {
          print("\(isHeld ? "withdrawn" : "not held")\tline \(entry.line)")
        }
        print("digest before\t\(proof.digestBefore)")
        print("digest after\t\(proof.digestAfter)")
        for release in proof.supersededReleases { print("superseded\t\(release)") }
      }
    }
  }

  struct Recheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read everybody's choice again.",
      discussion: """
        Give the records of everybody in the base. Prints a line a record, by its file and number: permitted, denied with
        every reason, or not held. While somebody of the base is denied, or without a record among those given, the base is
        stale, and nothing is released from it (77). --withdraw takes those who are denied out. A reading holds for 365
        days. What the base holds and its digest stay as they are otherwise.

        Example:
          apus kb recheck lab.kb --consent consent.json --withdraw --certificate certificate.json
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "Consent records (apus-consent/1); may be given several times.")
    var consent: [String]

    @Flag(help: "Withdraw those who are denied.")
    var withdraw = false

    @Option(help: "With --withdraw: write a certificate.")
    var certificate: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      guard certificate == nil || withdraw else { throw ValidationError("--certificate needs --withdraw") }
      guard !consent.isEmpty else { throw ValidationError("--consent is needed") }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      let path = try baseName(kb)
      let today = try Contributing.today()
      try Outputs.refuse([certificate].compactMap { $0 }, inputs: [kb] + consent, force: shared.force)
      try await interruptible(resources) {
        let (names, recheck) = try await resources.blocking.run {
          var names: [String] = []
          var records: [ConsentRecord] = []
          // Refuses a person who stands in two files.
          var register = ConsentRegister()
          for file in command.consent {
            let read = try ConsentRecord.parse(try readWhole(file), path: file)
            try register.add(read, path: file)
            names += read.indices.map { "\(file):\($0 + 1)" }
            records += read
          }
          let made = try KnowledgeBase(path: path).recheck(records, today: today, withdraws: command.withdraw)
          return (names, made)
        }
        if var proof = recheck.withdrawal {
          proof.apus = apusVersion
          try await Outputs.write(command.certificate, try proof.json(), command.shared.force, resources)
        }
        for (name, outcome) in zip(names, recheck.outcomes) {
          switch outcome {
          case .permitted: print("permitted\t\(name)")
          case .denied(let reasons):
            let word = recheck.withdrawal == nil ? "denied" : "withdrawn"
            print("\(word)\t\(name)\t\(reasons.map(\.rawValue).joined(separator: ","))")
          case .notHeld: print("not held\t\(name)")
          }
        }
        print("without a record\t\(recheck.missing)")
        print("stale\t\(recheck.isFresh ? "no" : "yes: nothing is released")")
      }
    }
  }
}
