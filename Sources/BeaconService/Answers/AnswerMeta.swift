import Reports

extension BeaconSite {
  /// `meta` of an answer to a question (beaconResponseMeta.json).
  func meta(_ request: BeaconRequest, returned: Granularity, entry: EntryType = .variant) -> JSONValue {
    [
      "beaconId": .string(configuration.id), "apiVersion": .string(BeaconVersion.api),
      "returnedSchemas": [entry.schemaReference], "returnedGranularity": .string(returned.rawValue),
      "testMode": .bool(request.testMode), "receivedRequestSummary": summary(request),
    ]
  }

  /// `meta` of an answer that informs about the service (beaconInformationalResponseMeta.json).
  func informationMeta(_ schema: String) -> JSONValue {
    [
      "beaconId": .string(configuration.id), "apiVersion": .string(BeaconVersion.api),
      "returnedSchemas": [["entityType": "info", "schema": .string(schema)]],
    ]
  }

  /// The request as it was understood. The parameters stand below the entry type's name: the schema wants objects.
  private func summary(_ request: BeaconRequest) -> JSONValue {
    [
      "apiVersion": .string(request.apiVersion), "requestedSchemas": .array(request.requestedSchemas),
      "filters": .array(request.filters.map { .string($0.value.map { value in "indication:\(value)" } ?? $0.id) }),
      "requestParameters": request.parameters.isEmpty ? [:] : ["g_variant": .object(request.parameters)],
      "includeResultsetResponses": .string(request.included.rawValue),
      "pagination": [
        "skip": .integer(request.pagination.skip),
        "limit": .integer(request.pagination.size(most: configuration.mostResults)),
      ],
      "requestedGranularity": .string(request.granularity.rawValue), "testMode": .bool(request.testMode),
    ]
  }

  /// A refusal in the words of Beacon (beaconErrorResponse.json).
  func refusal(_ fault: RequestFault, request: BeaconRequest? = nil) -> WebResponse {
    let body: JSONValue = [
      "meta": meta(request ?? BeaconRequest(), returned: .boolean),
      "error": ["errorCode": .integer(fault.status), "errorMessage": .string(fault.message)],
    ]
    var headers: [(name: String, value: String)] = []
    if fault.status == 401 { headers.append(("www-authenticate", "Bearer realm=\"beacon\"")) }
    if let seconds = fault.retryAfter { headers.append(("retry-after", String(seconds))) }
    return WebResponse(fault.status, type: Self.json, headers: headers, body: body.compact)
  }

  func answer(_ body: JSONValue) -> WebResponse { WebResponse(200, type: Self.json, body: body.compact) }

  static let json = "application/json; charset=utf-8"
}

/// The entry types that are served.
enum EntryType: CaseIterable {
  case variant, dataset

  var id: String {
    switch self {
    case .variant: "genomicVariant"
    case .dataset: "dataset"
    }
  }

  var schema: String {
    switch self {
    case .variant: BeaconVersion.variantSchema
    case .dataset: "ga4gh-beacon-dataset-v2.0.0"
    }
  }

  var schemaReference: JSONValue { ["entityType": .string(id), "schema": .string(schema)] }

  /// The entry in `/configuration` and `/entry_types` (entryTypeDefinition.json).
  var definition: JSONValue {
    switch self {
    case .variant:
      [
        "id": .string(id), "name": "Genomic Variants", "partOfSpecification": "Beacon v2.1.1",
        "description": "Small variants of the release, with their published frequencies",
        "ontologyTermForThisType": ["id": "ENSGLOSSARY:0000092", "label": "Variant"],
        "defaultSchema": [
          "id": .string(schema), "name": "Default schema for a genomic variation", "schemaVersion": "v2.1.0",
          "referenceToSchemaDefinition": .string(Self.schemas + "genomicVariations/defaultSchema.json"),
        ],
        "additionallySupportedSchemas": [], "nonFilteredQueriesAllowed": true,
      ]
    case .dataset:
      [
        "id": .string(id), "name": "Dataset", "partOfSpecification": "Beacon v2.1.1",
        "description": "The release that is served",
        "ontologyTermForThisType": ["id": "NCIT:C47824", "label": "Data set"],
        "aCollectionOf": [["id": "genomicVariant", "name": "Genomic Variants"]],
        "defaultSchema": [
          "id": .string(schema), "name": "Default schema for datasets", "schemaVersion": "v2.0.0",
          "referenceToSchemaDefinition": .string(Self.schemas + "datasets/defaultSchema.json"),
        ],
        "additionallySupportedSchemas": [], "nonFilteredQueriesAllowed": true,
      ]
    }
  }

  private static let schemas =
    "https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/models/json/beacon-v2-default-model/"
}
