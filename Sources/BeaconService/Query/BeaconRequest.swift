package import Reports

/// A request of the framework: how much is wanted, which page, and the parameters of the model, not yet looked at.
package struct BeaconRequest: Sendable {
  /// The version that the client was written for.
  package var apiVersion = BeaconVersion.api
  /// Schemas that the client would like, as it sent them.
  package var requestedSchemas: [JSONValue] = []
  /// Parameters of the model by name.
  package var parameters: [JSONValue.Member] = []
  /// Filters, each with its identifier.
  package var filters: [BeaconFilter] = []
  /// Which datasets the answer lists.
  package var included = IncludedResultsets.hit
  /// Which page.
  package var pagination = Pagination()
  /// How much the answer tells at most; the client's wish.
  package var granularity = Granularity.boolean
  /// Whether the client only tries the service out.
  package var testMode = false

  /// A request that asks for nothing in particular.
  package init() {}
}

/// A filter of a request.
package struct BeaconFilter: Sendable, Hashable {
  /// The identifier, as sent.
  package var id: String
  /// The operator, of an alphanumeric filter.
  package var comparison: String?
  /// The value, of an alphanumeric filter.
  package var value: String?
}

extension BeaconRequest {
  /// Reads the body of a POST: `meta`, and `query` (Beacon framework, beaconRequestBody.json).
  ///
  /// Members that are not known are refused, not skipped: a misspelt one would ask another question.
  package init(body: [UInt8]) throws(RequestFault) {
    self.init()
    let json: JSONValue
    do { json = try JSONValue(parsing: body) } catch { throw .bad("the body is not JSON: \(error)") }
    guard let members = json.members else { throw .bad("the body is no JSON object") }
    guard let meta = json["meta"], meta.members != nil else { throw .bad("the body has no object 'meta'") }
    for member in members where !["meta", "query", "$schema"].contains(member.name) {
      throw .bad("the body takes 'meta' and 'query', not '\(Self.shown(member.name))'")
    }
    if let version = meta["apiVersion"] {
      guard let text = version.text, text.utf8.count <= 32 else { throw .bad("meta.apiVersion is no short text") }
      apiVersion = text
    }
    if let schemas = meta["requestedSchemas"], schemas != .null { requestedSchemas = try Self.schemas(schemas) }
    guard let query = json["query"], query != .null else { return }
    guard let parts = query.members else { throw .bad("'query' is no JSON object") }
    for part in parts where part.value != .null { try take(part) }
  }

  private static func schemas(_ value: JSONValue) throws(RequestFault) -> [JSONValue] {
    guard let list = value.elements, list.count <= 8 else { throw .bad("meta.requestedSchemas is no short list") }
    var schemas: [JSONValue] = []
    for entry in list {
      guard entry.members != nil else { throw .bad("meta.requestedSchemas holds something that is no object") }
      var members: [JSONValue.Member] = []
      for name in ["entityType", "schema"] {
        guard let value = entry[name] else { continue }
        guard let text = value.text, text.utf8.count <= 200 else {
          throw .bad("meta.requestedSchemas: \(name) is no text")
        }
        members.append(.init(name, .string(text)))
      }
      schemas.append(.object(members))
    }
    return schemas
  }

  private mutating func take(_ part: JSONValue.Member) throws(RequestFault) {
    switch part.name {
    case "requestParameters":
      guard var members = part.value.members else { throw .bad("requestParameters is no JSON object") }
      // The framework has an object per entry type there; many clients send the parameters themselves.
      if members.count == 1, ["g_variant", "g_variants", "genomicVariant"].contains(members[0].name) {
        guard let inner = members[0].value.members else { throw .bad("requestParameters.g_variant is no JSON object") }
        members = inner
      }
      parameters = members
    case "filters":
      guard let list = part.value.elements else { throw .bad("filters is no list") }
      filters = try list.map(Self.filter)
    case "includeResultsetResponses": included = try Self.included(part.value)
    case "requestedGranularity": granularity = try Self.granularity(part.value)
    case "pagination":
      guard let members = part.value.members else { throw .bad("pagination is no JSON object") }
      for member in members where member.value != .null {
        switch member.name {
        case "skip": pagination.skip = try Self.whole(member, from: 0)
        case "limit": pagination.limit = try Self.whole(member, from: 0)
        case "currentPage", "nextPage", "previousPage":
          throw .bad("pages are asked for with skip and limit; this service gives no page tokens")
        default: throw .bad("pagination takes skip and limit, not '\(Self.shown(member.name))'")
        }
      }
    case "testMode":
      guard case .bool(let value) = part.value else { throw .bad("testMode is true or false") }
      testMode = value
    default: throw .bad("'query' takes no '\(Self.shown(part.name))'")
    }
  }

  /// Reads the query of a GET, with the same names as in a body.
  package init(query pairs: [(name: String, value: String)]) throws(RequestFault) {
    self.init()
    var seen: Set<String> = []
    for (name, value) in pairs {
      let isList = ["start", "end", "filters", "requestedSchema", "requestedSchemas"].contains(name)
      guard seen.insert(name).inserted || isList else { throw .bad("'\(Self.shown(name))' is given twice") }
      let member = JSONValue.Member(name, .string(value))
      switch name {
      case "requestedGranularity": granularity = try Self.granularity(member.value)
      case "includeResultsetResponses": included = try Self.included(member.value)
      case "skip": pagination.skip = try Self.whole(member, from: 0)
      case "limit": pagination.limit = try Self.whole(member, from: 0)
      case "testMode":
        guard ["true", "false"].contains(value) else { throw .bad("testMode is true or false") }
        testMode = value == "true"
      case "requestedSchema", "requestedSchemas":
        guard value.utf8.count <= 200, requestedSchemas.count < 8 else { throw .bad("requestedSchema is too long") }
        requestedSchemas.append(["schema": .string(value)])
      case "filters":
        for id in value.split(separator: ",") { filters.append(try Self.filter(.string(String(id)))) }
      case "start", "end":
        let values = value.split(separator: ",", omittingEmptySubsequences: false).map { JSONValue.string(String($0)) }
        if let index = parameters.firstIndex(where: { $0.name == name }),
          case .array(let known) = parameters[index].value
        {
          parameters[index].value = .array(known + values)
        } else {
          parameters.append(.init(name, .array(values)))
        }
      default: parameters.append(member)
      }
    }
  }

  private static func filter(_ value: JSONValue) throws(RequestFault) -> BeaconFilter {
    if let id = value.text { return BeaconFilter(id: id) }
    guard let members = value.members, let id = value["id"]?.text else { throw .bad("a filter has no 'id'") }
    var filter = BeaconFilter(id: id)
    for member in members where member.value != .null {
      switch (member.name, member.value) {
      case ("id", _): break
      case ("operator", .string(let text)): filter.comparison = text
      case ("value", .string(let text)): filter.value = text
      case ("scope", .string(let text)):
        guard ["genomicVariant", "genomicVariations", "genomicVariation", "g_variants"].contains(text) else {
          throw .bad("this service filters genomic variants only, not '\(shown(text))'")
        }
      // There is no tree of terms: with or without descendants is the same.
      case ("includeDescendantTerms", .bool): break
      case ("similarity", .string("exact")): break
      default: throw .bad("the filter '\(shown(id))' has a '\(shown(member.name))' that is not understood")
      }
    }
    return filter
  }

  private static func granularity(_ value: JSONValue) throws(RequestFault) -> Granularity {
    guard let text = value.text, let granularity = Granularity(rawValue: text) else {
      throw .bad("requestedGranularity is boolean, count or record")
    }
    return granularity
  }

  private static func included(_ value: JSONValue) throws(RequestFault) -> IncludedResultsets {
    guard let text = value.text, let included = IncludedResultsets(rawValue: text) else {
      throw .bad("includeResultsetResponses is ALL, HIT, MISS or NONE")
    }
    return included
  }

  /// A whole number that a member holds, as a number or, in a GET, as text.
  static func whole(_ member: JSONValue.Member, from least: Int) throws(RequestFault) -> Int {
    let number: Int? =
      switch member.value {
      case .integer(let number): number
      case .string(let text) where !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }: Int(text)
      default: nil
      }
    guard let number, number >= least, number <= 1 << 52 else {
      throw .bad("\(shown(member.name)) takes a whole number from \(least)")
    }
    return number
  }

  /// A client's own word in a message: short, and printable.
  static func shown(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(40).map {
        $0.properties.isAlphabetic || "-_.:$0123456789".unicodeScalars.contains($0) ? Character($0) : "?"
      })
  }
}

/// The version of the interface.
package enum BeaconVersion {
  /// The specification.
  package static let api = "v2.1.1"
  /// The entry type's schema.
  package static let variantSchema = "ga4gh-beacon-variant-v2.1.0"
}
