extension ReportForFHIR {
  /// A variant as an Observation of the profile `variant`: LOINC 69548-6, genetic variant assessment.
  func observation(_ variant: Variant, number: Int) -> JSONTree {
    var components: [JSONTree] = []
    func add(_ code: String, _ display: String, _ value: String, _ tree: JSONTree) {
      components.append(.ordered(["code": Self.concept(Self.loinc, code, display), value: tree]))
    }
    func text(_ system: String, _ code: String) -> JSONTree { Self.concept(system, code, nil) }
    if variant.geneID != nil || variant.geneSymbol != nil {
      let gene: JSONTree =
        variant.geneID.map { Self.concept("http://www.genenames.org/geneId", $0, variant.geneSymbol) }
        ?? .ordered(["text": .optional(variant.geneSymbol)])
      add("48018-6", "Gene studied [ID]", "valueCodeableConcept", gene)
    }
    if let transcript = variant.transcript {
      add(
        "51958-7", "Transcript reference sequence [ID]", "valueCodeableConcept", .ordered(["text": .string(transcript)])
      )
    }
    let hgvs = "http://varnomen.hgvs.org"
    for (code, display, value) in [
      ("48004-6", "DNA change (c.HGVS)", variant.codingHGVS),
      ("48005-3", "Amino acid change (pHGVS)", variant.proteinHGVS),
      ("81290-9", "Genomic DNA change (gHGVS)", variant.genomicHGVS),
    ] {
      if let value { add(code, display, "valueCodeableConcept", text(hgvs, value)) }
    }
    let build = assembly == .grch37 ? ("LA14029-5", "GRCh37") : ("LA26806-2", "GRCh38")
    add(
      "62374-4", "Human reference sequence assembly version", "valueCodeableConcept",
      Self.concept(Self.loinc, build.0, build.1))
    add(
      "48000-4", "Chromosome [Identifier] in Blood or Tissue by Molecular genetics method", "valueCodeableConcept",
      .ordered(["text": .string(variant.contig)]))
    add(
      "92822-6", "Genomic coord system", "valueCodeableConcept",
      Self.concept(Self.loinc, "LA30102-0", "1-based character counting"))
    let end = variant.position + variant.reference.utf8.count - 1
    add(
      "81254-5", "Variant exact start-end", "valueRange",
      .ordered([
        "low": .ordered(["value": .number(String(variant.position))]),
        "high": .ordered(["value": .number(String(end))]),
      ]))
    add("69547-8", "Genomic ref allele [ID]", "valueString", .string(variant.reference))
    add("69551-0", "Genomic alt allele [ID]", "valueString", .string(variant.alternate))
    let source = variant.isSomatic ? ("LA6684-0", "Somatic") : ("LA6683-2", "Germline")
    add("48002-0", "Genomic source class [Type]", "valueCodeableConcept", Self.concept(Self.loinc, source.0, source.1))
    if let zygosity = variant.zygosity {
      add(
        "53034-5", "Allelic state", "valueCodeableConcept",
        Self.concept(Self.loinc, zygosity.answer.0, zygosity.answer.1))
    }
    if let depth = variant.depth {
      add("82121-5", "Allelic read depth", "valueQuantity", .ordered(["value": .number(String(depth))]))
    }
    return .ordered([
      "resourceType": .string("Observation"), "id": .string("variant-\(number)"),
      "meta": .ordered(["profile": .array([.string(Self.profiles + "variant")])]), "status": .string(status.rawValue),
      "category": .array([
        Self.concept("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory"),
        Self.genetics,
      ]), "code": Self.concept(Self.loinc, "69548-6", "Genetic variant assessment"), "subject": subjectReference,
      "valueCodeableConcept": Self.concept(Self.loinc, "LA9633-4", "Present"), "specimen": Self.reference(specimens[0]),
      "note": variant.evidence.isEmpty ? nil : .array(variant.evidence.map { .ordered(["text": .string($0)]) }),
      "component": .array(components),
    ])
  }
}

extension ReportForFHIR.Zygosity {
  /// The LOINC answer of 53034-5.
  fileprivate var answer: (String, String) {
    switch self {
    case .heterozygous: ("LA6706-1", "Heterozygous")
    case .homozygous: ("LA6705-3", "Homozygous")
    case .hemizygous: ("LA6707-9", "Hemizygous")
    case .homoplasmic: ("LA6704-6", "Homoplasmic")
    case .heteroplasmic: ("LA6703-8", "Heteroplasmic")
    }
  }
}
