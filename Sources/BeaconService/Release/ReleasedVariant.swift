package import Reports

/// A variant of the release, as its row has it.
package struct ReleasedVariant: Sendable, Equatable {
  /// The row, ascending in the order of contig, start and alleles.
  package var row: Int
  /// The contig's name in the release.
  package var contig: String
  /// The first base, from 0.
  package var start: Int
  /// The base behind the last, from 0.
  package var end: Int
  /// The reference allele.
  package var reference: String
  /// The alternate allele.
  package var alternate: String
  /// SNP, INS, DEL or INDEL.
  package var type: String
  /// The VRS identifier of the allele.
  package var vrs: String?
  /// Figures per dimension and stratum. A suppressed figure is absent, here as in the file.
  package var counts: [StratumCounts]
  /// Classifications, where the policy publishes them.
  package var classifications: Classifications?
  /// Symbols of the genes.
  package var genes: [String]

  /// The identifier in this beacon: the VRS identifier, or the place and alleles where there is none.
  package var identifier: String { vrs ?? "\(contig)-\(start + 1)-\(reference)-\(alternate)" }

  /// The figures of everybody.
  package var all: StratumCounts? { counts.first { $0.dimension == "all" } }
}

/// What laboratories classified the variant as, all persons and dates taken together.
package struct Classifications: Sendable, Hashable {
  /// A class and how often it was given; nil where that is under the policy's minimum.
  package struct Total: Sendable, Hashable {
    package var name: String
    package var count: Int?
  }

  /// The newest class.
  package var latest: String?
  /// Its date, `YYYY-MM-DD`.
  package var latestDate: String?
  /// Counts by class, in the release's order.
  package var totals: [Total]
  /// Counts by class of oncogenicity, whose names may be those of germline classes.
  package var oncogenicity: [Total]

  /// Reads the release's `classifications`.
  init?(_ json: JSONValue) {
    guard json.members != nil else { return nil }
    latest = json["latest"]?.text
    latestDate = json["latestDate"]?.text
    totals = Self.totals(json["totals"])
    oncogenicity = Self.totals(json["oncogenicity"]?["totals"])
    guard latest != nil || !totals.isEmpty || !oncogenicity.isEmpty else { return nil }
  }

  private static func totals(_ json: JSONValue?) -> [Total] {
    (json?.members ?? []).map { Total(name: $0.name, count: $0.value.whole) }
  }

  /// The object as it is sent on.
  package var json: JSONValue {
    var members: [JSONValue.Member] = []
    if let latest { members.append(.init("latest", .string(latest))) }
    if let latestDate { members.append(.init("latestDate", .string(latestDate))) }
    if let totals = Self.json(totals) { members.append(totals) }
    if let totals = Self.json(oncogenicity) { members.append(.init("oncogenicity", .object([totals]))) }
    return .object(members)
  }

  private static func json(_ totals: [Total]) -> JSONValue.Member? {
    let published = totals.compactMap { total in total.count.map { JSONValue.Member(total.name, .integer($0)) } }
    return published.isEmpty ? nil : .init("totals", .object(published))
  }
}
