import Genomics

/// A person's alleles, by contig digest, place, reference and alternate, each once.
///
/// They are kept packed, as in the base, and unpacked as they are read: a genome has five million of them.
public struct ObservationList: Sendable, Sequence {
  /// The alleles of one contig.
  private struct Part: Sendable {
    let contig: RefgetDigest
    var bytes: [UInt8]
    var count = 0
  }

  private var parts: [Part] = []
  private var labels: [AlleleLabel] = []
  private var labelNumbers: [AlleleLabel: Int] = [:]
  /// How many alleles stood more than once, beyond the first of each.
  private(set) var repeated = 0

  init() {}

  /// The number of alleles.
  public var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The contigs that have alleles, by their digests' letters.
  var contigs: [RefgetDigest] { parts.map(\.contig) }

  /// Adds alleles of one contig, in any order; of an allele that stands twice, the one whose genotype sorts first.
  mutating func add(_ observations: [Contribution.Observation], of contig: RefgetDigest) {
    guard !observations.isEmpty else { return }
    var all = observations
    if let index = parts.firstIndex(where: { $0.contig == contig }) {
      all += Array(ObservationList(parts: [parts[index]], labels: labels))
      parts.remove(at: index)
    }
    Self.sort(&all)
    precondition((all.first?.start ?? 0) >= 0, "an allele begins before its contig")
    var packer = ObservationPacker(from: 0)
    var count = 0
    var last: Contribution.Observation?
    for one in all {
      if let last, last.isOfSameAllele(as: one) {
        repeated += 1
        continue
      }
      packer.add(one, label: number(of: AlleleLabel(genes: one.genes, tier: one.tier)))
      count += 1
      last = one
    }
    let place = parts.firstIndex { $0.contig.sha512t24u > contig.sha512t24u } ?? parts.count
    parts.insert(Part(contig: contig, bytes: packer.bytes, count: count), at: place)
  }

  /// Files are sorted by place; then alleles of one place alone are out of order.
  private static func sort(_ all: inout [Contribution.Observation]) {
    guard zip(all, all.dropFirst()).allSatisfy({ $0.start <= $1.start }) else { return all.sort { $0.isBefore($1) } }
    var first = 0
    while first < all.count {
      var end = first + 1
      while end < all.count, all[end].start == all[first].start { end += 1 }
      if end - first > 1 { all[first..<end].sort { $0.isBefore($1) } }
      first = end
    }
  }

  private init(parts: [Part], labels: [AlleleLabel]) {
    self.parts = parts
    self.labels = labels
  }

  /// 0 is none; the labels are few, and stand in a table.
  private mutating func number(of label: AlleleLabel) -> Int {
    if label.isEmpty { return 0 }
    if let number = labelNumbers[label] { return number }
    labels.append(label)
    labelNumbers[label] = labels.count
    return labels.count
  }

  /// Reads the alleles in order.
  public struct Iterator: IteratorProtocol {
    private let list: ObservationList
    private var part = 0
    private var buffer: [Contribution.Observation] = []
    private var position = 0
    private var offset = 0
    private var start = 0
    private var label = 0

    fileprivate init(_ list: ObservationList) { self.list = list }

    /// The next allele; nil behind the last.
    public mutating func next() -> Contribution.Observation? {
      if position == buffer.count { fill() }
      guard position < buffer.count else { return nil }
      defer { position += 1 }
      return buffer[position]
    }

    /// Unpacks some thousand alleles at a time.
    private mutating func fill() {
      buffer.removeAll(keepingCapacity: true)
      position = 0
      while part < list.parts.count, offset == list.parts[part].bytes.count {
        part += 1
        (offset, start, label) = (0, 0, 0)
      }
      guard part < list.parts.count else { return }
      let one = list.parts[part]
      one.bytes.withUnsafeBytes { bytes in
        var unpacker = ObservationUnpacker(ByteReader(bytes, at: offset), one.contig, from: start, label: label)
        while !unpacker.isAtEnd, buffer.count < 4096 {
          guard var entry = try? unpacker.next() else { preconditionFailure("packed alleles cannot be read") }
          if entry.label > 0 {
            let label = list.labels[entry.label - 1]
            (entry.observation.genes, entry.observation.tier) = (label.genes, label.tier)
          }
          (start, label) = (entry.observation.start, entry.label)
          buffer.append(entry.observation)
        }
        offset = unpacker.offset
      }
    }
  }

  /// Reads the alleles in order.
  public func makeIterator() -> Iterator { Iterator(self) }
}

extension ObservationList: Hashable {
  /// Whether both hold the same alleles; how they are packed does not matter.
  public static func == (one: ObservationList, other: ObservationList) -> Bool {
    one.count == other.count && one.elementsEqual(other)
  }

  /// Hashes the number of alleles on each contig.
  public func hash(into hasher: inout Hasher) {
    for part in parts {
      hasher.combine(part.contig)
      hasher.combine(part.count)
    }
  }
}

extension Contribution.Observation {
  fileprivate func isOfSameAllele(as other: Self) -> Bool {
    start == other.start && reference == other.reference && alternate == other.alternate
  }

  /// The order on one contig: bytes decide, as in the canonical serialisation.
  fileprivate func isBefore(_ other: Self) -> Bool {
    if start != other.start { return start < other.start }
    if reference != other.reference { return reference < other.reference }
    if alternate != other.alternate { return alternate < other.alternate }
    let (own, others) = (genotype.text, other.genotype.text)
    return (own, genes?.text ?? ".", tier ?? ".", form.text)
      < (others, other.genes?.text ?? ".", other.tier ?? ".", other.form.text)
  }
}
