import GenomicFiles
import Genomics

/// A regulatory feature as a GFF3 gives it. Positions count from 0, half-open.
struct RegulatoryModel {
  var id: String
  var kind: RegulatoryFeature.Kind
  var biotype: String
  var contig: String
  var range: Range<Int>
  var strand: Strand?
}

/// Collects the features of the Ensembl Regulatory Build and of its motifs, which come as files of their own.
struct RegulatoryReader {
  let path: String
  private(set) var models: [RegulatoryModel] = []
  /// Features without an identifier.
  private(set) var unnamed = 0

  init(path: String) { self.path = path }

  /// - Throws: `InputError` for a contig that the reference lacks, or a place behind its end.
  mutating func take(_ features: [GFF3Feature], contigs: ContigDictionary) throws(InputError) {
    for feature in features {
      let attributes = GeneAttributes(.gff3(feature.attributes))
      // `ID=promoter:ENSR00000000001` in older files.
      let id = attributes.first("regulatory_feature_stable_id", "stable_id", "ID")?.split(separator: ":").last
      guard let id, !id.isEmpty else {
        unnamed += 1
        continue
      }
      let location = InputLocation(file: path, record: feature.line)
      try contigs.require(feature.region.contig, declaredLength: nil, at: location)
      let range = feature.region.start.value..<feature.region.end.value
      if let length = contigs[feature.region.contig]?.length, range.upperBound > length {
        throw InputError(
          .mismatch, at: location,
          "\(id) ends at \(range.upperBound) of contig \(feature.region.contig), which has \(length) bases in the reference",
          remedy: "give the FASTA of the annotation's assembly")
      }
      // Regions are called TF_binding_site too; a motif has a matrix, and an identifier of its own kind.
      let isMotif = id.hasPrefix("ENSM") || !attributes["binding_matrix_stable_id"].isEmpty
      models.append(
        RegulatoryModel(
          id: String(id), kind: isMotif ? .motif : .region, biotype: isMotif ? "" : feature.type,
          contig: feature.region.contig, range: range, strand: feature.strand))
    }
  }
}

/// Reads files of regulatory features.
/// - Returns: the features, the files, and how many features were left out, by why.
func readRegulatory(
  _ paths: [String], contigs: ContigDictionary, resources: RunResources
) async throws -> (models: [RegulatoryModel], files: [CacheBuild.Source], skipped: [String: Int]) {
  var models: [RegulatoryModel] = []
  var files: [CacheBuild.Source] = []
  var unnamed = 0
  for path in paths {
    let input = InputFile(path: path, hashes: true)
    var reader = RegulatoryReader(path: path)
    try await readGFF3(input, resources: resources) { try reader.take($0, contigs: contigs) }
    guard !reader.models.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: path), "the file has no regulatory feature",
        remedy: "give a GFF3 of the Ensembl Regulatory Build")
    }
    models += reader.models
    unnamed += reader.unnamed
    files.append(CacheBuild.Source(name: fileName(path), sha256: input.summary?.sha256 ?? ""))
  }
  return (models, files, unnamed > 0 ? ["regulatory-feature-without-id": unnamed] : [:])
}
