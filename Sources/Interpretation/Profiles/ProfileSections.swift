import Genomics

extension KnownRule {
  init(_ given: ProfileKeys, _ datasets: [FrequencyDataset]) throws(InputError) {
    var keys = given
    significances = try keys.texts("significances")
    conflicts = try keys.texts("conflicts")
    reviewStatuses = try keys.texts("reviewStatuses")
    let dataset = try keys.text("dataset")
    let population = try keys.text("population")
    guard datasets.contains(where: { $0.id == dataset && $0.rows.contains { $0.population == population } }) else {
      throw keys.fault("\(dataset) \(population) is none of the datasets")
    }
    frequency = FrequencyKey(dataset, population)
    below = try keys.number("below")
    conflictPathogenicAtLeast = try keys.optionalNumber("conflictPathogenicAtLeast").map { Int($0) }
    conflictBenignAtMost = try keys.optionalNumber("conflictBenignAtMost").map { Int($0) }
    matchesProteinOfMNV = try keys.flag("matchesProteinOfMNV")
    sources = KnownSource(
      sources: try keys.texts("sources"), significance: try keys.text("significanceField"),
      reviewStatus: try keys.text("reviewStatusField"), conflicting: try keys.text("conflictingField"))
    try keys.end()
  }
}

extension DeNovoRule {
  init(_ given: ProfileKeys) throws(InputError) {
    var keys = given
    depth = try keys.count("depth")
    quality = try keys.count("quality")
    parentalReads = try keys.count("parentalReads")
    // Each parent has no such reads or more: 0 would call every variant a mosaic.
    guard parentalReads > 0 else { throw keys.fault("parentalReads is 0") }
    try keys.end()
  }
}

extension MitochondrialRule {
  init(_ given: ProfileKeys) throws(InputError) {
    var keys = given
    depth = try keys.count("depth")
    level = try keys.number("level")
    guard level <= 1 else { throw keys.fault("level is a fraction, at most 1") }
    try keys.end()
  }
}

extension StructuralRule {
  init(_ given: ProfileKeys) throws(InputError) {
    var keys = given
    length = try keys.count("length")
    twoCallersBelow = try keys.count("twoCallersBelow")
    reciprocalOverlap = try keys.number("reciprocalOverlap")
    lossFrequency = try keys.number("lossFrequency")
    gainFrequency = try keys.number("gainFrequency")
    dataset = try keys.text("dataset")
    try keys.end()
  }
}
