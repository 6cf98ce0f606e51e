import Genomics

/// A contribution as the rows of its table, in ascending order of their keys: the same rows from the same content,
/// always.
struct PersonRows {
  private let contribution: Contribution
  private let ranks: ContigRanks

  /// Labels by number, from 1, in the order in which the alleles name them.
  private var labels: [AlleleLabel] = []
  private var numbers: [AlleleLabel: Int] = [:]
  private var places: [[(rest: Int, rank: Int, start: Int)]] = []
  private var bins: [Set<BinPlace>] = []
  private var tiered: [(rank: Int, allele: Contribution.Observation)] = []
  private var last: (label: AlleleLabel, place: BinPlace, number: Int)?
  /// Alleles that the annotation says nothing of.
  private(set) var unannotated = 0

  private struct BinPlace: Hashable, Comparable {
    var rank: Int
    var bin: Int
    static func < (a: Self, b: Self) -> Bool { (a.rank, a.bin) < (b.rank, b.bin) }
  }

  /// - Throws: `ByteReader.Damaged` for an allele on a contig that the reference does not have.
  init(_ contribution: Contribution) throws {
    self.contribution = contribution
    ranks = ContigRanks(contribution.reference)
    places = Array(repeating: [], count: 1 << 12)
    for contig in contribution.observations.contigs where ranks[contig] == nil { throw ByteReader.Damaged() }
    for contig in contribution.callable.keys where ranks[contig] == nil { throw ByteReader.Damaged() }
  }

  /// Writes every row. Labels come last, and are of a lower key: what is told of them is known at the end.
  mutating func write(_ row: (Int64, [UInt8]) throws -> Void) throws {
    var blocks: [(key: Int64, bytes: [UInt8])] = []
    packBlocks { blocks.append(($0, $1)) }
    try writeLabels(row)
    for block in blocks { try row(block.key, block.bytes) }
    blocks.removeAll()
    try writeIdentifiers(row)
    try writeGenes(row)
    if !tiered.isEmpty {
      var bytes: [UInt8] = []
      for (rank, allele) in tiered {
        bytes.pack(rank)
        bytes.pack(allele.start)
        for text in [allele.reference, allele.alternate, allele.tier ?? ""] { bytes.pack(text) }
      }
      try row(PersonTable.key(.tier), bytes)
    }
  }

  private mutating func packBlocks(_ block: (Int64, [UInt8]) -> Void) {
    var iterator = contribution.observations.makeIterator()
    var next = iterator.next()
    for (rank, entry) in ranks.entries.enumerated() {
      let ranges = contribution.callable[entry.digest]?.ranges ?? []
      guard !ranges.isEmpty || next?.contig == entry.digest else { continue }
      var hasher = VRSHasher(entry.digest)
      var range = 0
      var bin = 0
      while true {
        // The next bin that holds anything.
        let own = next.flatMap { $0.contig == entry.digest ? $0.start >> PersonTable.binBits : nil }
        let covered =
          range < ranges.count ? max(bin, ranges[range].lowerBound >> PersonTable.binBits) : nil
        guard let first = [own, covered].compactMap({ $0 }).min() else { break }
        bin = first
        let (low, high) = (bin << PersonTable.binBits, (bin + 1) << PersonTable.binBits)
        var packer = ObservationPacker(from: low, after: Self.head(ranges, &range, low..<high))
        while let one = next, one.contig == entry.digest, one.start < high {
          packer.add(one, label: number(one, BinPlace(rank: rank, bin: bin)))
          let key = hasher.key(one)
          places[key.bucket].append((key.rest, rank, one.start))
          if one.tier != nil { tiered.append((rank, one)) }
          next = iterator.next()
        }
        block(PersonTable.key(rank: rank, bin: bin), packer.bytes)
        bin += 1
      }
    }
  }

  /// The callable stretches of a bin: their number, then the distance from the last one's end and the length of each.
  private static func head(_ ranges: [Range<Int>], _ next: inout Int, _ bin: Range<Int>) -> [UInt8] {
    var inside: [Range<Int>] = []
    while next < ranges.count, ranges[next].lowerBound < bin.upperBound {
      inside.append(ranges[next].clamped(to: bin))
      // One that goes on beyond the bin is looked at again.
      if ranges[next].upperBound > bin.upperBound { break }
      next += 1
    }
    var bytes: [UInt8] = []
    bytes.pack(inside.count)
    var last = bin.lowerBound
    for range in inside {
      bytes.pack(range.lowerBound - last)
      bytes.pack(range.count)
      last = range.upperBound
    }
    return bytes
  }

  private mutating func number(_ one: Contribution.Observation, _ place: BinPlace) -> Int {
    if one.genes == nil { unannotated += 1 }
    let label = AlleleLabel(genes: one.genes, tier: one.tier)
    if label.isEmpty { return 0 }
    // Neighbours lie in the same genes.
    if let last, last.label == label, last.place == place { return last.number }
    let number: Int
    if let known = numbers[label] {
      number = known
    } else {
      labels.append(label)
      bins.append([])
      number = labels.count
      numbers[label] = number
    }
    bins[number - 1].insert(place)
    last = (label, place, number)
    return number
  }

  private func writeLabels(_ row: (Int64, [UInt8]) throws -> Void) rethrows {
    guard !labels.isEmpty else { return }
    var bytes: [UInt8] = []
    for label in labels {
      bytes.pack(label.genes?.text ?? ".")
      bytes.pack(label.tier ?? "")
    }
    try row(PersonTable.key(.labels), bytes)
  }

  private mutating func writeIdentifiers(_ row: (Int64, [UInt8]) throws -> Void) rethrows {
    for bucket in places.indices where !places[bucket].isEmpty {
      places[bucket].sort { $0 < $1 }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(places[bucket].count * 8)
      for place in places[bucket] {
        bytes.append(UInt8(place.rest >> 16))
        bytes.append(UInt8(place.rest >> 8 & 255))
        bytes.append(UInt8(place.rest & 255))
        bytes.pack(place.rank)
        bytes.pack(place.start)
      }
      try row(PersonTable.key(.vrs, bucket), bytes)
    }
  }

  /// A gene stands under its identifier and under its symbol: its name, the labels that hold it, the bins where they do.
  private func writeGenes(_ row: (Int64, [UInt8]) throws -> Void) rethrows {
    var holders: [GeneName: [Int]] = [:]
    for (index, label) in labels.enumerated() {
      for gene in label.genes?.genes ?? [] { holders[gene, default: []].append(index) }
    }
    var buckets: [Int: [GeneName]] = [:]
    for gene in holders.keys {
      let names = [gene.id, gene.symbol].filter { !$0.isEmpty }
      for bucket in Set(names.map(PersonTable.bucket)) { buckets[bucket, default: []].append(gene) }
    }
    for (bucket, genes) in buckets.sorted(by: { $0.key < $1.key }) {
      var bytes: [UInt8] = []
      for gene in genes.sorted() {
        let labels = holders[gene] ?? []
        bytes.pack(gene.text)
        bytes.pack(labels.count)
        for label in labels { bytes.pack(label + 1) }
        let places = labels.reduce(into: Set<BinPlace>()) { $0.formUnion(bins[$1]) }.sorted()
        bytes.pack(places.count)
        for place in places {
          bytes.pack(place.rank)
          bytes.pack(place.bin)
        }
      }
      try row(PersonTable.key(.gene, bucket), bytes)
    }
  }
}
