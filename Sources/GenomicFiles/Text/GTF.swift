public import Genomics

/// One feature line of a GTF file (GTF 2.2; Ensembl, GENCODE and RefSeq write it).
public struct GTFFeature: Sendable, Hashable {
  /// Where it is, 0-based and half-open; the file counts from 1 and includes the end.
  public var region: Region
  /// The third column, such as `exon`.
  public var type: String
  /// The strand; nil for `.`.
  public var strand: Strand?
  /// For a CDS, the number of bases before its first whole codon, 0 to 2; nil for `.`.
  public var frame: Int?
  /// The ninth column.
  public var attributes: GTFAttributes
  /// The line, counted from 1, for errors.
  public var line: Int
}

/// Parses the lines of one batch.
struct GTFParser {
  private(set) var features: [GTFFeature] = []
  private var shared = FeatureColumns(format: "GTF", phaseName: "frame", allowsUnknownStrand: false) {
    column, line, name throws(InputError) in try line.text(column, name)
  }

  mutating func take(_ line: TextLine) throws(InputError) {
    if line.isBlank || line.starts(with: "#") { return }
    let columns = try shared.split(line)
    let region = try shared.region(columns, line)
    let type = try shared.type(columns, line)
    features.append(
      GTFFeature(
        region: region, type: type, strand: try shared.strand(columns, line),
        frame: try shared.phase(columns, type: type, line), attributes: try GTFAttributes(columns[8], line),
        line: line.number))
  }
}
