import GenomicFiles
import Genomics

/// Collects transcripts from the features of a GFF3 in the styles of Ensembl, GENCODE and RefSeq.
///
/// A feature that exons or CDS name as their parent is a transcript; its own parent is its gene. A transcript without
/// exons takes its CDS and UTRs for them.
struct GeneModelReader {
  private struct Node {
    var id: String
    var parent: String?
    var type: String
    var region: Region
    var strand: Strand?
    var attributes: GFF3Attributes
    var line: Int
    var exons: [Range<Int>] = []
    var coding: [(range: Range<Int>, phase: Int)] = []
    var untranslated: [Range<Int>] = []
    var protein = ""
    var recoded: [Int] = []
  }

  private struct Part {
    var parents: [String]
    var feature: GFF3Feature
  }

  private var nodes: [Node] = []
  private var indices: [String: Int] = [:]
  private var parts: [Part] = []
  /// Transcripts with an alignment that is told on its own: RefSeq does so where it is not perfect.
  private var aligned: Set<String> = []
  let path: String
  /// Exons, CDS and UTRs whose parent is no feature of the file.
  private(set) var orphans = 0
  /// Further lines of features, other than parts, under one ID.
  private(set) var repeated = 0
  /// Transcripts without a strand or without exons.
  private(set) var skipped = 0

  private static let skippedTypes: Set<String> = [
    "chromosome", "region", "biological_region", "supercontig", "scaffold", "contig", "start_codon", "stop_codon",
    "match",
  ]
  private static let partTypes: Set<String> = [
    "exon", "CDS", "five_prime_UTR", "three_prime_UTR", "UTR", "five_prime_utr", "three_prime_utr",
    "stop_codon_redefined_as_selenocysteine",
  ]

  init(path: String) { self.path = path }

  mutating func take(_ features: [GFF3Feature]) {
    for feature in features where !Self.skippedTypes.contains(feature.type) {
      if Self.partTypes.contains(feature.type) {
        parts.append(Part(parents: feature.attributes["Parent"], feature: feature))
        continue
      }
      if feature.type == "cDNA_match" {
        // `Target=NM_000014.6 1 182 +`.
        if let target = feature.attributes["Target"].first?.split(separator: " ").first {
          aligned.insert(String(target))
        }
        continue
      }
      guard let id = feature.attributes["ID"].first else { continue }
      // A feature may stand on several lines under one ID; its first line is the one that is kept.
      guard indices[id] == nil else {
        repeated += 1
        continue
      }
      indices[id] = nodes.count
      nodes.append(
        Node(
          id: id, parent: feature.attributes["Parent"].first, type: feature.type, region: feature.region,
          strand: feature.strand, attributes: feature.attributes, line: feature.line))
    }
  }

  /// The transcripts, in the order of gene and transcript identifiers.
  mutating func transcripts(contigs: ContigDictionary) throws(InputError) -> [TranscriptModel] {
    try attach()
    var models: [TranscriptModel] = []
    for node in nodes where !node.exons.isEmpty || !node.coding.isEmpty {
      let exons = TranscriptModel.joined(
        node.exons.isEmpty ? node.coding.map(\.range) + node.untranslated : node.exons)
      guard let strand = node.strand, let end = exons.last?.upperBound else {
        skipped += 1
        continue
      }
      let location = InputLocation(file: path, record: node.line)
      try contigs.require(node.region.contig, declaredLength: nil, at: location)
      if let length = contigs[node.region.contig]?.length, end > length {
        throw InputError(
          .mismatch, at: location,
          "\(node.id) ends at \(end) of contig \(node.region.contig), which has \(length) bases in the reference",
          remedy: "give the FASTA of the annotation's assembly")
      }
      models.append(model(node, exons, strand, isMitochondrial: ContigName.canonical(node.region.contig) == "MT"))
    }
    models.sort { ($0.gene.id, $0.id, $0.contig, $0.line) < ($1.gene.id, $1.id, $1.contig, $1.line) }
    return models
  }

  private mutating func attach() throws(InputError) {
    for part in parts {
      let feature = part.feature
      let range = feature.region.start.value..<feature.region.end.value
      var isAttached = false
      for parent in part.parents {
        guard let index = indices[parent] else { continue }
        isAttached = true
        guard nodes[index].region.contig == feature.region.contig else {
          throw InputError(
            .malformed, at: InputLocation(file: path, record: feature.line),
            "the part and \(parent) lie on two contigs",
            remedy: "correct the line")
        }
        switch feature.type {
        case "exon": nodes[index].exons.append(range)
        case "CDS":
          nodes[index].coding.append((range, feature.phase ?? 0))
          if let protein = Self.protein(feature.attributes) { nodes[index].protein = protein }
          nodes[index].recoded += Self.recoded(feature.attributes, feature.strand)
        case "stop_codon_redefined_as_selenocysteine":
          nodes[index].recoded.append(feature.strand == .reverse ? range.upperBound - 1 : range.lowerBound)
        default: nodes[index].untranslated.append(range)
        }
      }
      if !isAttached { orphans += 1 }
    }
    parts = []
  }

  private func model(_ node: Node, _ exons: [Range<Int>], _ strand: Strand, isMitochondrial: Bool) -> TranscriptModel {
    let attributes = node.attributes
    let coding = node.coding.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let tags = Set(attributes["tag"])
    var flags: TranscriptFlags = isMitochondrial ? .mitochondrial : []
    if !tags.isDisjoint(with: ["cds_start_NF"]) { flags.insert(.startIncomplete) }
    if !tags.isDisjoint(with: ["cds_end_NF"]) { flags.insert(.endIncomplete) }
    if !tags.isDisjoint(with: ["MANE_Select", "MANE Select"]) { flags.insert(.maneSelect) }
    if !tags.isDisjoint(with: ["MANE_Plus_Clinical", "MANE Plus Clinical"]) { flags.insert(.manePlusClinical) }
    if tags.contains("Ensembl_canonical") { flags.insert(.canonical) }
    let id = attributes["transcript_id"].first ?? Self.plain(node.id)
    if aligned.contains(id) || !attributes["exception"].isEmpty { flags.insert(.unlikeReference) }
    let names = ["biotype", "transcript_biotype", "transcript_type"]
    let biotype = names.lazy.compactMap { attributes[$0].first }.first
    return TranscriptModel(
      id: id, version: attributes["version"].first ?? "",
      biotype: biotype ?? (node.type == "mRNA" || !coding.isEmpty ? "protein_coding" : node.type),
      protein: node.protein, gene: gene(node), contig: node.region.contig, isReverse: strand == .reverse, exons: exons,
      coding: coding.map(\.range), phase: (strand == .reverse ? coding.last : coding.first)?.phase ?? 0, flags: flags,
      recoded: node.recoded, line: node.line)
  }

  /// A CDS's protein with its version, which Ensembl tells apart.
  private static func protein(_ attributes: GFF3Attributes) -> String? {
    guard let id = attributes["protein_id"].first else { return nil }
    guard !id.contains("."), let version = (attributes["protein_version"] + attributes["version"]).first else {
      return id
    }
    return "\(id).\(version)"
  }

  /// Where RefSeq's `transl_except=(pos:1110..1112,aa:Sec)` places selenocysteine: the codon's first base, from 0.
  private static func recoded(_ attributes: GFF3Attributes, _ strand: Strand?) -> [Int] {
    // The comma inside is percent-encoded in the file, or else splits the value.
    let text = attributes["transl_except"].joined(separator: ",")
    return text.split(separator: "pos:").compactMap { part in
      guard part.contains("aa:Sec") else { return nil }
      let numbers = part.prefix { $0 != "a" }.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
      return (strand == .reverse ? numbers.max() : numbers.min()).map { $0 - 1 }
    }
  }

  private func gene(_ node: Node) -> GeneModel {
    guard let parent = node.parent, let index = indices[parent] else {
      let name = Self.plain(node.id)
      return GeneModel(id: name, symbol: node.attributes["gene"].first ?? "", biotype: "")
    }
    let attributes = nodes[index].attributes
    let symbol = ["Name", "gene_name", "gene"].lazy.compactMap { attributes[$0].first }.first
    let biotype = ["biotype", "gene_biotype", "gene_type"].lazy.compactMap { attributes[$0].first }.first
    return GeneModel(
      id: attributes["gene_id"].first ?? Self.plain(parent), symbol: symbol ?? "", biotype: biotype ?? "")
  }

  /// An identifier without the prefix that Ensembl and RefSeq put before it.
  private static func plain(_ id: String) -> String {
    for prefix in ["transcript:", "gene:", "rna-", "gene-"] where id.hasPrefix(prefix) {
      return String(id.dropFirst(prefix.count))
    }
    return id
  }
}
