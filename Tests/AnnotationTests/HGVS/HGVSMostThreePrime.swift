import Testing

/// Checks by trying every other place that no name could be told further 3′.
enum HGVSMostThreePrime {
  /// One place further the genomic name would tell another allele.
  static func check(genomic name: HGVSReading, _ gene: HGVSGene, _ changed: [UInt8], _ context: String) {
    guard name.change == .deletion || name.change == .duplication else { return }
    var further = name
    further.start.number += 1
    further.end.number += 1
    #expect(
      further.applied(to: gene.genome, isReverse: false) { $0.number - 1 } != changed, "\(context) is not most 3′")
  }

  /// The place is the most 3′ of those in one exon; without any, of those in one intron; else of all in the transcript.
  static func check(
    coding name: HGVSReading, near position: Int, _ gene: HGVSGene, _ changed: [UInt8], _ context: String
  ) {
    guard name.change == .deletion || name.change == .duplication,
      let one = HGVSReading.position(name.start, gene), let other = HGVSReading.position(name.end, gene)
    else { return }
    let told = min(one, other)
    let length = abs(one - other) + 1
    let reach = 90
    let tried = max(0, position - reach)...min(gene.genome.count - length, position + reach)
    let places = tried.filter { place in
      var altered = gene.genome
      if name.change == .deletion {
        altered.removeSubrange(place..<(place + length))
      } else {
        altered.insert(contentsOf: gene.genome[place..<(place + length)], at: place + length)
      }
      return altered == changed
    }
    #expect(places.contains(told) || abs(told - position) >= reach - length, "\(context)")
    // A run that may go on behind what is tried is left to the other checks.
    guard places.first != tried.lowerBound, places.last != tried.upperBound else { return }
    let introns = zip(gene.exons, gene.exons.dropFirst()).map { $0.upperBound..<$1.lowerBound }
    let whole = gene.exons[0].lowerBound..<gene.exons[gene.exons.count - 1].upperBound
    func inside(_ ranges: [Range<Int>]) -> [Int] {
      places.filter { place in ranges.contains { $0.lowerBound <= place && place + length <= $0.upperBound } }
    }
    let best = [inside(gene.exons), inside(introns), inside([whole])].first { !$0.isEmpty }
    #expect((gene.isReverse ? best?.min() : best?.max()) == told, "\(context)")
  }

  /// One residue further a deletion or duplication would give another protein, and what is put in is no copy.
  static func check(protein text: String, _ reference: [Character], _ context: String) {
    guard let kind = ["del)", "dup)"].first(where: { text.hasSuffix($0) }) else { return }
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard let first = numbers.first, let last = numbers.last, last < reference.count else { return }
    func altered(_ start: Int, _ end: Int) -> [Character] {
      var protein = reference
      if kind == "del)" {
        protein.removeSubrange(start..<end)
      } else {
        protein.insert(contentsOf: reference[start..<end], at: end)
      }
      return protein
    }
    #expect(altered(first - 1, last) != altered(first, last + 1), "\(context)")
  }
}
