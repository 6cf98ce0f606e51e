/// Writes entries of the `HCSQ` INFO field: what variants of one haplotype do together to one transcript.
struct HaplotypeEntry {
  static let key = "HCSQ"
  /// The transcripts on which a record may stand together with others of unknown phase.
  static let possibleKey = "POSSIBLE_COMPOUND"

  /// The fields, in order; the names are `CSQ`'s where the meaning is.
  static let fields = [
    "Consequence", "IMPACT", "SYMBOL", "Gene", "Feature", "HGVSc", "HGVSp", "CDS_position", "Protein_position",
    "Amino_acids", "Codons", "Variants", "Haplotypes", "Samples",
  ]

  // The word `Format:` and the bars are what `bcftools +split-vep -a HCSQ` goes by.
  static let headerLine =
    "##INFO=<ID=\(key),Number=.,Type=String,Description=\"Joint consequences of variants that share a codon or a "
    + "shifted frame on one haplotype. Format: \(fields.joined(separator: "|"))\">"

  static let possibleHeaderLine =
    "##INFO=<ID=\(possibleKey),Number=.,Type=String,Description=\"Transcripts on which the variant may share a codon or "
    + "a shifted frame with others of the same sample, where phase does not tell\">"

  private static let bar = UInt8(ascii: "|")

  /// Appends the entry of a group.
  static func append(
    _ group: OpenTranscript.Group, _ map: CodingMap, in cache: AnnotationCache, namer: inout HGVSNamer,
    to output: inout [UInt8]
  ) {
    let transcript = map.transcript
    let change = JointChange(group.alleles, map)
    let effect = change.effect(
      isNonsenseMediated: cache.biotype(transcript.index).elementsEqual("nonsense_mediated_decay".utf8))
    CSQEntry.append(effect.consequences, to: &output)
    output.append(bar)
    output.append(contentsOf: (effect.consequences.mostSevere ?? .intergenic).impact.utf8)
    output.append(bar)
    HGVSText.append(cache.geneSymbol(transcript.index), to: &output)
    output.append(bar)
    HGVSText.append(cache.geneIdentifier(transcript.index), to: &output)
    output.append(bar)
    HGVSText.append(cache.identifier(transcript.index), to: &output)
    output.append(bar)
    appendTranscriptName(group.alleles, transcript, &namer, to: &output)
    output.append(bar)
    appendProteinName(change, namer, to: &output)
    output.append(bar)
    CSQEntry.append(effect.inCoding, to: &output)
    output.append(bar)
    CSQEntry.append(effect.inCoding.map(CSQEntry.protein), to: &output)
    output.append(bar)
    if let change = effect.change { CSQEntry.appendPeptides(change, to: &output) }
    output.append(bar)
    if let change = effect.change { CSQEntry.appendCodons(change, to: &output) }
    output.append(bar)
    let members = group.alleles.sorted { ($0.record.ordinal, $0.number) < ($1.record.ordinal, $1.number) }
    for (index, allele) in members.enumerated() {
      if index > 0 { output.append(UInt8(ascii: "&")) }
      HGVSText.append(allele.record.position, to: &output)
      output.append(UInt8(ascii: ":"))
      output += allele.record.reference
      output.append(UInt8(ascii: ">"))
      output += allele.record.alternates[allele.number - 1].text
    }
    output.append(bar)
    HGVSText.append(group.haplotypes, to: &output)
    output.append(bar)
    HGVSText.append(group.samples, to: &output)
  }

  /// Appends the alleles' names on the transcript as one list, `c.[5del;9_10insA]`; nothing where one has no name.
  ///
  /// HGVS, "alleles": variants in cis stand in one pair of brackets. The semicolon is written as INFO asks.
  private static func appendTranscriptName(
    _ alleles: [HaplotypeAllele], _ transcript: Transcript, _ namer: inout HGVSNamer, to output: inout [UInt8]
  ) {
    let start = output.count
    namer.appendIdentifier(transcript.index, to: &output)
    HGVSText.append(":c.[", to: &output)
    var names: [UInt8] = []
    for (index, allele) in alleles.enumerated() {
      let record = allele.record
      names.removeAll(keepingCapacity: true)
      record.reference.withUnsafeBytes { reference in
        record.alternates[allele.number - 1].text.withUnsafeBytes { alternate in
          _ = namer.set(position: record.position, reference: reference, alternate: alternate)
        }
      }
      _ = namer.appendNames(on: transcript, to: &names)
      // What stands behind the identifier's `:c.`, before the protein's name.
      guard let end = names.firstIndex(of: bar), let colon = names[..<end].lastIndex(of: UInt8(ascii: ":")) else {
        output.removeSubrange(start...)
        return
      }
      if index > 0 { HGVSText.append("%3B", to: &output) }
      output += names[(colon + 3)..<end]
    }
    output.append(UInt8(ascii: "]"))
  }

  /// Appends the name of the protein's change; nothing where none can be told.
  private static func appendProteinName(_ change: JointChange, _ namer: HGVSNamer, to output: inout [UInt8]) {
    let transcript = change.map.transcript
    // Places of the transcript's own sequence are not those of its bases where it has edits.
    guard transcript.editCount == 0, let coordinates = HGVSCoordinates(transcript),
      let coding = coordinates.coding,
      let protein = HGVSProtein(
        bases: transcript.bases, coordinates: coordinates, coding: coding, replaced: change.replaced,
        alternate: change.alternate)
    else { return }
    let start = output.count
    namer.appendProteinPrefix(transcript.index, to: &output)
    if !protein.append(to: &output) { output.removeSubrange(start...) }
  }
}
