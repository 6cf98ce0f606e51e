import Reports

/// A variant after the model's schema (genomicVariations/defaultSchema.json).
extension BeaconSite {
  /// Parts of answers that are the same in all of them.
  struct Prepared: Sendable {
    /// Which release answers.
    let info: [UInt8]
    /// The beginning of every `frequencyInPopulations`.
    let source: [UInt8]
    /// The refget identifiers of the contigs.
    let sequences: [String: String]
    /// The RefSeq accessions of the contigs.
    let accessions: [String: String]

    init(_ configuration: BeaconConfiguration, _ manifest: ReleaseManifest, _ contigs: ReleaseContigs) {
      let info: JSONValue = [
        "release": .string(manifest.release), "assemblyId": .string(manifest.assembly),
        "policy": .string(manifest.policyName),
      ]
      self.info = info.compact
      var text = JSONText()
      text.raw(#","frequencyInPopulations":[{"source":"#)
      text.string(configuration.name)
      text.raw(#","sourceReference":"#)
      text.string(configuration.baseURL + "/browse/release")
      text.raw(#","version":"#)
      text.string(manifest.release)
      text.raw(#","frequencies":"#)
      source = text.bytes
      accessions = Dictionary(manifest.contigs.map { ($0.name, contigs.accession($0.name) ?? "") }) { first, _ in first
      }
      .filter { !$0.value.isEmpty }
      sequences = Dictionary(manifest.contigs.map { ($0.name, $0.refget.map { "ga4gh:\($0)" } ?? "refseq:\($0.name)") })
      {
        first, _ in first
      }
    }
  }

  func entry(_ variant: ReleasedVariant, to text: inout JSONText) {
    text.raw(#"{"variantInternalId":"#)
    text.string(variant.identifier)
    variation(variant, to: &text)
    identifiers(variant, to: &text)
    if !variant.genes.isEmpty {
      text.raw(#","molecularAttributes":{"geneIds":"#)
      text.list(variant.genes) { $0.string($1) }
      text.raw("}")
    }
    // Only strata whose frequency is published: where either count is suppressed, so is the quotient.
    let published = variant.counts.filter { $0.frequency != nil }
    if !published.isEmpty {
      text.raw(prepared.source)
      text.list(published) { text, stratum in
        text.raw(#"{"population":"#)
        text.string(stratum.population)
        text.raw(#","alleleFrequency":"#)
        text.number(stratum.frequency ?? 0)
        text.raw("}")
      }
      text.raw("}]")
    }
    text.raw(
      #"""
      ,"extensions":[{"name":"apus-counts","description":"Extension of Apus, not part of Beacon: published counts per \#
      stratum. A suppressed count is absent and named in 'suppressed'; it may be zero or small.","value":
      """#)
    text.list(variant.counts) { $1.write(to: &$0) }
    text.raw("}")
    if let classifications = variant.classifications {
      text.raw(
        #"""
        ,{"name":"apus-classifications","description":"Extension of Apus, not part of Beacon: classes given by \#
        laboratories, of any condition.","value":
        """#)
      text.value(classifications.json)
      text.raw("}")
    }
    text.raw("]}")
  }

  private func variation(_ variant: ReleasedVariant, to text: inout JSONText) {
    text.raw(#","variation":{"variantType":"#)
    text.string(variant.type)
    text.raw(#","referenceBases":"#)
    text.string(variant.reference)
    text.raw(#","alternateBases":"#)
    text.string(variant.alternate)
    text.raw(#","location":{"type":"SequenceLocation","sequence_id":"#)
    text.string(prepared.sequences[variant.contig] ?? variant.contig)
    text.raw(#","interval":{"type":"SequenceInterval","start":{"type":"Number","value":"#)
    text.integer(variant.start)
    text.raw(#"},"end":{"type":"Number","value":"#)
    text.integer(variant.end)
    text.raw("}}}}")
  }

  private func identifiers(_ variant: ReleasedVariant, to text: inout JSONText) {
    let accession =
      variant.reference.utf8.count == 1 && variant.alternate.utf8.count == 1
      ? prepared.accessions[variant.contig] : nil
    guard accession != nil || variant.vrs != nil else { return }
    text.raw(#","identifiers":{"#)
    if let accession {
      text.raw(#""genomicHGVSId":"#)
      text.string("\(accession):g.\(variant.start + 1)\(variant.reference)>\(variant.alternate)")
      if variant.vrs != nil { text.raw(",") }
    }
    if let vrs = variant.vrs {
      text.raw(#""variantAlternativeIds":[{"id":"#)
      text.string(vrs)
      text.raw(#","notes":"GA4GH VRS 2.0 allele"}]"#)
    }
    text.raw("}")
  }
}

extension StratumCounts {
  /// The stratum in one text.
  var population: String { dimension == "all" ? "all" : "\(dimension): \(stratum)" }
}
