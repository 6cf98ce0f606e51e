import Genomics

/// Rows of a lake's tables, as lines of JSON that DuckDB reads and writes.
enum LakeRow {
  /// A person, by a number of the lake's own.
  struct Person: Codable {
    var person: Int
    var digest: String
    var sex: String
    var callability: String?
    var annotation: String?
    var details: String
  }

  /// An allele of a person.
  struct Observation: Codable {
    var person: Int
    var refget: String
    var start: Int
    var reference: String
    var alternate: String
    var vrs: String
    var form: String
    var genotype: String
    var genes: String?
    var tier: String?
  }

  /// A stretch where an absent record means the reference.
  struct Callable: Codable {
    var person: Int
    var refget: String
    var start: Int
    var end: Int
  }

  /// An event of classification.
  struct Classification: Codable {
    var event: String
  }
}

extension AlleleForm {
  /// `literal`, `stated IDENTIFIER`, `justified START END literal BASES`, and so on.
  var lakeText: String {
    switch self {
    case .literal: "literal"
    case .stated(let identifier): "stated \(identifier)"
    case .justified(let range, let state):
      "justified \(range.lowerBound) \(range.upperBound) "
        + {
          switch state {
          case .literal(let bases): "literal \(bases)"
          case .referenceLength(let length, let unit): "reference \(length) \(unit)"
          case .length(let length): "length \(length)"
          }
        }()
    }
  }

  /// Reads what `lakeText` writes; nil for anything else.
  init?(lakeText text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("literal", 1): self = .literal
    case ("stated", 2): self = .stated(String(parts[1]))
    case ("justified", 5...6):
      guard let start = Int(parts[1]), let end = Int(parts[2]), start <= end else { return nil }
      switch (parts[3], parts.count) {
      case ("literal", 5): self = .justified(start..<end, .literal(String(parts[4])))
      case ("length", 5):
        guard let length = Int(parts[4]) else { return nil }
        self = .justified(start..<end, .length(length))
      case ("reference", 6):
        guard let length = Int(parts[4]), let unit = Int(parts[5]) else { return nil }
        self = .justified(start..<end, .referenceLength(length: length, repeatSubunitLength: unit))
      default: return nil
      }
    default: return nil
    }
  }
}

extension LakeRow.Observation {
  init(_ one: Contribution.Observation, person: Int) {
    self.init(
      person: person, refget: one.contig.sha512t24u, start: one.start, reference: one.reference,
      alternate: one.alternate, vrs: one.vrs, form: one.form.lakeText, genotype: one.genotype.text,
      genes: one.genes?.text,
      tier: one.tier)
  }

  /// The allele; nil where the row is none.
  var observation: Contribution.Observation? {
    guard let contig = RefgetDigest(sha512t24u: refget), let form = AlleleForm(lakeText: form),
      let genotype = AlleleGenotype(genotype)
    else { return nil }
    let set = genes.map { GeneSet(text: $0) }
    if let set, set == nil { return nil }
    let one = Contribution.Observation(
      contig: contig, start: start, reference: reference, alternate: alternate, form: form, genotype: genotype,
      genes: set ?? nil, tier: tier)
    return one.vrs == vrs ? one : nil
  }
}
