import GenomicFiles
import Genomics

/// GTF: each line names its transcript and its gene. The transcript's own line may be missing; the first line that names
/// it stands for it then.
///
/// A CDS ends before the stop codon, which has lines of its own; both together are the CDS of GFF3. Files that leave the
/// stop in the CDS give the same.
extension GeneModelReader {
  mutating func take(_ features: [GTFFeature]) {
    isGTF = true
    for feature in features {
      if feature.type == "gene" {
        takeGene(feature)
        continue
      }
      guard let id = feature.attributes["transcript_id"].first, !id.isEmpty else {
        // `intron`, `Selenocysteine` of nothing and the like.
        if ["exon", "CDS", "stop_codon"].contains(feature.type) { orphans += 1 }
        continue
      }
      let index = node(id, feature)
      let range = feature.region.start.value..<feature.region.end.value
      switch feature.type {
      case "exon": nodes[index].exons.append(range)
      case "CDS":
        nodes[index].coding.append((range, feature.frame ?? 0))
        nodes[index].takeCoding(GeneAttributes(.gtf(feature.attributes)), feature.strand)
      case "stop_codon": nodes[index].stops.append(range)
      case "Selenocysteine", "stop_codon_redefined_as_selenocysteine":
        nodes[index].recoded.append(feature.strand == .reverse ? range.upperBound - 1 : range.lowerBound)
      case "five_prime_utr", "three_prime_utr", "five_prime_UTR", "three_prime_UTR", "UTR", "5UTR", "3UTR":
        nodes[index].untranslated.append(range)
      default: break
      }
    }
  }

  private mutating func takeGene(_ feature: GTFFeature) {
    guard let id = feature.attributes["gene_id"].first else { return }
    let key = Key(contig: feature.region.contig, id: id)
    guard genes[key] == nil else {
      repeated += 1
      return
    }
    genes[key] = .gtf(feature.attributes)
  }

  /// The transcript of a line; made where the line is the first to name it.
  private mutating func node(_ id: String, _ feature: GTFFeature) -> Int {
    let key = Key(contig: feature.region.contig, id: id)
    let isOwnLine = feature.type == "transcript"
    guard let index = indices[key] else {
      indices[key] = nodes.count
      nodes.append(
        Node(
          id: id, parent: nil, type: "transcript", contig: feature.region.contig, strand: feature.strand,
          attributes: .gtf(feature.attributes), line: feature.line, hasOwnLine: isOwnLine))
      return nodes.count - 1
    }
    if isOwnLine {
      if nodes[index].hasOwnLine {
        repeated += 1
      } else {
        nodes[index].attributes = .gtf(feature.attributes)
        nodes[index].strand = feature.strand
        nodes[index].line = feature.line
        nodes[index].hasOwnLine = true
      }
    }
    return index
  }

  /// A RefSeq accession without the `_1` that GTF puts behind a further copy of it.
  static func withoutCopy(_ id: String) -> String {
    let parts = id.split(separator: "_", omittingEmptySubsequences: false)
    let isDigits = { (text: Substring) in !text.isEmpty && text.allSatisfy { ("0"..."9").contains($0) } }
    guard parts.count == 3, ["NM", "NR", "XM", "XR"].contains(parts[0]), isDigits(parts[2]) else { return id }
    let number = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return number.count == 2 && number.allSatisfy(isDigits) ? "\(parts[0])_\(parts[1])" : id
  }
}
