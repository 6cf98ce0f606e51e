public import ArgumentParser
import Batching
import GenomicFiles
import Genomics
public import KnowledgeBase
import Service
import Workflow

extension KnowledgeBase.Purpose: ExpressibleByArgument {}

/// `apus kb`.
struct KbCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kb", abstract: "The knowledge base: contribute permitted people's variants, and ask what is known.",
    discussion: """
      A base is a file of SQLite, or a database in PostgreSQL by its address: postgresql://USER@HOST:PORT/DATABASE. Both hold
      the same, answer the same and have the same digest. Give the password by PGPASSFILE, ~/.pgpass or PGSERVICEFILE: what
      stands in an argument is seen by others of the machine. A server that cannot be reached ends a command with 69.

      Example:
        apus kb init lab.kb
        apus kb add lab.kb results/CASE1 --consent consent.json
        apus kb query lab.kb 20-10012714-TCTC-T
        apus kb release lab.kb -o release
      """,
    subcommands: [
      Init.self, Add.self, Withdraw.self, Recheck.self, Query.self, Classify.self, Classifications.self, Info.self,
      Digest.self, Verify.self, Backup.self, Migrate.self, Release.self, Ledger.self, Export.self, Report.self,
    ])
}

extension KbCommand {
  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an empty base.",
      discussion: """
        The base holds the key of its pseudonyms: keep the file where only those may read it who may know who is in it. In
        PostgreSQL it is the schema apus of the database, which only its owner can read.

        Example:
          apus kb init lab.kb --purpose research
          apus kb init postgresql://apus@db.example.org/lab
        """)

    @Argument(
      help: "The base: the path of a file that does not exist yet, or the address of a database without a base.")
    var kb: String

    @Option(help: "What it is for: research, or clinical (the laboratory's own frequencies; never released).")
    var purpose: KnowledgeBase.Purpose = .research

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let (path, purpose) = (try baseName(kb), purpose)
      try await interruptible(resources) {
        _ = try await resources.blocking.run { try KnowledgeBase.create(path: path, purpose: purpose) }
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Contribute the permitted people of cases; adding twice changes nothing.",
      discussion: """
        Prints a line a person: permitted (added or present), denied with every reason, or none with the reason. Ends with
        77 when nobody is permitted, or a case is on HOLD without a release.

        Example:
          apus kb add lab.kb results/CASE1 results/CASE2 --consent consent.json
        """)

    @Argument(help: "The base.")
    var kb: String

    @Argument(help: "Case folders as apus run wrote them.")
    var cases: [String]

    @Option(help: "Consent records (apus-consent/1); may be given several times.")
    var consent: [String] = []

    @Option(
      name: [.customShort("f"), .long],
      help: "The cases' reference FASTA; the path that the run was given is taken otherwise.")
    var fasta: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let command = self
      try await interruptible(resources) {
        let contribution = Contributing(
          kb: try baseName(command.kb), consent: command.consent, fasta: command.fasta, logger: command.shared.logger)
        try await contribution.add(command.cases, resources)
      }
    }
  }

  struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What a base holds, in numbers.",
      discussion: """
        Example:
          apus kb info lab.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try baseName(kb)
      try await interruptible(resources) {
        let today = try Contributing.today()
        let (info, stale) = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          return (try base.info(), try base.staleness(today: today))
        }
        print("purpose\t\(info.purpose.rawValue)")
        print("format\t\(info.format)")
        for change in info.formatChanges {
          print("brought from format \(change.previous)\t\(change.date), by apus \(change.program)")
        }
        print("assembly\t\(info.assembly ?? "not known")")
        print("assembly digest\t\(info.assemblyDigest ?? "none yet")")
        print("pseudoautosomal regions\t\(info.pseudoautosomalRegions ?? "none known: X counts as X throughout")")
        print("filters\t\(info.filters ?? "none yet")")
        print("contributions\t\(info.contributions)")
        print("without callability\t\(info.withoutCallability)")
        print("without annotation\t\(info.withoutAnnotation)")
        for annotation in info.annotations { print("annotation\t\(annotation)") }
        print("alleles\t\(info.alleles.map(String.init) ?? "not counted")")
        print("observations\t\(info.observations)")
        print("classifications\t\(info.classifications)")
        print("withdrawals\t\(info.withdrawals)")
        for reason in stale { print("stale\t\(reason)") }
      }
    }
  }

  struct Digest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The digest of a base's canonical rows, checked against every contribution.",
      discussion: """
        The same for the same data in any order of adding, whoever was withdrawn between.

        Example:
          apus kb digest lab.kb
        """)

    @Argument(help: "The base.")
    var kb: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try baseName(kb)
      try await interruptible(resources) {
        print(try await resources.blocking.run { try KnowledgeBase(path: path).digest() })
      }
    }
  }
}

/// A base by its path or address; what is nearly an address is refused, and not looked for as a file.
func baseName(_ kb: String) throws -> String {
  let isAddress = kb.hasPrefix("postgresql://") || kb.hasPrefix("postgres://")
  guard isAddress || !(kb.hasPrefix("postgresql:") || kb.hasPrefix("postgres:")) else {
    throw RunError(.usage, "the base is no address; write it as postgresql://USER@HOST/DATABASE")
  }
  return kb
}
