import Foundation
import Genomics
import Interpretation
import TestSupport
import Testing

struct ProfileTests {
  /// The Nembus page: dominant and recessive limits by dataset and population (reference: interpretation.md 2.4).
  static let limits: [(String, String, Double, Double)] = [
    ("gnomad-exomes-2.1.1", "AMR", 0.001, 0.01), ("gnomad-exomes-2.1.1", "ASJ", 0.001, 0.01),
    ("gnomad-exomes-2.1.1", "EAS", 0.001, 0.01), ("gnomad-exomes-2.1.1", "FIN", 0.001, 0.01),
    ("gnomad-exomes-2.1.1", "NFE", 0.001, 0.01), ("gnomad-exomes-2.1.1", "SAS", 0.001, 0.01),
    ("gnomad-genomes-3.1.2", "AFR", 0.001, 0.01), ("gnomad-genomes-3.1.2", "AMI", 0.1, 0.1),
    ("gnomad-genomes-3.1.2", "AMR", 0.001, 0.01), ("gnomad-genomes-3.1.2", "ASJ", 0.003, 0.01),
    ("gnomad-genomes-3.1.2", "EAS", 0.002, 0.01), ("gnomad-genomes-3.1.2", "FIN", 0.001, 0.01),
    ("gnomad-genomes-3.1.2", "MID", 0.1, 0.1), ("gnomad-genomes-3.1.2", "NFE", 0.001, 0.01),
    ("gnomad-genomes-3.1.2", "SAS", 0.002, 0.01), ("gel-custom", "ALL", 0.001, 0.01),
  ]

  @Test func limitsAreThoseOfTheGuide() throws {
    let profile = try TieringProfile.named("gel-nembus-draft")
    let rows = profile.frequencies.flatMap { dataset in dataset.rows.map { (dataset.id, $0) } }
    #expect(rows.map { "\($0.0) \($0.1.population)" } == Self.limits.map { "\($0.0) \($0.1)" })
    for (row, limit) in zip(rows, Self.limits) {
      #expect(row.1.dominant == limit.2 && row.1.recessive == limit.3, "\(limit)")
      #expect(row.1.mitochondrial == (limit.0 == "gel-custom" ? 0.001 : nil))
    }
    #expect(
      profile.frequencyFields.first { $0.key == FrequencyKey("gnomad-exomes-2.1.1", "NFE") }?.fields.first == "AF_nfe")
    #expect(profile.frequencyKeys.count == 16)
  }

  /// Every consequence that is not of a confirmed source says so.
  @Test(arguments: [
    ("frameshift_variant", TieringProfile.Impact.high, SourceMark.confirmed),
    ("SO:0001587", .high, .confirmed), ("start_lost", .high, .notEstablished),
    ("initiator_codon_variant", .high, .notEstablished), ("stop_lost", .high, .notEstablished),
    ("missense_variant", .moderate, .confirmed), ("splice_region_variant", .moderate, .notEstablished),
    ("transcript_amplification", .moderate, .notEstablished),
    ("non_coding_transcript_exon_variant", .nonCoding, .confirmed),
    ("protein_altering_variant", .told, .notEstablished), ("synonymous_variant", .told, .apus),
  ])
  func consequencesAreListed(_ term: String, _ impact: TieringProfile.Impact, _ mark: SourceMark) throws {
    let found = try #require(try TieringProfile.named("gel-nembus-draft").impact(of: term))
    #expect(found.impact == impact)
    #expect(found.rule.mark == mark)
  }

  @Test func whatIsNotSourcedIsFlagged() throws {
    let profile = try TieringProfile.named("gel-nembus-draft")
    #expect(profile.unsourced.contains("impact high stop_lost (N)"))
    #expect(profile.unsourced.contains("cnv.region-below-overlap (N)"))
    #expect(profile.unsourced.contains("mendelian (P)"))
    #expect(!profile.unsourced.contains { $0.contains("frameshift") })
    #expect(profile.digest.count == 64)
    #expect(try TieringProfile.named("gel-newborn").segregation == .singleton)
  }

  @Test func theSieveKeepsWhatMayMatter() throws {
    let profile = try TieringProfile.named("gel-nembus-draft")
    #expect(profile.mayMatter(terms: ["missense_variant"], hasKnown: false, inPanelGene: false))
    #expect(!profile.mayMatter(terms: ["intron_variant"], hasKnown: false))
    #expect(profile.mayMatter(terms: ["intron_variant"], hasKnown: true, inPanelGene: false))
    #expect(profile.mayMatter(terms: ["synonymous_variant"], hasKnown: false))
    #expect(!profile.mayMatter(terms: ["synonymous_variant"], hasKnown: false, inPanelGene: false))
    #expect(!profile.mayMatter(terms: ["non_coding_transcript_exon_variant"], hasKnown: false, inPanelGene: false))
    #expect(profile.listedTerms.contains("start_lost"))
  }

  @Test func anUnknownNameIsRefused() {
    let error = #expect(throws: InputError.self) { try TieringProfile.named("gel-orion") }
    #expect(error?.kind == .unsupported)
  }

  /// A slip of the pen is no rule that never applies.
  @Test(arguments: [
    (
      #""homozygosityWarning": 0.0156"#, #""homozygosityWarning": 0.0156, "homozygosityWarming": 1"#,
      "the key homozygosityWarming is not known"
    ),
    (
      #""homozygosityWarning": 0.0156"#, #""homozygosityWarning": 0.0156, "homozygosityWarning": 1"#,
      "the field homozygosityWarning stands twice"
    ),
    (
      #""homozygosityWarning": 0.0156"#, #""homozygosityWarning": "a lot""#,
      "homozygosityWarning is no number of at least 0"
    ),
    (#""depth": 10,"#, "", "the key depth is missing"),
    (#""parentalReads": 1"#, #""parentalReads": 0"#, "parentalReads is 0"),
    (
      #""schema": "apus-tiering-profile/1""#, #""schema": "apus-tiering-profile/9""#,
      "has schema apus-tiering-profile/9"
    ),
    (#""segregation": "family""#, #""segregation": "clan""#, "segregation clan is not known"),
    (#""population": "AMI""#, #""population": "AFR""#, "AFR is given twice"),
    (#""dataset": "gel-custom""#, #""dataset": "gel-costume""#, "gel-costume ALL is none of the datasets"),
    (#""term": "stop_lost""#, #""term": "stop_gained""#, "stop_gained is listed twice"),
    (#""mark": "C""#, #""mark": "?""#, "the mark ? is none of C, M, A, N, P"),
    (#""cnv.gene""#, #""cnv.jean""#, "the key cnv.gene is missing"),
  ])
  func aProfileWithAFaultIsRefused(_ part: String, _ other: String, _ reason: String) throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Interpretation/Profiles/gel-nembus-draft.json")
    let text = try String(contentsOf: source, encoding: .utf8)
    let range = try #require(text.range(of: part))
    let changed = text.replacingCharacters(in: range, with: other)
    let error = #expect(throws: InputError.self) { try TieringProfile(json: Array(changed.utf8), path: "mine.json") }
    #expect(error?.kind == .malformed)
    #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func aProfileOfTheUsersIsReadFromItsFile() throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Interpretation/Profiles/gel-newborn.json")
    #expect(try TieringProfile(file: source.path) == (try TieringProfile.named("gel-newborn")))
    let error = #expect(throws: InputError.self) { try TieringProfile(file: "/nowhere/profile.json") }
    #expect(error?.kind == .unreadable)
  }

  @Test(arguments: ["", "{", "[1 2]", "{\"a\": tru}", "{\"a\": 1} x", "{a: 1}", "{\"a\": 01e}", "{\"a\": \"b}", "[[[["])
  func whatIsNoJSONIsRefused(_ text: String) {
    #expect(throws: InputError.self) { try TieringProfile(json: Array(text.utf8), path: "mine.json") }
  }
}
