import Reports

extension VariantQuery {
  /// Reads the model's parameters, and refuses what this release cannot answer.
  package init(
    _ request: BeaconRequest, manifest: ReleaseManifest, contigs: ReleaseContigs, indications: [String]
  ) throws(RequestFault) {
    self.init()
    var places = PlaceParameters()
    for member in request.parameters where member.value != .null {
      switch member.name {
      case "assemblyId":
        let assembly = try Self.text(member)
        guard ReleaseContigs.isAssembly(assembly, of: manifest) else {
          throw .bad(
            "this release is on \(manifest.assembly); assemblyId '\(BeaconRequest.shown(assembly))' is another")
        }
      case "referenceName":
        let name = try Self.text(member)
        guard let contig = contigs.find(name) else {
          throw .bad(
            "referenceName '\(BeaconRequest.shown(name))' is no contig of this release on \(manifest.assembly)")
        }
        places.contig = contig
      case "start": places.start = try Self.positions(member, from: 0)
      case "end": places.end = try Self.positions(member, from: 1)
      case "referenceBases": reference = try BasePattern(try Self.sequence(member), parameter: member.name)
      case "alternateBases": alternate = try BasePattern(try Self.sequence(member), parameter: member.name)
      case "geneId", "geneid": gene = try Self.text(member)
      case "variantType": kind = try Self.kind(try Self.text(member))
      case "variantMinLength": shortest = try BeaconRequest.whole(member, from: 0)
      case "variantMaxLength": longest = try BeaconRequest.whole(member, from: 1)
      case "genomicAlleleShortForm", "allele":
        let (accession, start, bases) = try Self.substitution(try Self.text(member))
        guard let contig = contigs.find(accession) else {
          throw .bad(
            "\(BeaconRequest.shown(accession)) is no chromosome of \(manifest.assembly), which this release is on")
        }
        places.change = (contig, start, bases.reference, bases.alternate)
      case "aminoacidChange":
        throw .bad("this release holds no changes of proteins; ask by gene or by place")
      case "mateName":
        throw .bad("this release holds small variants only, no breakends; mateName cannot be answered")
      default: throw .bad("'\(BeaconRequest.shown(member.name))' is no parameter of g_variants")
      }
    }
    if let shortest, let longest, shortest > longest {
      throw .bad("variantMinLength is more than variantMaxLength")
    }
    place = try places.place(reference: reference, alternate: alternate)
    if case .sequence = place { (reference, alternate) = (nil, nil) }
    self.indications = try request.filters.map { filter throws(RequestFault) in
      try Self.indication(filter, of: indications)
    }
  }

  private static func text(_ member: JSONValue.Member) throws(RequestFault) -> String {
    guard let text = member.value.text, !text.isEmpty, text.utf8.count <= 200 else {
      throw .bad("\(member.name) takes a short text")
    }
    return text
  }

  private static func sequence(_ member: JSONValue.Member) throws(RequestFault) -> String {
    guard let text = member.value.text else { throw .bad("\(member.name) takes a text of bases") }
    return text
  }

  private static func positions(_ member: JSONValue.Member, from least: Int) throws(RequestFault) -> [Int] {
    let values = member.value.elements ?? [member.value]
    guard (1...2).contains(values.count) else { throw .bad("\(member.name) takes one position or two") }
    return try values.map { value throws(RequestFault) in
      try BeaconRequest.whole(JSONValue.Member(member.name, value), from: least)
    }
  }

  private static func kind(_ text: String) throws(RequestFault) -> Kind {
    switch text.uppercased() {
    case "SNP", "SNV", "SO:0001483": return .snp
    case "INS", "SO:0000667": return .insertion
    case "DEL", "SO:0000159": return .deletion
    case "INDEL", "DELINS", "SO:1000032": return .indel
    default:
      throw .bad("this release holds small variants only: variantType is SNP, INS, DEL or INDEL")
    }
  }

  /// `NC_000020.11:g.10050001A>T`: the only form that needs no reference sequence to be understood.
  private static func substitution(_ text: String) throws(RequestFault) -> (
    accession: String, start: Int, bases: (reference: BasePattern, alternate: BasePattern)
  ) {
    let fault = RequestFault.bad(
      "genomicAlleleShortForm takes a substitution on a chromosome, such as NC_000020.11:g.10050001A>T; "
        + "ask for anything else by place and bases")
    let parts = text.split(separator: ":g.", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("NC_") else { throw fault }
    let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
    let change = parts[1].dropFirst(digits.count).split(separator: ">", omittingEmptySubsequences: false)
    guard let position = Int(digits), position > 0, change.count == 2,
      change.allSatisfy({ $0.count == 1 && "ACGT".contains($0) })
    else { throw fault }
    return (
      String(parts[0]), position - 1,
      (
        try BasePattern(String(change[0]), parameter: "genomicAlleleShortForm"),
        try BasePattern(String(change[1]), parameter: "genomicAlleleShortForm")
      )
    )
  }

  private static func indication(_ filter: BeaconFilter, of known: [String]) throws(RequestFault) -> String {
    let code: String
    if filter.id == "indication" {
      guard filter.comparison ?? "=" == "=", let value = filter.value else {
        throw .bad("the filter 'indication' takes the operator = and a value")
      }
      code = value
    } else if filter.id.hasPrefix("indication:"), filter.value == nil {
      code = String(filter.id.dropFirst("indication:".count))
    } else {
      throw .bad("the filter '\(BeaconRequest.shown(filter.id))' is not one of /filtering_terms")
    }
    guard known.contains(code) else {
      throw .bad("the indication '\(BeaconRequest.shown(code))' is not one of /filtering_terms")
    }
    return code
  }
}

/// The parameters that say where, until all are known.
private struct PlaceParameters {
  var contig: ReleaseManifest.Contig?
  var start: [Int]?
  var end: [Int]?
  var change: (contig: ReleaseManifest.Contig, start: Int, reference: BasePattern, alternate: BasePattern)?

  /// Which kind of question the positions make (the specification's sequence, range and bracket queries).
  func place(reference: BasePattern?, alternate: BasePattern?) throws(RequestFault) -> VariantQuery.Place {
    if let change {
      guard contig == nil, start == nil, end == nil, reference == nil, alternate == nil else {
        throw .bad("genomicAlleleShortForm stands for the place and the bases; give one or the other")
      }
      try Self.check(change.start + 1, on: change.contig)
      return .sequence(
        contig: change.contig.name, start: change.start, reference: change.reference, alternate: change.alternate)
    }
    guard let contig else {
      guard start == nil, end == nil else { throw .bad("start and end need a referenceName") }
      return .anywhere
    }
    for position in (start ?? []) + (end ?? []) { try Self.check(position, on: contig) }
    switch (start, end) {
    case (nil, nil): return .contig(contig.name)
    case (nil, _?): throw .bad("end needs a start")
    case (let start?, nil):
      guard start.count == 1 else { throw .bad("a bracket query needs two positions in start and two in end") }
      guard let alternate else { throw .bad("start without end needs alternateBases") }
      return .sequence(contig: contig.name, start: start[0], reference: reference, alternate: alternate)
    case (let start?, let end?) where start.count == 1 && end.count == 1:
      guard start[0] < end[0] else {
        throw .bad("end is not behind start; positions count from 0, and end is exclusive")
      }
      return .range(contig: contig.name, start: start[0], end: end[0])
    case (let start?, let end?) where start.count == 2 && end.count == 2:
      guard start[0] < start[1], end[0] < end[1] else {
        throw .bad("in a bracket query start[0] is less than start[1], and end[0] less than end[1]")
      }
      return .bracket(contig: contig.name, start: start[0]..<start[1], end: end[0]..<end[1])
    default: throw .bad("a bracket query needs two positions in start and two in end, a range one in each")
    }
  }

  private static func check(_ position: Int, on contig: ReleaseManifest.Contig) throws(RequestFault) {
    guard position <= contig.length else {
      throw .bad("position \(position) is beyond the end of \(contig.name), which has \(contig.length) bases")
    }
  }
}
