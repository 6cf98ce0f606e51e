import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import KnowledgeBase
import Reports
import Service
import Workflow

extension KbCommand {
  struct Classify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add dated classifications of variants; they are never changed.",
      discussion: """
        The file holds a JSON object a line:
          {"schema": "apus-classification/1", "variant": "20-10012714-TCTC-T", "class": "Likely_pathogenic",
           "date": "2026-05-01", "laboratory": "699M0", "criteria": ["PVS1", "PM2"], "versions": {"guideline": "ACGS 2020"}}
        (in one line), and where they are told "kind" (germline or oncogenicity), "revision" (of several on one day), "id"
        and "participant". Adding an event twice changes nothing. All of the file enter, or none. When the participant
        withdraws, the event stays and names nobody.

        Example:
          apus kb classify lab.kb --events events.jsonl
        """)

    @Argument(help: "The base.")
    var kb: String

    @Option(help: "Events (apus-classification/1), one a line.")
    var events: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let (path, file) = (try baseName(kb), events)
      let today = try Contributing.today()
      try await interruptible(resources) {
        let result = try await resources.blocking.run {
          try KnowledgeBase(path: path).classify(
            try ClassificationEvent.read(try readWhole(file), path: file, today: today))
        }
        print("added\t\(result.added)")
        print("present\t\(result.present)")
        if result.withoutPerson > 0 { print("without their person\t\(result.withoutPerson)") }
      }
    }
  }

  struct Classifications: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The classifications of a variant: latest, totals, history.",
      discussion: """
        The latest is the event of the latest day; of several on one day that of the greatest revision; then the one of the
        graver class, and the answer says that it is contested.

        Example:
          apus kb classifications lab.kb 20-10012714-TCTC-T --json
        """)

    @Argument(help: "The base.")
    var kb: String

    @Argument(help: "CHROM-POS-REF-ALT.")
    var variant: String

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try baseName(kb)
      guard let question = Question(variant), case .variant = question else {
        throw RunError(.usage, "the variant is not CHROM-POS-REF-ALT; correct it")
      }
      let isJSON = json
      try await interruptible(resources) {
        let found = try await resources.blocking.run {
          try KnowledgeBase(path: path).classifications(of: question)
        }
        guard let found else { return }
        let answer = ClassificationsAnswer(classifications: found)
        print(isJSON ? String(decoding: answer.json.bytes, as: UTF8.self) : answer.table, terminator: "")
      }
    }
  }
}

/// Classifications, as text and as JSON with the same content.
struct ClassificationsAnswer: Sendable {
  let classifications: Classifications

  /// `apus-kb-classifications/1`.
  var json: JSONValue {
    .object([
      .init("schema", .string("apus-kb-classifications/1")),
      .init("kinds", kinds),
      .init("history", .array(classifications.history.map(Self.event))),
    ])
  }

  /// The latest and the totals of each kind.
  var kinds: JSONValue { .object(ClassificationEvent.Kind.allCases.map { .init($0.rawValue, kind($0)) }) }

  private func kind(_ kind: ClassificationEvent.Kind) -> JSONValue {
    guard let latest = classifications.latest(kind) else { return .null }
    return .object([
      .init("latest", .string(latest.classification)),
      .init("latestDate", .string(latest.date.description)),
      .init("contested", .bool(classifications.isContested(kind))),
      .init(
        "totals",
        .object(classifications.totals(kind).map { .init($0.classification, .integer($0.count)) })),
    ])
  }

  private static func event(_ event: ClassificationEvent) -> JSONValue {
    .object([
      .init("date", .string(event.date.description)),
      .init("revision", .integer(event.revision)),
      .init("kind", .string(event.kind.rawValue)),
      .init("class", .string(event.classification)),
      .init("criteria", .array(event.criteria.map(JSONValue.string))),
      .init("laboratory", .string(event.laboratory)),
      .init("versions", .object(event.versions.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
      .init("id", event.id.map(JSONValue.string) ?? .null),
    ])
  }

  /// Lines of a table; the latest and the totals in lines that begin with `#`.
  var table: String {
    var text = ""
    for kind in ClassificationEvent.Kind.allCases {
      guard let latest = classifications.latest(kind) else { continue }
      let totals = classifications.totals(kind).map { "\($0.classification)(\($0.count))" }.joined(separator: "|")
      text += "# \(kind.rawValue): latest \(latest.classification) of \(latest.date)"
      text += classifications.isContested(kind) ? ", contested on that day; totals \(totals)\n" : "; totals \(totals)\n"
    }
    text += "#date\trevision\tkind\tclass\tcriteria\tlaboratory\n"
    for event in classifications.history {
      let fields = [
        event.date.description, "\(event.revision)", event.kind.rawValue, event.classification,
        event.criteria.isEmpty ? "." : event.criteria.joined(separator: ","), event.laboratory,
      ]
      text += fields.joined(separator: "\t") + "\n"
    }
    return text
  }
}
