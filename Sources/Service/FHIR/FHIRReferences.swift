/// Resources by the names that others have for them.
struct FHIRReferences: Sendable {
  private var byName: [String: Int] = [:]
  /// Indices of resources whose `Type/id` stands twice with other content: neither is to be believed.
  private(set) var conflicting: Set<Int> = []
  private let resources: [FHIRResource]

  init(_ resources: [FHIRResource]) {
    self.resources = resources
    for (index, resource) in resources.enumerated() {
      if let id = resource.id {
        let name = "\(resource.type)/\(id)"
        if let other = byName[name] {
          if resources[other].body != resource.body { conflicting.formUnion([other, index]) }
        } else {
          byName[name] = index
        }
      }
      if let url = resource.fullURL { byName[url] = byName[url] ?? index }
    }
  }

  /// The index of what a reference names.
  func index(_ reference: String) -> Int? { byName[reference] ?? byName[FHIRIdentity.local(reference)] }

  /// What a reference of a resource names: among the others, or contained in it (`#id`).
  func resolve(_ reference: String, from resource: FHIRResource) -> FHIRResource? {
    if reference.hasPrefix("#") {
      let contained = (resource.body["contained"]?.elements ?? []).first {
        $0.text("id") == String(reference.dropFirst())
      }
      return contained.map { FHIRResource(file: resource.file, ordinal: resource.ordinal, fullURL: nil, body: $0) }
    }
    return index(reference).map { resources[$0] }
  }
}
