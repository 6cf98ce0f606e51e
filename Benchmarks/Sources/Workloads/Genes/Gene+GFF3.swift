import CWorkloadHTSlib

extension Gene {
  /// Writes Ensembl-like GFF3, sorted by contig and start with every parent before its children; a BGZF file gets its
  /// `.tbi`.
  public static func writeGFF3(
    _ genes: [Gene], genome: Genome, to path: String, _ compression: Compression = Compression()
  ) throws(WorkloadError) {
    let file = try OutputFile(path, compression)
    var text: [UInt8] = []
    text.append("##gff-version 3\n")
    for contig in genome.contigs {
      text.append(text: "##sequence-region \(contig.name) 1 \(contig.bases.count)\n")
    }
    text.append("#!genome-build SYNTHETIC\n")
    for gene in genes {
      let contig = genome.contigs[gene.contig].name
      let strand = gene.strand == .forward ? "+" : "-"
      for line in gene.lines {
        text.append(
          text: "\(contig)\tsynthetic\t\(line.type)\t\(line.range.lowerBound + 1)\t\(line.range.upperBound)\t.\t"
            + "\(strand)\t\(line.phase.map(String.init) ?? ".")\t\(line.attributes)\n")
      }
    }
    try file.write(text)
    try file.close()
    if Container.forName(path, asked: compression.container) == .bgzf, workload_index_gff(path) != 0 {
      throw WorkloadError("\(path): cannot be indexed")
    }
  }

  private struct Line {
    var range: Range<Int>
    var rank: Int
    var type: String
    var phase: Int?
    var attributes: String
  }

  private var lines: [Line] {
    let biotype = isCoding ? "protein_coding" : "lncRNA"
    var lines = [
      Line(
        range: range, rank: 0, type: isCoding ? "gene" : "ncRNA_gene",
        attributes: "ID=gene:\(identifier);Name=\(name);biotype=\(biotype);gene_id=\(identifier);version=1")
    ]
    for (number, transcript) in transcripts.enumerated() {
      lines += self.lines(of: transcript, number: number, biotype: biotype)
    }
    // Stable by construction: the rank settles equal starts, and exons of one transcript never overlap.
    return lines.enumerated().sorted { a, b in
      (a.element.range.lowerBound, a.element.rank, a.offset) < (b.element.range.lowerBound, b.element.rank, b.offset)
    }.map(\.element)
  }

  private func lines(of transcript: Transcript, number: Int, biotype: String) -> [Line] {
    let id = transcript.identifier
    let parent = "Parent=transcript:\(id)"
    let canonical = number == 0 ? "tag=Ensembl_canonical;" : ""
    let whole = transcript.exons[0].lowerBound..<transcript.exons[transcript.exons.count - 1].upperBound
    var lines = [
      Line(
        range: whole, rank: 1, type: isCoding ? "mRNA" : "lnc_RNA",
        attributes: "ID=transcript:\(id);Parent=gene:\(identifier);Name=\(name)-20\(number + 1);"
          + "biotype=\(biotype);\(canonical)transcript_id=\(id);version=1")
    ]
    let forward = strand == .forward
    for (i, exon) in transcript.exons.enumerated() {
      let rank = forward ? i + 1 : transcript.exons.count - i
      lines.append(
        Line(
          range: exon, rank: 2, type: "exon",
          attributes: "\(parent);Name=\(id)-E\(rank);exon_id=\(id)-E\(rank);rank=\(rank);version=1"))
      guard let coding = transcript.coding else { continue }
      if exon.lowerBound < coding.lowerBound {
        lines.append(
          Line(
            range: exon.lowerBound..<min(exon.upperBound, coding.lowerBound), rank: 3,
            type: forward ? "five_prime_UTR" : "three_prime_UTR", attributes: parent))
      }
      if exon.upperBound > coding.upperBound {
        lines.append(
          Line(
            range: max(exon.lowerBound, coding.upperBound)..<exon.upperBound, rank: 3,
            type: forward ? "three_prime_UTR" : "five_prime_UTR", attributes: parent))
      }
    }
    // Phase (GFF3): bases to remove from the 5' end of this part to reach the next codon.
    var done = 0
    let protein = "SYNP" + id.dropFirst(4)
    for part in forward ? transcript.codingExons : transcript.codingExons.reversed() {
      lines.append(
        Line(
          range: part, rank: 4, type: "CDS", phase: (3 - done % 3) % 3,
          attributes: "ID=CDS:\(protein);\(parent);protein_id=\(protein)"))
      done += part.count
    }
    return lines
  }
}
