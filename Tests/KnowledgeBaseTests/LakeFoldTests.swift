import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

/// Other engines' folds of a lake, from its Parquet files alone.
@Suite("The lake's folds", .enabled(if: Peer.has("duckdb", "python3")))
struct LakeFoldTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  static let workflows = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Workflows").path

  /// A base with everything that counting must get right, and an event of classification.
  private func base(_ random: inout SplitMix64, people: Int) throws -> KnowledgeBase {
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    _ = try base.add(
      try (0..<people).map { try Generated.contribution("P\($0)", key: base.key, using: &random, alleles: 12) })
    // Where nobody is, there is no reference that a variant could be on.
    guard people > 0 else { return base }
    let line =
      #"{"schema": "apus-classification/1", "variant": "1-101-A-C", "class": "Benign", "date": "2026-05-01", "laboratory": "699M0"}"#
    _ = try base.classify(
      ClassificationEvent.read(Array(line.utf8), path: "events", today: try Generated.day("2026-11-22")))
    return base
  }

  /// Every allele as `KnowledgeBase.answers` counts it, in the folds' words.
  private func counted(_ base: KnowledgeBase) throws -> String {
    var text =
      "contig\tposition\treference\talternate\tvrs\tac\tan\thom\thet\themi\tpartial\tpeople\tunknown\tcallable_ac\tcallable_an\n"
    for contig in Generated.names {
      for one in try base.answers(to: .region(contig: contig, 0..<300_000)) {
        let counts = one.counts
        let figures = [
          counts.ac, counts.an, counts.hom, counts.het, counts.hemi, counts.partial, counts.people, counts.unknown,
          counts.callableAC, counts.callableAN,
        ]
        let fields = [one.contig, "\(one.position.value)", one.reference, one.alternate, one.vrs ?? "."]
        text += (fields + figures.map { "\($0)" }).joined(separator: "\t") + "\n"
      }
    }
    return text
  }

  private func fold(_ engine: String, _ program: String) throws -> (digest: String, counts: String) {
    let result = try Peer.run(
      "\(program) '\(Self.workflows)/\(engine)/fold.py' lake --counts \(engine).tsv", in: folder)
    return (
      result.text.trimmingCharacters(in: .whitespacesAndNewlines),
      String(decoding: try folder.read("\(engine).tsv"), as: UTF8.self)
    )
  }

  @Test("DuckDB folds the Parquet to the base's digest and to every allele's counts", arguments: [0, 1, 14])
  func duckdb(people: Int) throws {
    var random = SplitMix64("lake \(people)")
    let base = try base(&random, people: people)
    _ = try base.exportLake(to: folder("lake"))
    let made = try fold("duckdb", "python3")
    #expect(made.digest == (try base.digest()))
    #expect(made.counts == (try counted(base)))
    #expect(people < 14 || made.counts.contains("\nX\t5001\t"), "nothing is counted within PAR1")
  }

  @Test("A row that was changed is found by the fold, too")
  func changed() throws {
    var random = SplitMix64()
    let base = try base(&random, people: 4)
    _ = try base.exportLake(to: folder("lake"))
    let rows = "lake/generation-1/base/data.parquet"
    try Peer.run(
      "duckdb -c \"COPY (SELECT * REPLACE ('clinical' AS purpose) FROM read_parquet('\(rows)')) TO 'x.parquet'\" && mv x.parquet '\(rows)'",
      in: folder)
    let outcome = try Peer.outcome("python3 '\(Self.workflows)/duckdb/fold.py' lake", in: folder)
    #expect(outcome.code == 65 && outcome.errors.contains("generation 1"), "\(outcome.errors)")
    #expect(throws: InputError.self) { try base.verifyLake(folder("lake")) }
  }

  @Test("Spark folds it to the same", .enabled(if: Peer.has("spark-submit", "java")), .timeLimit(.minutes(20)))
  func spark() throws {
    var random = SplitMix64()
    let base = try base(&random, people: 11)
    _ = try base.exportLake(to: folder("lake"))
    let made = try fold("spark", "spark-submit --master 'local[2]'")
    #expect(made.digest == (try base.digest()))
    #expect(made.counts == (try counted(base)))
  }

  @Test(
    "The form of an allele is read as it is written",
    arguments: [
      AlleleForm.literal, .stated("ga4gh:VA.x"), .justified(5..<5, .literal("")), .justified(5..<9, .literal("ACGT")),
      .justified(0..<9, .length(3)), .justified(7..<9, .referenceLength(length: 4, repeatSubunitLength: 2)),
    ])
  func forms(form: AlleleForm) { #expect(AlleleForm(text: form.text) == form) }

  @Test(
    "What is no form is none", arguments: ["", "literal", "5:S", "9-5:SA", "5-9", "5-9:", "5-9:L4", "5-9:Nx", "-:N1"])
  func noForms(text: String) { #expect(AlleleForm(text: text) == nil) }
}
