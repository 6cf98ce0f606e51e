import Genomics

/// The pseudoautosomal regions, where X and Y pair, by the sequence that they are places of: 0-based half-open.
///
/// Source: Genome Reference Consortium, "Human Genome Assembly GRCh37" and "GRCh38", regions PAR1 and PAR2. A sequence
/// that is not here has none that is known: also an X of the right length and name whose bases differ.
enum PseudoautosomalRegions {
  /// Version of the table, named in results. 2: by sequence, not by assembly and name.
  static let version = "grc-par/2"

  /// One sequence's regions.
  struct Entry {
    /// The accession in RefSeq.
    var accession: String
    /// The refget digest without its `SQ.`.
    var sequence: String
    var ranges: [Range<Int>]
  }

  static let table = [
    Entry(
      accession: "NC_000023.10", sequence: "v7noePfnNpK8ghYXEqZ9NukMXW7YeNsm",
      ranges: [60_000..<2_699_520, 154_931_043..<155_260_560]),
    Entry(
      accession: "NC_000024.9", sequence: "BT7QyW5iXaX_1PSX-msSGYsqRdMKqkj-",
      ranges: [10_000..<2_649_520, 59_034_049..<59_363_566]),
    Entry(
      accession: "NC_000023.11", sequence: "w0WZEvgJF0zf_P4yyTzjjv9oW1z61HHP",
      ranges: [10_000..<2_781_479, 155_701_382..<156_030_895]),
    Entry(
      accession: "NC_000024.10", sequence: "8_liLu1aycC0tPQPFmUaGXJLDs5SbPZ5",
      ranges: [10_000..<2_781_479, 56_887_902..<57_217_415]),
  ]

  /// A sequence's regions; none where it is not in the table.
  static func ranges(of sequence: RefgetDigest) -> [Range<Int>] {
    table.first { $0.sequence == sequence.sha512t24u }?.ranges ?? []
  }

  /// The table's version where it knows the reference's X; nil where X counts as X throughout.
  static func version(for reference: ReferenceContigs) -> String? {
    reference.contigs.contains { ContigName.canonical($0.name) == "X" && !ranges(of: $0.digest).isEmpty }
      ? version : nil
  }
}
