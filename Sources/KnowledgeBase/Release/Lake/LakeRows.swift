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
    /// What the identifier follows from (`AlleleForm.text`).
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
  /// Reads what `text` writes; nil for anything else.
  init?(text: String) {
    if text == "=" {
      self = .literal
      return
    }
    if text.hasPrefix("!") {
      self = .stated(String(text.dropFirst()))
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, ends.count == 2, let start = ends[0], let end = ends[1], start <= end,
      let kind = parts[1].first
    else { return nil }
    let rest = parts[1].dropFirst()
    switch kind {
    case "S": self = .justified(start..<end, .literal(String(rest)))
    case "N":
      guard let length = Int(rest) else { return nil }
      self = .justified(start..<end, .length(length))
    case "L":
      let numbers = rest.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let length = numbers[0], let unit = numbers[1] else { return nil }
      self = .justified(start..<end, .referenceLength(length: length, repeatSubunitLength: unit))
    default: return nil
    }
  }
}

extension LakeRow.Observation {
  init(_ one: Contribution.Observation, person: Int) {
    self.init(
      person: person, refget: one.contig.sha512t24u, start: one.start, reference: one.reference,
      alternate: one.alternate, vrs: one.vrs, form: one.form.text, genotype: one.genotype.text,
      genes: one.genes?.text,
      tier: one.tier)
  }

  /// The allele; nil where the row is none.
  var observation: Contribution.Observation? {
    guard let contig = RefgetDigest(sha512t24u: refget), let form = AlleleForm(text: form),
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
