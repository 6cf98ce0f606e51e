import Annotation
import GenomicFiles
import Genomics
import KnowledgeBase
import Reports

/// An answer of a knowledge base, as text and as JSON with the same content.
struct KnowledgeBaseAnswer: Sendable {
  let info: KnowledgeBase.Info
  /// What the answer about a gene rests on; nil for other questions.
  let scope: KnowledgeBase.GeneScope?
  /// The rsID that was asked for, and what it names; nil for other questions.
  let identifier: KbQuestion.IdentifierScope?
  let answers: [KnowledgeBase.Answer]
  /// The dimension that was counted by; nil for none.
  let dimension: String?
  /// The test code that people were chosen by; nil for everybody.
  let indication: String?

  /// `apus-kb-answer/1`.
  var json: JSONValue {
    .object([
      .init("schema", .string("apus-kb-answer/1")),
      .init("assembly", info.assembly.map(JSONValue.string) ?? .null),
      .init("assemblyDigest", info.assemblyDigest.map(JSONValue.string) ?? .null),
      .init("pseudoautosomalRegions", info.pseudoautosomalRegions.map(JSONValue.string) ?? .null),
      .init("contributions", .integer(info.contributions)),
      .init("gene", scope.map(Self.json) ?? .null),
      .init("identifier", identifier.map(Self.json) ?? .null),
      .init("indication", indication.map(JSONValue.string) ?? .null),
      .init("dimension", dimension.map(JSONValue.string) ?? .null),
      .init("variants", .array(answers.map { Self.json($0, dimension) })),
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

  private static func json(_ scope: KbQuestion.IdentifierScope) -> JSONValue {
    .object([
      .init("asked", .string(scope.identifier.description)),
      .init("message", .string(message(scope))),
      .init("sources", .array(scope.sources.map(JSONValue.string))),
      .init(
        "alleles",
        .array(
          scope.alleles.map {
            .object([
              .init("variant", .string("\($0.contig)-\($0.position)-\($0.reference)-\($0.alternate)")),
              .init("sources", .array($0.sources.map(JSONValue.string))),
            ])
          })),
    ])
  }

  private static func json(_ answer: KnowledgeBase.Answer, _ dimension: String?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("variant", .string(name(answer))),
      .init("contig", .string(answer.contig)),
      .init("position", .integer(answer.position.value)),
      .init("ref", .string(answer.reference)),
      .init("alt", .string(answer.alternate)),
      .init("vrs", answer.vrs.map(JSONValue.string) ?? .null),
    ]
    members += figures(answer.counts)
    members.append(
      .init("tiers", .object(answer.tiers.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })))
    members.append(
      .init("classifications", answer.classifications.map { ClassificationsAnswer(classifications: $0).kinds } ?? .null)
    )
    if dimension != nil {
      members.append(
        .init(
          "strata",
          .array(answer.strata.map { .object([.init("stratum", .string($0.name))] + figures($0.counts)) })))
    }
    return .object(members)
  }

  private static func figures(_ counts: AlleleCounts) -> [JSONValue.Member] {
    [
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
    ]
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
    if let identifier {
      text += "# \(Self.message(identifier))\n"
      for allele in identifier.alleles {
        text += "# \(allele.contig)-\(allele.position)-\(allele.reference)-\(allele.alternate) is "
        text += "\(identifier.identifier) by \(allele.sources.joined(separator: ", "))\n"
      }
    }
    if let indication { text += "# people of indication \(indication) alone\n" }
    if let dimension { text += "# strata of \(dimension) stand below each variant\n" }
    text += "#variant\tvrs\tAC\tAN\tAF\thom\thet\themi\tpartial\tpeople\tunknown\ttiers\tclass\n"
    for answer in answers {
      let tiers = answer.tiers.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
      let classes = ClassificationEvent.Kind.allCases.compactMap { answer.classifications?.latest($0)?.classification }
      text += Self.line(
        [Self.name(answer), answer.vrs ?? "."], answer.counts,
        [tiers.isEmpty ? "." : tiers, classes.isEmpty ? "." : classes.joined(separator: ",")])
      for stratum in answer.strata { text += Self.line(["  " + stratum.name, "."], stratum.counts, [".", "."]) }
    }
    return text
  }

  private static func line(_ head: [String], _ counts: AlleleCounts, _ tail: [String]) -> String {
    let frequency = counts.frequency.map { fixedPoint($0, places: 6) } ?? "."
    let fields =
      head + [
        "\(counts.ac)", "\(counts.an)", frequency, "\(counts.hom)",
        "\(counts.het)", "\(counts.hemi)", "\(counts.partial)", "\(counts.people)", "\(counts.unknown)",
      ]
    return (fields + tail).joined(separator: "\t") + "\n"
  }

  private static func message(_ scope: KnowledgeBase.GeneScope) -> String {
    if scope.annotations.isEmpty {
      return "gene \(scope.asked): no case of the base is annotated, so nothing can be found by gene"
    }
    if scope.genes.isEmpty { return "gene \(scope.asked): no allele in the base is annotated with it" }
    let names = scope.genes.map { $0.symbol.isEmpty ? $0.id : $0.id.isEmpty ? $0.symbol : "\($0.symbol) (\($0.id))" }
    return "gene \(scope.asked): alleles annotated with \(names.joined(separator: ", "))"
  }

  private static func message(_ scope: KbQuestion.IdentifierScope) -> String {
    let count = scope.alleles.count
    let what = count == 1 ? "names one allele" : "names \(count) alleles, which are all answered, each by itself"
    return
      "\(scope.identifier) \(what), by the cache's sources that keep rsIDs: \(scope.sources.joined(separator: ", "))"
  }

  private static func name(_ answer: KnowledgeBase.Answer) -> String {
    "\(answer.contig)-\(answer.position)-\(answer.reference)-\(answer.alternate)"
  }
}
