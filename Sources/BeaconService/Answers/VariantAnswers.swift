import Reports

/// Answers to questions about variants.
extension BeaconSite {
  /// `/g_variants`: no more than the caller may be told, and no more than was asked for.
  func variants(_ request: BeaconRequest, caller: Caller) async throws -> (body: [UInt8], returned: Granularity) {
    let query = try VariantQuery(
      request, manifest: manifest, contigs: database.contigs, indications: database.indications)
    return try await variants(query, request, caller: caller)
  }

  /// `/g_variants/{id}`.
  func variant(_ id: String, _ request: BeaconRequest, caller: Caller) async throws -> (
    body: [UInt8], returned: Granularity
  ) {
    guard request.parameters.allSatisfy({ $0.value == .null }), request.filters.isEmpty else {
      throw RequestFault.bad("a variant is asked for by its identifier alone, without parameters or filters")
    }
    return try await variants(try variantQuery(identifier: id), request, caller: caller)
  }

  /// The question for one identifier: a VRS identifier, or contig, 1-based position and alleles joined by hyphens.
  func variantQuery(identifier: String) throws(RequestFault) -> VariantQuery {
    var query = VariantQuery()
    if identifier.hasPrefix("ga4gh:VA."), identifier.utf8.count <= 64 {
      query.place = .vrs(identifier)
      return query
    }
    let parts = identifier.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, let position = Int(parts[1]), position > 0,
      let contig = database.contigs.find(String(parts[0])), position <= contig.length, !parts[2].isEmpty,
      !parts[3].isEmpty
    else {
      throw .bad("a variant's identifier is a VRS identifier (ga4gh:VA.…) or CONTIG-POSITION-REF-ALT")
    }
    let (reference, alternate) = (
      try BasePattern(String(parts[2]), parameter: "REF"), try BasePattern(String(parts[3]), parameter: "ALT")
    )
    guard reference.isPlain, alternate.isPlain else { throw .bad("an identifier takes the bases A, C, G and T") }
    query.place = .sequence(contig: contig.name, start: position - 1, reference: reference, alternate: alternate)
    return query
  }

  private func variants(_ query: VariantQuery, _ request: BeaconRequest, caller: Caller) async throws -> (
    body: [UInt8], returned: Granularity
  ) {
    let granularity = min(request.granularity, caller.most)
    let size = request.pagination.size(most: configuration.mostResults)
    let wantsRows = granularity == .record && [.all, .hit].contains(request.included)
    let found = try await database.find(
      query, granularity: granularity, offset: request.pagination.offset(most: configuration.mostResults),
      size: wantsRows ? size : 0)
    var text = JSONText(capacity: 1024 + 2048 * found.variants.count)
    text.raw(#"{"meta":"#)
    text.value(meta(request, returned: granularity))
    text.raw(#","responseSummary":{"exists":"#)
    text.value(.bool(found.exists))
    if let total = found.total {
      text.raw(#","numTotalResults":"#)
      text.integer(total)
    }
    text.raw("}")
    if granularity == .record {
      let isListed =
        switch request.included {
        case .all: true
        case .hit: found.exists
        case .miss: !found.exists
        case .none: false
        }
      text.raw(#","response":{"resultSets":["#)
      if isListed { write(resultset: found, to: &text) }
      text.raw("]}")
    }
    text.raw(#","info":"#)
    text.raw(prepared.info)
    text.raw("}")
    return (text.bytes, granularity)
  }

  private func write(resultset found: FoundVariants, to text: inout JSONText) {
    text.raw(#"{"id":"#)
    text.string(datasetID)
    text.raw(#","setType":"dataset","exists":"#)
    text.value(.bool(found.exists))
    // Counted, or null: never a number made up.
    text.raw(#","resultsCount":"#)
    text.value(found.total.map(JSONValue.integer) ?? .null)
    text.raw(#","results":"#)
    text.list(found.variants) { entry($1, to: &$0) }
    text.raw(#","info":"#)
    text.raw(prepared.info)
    text.raw("}")
  }
}
