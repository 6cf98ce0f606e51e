public import GenomicFiles
public import Genomics

/// The exons that gaps are looked for in.
public struct ExonModels: Sendable, Hashable {
  /// One exon of one transcript.
  public struct Exon: Sendable, Hashable {
    /// The gene's symbol, or its identifier where it has none.
    public var gene: String
    /// The transcript's identifier, with its version where the file has one.
    public var transcript: String
    /// Its number in the transcript, from 1 in the direction of transcription.
    public var number: Int
    /// Where it is, 0-based and half-open.
    public var places: Range<Int>
    /// The part of it that is translated; nil for none.
    public var coding: Range<Int>?
  }

  /// The file that they come from.
  public let path: String
  /// By the contig's name; by start, end, gene and transcript.
  public let byContig: [String: [Exon]]
  /// The genes with exons, sorted.
  public let genes: [String]
  /// What the panel names and the file does not have, sorted.
  public let missingGenes: [String]

  init(path: String, exons: [(contig: String, exon: Exon)], missingGenes: [String]) {
    self.path = path
    var byContig: [String: [Exon]] = [:]
    for (contig, exon) in exons { byContig[contig, default: []].append(exon) }
    self.byContig = byContig.mapValues { exons in
      exons.sorted {
        ($0.places.lowerBound, $0.places.upperBound, $0.gene, $0.transcript)
          < ($1.places.lowerBound, $1.places.upperBound, $1.gene, $1.transcript)
      }
    }
    genes = Set(exons.map(\.exon.gene)).sorted()
    self.missingGenes = missingGenes.sorted()
  }

  /// Refuses models of another assembly.
  ///
  /// Gene models tell of contigs that a header may lack (patches, alternative loci); those have no result.
  /// - Throws: `InputError` of kind `mismatch` for a contig that the header names otherwise, for an exon that ends behind
  ///   its contig, and where no exon lies on a contig of the header.
  public func check(_ contigs: ContigDictionary) throws(InputError) {
    let location = InputLocation(file: path)
    let remedy = "give the gene models of the assembly that the reads are aligned to, with its names of contigs"
    for (name, exons) in byContig.sorted(by: { $0.key < $1.key }) {
      if contigs[name] == nil, let other = contigs.alias(of: name) {
        throw InputError(
          .mismatch, at: location, "contig \(name) is named \(other.name) in the alignments", remedy: remedy)
      }
      guard let length = contigs[name]?.length else { continue }
      for exon in exons where exon.places.upperBound > length {
        throw InputError(
          .mismatch, at: location,
          "exon \(exon.number) of \(exon.transcript) ends behind contig \(name) of \(length) bases",
          remedy: remedy)
      }
    }
    guard byContig.isEmpty || byContig.keys.contains(where: { contigs[$0] != nil }) else {
      throw InputError(
        .mismatch, at: location, "no exon lies on a contig of the alignments", remedy: remedy)
    }
  }
}

/// Reads the exons of a GFF3 (Ensembl, GENCODE or RefSeq style).
///
/// Of a gene's transcripts those tagged MANE Select or MANE Plus Clinical are taken; else those tagged Ensembl canonical;
/// else all.
/// - Parameter panel: only these genes; nil for all.
/// - Throws: what ``readGFF3(_:types:resources:_:)`` throws.
public func readExonModels(_ input: InputFile, panel: PanelGenes?, resources: RunResources) async throws -> ExonModels {
  let builder = ExonModelBuilder()
  try await readGFF3(input, resources: resources) { builder.take($0) }
  return builder.models(path: input.path, panel: panel)
}
