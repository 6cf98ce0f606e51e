import GenomicFiles
import Genomics

/// Collects transcripts from the features of an annotation, GFF3 or GTF, in the styles of Ensembl, GENCODE and RefSeq.
///
/// How each format tells what belongs together is in `GeneModelReader+GFF3` and `GeneModelReader+GTF`; the same gene set
/// gives the same transcripts in either.
struct GeneModelReader {
  /// A feature that may be a transcript, with its parts.
  struct Node {
    var id: String
    var parent: String?
    var type: String
    var contig: String
    var strand: Strand?
    var attributes: GeneAttributes.Source
    var line: Int
    /// Whether `attributes` are of the transcript's own line; of GFF3 always.
    var hasOwnLine = true
    var exons: [Range<Int>] = []
    var coding: [(range: Range<Int>, phase: Int)] = []
    var stops: [Range<Int>] = []
    var untranslated: [Range<Int>] = []
    var protein = ""
    var consensus = ""
    var recoded: [Int] = []
    /// Mature miRNAs that are cut out of it.
    var mature: [Range<Int>] = []
    /// Whether it is one, told of in the transcript that it is cut out of.
    var isMature = false
  }

  /// What makes a feature findable: of GTF also its contig, since one identifier may stand on two there.
  struct Key: Hashable {
    var contig = ""
    var id: String
  }

  /// A part and its parents, of GFF3.
  struct Part {
    var parents: [String]
    var feature: GFF3Feature
  }

  let path: String
  var nodes: [Node] = []
  var indices: [Key: Int] = [:]
  var parts: [Part] = []
  /// Genes of GTF by their identifiers.
  var genes: [Key: GeneAttributes.Source] = [:]
  /// Transcripts with an alignment that is told on its own: RefSeq's GFF3 does so where it is not perfect.
  var aligned: Set<String> = []
  /// Whether the annotation is GTF.
  var isGTF = false
  /// Parts whose transcript is no feature of the file, or not named.
  var orphans = 0
  /// Further lines of features, other than parts, under one identifier.
  var repeated = 0
  /// Transcripts without a strand or without exons.
  private(set) var skipped = 0

  init(path: String) { self.path = path }

  /// Takes features in the file's order.
  mutating func take(_ features: GeneFeatures) {
    switch features {
    case .gff3(let features): take(features)
    case .gtf(let features): take(features)
    }
  }

  /// The transcripts, in the order of gene and transcript identifiers.
  mutating func transcripts(contigs: ContigDictionary) throws(InputError) -> [TranscriptModel] {
    try attach()
    attachMature()
    var models: [TranscriptModel] = []
    var genes: [String: GeneModel] = [:]
    for node in nodes where !node.isMature && !(node.exons.isEmpty && node.coding.isEmpty) {
      let exons = TranscriptModel.joined(
        node.exons.isEmpty ? node.coding.map(\.range) + node.stops + node.untranslated : node.exons)
      guard let strand = node.strand, let end = exons.last?.upperBound else {
        skipped += 1
        continue
      }
      let location = InputLocation(file: path, record: node.line)
      try contigs.require(node.contig, declaredLength: nil, at: location)
      if let length = contigs[node.contig]?.length, end > length {
        throw InputError(
          .mismatch, at: location,
          "\(node.id) ends at \(end) of contig \(node.contig), which has \(length) bases in the reference",
          remedy: "give the FASTA of the annotation's assembly")
      }
      models.append(model(node, exons, isReverse: strand == .reverse, &genes))
    }
    models.sort { ($0.gene.id, $0.id, $0.contig, $0.line) < ($1.gene.id, $1.id, $1.contig, $1.line) }
    return models
  }

  private func model(
    _ node: Node, _ exons: [Range<Int>], isReverse: Bool, _ genes: inout [String: GeneModel]
  ) -> TranscriptModel {
    let attributes = GeneAttributes(node.attributes)
    let coding = node.coding.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var flags = attributes.flags
    if ContigName.canonical(node.contig) == "MT" { flags.insert(.mitochondrial) }
    let id = identifier(node, attributes)
    if aligned.contains(id) || !attributes["exception"].isEmpty { flags.insert(.unlikeReference) }
    var details = attributes.details(flags)
    if details.consensus.isEmpty { details.consensus = node.consensus }
    // RefSeq's GTF gives as biotype what its GFF3 gives as type.
    let biotype = attributes.first("biotype", "transcript_biotype", "transcript_type").flatMap {
      $0 == "mRNA" ? nil : $0
    }
    // Ends of a CDS that GTF writes on lines of their own.
    let ranges = coding.isEmpty ? [] : coding.map(\.range) + node.stops
    return TranscriptModel(
      id: id, version: attributes.first("transcript_version", "version") ?? "",
      biotype: biotype ?? (node.type == "mRNA" || !coding.isEmpty ? "protein_coding" : node.type),
      protein: node.protein, gene: gene(node, attributes, &genes), contig: node.contig, isReverse: isReverse,
      exons: exons, coding: node.stops.isEmpty ? ranges : TranscriptModel.joined(ranges),
      phase: (isReverse ? coding.last : coding.first)?.phase ?? 0, flags: flags, recoded: node.recoded,
      isSelenoprotein: attributes.isSelenoprotein, details: details,
      mature: node.mature.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }, line: node.line)
  }

  private func identifier(_ node: Node, _ attributes: GeneAttributes) -> String {
    guard let id = attributes.first("transcript_id") else { return Self.plain(node.id) }
    return isGTF ? Self.withoutCopy(id) : id
  }

  private func gene(
    _ node: Node, _ attributes: GeneAttributes, _ genes: inout [String: GeneModel]
  ) -> GeneModel {
    if isGTF {
      guard let id = attributes.first("gene_id") else { return GeneModel(id: node.id, symbol: "", biotype: "") }
      let key = "\(node.contig) \(id)"
      if let gene = genes[key] { return gene }
      let gene = (self.genes[Key(contig: node.contig, id: id)].map { GeneAttributes($0) } ?? attributes).gene(id: id)
      genes[key] = gene
      return gene
    }
    guard let parent = node.parent, let index = indices[Key(id: parent)] else {
      return GeneModel(id: Self.plain(node.id), symbol: attributes.first("gene") ?? "", biotype: "")
    }
    if let gene = genes[parent] { return gene }
    let own = GeneAttributes(nodes[index].attributes)
    let gene = own.gene(id: own.first("gene_id") ?? Self.plain(parent))
    genes[parent] = gene
    return gene
  }

  /// An identifier without the prefix that Ensembl and RefSeq put before it.
  static func plain(_ id: String) -> String {
    for prefix in ["transcript:", "gene:", "rna-", "gene-"] where id.hasPrefix(prefix) {
      return String(id.dropFirst(prefix.count))
    }
    return id
  }
}
