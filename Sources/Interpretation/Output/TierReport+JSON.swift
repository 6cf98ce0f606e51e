extension TierReport: Encodable {
  private enum Key: String, CodingKey {
    case schema, assembly, cache, profile, panels, family, counts, banners, impossibleModes, notSupplied
    case variants, structural, repeats, untiered, showsIncomplete, provisional, origin, unmatchedGenes
  }

  /// Writes the document.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(assembly, forKey: .assembly)
    try container.encode(cache, forKey: .cache)
    try container.encode(result.profile, forKey: .profile)
    try container.encode(result.panels, forKey: .panels)
    try container.encode(family, forKey: .family)
    try container.encode(counts, forKey: .counts)
    try container.encode(banners, forKey: .banners)
    try container.encode(result.impossibleModes, forKey: .impossibleModes)
    try container.encode(result.notSupplied, forKey: .notSupplied)
    try container.encode(variants, forKey: .variants)
    try container.encode(result.structural, forKey: .structural)
    try container.encode(result.repeats, forKey: .repeats)
    try container.encodeIfPresent(untiered, forKey: .untiered)
    try container.encode(showsIncomplete, forKey: .showsIncomplete)
    try container.encodeIfPresent(provisional, forKey: .provisional)
    try container.encodeIfPresent(origin, forKey: .origin)
    try container.encode(unmatchedGenes, forKey: .unmatchedGenes)
  }

  /// The document's bytes: keys in order, the same for the same report.
  public func json() throws -> [UInt8] {
    try SortedJSON.document(self)
  }
}
