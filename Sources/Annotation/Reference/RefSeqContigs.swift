import Genomics

/// RefSeq accessions, with versions, of the human chromosomes.
///
/// Source: NCBI assembly reports GCF_000001405.25 (GRCh37.p13) and GCF_000001405.40 (GRCh38.p14); patches do not change
/// the chromosomes' own sequences.
enum RefSeqContigs {
  private static let grch37 = [
    10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9,
  ]
  private static let grch38 = [
    11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10,
  ]

  /// The revised Cambridge Reference Sequence of the mitochondrion.
  static let mitochondrion = "NC_012920.1"
  /// Its refget digest: hg19's chrM has other bases and another numbering.
  static let mitochondrialDigest = "k3grVkjY-hoWcCUojHw6VU6GE3MZ8Sct"

  /// The accession of a contig; nil where assembly or contig are not known, or the mitochondrion is another one.
  static func accession(of contig: Contig, assembly: Assembly?) -> String? {
    guard let name = ContigName.canonical(contig.name) else { return nil }
    if name == "MT" { return contig.digest?.sha512t24u == mitochondrialDigest ? mitochondrion : nil }
    let number = name == "X" ? 23 : name == "Y" ? 24 : Int(name) ?? 0
    guard let assembly, (1...24).contains(number) else { return nil }
    let version = (assembly == .grch37 ? grch37 : grch38)[number - 1]
    return "NC_0000" + (number < 10 ? "0" : "") + "\(number).\(version)"
  }
}
