import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import KnowledgeBase
import Reports
import Workflow

extension KbCommand {
  struct Query: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Look up a variant or a region.",
      discussion: """
        A variant is CHROM-POS-REF-ALT as a normalised VCF writes it, or a VRS identifier (ga4gh:VA.…); a region is
        CHROM:START-END, both ends in. AC and AN count people known at the site; whoever's data do not cover it is unknown,
        never reference. AF is among people whose callable regions cover the site.

        Example:
          apus kb query lab.kb 20-10012714-TCTC-T --json
          apus kb query lab.kb 20:10000000-10010000
        """)

    @Argument(help: "The base.")
    var kb: String

    @Argument(help: "CHROM-POS-REF-ALT, CHROM:START-END, or ga4gh:VA.…")
    var question: String

    @Flag(help: "Answer in JSON.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      let resources = shared.resources
      let path = try localPath(kb)
      guard let question = Question(question) else {
        throw RunError(
          .usage,
          "the question is no variant (CHROM-POS-REF-ALT), region (CHROM:START-END) or VRS identifier; genes are not built yet"
        )
      }
      let isJSON = json
      try await interruptible(resources) {
        let (info, answers) = try await resources.blocking.run {
          let base = try KnowledgeBase(path: path)
          return (try base.info(), try base.answers(to: question))
        }
        print(
          isJSON
            ? String(decoding: Self.document(info, answers).bytes, as: UTF8.self) : Self.table(info, answers),
          terminator: "")
      }
    }

    private static func document(_ info: KnowledgeBase.Info, _ answers: [KnowledgeBase.Answer]) -> JSONValue {
      .object([
        .init("schema", .string("apus-kb-answer/1")),
        .init("assembly", info.assembly.map(JSONValue.string) ?? .null),
        .init("reference", info.referenceDigest.map(JSONValue.string) ?? .null),
        .init("contributions", .integer(info.contributions)),
        .init("variants", .array(answers.map(variant))),
      ])
    }

    private static func variant(_ answer: KnowledgeBase.Answer) -> JSONValue {
      let counts = answer.counts
      return .object([
        .init("variant", .string(name(answer))),
        .init("contig", .string(answer.contig)),
        .init("position", .integer(answer.position.value)),
        .init("ref", .string(answer.reference)),
        .init("alt", .string(answer.alternate)),
        .init("vrs", answer.vrs.map(JSONValue.string) ?? .null),
        .init("ac", .integer(counts.ac)),
        .init("an", .integer(counts.an)),
        .init("af", counts.frequency.map(JSONValue.number) ?? .null),
        .init("hom", .integer(counts.hom)),
        .init("het", .integer(counts.het)),
        .init("hemi", .integer(counts.hemi)),
        .init("partial", .integer(counts.partial)),
        .init("people", .integer(counts.people)),
        .init("unknown", .integer(counts.unknown)),
        .init(
          "callable", .object([.init("ac", .integer(counts.callableAC)), .init("an", .integer(counts.callableAN))])),
      ])
    }

    private static func table(_ info: KnowledgeBase.Info, _ answers: [KnowledgeBase.Answer]) -> String {
      var text = "# assembly \(info.assembly ?? "not known"), reference \(info.referenceDigest ?? "none yet")\n"
      text += "#variant\tvrs\tAC\tAN\tAF\thom\thet\themi\tpartial\tpeople\tunknown\n"
      for answer in answers {
        let counts = answer.counts
        let frequency = counts.frequency.map { fixedPoint($0, places: 6) } ?? "."
        let fields = [
          name(answer), answer.vrs ?? ".", "\(counts.ac)", "\(counts.an)", frequency, "\(counts.hom)", "\(counts.het)",
          "\(counts.hemi)", "\(counts.partial)", "\(counts.people)", "\(counts.unknown)",
        ]
        text += fields.joined(separator: "\t") + "\n"
      }
      return text
    }

    private static func name(_ answer: KnowledgeBase.Answer) -> String {
      "\(answer.contig)-\(answer.position)-\(answer.reference)-\(answer.alternate)"
    }
  }
}
