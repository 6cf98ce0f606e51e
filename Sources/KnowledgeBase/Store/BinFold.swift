import Genomics

/// Every allele at one place, and who carries it.
struct StoredSite {
  var contig: ReferenceContigs.Entry
  /// Interbase, from 0.
  var start: Int
  /// By reference, then alternate bases.
  var alleles: [StoredAllele]
}

/// One allele of a site.
struct StoredAllele {
  var reference: String
  var alternate: String
  /// The VRS 2.0 identifier.
  var vrs: String
  /// The genes of everybody whose annotation says something of the allele; nil where nobody's does, or they were not
  /// asked for.
  var genes: GeneSet?
  /// Who carries it, by place in the list of people, ascending.
  var carriers: [(person: Int, genotype: AlleleGenotype)]
  /// Whether it is one that was asked for, beside the others of its site.
  var isWanted = true
}

/// The blocks of one bin, unpacked and put together: sites with their carriers, and who is covered where.
struct BinFold {
  private let contig: ReferenceContigs.Entry
  private let low: Int
  private(set) var coverage: BinCoverage
  private var entries: [Entry] = []

  /// Chooses alleles by who carries them, by the number of the label there, and by themselves.
  typealias Choice = (_ person: Int, _ label: Int, _ observation: Contribution.Observation) -> Bool

  private struct Entry {
    var person: Int
    var label: Int
    var observation: Contribution.Observation
  }

  init(_ contig: ReferenceContigs.Entry, bin: Int, people: Int) {
    self.contig = contig
    low = bin << PersonTable.binBits
    coverage = BinCoverage(people: people)
  }

  /// Takes a person's block.
  /// - Parameter starts: the places that are asked for.
  mutating func add(_ bytes: UnsafeRawBufferPointer, person: Int, starts: Range<Int>) throws {
    var reader = ByteReader(bytes)
    coverage.stretches[person] = try Self.stretches(&reader, from: low, meeting: starts)
    var unpacker = ObservationUnpacker(reader, contig.digest, from: low)
    try unpacker.pass(before: starts.lowerBound)
    while !unpacker.isAtEnd, try unpacker.nextStart() < starts.upperBound {
      let entry = try unpacker.next()
      entries.append(Entry(person: person, label: entry.label, observation: entry.observation))
    }
  }

  /// The callable stretches that stand before a block's alleles.
  /// - Parameter places: those that are asked for; stretches without any of them are left out.
  static func stretches(
    _ reader: inout ByteReader, from low: Int, meeting places: Range<Int> = 0..<Int.max
  ) throws -> [Range<Int>] {
    var last = low
    let count = try reader.number()
    // Each takes two bytes or more.
    guard count <= 1 << PersonTable.binBits else { throw ByteReader.Damaged() }
    var stretches: [Range<Int>] = []
    if places.count > 1 << PersonTable.binBits { stretches.reserveCapacity(count) }
    for _ in 0..<count {
      let start = last + (try reader.distance())
      let length = try reader.number()
      guard length > 0, length <= 1 << PersonTable.binBits, start < low + 1 << PersonTable.binBits else {
        throw ByteReader.Damaged()
      }
      last = start + length
      if last > places.lowerBound, start < places.upperBound { stretches.append(start..<last) }
    }
    return stretches
  }

  /// The sites, ascending.
  /// - Parameters:
  ///   - keeps: whether an allele that somebody carries is wanted, by the person, the label's number and itself. Sites
  ///     without one are left out; of others every allele is told, and every carrier.
  ///   - genes: the genes of a person's label; nil where genes are not wanted.
  mutating func sites(
    where keeps: Choice? = nil, genes: ((_ person: Int, _ label: Int) -> GeneSet?)?,
    _ body: (StoredSite) throws -> Void
  ) rethrows {
    let wanted = keeps.map { keeps in
      Set(entries.filter { keeps($0.person, $0.label, $0.observation) }.map(\.observation.start))
    }
    // What is not told need not be put in order.
    if let wanted { entries.removeAll { !wanted.contains($0.observation.start) } }
    entries.sort { a, b in
      if a.observation.start != b.observation.start { return a.observation.start < b.observation.start }
      if a.observation.reference != b.observation.reference { return a.observation.reference < b.observation.reference }
      if a.observation.alternate != b.observation.alternate { return a.observation.alternate < b.observation.alternate }
      return a.person < b.person
    }
    var hasher = VRSHasher(contig.digest)
    var first = 0
    while first < entries.count {
      let start = entries[first].observation.start
      var end = first
      while end < entries.count, entries[end].observation.start == start { end += 1 }
      defer { first = end }
      try body(StoredSite(contig: contig, start: start, alleles: alleles(first..<end, keeps, genes, &hasher)))
    }
  }

  private func alleles(
    _ range: Range<Int>, _ keeps: Choice?, _ genes: ((Int, Int) -> GeneSet?)?,
    _ hasher: inout VRSHasher
  ) -> [StoredAllele] {
    var alleles: [StoredAllele] = []
    var names: Set<GeneName>?
    var stated: String?
    func settle() {
      guard let last = alleles.indices.last else { return }
      alleles[last].genes = names.map { GeneSet($0) }
      names = nil
    }
    for index in range {
      let one = entries[index].observation
      let isSame =
        alleles.last.map { $0.reference == one.reference && $0.alternate == one.alternate } ?? false
      if !isSame {
        settle()
        stated = hasher.identifier(one)
        alleles.append(
          StoredAllele(
            reference: one.reference, alternate: one.alternate, vrs: stated ?? "", genes: nil, carriers: [],
            isWanted: keeps == nil))
      } else if case .stated(let text) = one.form, text < stated ?? "" {
        // Where two name one allele in two ways, the answer does not depend on who came first.
        stated = text
        alleles[alleles.count - 1].vrs = text
      }
      alleles[alleles.count - 1].carriers.append((entries[index].person, one.genotype))
      if let keeps, keeps(entries[index].person, entries[index].label, one) {
        alleles[alleles.count - 1].isWanted = true
      }
      if let set = genes?(entries[index].person, entries[index].label) {
        names = (names ?? []).union(set.genes)
      }
    }
    settle()
    return alleles
  }
}

/// Who is covered where in one bin.
struct BinCoverage {
  /// By place in the list of people; empty for those without a block.
  fileprivate(set) var stretches: [[Range<Int>]]

  init(people: Int) { stretches = Array(repeating: [], count: people) }

  /// Whether a person's callable stretches cover a place of the bin.
  func isCovered(_ person: Int, _ start: Int) -> Bool {
    let ranges = stretches[person]
    if ranges.count == 1 { return ranges[0].contains(start) }
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= start { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(start)
  }
}
