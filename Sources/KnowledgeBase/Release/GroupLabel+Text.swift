extension GroupLabel {
  /// What the ledger keeps of a label that a later one may follow from: `C lower upper everybody`, `G` and both
  /// stretches, or `U` where only the site is told; then the stretch of people known. nil where nothing can follow.
  var text: String? {
    guard isWellKnown else { return nil }
    switch allele {
    case .fewer, .some: return nil
    case .untold: return "U \(known.lowerBound) \(known.upperBound)"
    case .copies(let stretch, let isEverybody):
      return
        "C \(stretch.lowerBound) \(stretch.upperBound) \(isEverybody ? 1 : 0) \(known.lowerBound) \(known.upperBound)"
    case .genotypes(let het, let hom):
      return
        "G \(het.lowerBound) \(het.upperBound) \(hom.lowerBound) \(hom.upperBound) \(known.lowerBound) \(known.upperBound)"
    }
  }

  /// Reads what `text` writes; nil for anything else.
  init?(text: String) {
    let parts = text.split(separator: " ")
    let numbers = parts.dropFirst().compactMap { Int($0) }
    guard numbers.count == parts.count - 1, let kind = parts.first,
      let lower = numbers.dropLast().last, let upper = numbers.last, lower <= upper
    else { return nil }
    known = lower...upper
    isWellKnown = true
    switch (kind, numbers.count) {
    case ("U", 2): allele = .untold
    case ("C", 5) where numbers[0] <= numbers[1]:
      allele = .copies(numbers[0]...numbers[1], isEverybody: numbers[2] == 1)
    case ("G", 6) where numbers[0] <= numbers[1] && numbers[2] <= numbers[3]:
      allele = .genotypes(het: numbers[0]...numbers[1], hom: numbers[2]...numbers[3])
    default: return nil
    }
  }
}
