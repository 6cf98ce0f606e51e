/// The pseudoautosomal regions, where X and Y pair, by the sequence that they are places of: 0-based half-open.
///
/// Source: Genome Reference Consortium, "Human Genome Assembly GRCh37" and "GRCh38", regions PAR1 and PAR2.
public enum PseudoautosomalRegions {
  /// Version of the table, named in results. 2: by sequence, not by assembly and name.
  public static let version = "grc-par/2"

  /// One sequence's regions.
  public struct Entry: Sendable {
    /// The accession in RefSeq.
    public var accession: String
    /// `X` or `Y`.
    public var chromosome: String
    /// The length in bases, which none of the four shares with another.
    public var length: Int
    /// The refget digest without its `SQ.`.
    public var sequence: String
    /// MD5 digests of its upper-case bases, as `@SQ M5` has them: of the whole sequence, and of Y with its copies of
    /// the regions masked, as reference sets for alignment have it.
    public var md5s: [String]
    /// The regions.
    public var ranges: [Range<Int>]
  }

  /// The sequences.
  public static let table = [
    Entry(
      accession: "NC_000023.10", chromosome: "X", length: 155_270_560, sequence: "v7noePfnNpK8ghYXEqZ9NukMXW7YeNsm",
      md5s: ["7e0e2e580297b7764e31dbc80c2540dd"],
      ranges: [60_000..<2_699_520, 154_931_043..<155_260_560]),
    Entry(
      accession: "NC_000024.9", chromosome: "Y", length: 59_373_566, sequence: "BT7QyW5iXaX_1PSX-msSGYsqRdMKqkj-",
      md5s: ["1e86411d73e6f00a10590f976be01623", "1fa3474750af0948bdf97d5a0ee52e51"],
      ranges: [10_000..<2_649_520, 59_034_049..<59_363_566]),
    Entry(
      accession: "NC_000023.11", chromosome: "X", length: 156_040_895, sequence: "w0WZEvgJF0zf_P4yyTzjjv9oW1z61HHP",
      md5s: ["2b3a55ff7f58eb308420c8a9b11cac50"],
      ranges: [10_000..<2_781_479, 155_701_382..<156_030_895]),
    Entry(
      accession: "NC_000024.10", chromosome: "Y", length: 57_227_415, sequence: "8_liLu1aycC0tPQPFmUaGXJLDs5SbPZ5",
      md5s: ["ce3e31103314a704255f3cd90369ecce"],
      ranges: [10_000..<2_781_479, 56_887_902..<57_217_415]),
  ]

  /// A sequence's regions; none where it is not in the table: also an X of the right length and name whose bases
  /// differ.
  public static func ranges(of sequence: RefgetDigest) -> [Range<Int>] {
    table.first { $0.sequence == sequence.sha512t24u }?.ranges ?? []
  }

  /// The entry of a sequence by the MD5 of its upper-case bases; nil where it is not in the table.
  public static func entry(md5: String) -> Entry? { table.first { $0.md5s.contains(md5) } }

  /// The entry of a sequence whose bases are not known, or are in no table because the copies on Y are masked: by
  /// chromosome (`X` or `Y`) and length. Good enough for depth and counts; genotypes need the digest.
  public static func entry(chromosome: String, length: Int) -> Entry? {
    table.first { $0.chromosome == chromosome && $0.length == length }
  }
}
