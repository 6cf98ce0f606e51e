import GenomicFiles
import Genomics

/// Puts exons, transcripts and genes of a GFF3 together, whatever the order of its lines.
final class ExonModelBuilder {
  private struct Node {
    var contig: String
    var parent: String?
    var strand: Strand?
    var attributes: GFF3Attributes
    var exons: [Range<Int>] = []
    var coding: [Range<Int>] = []
  }

  private enum Rank: Int { case mane, canonical, other }

  private var nodes: [String: Node] = [:]
  private var order: [String] = []
  private var parts: [GFF3Feature] = []

  func take(_ features: [GFF3Feature]) {
    for feature in features {
      if feature.type == "exon" || feature.type == "CDS" {
        parts.append(feature)
      } else if let id = feature.attributes["ID"].first, nodes[id] == nil {
        order.append(id)
        nodes[id] = Node(
          contig: feature.region.contig, parent: feature.attributes["Parent"].first, strand: feature.strand,
          attributes: feature.attributes)
      }
    }
  }

  func models(path: String, panel: PanelGenes?) -> ExonModels {
    for part in parts {
      let places = part.region.start.value..<part.region.end.value
      for parent in part.attributes["Parent"] where nodes[parent]?.contig == part.region.contig {
        if part.type == "exon" { nodes[parent]?.exons.append(places) } else { nodes[parent]?.coding.append(places) }
      }
    }
    parts = []
    var byGene: [String: [String]] = [:]
    var genes: [String] = []
    for id in order {
      guard let node = nodes[id], !node.exons.isEmpty || !node.coding.isEmpty else { continue }
      let gene = node.parent ?? id
      if byGene[gene] == nil { genes.append(gene) }
      byGene[gene, default: []].append(id)
    }
    var exons: [(contig: String, exon: ExonModels.Exon)] = []
    var found: Set<String> = []
    for gene in genes {
      let names = Self.names(nodes[gene]?.attributes, gene)
      if let panel {
        guard let entry = panel.entry(names) else { continue }
        found.insert(entry)
      }
      let transcripts = byGene[gene] ?? []
      let best = transcripts.compactMap { rank($0).rawValue }.min()
      for id in transcripts where rank(id).rawValue == best { exons += self.exons(id, gene: names[0]) }
    }
    let missing = panel.map { $0.symbols.subtracting(found).sorted() } ?? []
    return ExonModels(path: path, exons: exons, missingGenes: missing)
  }

  private func rank(_ id: String) -> Rank {
    let tags = Set(nodes[id]?.attributes["tag"] ?? [])
    let mane: Set<String> = ["MANE_Select", "MANE Select", "MANE_Plus_Clinical", "MANE Plus Clinical"]
    if !tags.isDisjoint(with: mane) { return .mane }
    return tags.contains("Ensembl_canonical") ? .canonical : .other
  }

  private func exons(_ id: String, gene: String) -> [(contig: String, exon: ExonModels.Exon)] {
    guard let node = nodes[id] else { return [] }
    let ranges = Set(node.exons.isEmpty ? node.coding : node.exons).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    let name = node.attributes["transcript_id"].first ?? Self.plain(id)
    let version = node.attributes["version"].first.map { name.contains(".") ? "" : ".\($0)" } ?? ""
    return ranges.enumerated().map { index, places in
      let coding = node.coding.filter { $0.overlaps(places) }.map { $0.clamped(to: places) }
      let first = coding.map(\.lowerBound).min()
      let last = coding.map(\.upperBound).max()
      return (
        node.contig,
        ExonModels.Exon(
          gene: gene, transcript: name + version, number: node.strand == .reverse ? ranges.count - index : index + 1,
          places: places, coding: first.flatMap { first in last.map { first..<$0 } })
      )
    }
  }

  /// What a gene is called: symbol first, then identifiers.
  private static func names(_ attributes: GFF3Attributes?, _ id: String) -> [String] {
    var names: [String] = []
    for tag in ["Name", "gene_name", "gene", "gene_id", "hgnc_id"] { names += attributes?[tag] ?? [] }
    // RefSeq: Dbxref=GeneID:1,HGNC:HGNC:5.
    for reference in attributes?["Dbxref"] ?? [] where reference.hasPrefix("HGNC:") {
      names.append(String(reference.dropFirst(5)))
    }
    return names + [plain(id)]
  }

  /// An identifier without the prefix that Ensembl and RefSeq put before it.
  private static func plain(_ id: String) -> String {
    for prefix in ["transcript:", "gene:", "rna-", "gene-"] where id.hasPrefix(prefix) {
      return String(id.dropFirst(prefix.count))
    }
    return id
  }
}
