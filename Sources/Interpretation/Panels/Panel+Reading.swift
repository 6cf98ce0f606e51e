import Genomics

extension Panel {
  /// Takes what PanelApp wrote.
  /// - Parameter faults: gets what could not be read: the entry stays, and takes no part in the rule that needs it.
  init(_ json: PanelJSON.One, path: String, faults: inout [PanelSet.Fault]) throws(InputError) {
    identity = Identity(id: json.id, name: json.name, version: json.version)
    status = json.status
    signOff = json.signed_off.map { .signedOff($0) } ?? .notTold
    isSuperPanel = (json.types ?? []).contains { $0.slug == "superpanel" } || json.genes.contains { $0.panel != nil }
    relevantDisorders = json.relevant_disorders ?? []
    genes = []
    regions = []
    repeats = []
    let panel = identity
    func fault(_ entity: String?, _ reason: String) {
      faults.append(PanelSet.Fault(panel: panel, entity: entity, reason: reason))
    }
    if let status, ["retired", "deleted", "internal"].contains(status) { fault(nil, "its status is \(status)") }
    for entity in json.genes {
      let gene = try PanelGene(entity, path: path)
      if gene.mode == .unmatched { fault(gene.symbol, "the mode of inheritance is no string of PanelApp") }
      genes.append(gene)
    }
    for entity in json.regions ?? [] {
      let region = try PanelRegion(entity, path: path)
      if region.change == nil { fault(region.name, "the type of variants is not known") }
      if region.requiredOverlap == nil { fault(region.name, "the required overlap is no whole number") }
      if region.ranges.isEmpty { fault(region.name, "it has no coordinates") }
      regions.append(region)
    }
    for entity in json.strs ?? [] {
      let tandem = PanelRepeat(
        name: entity.entity_name, gene: try PanelGene(entity, path: path), unit: entity.repeated_sequence,
        normal: entity.normal_repeats?.number, pathogenic: entity.pathogenic_repeats?.number)
      if tandem.gene.mode == .unmatched {
        fault(tandem.name, "the mode of inheritance is no string of PanelApp")
      }
      if tandem.normal == nil || tandem.pathogenic == nil { fault(tandem.name, "a threshold is missing") }
      repeats.append(tandem)
    }
  }
}

extension PanelRating {
  fileprivate init(_ entity: PanelJSON.Entity, path: String) throws(InputError) {
    guard let level = entity.confidence_level?.number, let rating = PanelRating(level: level) else {
      throw InputError(
        .malformed, at: InputLocation(file: path),
        "the confidence of \(entity.entity_name) is \(entity.confidence_level?.text ?? "missing")",
        remedy: "give the panel as PanelApp's API returns it: levels are 0 to 4")
    }
    self = rating
  }
}

extension Panel.Identity {
  fileprivate init(_ component: PanelJSON.Entity.Component) {
    self.init(id: component.id, name: component.name, version: component.version)
  }
}

extension PanelGene {
  fileprivate init(_ entity: PanelJSON.Entity, path: String) throws(InputError) {
    let data = entity.gene_data
    // A repeat is listed by its locus; its gene's symbol is in the gene's data.
    let isRepeat = entity.repeated_sequence != nil || entity.pathogenic_repeats != nil
    symbol = isRepeat ? data?.gene_symbol ?? entity.entity_name : entity.entity_name
    hgncSymbol = data?.hgnc_symbol ?? data?.gene_symbol
    hgnc = data?.hgnc_id
    var ensembl: [Assembly: [String]] = [:]
    for (build, releases) in data?.ensembl_genes ?? [:] {
      // PanelApp writes `GRch37`.
      guard let assembly = Assembly.allCases.first(where: { $0.rawValue.lowercased() == build.lowercased() }) else {
        continue
      }
      ensembl[assembly] = Set(releases.values.compactMap { $0.ensembl_id.map(withoutVersion) }).sorted()
    }
    self.ensembl = ensembl
    aliases = Set(data?.alias ?? []).subtracting([symbol]).sorted()
    biotype = data?.biotype
    rating = try PanelRating(entity, path: path)
    mode = PanelMode(panelApp: entity.mode_of_inheritance)
    modeText = entity.mode_of_inheritance ?? ""
    penetrance = entity.penetrance
    component = entity.panel.map { Panel.Identity($0) }
  }
}

extension PanelRegion {
  fileprivate init(_ entity: PanelJSON.Entity, path: String) throws(InputError) {
    name = entity.entity_name
    title = entity.verbose_name
    chromosome = entity.chromosome ?? ""
    var ranges: [Assembly: Range<Int>] = [:]
    for (assembly, places) in [(Assembly.grch37, entity.grch37_coordinates), (.grch38, entity.grch38_coordinates)] {
      guard let places, !places.isEmpty else { continue }
      guard places.count == 2, places[0] >= 1, places[0] <= places[1] else {
        throw InputError(
          .malformed, at: InputLocation(file: path), "the coordinates of \(name) are not a first and a last base",
          remedy: "give the panel as PanelApp's API returns it")
      }
      ranges[assembly] = places[0] - 1..<places[1]
    }
    self.ranges = ranges
    change = entity.type_of_variants.flatMap { Change(rawValue: $0.lowercased()) }
    requiredOverlap = entity.required_overlap_percentage?.number
    rating = try PanelRating(entity, path: path)
    mode = PanelMode(panelApp: entity.mode_of_inheritance)
    component = entity.panel.map { Panel.Identity($0) }
  }
}

/// Ensembl's identifier without its version.
func withoutVersion(_ identifier: String) -> String {
  identifier.hasPrefix("ENS") ? String(identifier.prefix { $0 != "." }) : identifier
}
