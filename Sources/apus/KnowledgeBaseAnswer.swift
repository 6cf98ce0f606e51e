import GenomicFiles
import Genomics
import KnowledgeBase
import Reports

/// An answer of a knowledge base, as text and as JSON with the same content.
struct KnowledgeBaseAnswer: Sendable {
  let info: KnowledgeBase.Info
  /// What the answer about a gene rests on; nil for other questions.
  let scope: KnowledgeBase.GeneScope?
  let answers: [KnowledgeBase.Answer]

  /// `apus-kb-answer/1`.
  var json: JSONValue {
    .object([
      .init("schema", .string("apus-kb-answer/1")),
      .init("assembly", info.assembly.map(JSONValue.string) ?? .null),
      .init("assemblyDigest", info.assemblyDigest.map(JSONValue.string) ?? .null),
      .init("pseudoautosomalRegions", info.pseudoautosomalRegions.map(JSONValue.string) ?? .null),
      .init("contributions", .integer(info.contributions)),
      .init("gene", scope.map(Self.json) ?? .null),
      .init("variants", .array(answers.map(Self.json))),
    ])
  }

  private static func json(_ scope: KnowledgeBase.GeneScope) -> JSONValue {
    .object([
      .init("asked", .string(scope.asked)),
      .init("message", .string(message(scope))),
      .init(
        "genes",
        .array(
          scope.genes.map {
            .object([
              .init("symbol", $0.symbol.isEmpty ? .null : .string($0.symbol)),
              .init("id", $0.id.isEmpty ? .null : .string($0.id)),
            ])
          })),
      .init("annotations", .array(scope.annotations.map(JSONValue.string))),
      .init("contributionsWithoutAnnotation", .integer(scope.withoutAnnotation)),
      .init("observationsWithoutAnnotation", .integer(scope.observationsWithoutAnnotation)),
    ])
  }

  private static func json(_ answer: KnowledgeBase.Answer) -> JSONValue {
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

  /// Lines of a table; what it rests on in lines that begin with `#`.
  var table: String {
    var text = "# assembly \(info.assembly ?? "not known"), assembly digest \(info.assemblyDigest ?? "none yet")"
    text += ", pseudoautosomal regions \(info.pseudoautosomalRegions ?? "none known")\n"
    if let scope {
      text += "# \(Self.message(scope))\n"
      for annotation in scope.annotations { text += "# annotated by the cache \(annotation)\n" }
      text += "# contributions that are not annotated, so not found by gene: \(scope.withoutAnnotation)\n"
      if scope.observationsWithoutAnnotation > 0 {
        text += "# alleles of people that their annotation says nothing of: \(scope.observationsWithoutAnnotation)\n"
      }
    }
    text += "#variant\tvrs\tAC\tAN\tAF\thom\thet\themi\tpartial\tpeople\tunknown\n"
    for answer in answers {
      let counts = answer.counts
      let frequency = counts.frequency.map { fixedPoint($0, places: 6) } ?? "."
      let fields = [
        Self.name(answer), answer.vrs ?? ".", "\(counts.ac)", "\(counts.an)", frequency, "\(counts.hom)",
        "\(counts.het)", "\(counts.hemi)", "\(counts.partial)", "\(counts.people)", "\(counts.unknown)",
      ]
      text += fields.joined(separator: "\t") + "\n"
    }
    return text
  }

  private static func message(_ scope: KnowledgeBase.GeneScope) -> String {
    if scope.annotations.isEmpty {
      return "gene \(scope.asked): no case of the base is annotated, so nothing can be found by gene"
    }
    if scope.genes.isEmpty { return "gene \(scope.asked): no allele in the base is annotated with it" }
    let names = scope.genes.map { $0.symbol.isEmpty ? $0.id : $0.id.isEmpty ? $0.symbol : "\($0.symbol) (\($0.id))" }
    return "gene \(scope.asked): alleles annotated with \(names.joined(separator: ", "))"
  }

  private static func name(_ answer: KnowledgeBase.Answer) -> String {
    "\(answer.contig)-\(answer.position)-\(answer.reference)-\(answer.alternate)"
  }
}
