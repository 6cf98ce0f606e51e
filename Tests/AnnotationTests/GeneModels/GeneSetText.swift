/// Files of a gene set.
extension GeneSet {
  /// A line's nine columns.
  private func line(
    _ gene: Gene, _ type: String, _ range: Range<Int>, phase: Int? = nil, _ attributes: String
  ) -> String {
    let phase = phase.map { "\($0)" } ?? "."
    return
      "\(gene.contig)\tx\t\(type)\t\(range.lowerBound + 1)\t\(range.upperBound)\t.\t\(gene.isReverse ? "-" : "+")\t\(phase)\t\(attributes)\n"
  }

  private func id(_ transcript: Transcript, _ dialect: Dialect) -> String {
    dialect == .ensembl ? transcript.id : "\(transcript.id).\(transcript.version)"
  }

  private func protein(_ transcript: Transcript, _ dialect: Dialect) -> String {
    switch dialect {
    case .ensembl: transcript.id.replacing("ENST", with: "ENSP")
    case .gencode: transcript.id.replacing("ENST", with: "ENSP") + ".4"
    case .refSeq: transcript.id.replacing("NM", with: "NP") + ".4"
    }
  }

  /// Pairs of what each dialect's transcript lines say, in either format.
  private func tags(_ gene: Gene, _ transcript: Transcript, _ dialect: Dialect) -> [(String, [String])] {
    var pairs: [(String, [String])] = []
    if !transcript.tags.isEmpty { pairs.append(("tag", transcript.tags)) }
    if let level = transcript.supportLevel { pairs.append(("transcript_support_level", [level])) }
    return pairs
  }

  private func exceptions(_ transcript: Transcript, _ gene: Gene) -> [String] {
    transcript.recoded.map { place in
      let parts = Self.parts(place..<(place + 3), transcript, isReverse: gene.isReverse).map(\.range)
      let text = parts.map { "\($0.lowerBound + 1)..\($0.upperBound)" }.joined(separator: ",")
      return "(pos:\(parts.count > 1 ? "join(\(text))" : gene.isReverse ? "complement(\(text))" : text),aa:Sec)"
    }
  }

  private func biotype(_ transcript: Transcript) -> String { transcript.coding == nil ? "lncRNA" : "protein_coding" }

  // MARK: GFF3

  func gff3(_ dialect: Dialect) -> String {
    var text = "##gff-version 3\n"
    for gene in genes {
      let geneID = dialect == .refSeq ? "gene-\(gene.id)" : dialect == .ensembl ? "gene:\(gene.id)" : gene.id
      var pairs = ["ID=\(geneID)"]
      switch dialect {
      case .ensembl:
        if let symbol = gene.symbol { pairs.append("Name=\(symbol)") }
        pairs += ["biotype=protein_coding", "gene_id=\(gene.id)", "version=3"]
      case .gencode:
        pairs += ["gene_id=\(gene.id)", "gene_type=protein_coding"]
        if let symbol = gene.symbol { pairs.append("gene_name=\(symbol)") }
        if let hgnc = gene.hgnc { pairs.append("hgnc_id=HGNC:\(hgnc)") }
      case .refSeq:
        pairs.append("Dbxref=GeneID:9\(gene.hgnc.map { ",HGNC:HGNC:\($0)" } ?? "")")
        pairs += [
          "Name=\(gene.symbol ?? "")", "gbkey=Gene", "gene=\(gene.symbol ?? "")", "gene_biotype=protein_coding",
        ]
      }
      text += line(gene, "gene", gene.span, pairs.joined(separator: ";"))
      for transcript in gene.transcripts { text += gff3(transcript, gene, geneID, dialect) }
      text += "###\n"
    }
    return text
  }

  private func gff3(_ transcript: Transcript, _ gene: Gene, _ geneID: String, _ dialect: Dialect) -> String {
    let id = id(transcript, dialect)
    let node = dialect == .refSeq ? "rna-\(id)" : dialect == .ensembl ? "transcript:\(id)" : id
    var pairs = ["ID=\(node)", "Parent=\(geneID)", "transcript_id=\(id)"]
    for (tag, values) in tags(gene, transcript, dialect) { pairs.append("\(tag)=\(values.joined(separator: ","))") }
    switch dialect {
    case .ensembl:
      pairs += ["biotype=\(biotype(transcript))", "version=\(transcript.version)"]
      if let consensus = transcript.consensus { pairs.append("ccdsid=\(consensus)") }
    case .gencode:
      pairs += ["transcript_type=\(biotype(transcript))", "gene_id=\(gene.id)"]
      if let consensus = transcript.consensus { pairs.append("ccdsid=\(consensus)") }
    case .refSeq:
      pairs.append("Dbxref=\(transcript.counterpart.map { "Ensembl:\($0)," } ?? "")GeneID:9,GenBank:\(id)")
    }
    let type =
      transcript.coding != nil
      ? (dialect == .gencode ? "transcript" : "mRNA") : dialect == .gencode ? "transcript" : "lnc_RNA"
    let span = transcript.exons[0].lowerBound..<(transcript.exons.last?.upperBound ?? 0)
    var text = line(gene, type, span, pairs.joined(separator: ";"))
    for exon in gene.isReverse ? transcript.exons.reversed() : transcript.exons {
      text += line(gene, "exon", exon, "Parent=\(node);version=1")
    }
    guard let coding = transcript.coding else { return text }
    var own = ["ID=CDS:\(id)", "Parent=\(node)", "protein_id=\(protein(transcript, dialect))"]
    if dialect == .ensembl { own.append("version=4") }
    if dialect == .refSeq {
      if let consensus = transcript.consensus { own.append("Dbxref=CCDS:\(consensus),GeneID:9") }
      let exceptions = exceptions(transcript, gene)
      if !exceptions.isEmpty { own.append("transl_except=" + exceptions.joined(separator: ",")) }
    }
    for part in Self.parts(coding, transcript, isReverse: gene.isReverse) {
      text += line(
        gene, "CDS", part.range, phase: Self.phase(part.place, coding, transcript), own.joined(separator: ";"))
    }
    if dialect == .gencode {
      for place in transcript.recoded {
        for part in Self.parts(place..<(place + 3), transcript, isReverse: gene.isReverse) {
          text += line(gene, "stop_codon_redefined_as_selenocysteine", part.range, "Parent=\(node)")
        }
      }
    }
    return text
  }

  // MARK: GTF

  func gtf(_ dialect: Dialect) -> String {
    var text = dialect == .refSeq ? "#gtf-version 2.2\n" : "#!genome-build x\n"
    for gene in genes {
      text += line(gene, "gene", gene.span, gtf(geneTags(gene, dialect)))
      for transcript in gene.transcripts { text += gtf(transcript, gene, dialect) }
    }
    return text + (dialect == .refSeq ? "###\n" : "")
  }

  private func gtf(_ pairs: [(String, String)]) -> String { pairs.map { "\($0) \"\($1)\"; " }.joined() }

  private func geneTags(_ gene: Gene, _ dialect: Dialect) -> [(String, String)] {
    var pairs = [("gene_id", gene.id)]
    switch dialect {
    case .ensembl:
      pairs.append(("gene_version", "3"))
      if let symbol = gene.symbol { pairs.append(("gene_name", symbol)) }
      pairs.append(("gene_biotype", "protein_coding"))
    case .gencode:
      pairs.append(("gene_type", "protein_coding"))
      if let symbol = gene.symbol { pairs.append(("gene_name", symbol)) }
      if let hgnc = gene.hgnc { pairs.append(("hgnc_id", "HGNC:\(hgnc)")) }
    case .refSeq:
      pairs += [("transcript_id", ""), ("db_xref", "GeneID:9")]
      if let hgnc = gene.hgnc { pairs.append(("db_xref", "HGNC:HGNC:\(hgnc)")) }
      pairs += [("description", "a; \\\"b\\\""), ("gene", gene.symbol ?? ""), ("gene_biotype", "protein_coding")]
    }
    return pairs
  }

  private func gtf(_ transcript: Transcript, _ gene: Gene, _ dialect: Dialect) -> String {
    var pairs = geneTags(gene, dialect).filter { !["transcript_id", "db_xref", "description"].contains($0.0) }
    pairs.append(("transcript_id", id(transcript, dialect)))
    for (tag, values) in tags(gene, transcript, dialect) { pairs += values.map { (tag, $0) } }
    switch dialect {
    case .ensembl:
      pairs += [("transcript_version", "\(transcript.version)"), ("transcript_biotype", biotype(transcript))]
      if let consensus = transcript.consensus { pairs.append(("ccds_id", consensus)) }
    case .gencode:
      pairs.append(("transcript_type", biotype(transcript)))
      if let consensus = transcript.consensus { pairs.append(("ccdsid", consensus)) }
    case .refSeq:
      pairs.append(("transcript_biotype", transcript.coding == nil ? "lnc_RNA" : "mRNA"))
      if let counterpart = transcript.counterpart { pairs.append(("db_xref", "Ensembl:\(counterpart)")) }
      pairs.append(("db_xref", "GeneID:9"))
    }
    let span = transcript.exons[0].lowerBound..<(transcript.exons.last?.upperBound ?? 0)
    var text = line(gene, "transcript", span, gtf(pairs))
    for (number, exon) in (gene.isReverse ? transcript.exons.reversed() : transcript.exons).enumerated() {
      text += line(gene, "exon", exon, gtf(pairs + [("exon_number", "\(number + 1)"), ("exon_version", "1")]))
    }
    guard let coding = transcript.coding else { return text }
    var own = pairs + [("protein_id", protein(transcript, dialect))]
    if dialect == .ensembl { own.append(("protein_version", "4")) }
    if dialect == .refSeq {
      if let consensus = transcript.consensus { own.append(("db_xref", "CCDS:\(consensus)")) }
      own += exceptions(transcript, gene).map { ("transl_except", $0) }
    }
    // The stop codon has lines of its own.
    let end = coding.upperBound - (transcript.hasStop ? 3 : 0)
    for part in Self.parts(coding.lowerBound..<end, transcript, isReverse: gene.isReverse) {
      text += line(gene, "CDS", part.range, phase: Self.phase(part.place, coding, transcript), gtf(own))
    }
    for part in Self.parts(coding.lowerBound..<(coding.lowerBound + 3), transcript, isReverse: gene.isReverse) {
      text += line(gene, "start_codon", part.range, phase: 0, gtf(pairs))
    }
    if transcript.hasStop {
      for part in Self.parts(end..<coding.upperBound, transcript, isReverse: gene.isReverse) {
        text += line(gene, "stop_codon", part.range, phase: 0, gtf(pairs))
      }
    }
    if dialect == .gencode {
      for place in transcript.recoded {
        for part in Self.parts(place..<(place + 3), transcript, isReverse: gene.isReverse) {
          text += line(gene, "Selenocysteine", part.range, gtf(pairs))
        }
      }
    }
    return text
  }
}
