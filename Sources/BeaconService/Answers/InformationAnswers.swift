import Reports

/// What the service tells about itself to everybody.
extension BeaconSite {
  /// `/` and `/info` (beaconInfoResponse.json).
  func info() -> JSONValue {
    let organization = configuration.organization
    return [
      "meta": informationMeta("beacon-info-v2.0.0"),
      "response": [
        "id": .string(configuration.id), "name": .string(configuration.name), "apiVersion": .string(BeaconVersion.api),
        "environment": .string(configuration.environment.rawValue),
        "organization": [
          "id": .string(organization.id), "name": .string(organization.name), "welcomeUrl": .string(organization.url),
        ],
        "description": .string(description), "version": .string("v\(configuration.version)"),
        "welcomeUrl": .string(configuration.baseURL + "/browse"), "createDateTime": .string(manifest.created),
        "updateDateTime": .string(manifest.created),
        "info": ["release": .string(manifest.release), "assembly": .string(manifest.assembly)],
      ],
    ]
  }

  private var description: String {
    "Allele frequencies of release \(manifest.release) on \(manifest.assembly), suppressed after the policy "
      + "\(manifest.policyName)"
  }

  /// `/service-info` (GA4GH service info 1.0.0).
  func serviceInfo() -> JSONValue {
    [
      "id": .string(configuration.id), "name": .string(configuration.name),
      "type": ["group": "org.ga4gh", "artifact": "beacon", "version": .string(BeaconVersion.api)],
      "description": .string(description),
      "organization": [
        "name": .string(configuration.organization.name), "url": .string(configuration.organization.url),
      ],
      "createdAt": .string(manifest.created + "T00:00:00Z"), "updatedAt": .string(manifest.created + "T00:00:00Z"),
      "environment": .string(configuration.environment.rawValue), "version": .string(configuration.version),
    ]
  }

  /// `/configuration` (beaconConfigurationResponse.json).
  func configurationAnswer() -> JSONValue {
    [
      "meta": informationMeta("beacon-configuration-v2.0.0"),
      "response": [
        "$schema": .string(Self.framework + "configuration/beaconConfigurationSchema.json"),
        "maturityAttributes": ["productionStatus": .string(configuration.environment.productionStatus)],
        "securityAttributes": [
          "defaultGranularity": "boolean",
          "securityLevels": gatekeeper.isPublic ? ["PUBLIC", "CONTROLLED"] : ["CONTROLLED"],
        ],
        "entryTypes": entryTypes,
      ],
    ]
  }

  private var entryTypes: JSONValue { .object(EntryType.allCases.map { .init($0.id, $0.definition) }) }

  /// `/entry_types` (beaconEntryTypesResponse.json).
  func entryTypesAnswer() -> JSONValue {
    ["meta": informationMeta("beacon-entry-types-v2.0.0"), "response": ["entryTypes": entryTypes]]
  }

  /// `/map` (beaconMapResponse.json).
  func mapAnswer() -> JSONValue {
    let base = configuration.baseURL
    return [
      "meta": informationMeta("beacon-map-v2.0.0"),
      "response": [
        "$schema": .string(Self.framework + "configuration/beaconMapSchema.json"),
        "endpointSets": [
          "genomicVariant": [
            "entryType": "genomicVariant", "rootUrl": .string(base + "/g_variants"),
            "singleEntryUrl": .string(base + "/g_variants/{id}"),
            "openAPIEndpointsDefinition": .string(Self.model + "genomicVariations/endpoints.json"),
          ],
          "dataset": [
            "entryType": "dataset", "rootUrl": .string(base + "/datasets"),
            "singleEntryUrl": .string(base + "/datasets/{id}"),
            "openAPIEndpointsDefinition": .string(Self.model + "datasets/endpoints.json"),
          ],
        ],
      ],
    ]
  }

  /// `/filtering_terms` (beaconFilteringTermsResponse.json): the indications of the release, where its policy has them.
  func filteringTerms() -> JSONValue {
    let codes = database.indications
    var terms: [JSONValue] = codes.map {
      [
        "id": .string("indication:\($0)"), "type": "custom", "label": .string("Seen in the clinical indication \($0)"),
        "scopes": ["genomicVariant"],
      ]
    }
    if !codes.isEmpty {
      terms.append(
        [
          "id": "indication", "type": "alphanumeric", "label": "Clinical indication",
          "values": .array(codes.map(JSONValue.string)), "scopes": ["genomicVariant"],
        ])
    }
    return [
      "meta": informationMeta("beacon-filtering-terms-v2.0.0"),
      "response": ["filteringTerms": .array(terms), "resources": []],
    ]
  }

  /// `/datasets` and `/datasets/{id}` (beaconCollectionsResponse.json).
  func datasets(id: String?, _ request: BeaconRequest) throws(RequestFault) -> JSONValue {
    guard id ?? datasetID == datasetID else { throw RequestFault(404, "there is one dataset, \(datasetID)") }
    let timestamp = manifest.created + "T00:00:00Z"
    return [
      "meta": meta(request, returned: .boolean, entry: .dataset), "responseSummary": ["exists": true],
      "response": [
        "collections": [
          [
            "id": .string(datasetID), "name": .string("Release \(manifest.release)"),
            "description": .string(description), "version": .string(manifest.release),
            "createDateTime": .string(timestamp), "updateDateTime": .string(timestamp),
            "info": [
              "assembly": .string(manifest.assembly), "policy": .string(manifest.policyName),
              "notices": .array(manifest.notices.map(JSONValue.string)),
              "supersedes": .array(manifest.supersedes.map(JSONValue.string)),
            ],
          ]
        ]
      ],
    ]
  }

  /// The identifier of the one dataset.
  var datasetID: String { "apus-release-\(manifest.release)" }

  private static let framework = "https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/framework/json/"
  private static let model =
    "https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/models/json/beacon-v2-default-model/"
}
