import GenomicFiles
import Genomics

/// GFF3: a feature that exons or CDS name as their parent is a transcript; its own parent is its gene. A transcript
/// without exons takes its CDS and UTRs for them.
extension GeneModelReader {
  private static let skippedTypes: Set<String> = [
    "chromosome", "region", "biological_region", "supercontig", "scaffold", "contig", "start_codon", "stop_codon",
    "match",
  ]
  private static let partTypes: Set<String> = [
    "exon", "CDS", "five_prime_UTR", "three_prime_UTR", "UTR", "five_prime_utr", "three_prime_utr",
    "stop_codon_redefined_as_selenocysteine",
  ]

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
      guard indices[Key(id: id)] == nil else {
        repeated += 1
        continue
      }
      indices[Key(id: id)] = nodes.count
      nodes.append(
        Node(
          id: id, parent: feature.attributes["Parent"].first, type: feature.type, contig: feature.region.contig,
          strand: feature.strand, attributes: .gff3(feature.attributes), line: feature.line))
    }
  }

  /// Gives parts to their parents, which may stand behind them.
  mutating func attach() throws(InputError) {
    for part in parts {
      let feature = part.feature
      let range = feature.region.start.value..<feature.region.end.value
      var isAttached = false
      for parent in part.parents {
        guard let index = indices[Key(id: parent)] else { continue }
        isAttached = true
        guard nodes[index].contig == feature.region.contig else {
          throw InputError(
            .malformed, at: InputLocation(file: path, record: feature.line),
            "the part and \(parent) lie on two contigs",
            remedy: "correct the line")
        }
        switch feature.type {
        case "exon": nodes[index].exons.append(range)
        case "CDS":
          nodes[index].coding.append((range, feature.phase ?? 0))
          nodes[index].takeCoding(GeneAttributes(.gff3(feature.attributes)), feature.strand)
        case "stop_codon_redefined_as_selenocysteine":
          nodes[index].recoded.append(feature.strand == .reverse ? range.upperBound - 1 : range.lowerBound)
        default: nodes[index].untranslated.append(range)
        }
      }
      if !isAttached { orphans += 1 }
    }
    parts = []
  }

  /// Gives mature miRNAs, which RefSeq writes as transcripts within a `primary_transcript`, to what they are cut out of.
  mutating func attachMature() {
    for index in nodes.indices where nodes[index].type == "miRNA" {
      guard let parent = nodes[index].parent.flatMap({ indices[Key(id: $0)] }),
        ["primary_transcript", "miRNA_primary_transcript", "pre_miRNA"].contains(nodes[parent].type),
        nodes[parent].contig == nodes[index].contig, !nodes[parent].exons.isEmpty, !nodes[index].exons.isEmpty
      else { continue }
      nodes[parent].mature += nodes[index].exons
      nodes[index].isMature = true
    }
  }
}

extension GeneModelReader.Node {
  /// Takes what a line of the CDS tells beside its place.
  mutating func takeCoding(_ attributes: GeneAttributes, _ strand: Strand?) {
    if let protein = attributes.protein { self.protein = protein }
    if let consensus = attributes.reference("CCDS") { self.consensus = consensus }
    recoded += attributes.recoded(isReverse: strand == .reverse)
  }
}
