import Genomics

/// What `release.json` says of a release.
struct ReleaseManifest: Sendable {
  /// A file of the release.
  struct File: Sendable {
    var path: String
    var bytes: Int
    var sha256: String
  }

  var terms: ReleaseTerms
  var created: String
  var reference: ReferenceContigs
  /// People by stratum of the partition.
  var people: [String: Int]
  var variants: Int
  var untold: Int
  var supersedes: [String]
  var annotations: [String]
  /// Whether alleles have their genes.
  var tellsGenes: Bool
  /// Whether people left since an earlier release.
  var wasLeft: Bool
  /// Alleles with a class.
  var classified: Int

  /// All but the name and the files: what the name is made of, with the rows.
  func members(release: String) -> [(String, ReleaseJSON)] {
    let rule = terms.rule
    func told(_ people: Int) -> [(String, ReleaseJSON)] {
      people >= rule.minimum ? [("people", .integer(rule.rounded(people)))] : []
    }
    let all = people.values.reduce(0, +)
    let shown = terms.showsStrata ? [terms.partition] : []
    let dimensions = shown.map { dimension in
      ReleaseJSON.object([
        ("dimension", .text(dimension)),
        (
          "strata",
          .array(people.sorted { $0.key < $1.key }.map { .object([("stratum", .text($0.key))] + told($0.value)) })
        ),
      ])
    }
    var notices = [
      "Figures are rounded. An allele that is not listed was seen in nobody, or in fewer than \(rule.minimum) people.",
      "A small cohort's figures are not anonymous: whoever knows a person's genome may still find that the person is in it.",
    ]
    if !tellsGenes {
      notices.append("Genes are withheld: fewer than \(rule.minimum) people are annotated by one of the caches.")
    }
    if wasLeft {
      notices.append(
        "People left since an earlier release; figures that this would let be subtracted are withheld, and a few more people are left out."
      )
    }
    if classified > 0 {
      notices.append(
        "Classes are told as rounded numbers of cases, of any condition and all dates together, as laboratories gave them. A class that is absent was given in no case, or in fewer than \(rule.forClasses.minimum); a newer one may be among those. Whoever withdrew is still among the cases."
      )
    }
    return [
      ("schema", .text("apus-release/1")), ("release", .text(release)), ("created", .text(created)),
      ("purpose", .text("research")),
      (
        "policy",
        .object([
          ("id", .text(terms.policy.id)), ("version", .text(terms.policy.version)), ("minimum", .integer(rule.minimum)),
          ("rounding", .integer(rule.rounding)), ("exact", .flag(rule.isExact)), ("zeros", .text("with-suppressed")),
          ("partition", .text(terms.partition)),
        ])
      ), ("assembly", reference.assembly.map { .text($0.rawValue) } ?? .null),
      ("assemblyDigest", .text(reference.assemblyDigest)),
      (
        "contigs",
        .array(
          reference.contigs.map {
            .object([
              ("name", .text($0.name)), ("length", .integer($0.length)), ("refget", .text($0.digest.sha512t24u)),
            ])
          })
      ), ("people", .object(all >= rule.minimum ? [("all", .integer(rule.rounded(all)))] : [])),
      ("dimensions", .array(dimensions)),
      (
        "withheldDimensions",
        .array(terms.policy.dimensions.filter { !shown.contains($0) }.map { .text($0) })
      ), ("variants", .integer(variants)), ("suppressedCells", .integer(untold)),
      ("supersedes", .array(supersedes.map { .text($0) })), ("notices", .array(notices.map { .text($0) })),
      ("annotations", .array(annotations.map { .text($0) })),
    ]
  }

  /// `release.json`.
  func document(release: String, files: [File]) -> String {
    let list = files.sorted { $0.path < $1.path }.map {
      ReleaseJSON.object([("path", .text($0.path)), ("sha256", .text($0.sha256)), ("bytes", .integer($0.bytes))])
    }
    return ReleaseJSON.object(members(release: release) + [("files", .array(list))]).line + "\n"
  }
}
