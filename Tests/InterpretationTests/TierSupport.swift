import Foundation
import Genomics
import Interpretation

/// Copies of a call, as letters: `0/1`, `1|0`, `./.`, `1`.
func call(
  _ genotype: String, ps: Int? = nil, dp: Int? = 30, ad: Int? = nil, gq: Int? = 99,
  evidence: PersonCall.Evidence = .record
) -> PersonCall {
  let isPhased = genotype.contains("|")
  let copies = genotype.split(whereSeparator: { "/|".contains($0) }).map { letter -> PersonCall.Copy in
    switch letter {
    case "0": .reference
    case "1": .alternate
    case "2": .other
    default: .missing
    }
  }
  return PersonCall(
    copies, isPhased: isPhased, phaseSet: ps, evidence: evidence, depth: dp, alternateDepth: ad, quality: gq)
}

/// Families by name; calls stand in this order.
enum Families {
  static func singleton(x: Int? = nil, sex: Sex = .female) -> Family {
    Family([person("P", sex, .affected, x: x)], proband: 0)
  }

  static func person(
    _ name: String, _ sex: Sex, _ affection: Affection, _ father: Int? = nil, _ mother: Int? = nil, x: Int? = nil
  ) -> Family.Member {
    Family.Member(
      name, sex: sex, affection: affection, father: father, mother: mother,
      xCopies: x.map { .measured($0) } ?? .unmeasured)
  }

  /// P, M.
  static func duo(mother: Affection = .unaffected, x: Bool = true) -> Family {
    Family(
      [person("P", .male, .affected, nil, 1, x: x ? 1 : nil), person("M", .female, mother, x: x ? 2 : nil)], proband: 0)
  }

  /// P, F, M.
  static func trio(
    sex: Sex = .female, father: Affection = .unaffected, mother: Affection = .unaffected, x: Bool = true
  ) -> Family {
    Family(
      [
        person("P", sex, .affected, 1, 2, x: x ? (sex == .male ? 1 : 2) : nil),
        person("F", .male, father, x: x ? 1 : nil), person("M", .female, mother, x: x ? 2 : nil),
      ], proband: 0)
  }

  /// P, F, M, S.
  static func quad(sibling: Affection, sex: Sex = .female, siblingSex: Sex = .female) -> Family {
    var family = trio(sex: sex)
    family.members.append(person("S", siblingSex, sibling, 1, 2, x: siblingSex == .male ? 1 : 2))
    return family
  }
}

/// What a candidate does, in one word.
enum Effect: String {
  case frameshift = "frameshift_variant"
  case missense = "missense_variant"
  case synonymous = "synonymous_variant"
  case intron = "intron_variant"
  case exon = "non_coding_transcript_exon_variant"
}

func transcript(
  _ gene: String, _ effect: Effect, id: String? = nil, biotype: String = "protein_coding", mane: Bool = true
) -> TranscriptConsequence {
  TranscriptConsequence(
    symbol: gene, gene: "ENSG_\(gene)", transcript: id ?? "ENST_\(gene).1", biotype: biotype, terms: [effect.rawValue],
    isMANESelect: mane)
}

/// Every frequency that the profile asks for, answered alike.
func frequencies(_ answer: FrequencyAnswer = .absent) throws -> FrequencyAnswers {
  let profile = try TieringProfile.named("gel-nembus-draft")
  var answers: FrequencyAnswers = [:]
  for key in profile.frequencyKeys { answers[key] = answer }
  return answers
}

func candidate(
  _ calls: [PersonCall], position: Int = 1000, gene: String = "GENE1", effect: Effect = .frameshift,
  place: CandidateVariant.Place = .autosome, filter: CandidateVariant.Filter = .passed,
  frequencies given: FrequencyAnswers? = nil, known: [KnownEvidence]? = [],
  transcripts: [TranscriptConsequence]? = nil
) throws -> CandidateVariant {
  let contig =
    place == .x || place == .pseudoautosomal ? "X" : place == .mitochondrial ? "MT" : place == .y ? "Y" : "20"
  return CandidateVariant(
    contig: contig, position: position, reference: "A", alternate: "G", place: place, filter: filter,
    transcripts: transcripts ?? [transcript(gene, effect)], frequencies: try given ?? frequencies(), known: known,
    calls: calls)
}

/// A panel's JSON in PanelApp's form, written here.
struct PanelText {
  var id = 1
  var version = "1.0"
  var signedOff = "\"2026-01-05\""
  var genes: [String] = []
  var regions: [String] = []
  var strs: [String] = []

  static func gene(
    _ symbol: String, _ mode: String, level: String = "\"3\"", biotype: String = "protein_coding", extra: String = ""
  ) -> String {
    """
    {"entity_name": "\(symbol)", "entity_type": "gene", "confidence_level": \(level), "mode_of_inheritance": "\(mode)",
     "gene_data": {"gene_symbol": "\(symbol)", "biotype": "\(biotype)"\(extra)}}
    """
  }

  var text: String {
    """
    {"id": \(id), "name": "Test \(id)", "version": "\(version)", "status": "public", "signed_off": \(signedOff),
     "genes": [\(genes.joined(separator: ","))], "regions": [\(regions.joined(separator: ","))],
     "strs": [\(strs.joined(separator: ","))]}
    """
  }

  func read() throws -> PanelSet { try panels([text]) }
}

/// Panels read from texts.
func panels(_ texts: [String]) throws -> PanelSet {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-panels-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  var paths: [String] = []
  for (index, text) in texts.enumerated() {
    let path = folder.appendingPathComponent("\(index).json")
    try Data(text.utf8).write(to: path)
    paths.append(path.path)
  }
  return try PanelSet.read(paths)
}

/// PanelApp's strings.
enum Mode {
  static let biallelic = "BIALLELIC, autosomal or pseudoautosomal"
  static let notImprinted = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted"
  static let monoallelic = "MONOALLELIC, autosomal or pseudoautosomal, imprinted status unknown"
  static let maternallyImprinted =
    "MONOALLELIC, autosomal or pseudoautosomal, maternally imprinted (paternal allele expressed)"
  static let paternallyImprinted =
    "MONOALLELIC, autosomal or pseudoautosomal, paternally imprinted (maternal allele expressed)"
  static let both = "BOTH monoallelic and biallelic, autosomal or pseudoautosomal"
  static let severe =
    "BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form), autosomal or pseudoautosomal"
  static let xBiallelic = "X-LINKED: hemizygous mutation in males, biallelic mutations in females"
  static let xMonoallelic =
    "X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease (may be less severe, later onset than males)"
  static let mitochondrial = "MITOCHONDRIAL"
}

/// A tierer over one green gene.
func tierer(
  _ family: Family, mode: String = Mode.notImprinted, profile: String = "gel-nembus-draft", gene: String = "GENE1",
  level: String = "\"3\"", biotype: String = "protein_coding"
) throws -> Tierer {
  let set = try PanelText(genes: [PanelText.gene(gene, mode, level: level, biotype: biotype)]).read()
  return Tierer(profile: try .named(profile), panels: set, family: family, assembly: .grch38)
}
