public import Genomics

/// A person's alleles, by contig digest, place, reference and alternate, each once.
///
/// They are kept packed, about 60 bytes each, and unpacked as they are read: a genome has five million of them.
public struct ObservationList: Sendable, Sequence {
  /// The alleles of one contig.
  private struct Part: Sendable {
    let contig: RefgetDigest
    var bytes: [UInt8] = []
    var count = 0
  }

  private var parts: [Part] = []
  private var sets: [GeneSet] = []
  private var setNumbers: [GeneSet: Int] = [:]
  /// How many alleles stood more than once, beyond the first of each.
  private(set) var repeated = 0

  init() {}

  /// The number of alleles.
  public var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// Adds alleles of one contig, in any order; of an allele that stands twice, the one whose genotype sorts first.
  mutating func add(_ observations: [Contribution.Observation], of contig: RefgetDigest) {
    guard !observations.isEmpty else { return }
    var all = observations
    if let index = parts.firstIndex(where: { $0.contig == contig }) {
      all += Array(ObservationList(parts: [parts[index]], sets: sets))
      parts.remove(at: index)
    }
    var part = Part(contig: contig)
    var last: Contribution.Observation?
    for one in all.sorted(by: { $0.isBefore($1) }) {
      if let last, last.isOfSameAllele(as: one) {
        repeated += 1
        continue
      }
      pack(one, into: &part)
      last = one
    }
    let place = parts.firstIndex { $0.contig.sha512t24u > contig.sha512t24u } ?? parts.count
    parts.insert(part, at: place)
  }

  private init(parts: [Part], sets: [GeneSet]) {
    self.parts = parts
    self.sets = sets
  }

  private mutating func pack(_ one: Contribution.Observation, into part: inout Part) {
    Self.pack(one.start, into: &part.bytes)
    for text in [one.reference, one.alternate, one.vrs, one.genotype.text] {
      Self.pack(text.utf8.count, into: &part.bytes)
      part.bytes += Array(text.utf8)
    }
    // 0 is none; the sets of genes are few, and stand in a table.
    Self.pack(one.genes.map { number(of: $0) + 1 } ?? 0, into: &part.bytes)
    part.count += 1
  }

  private mutating func number(of set: GeneSet) -> Int {
    if let number = setNumbers[set] { return number }
    setNumbers[set] = sets.count
    sets.append(set)
    return sets.count - 1
  }

  /// Seven bits a byte, the lowest first; the highest bit tells that more follow.
  private static func pack(_ number: Int, into bytes: inout [UInt8]) {
    var rest = UInt(bitPattern: number)
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Reads the alleles in order.
  public struct Iterator: IteratorProtocol {
    private let list: ObservationList
    private var part = 0
    private var offset = 0

    fileprivate init(_ list: ObservationList) { self.list = list }

    /// The next allele; nil behind the last.
    public mutating func next() -> Contribution.Observation? {
      while part < list.parts.count, offset == list.parts[part].bytes.count {
        part += 1
        offset = 0
      }
      guard part < list.parts.count else { return nil }
      let start = number()
      let (reference, alternate, vrs, genotype) = (text(), text(), text(), text())
      let set = number()
      guard let genotype = AlleleGenotype(genotype) else { preconditionFailure("a packed genotype is none") }
      return Contribution.Observation(
        contig: list.parts[part].contig, start: start, reference: reference, alternate: alternate, vrs: vrs,
        genotype: genotype, genes: set == 0 ? nil : list.sets[set - 1])
    }

    private mutating func number() -> Int {
      var (number, shift): (UInt, UInt) = (0, 0)
      while true {
        let byte = list.parts[part].bytes[offset]
        offset += 1
        number |= UInt(byte & 127) << shift
        shift += 7
        if byte < 128 { return Int(bitPattern: number) }
      }
    }

    private mutating func text() -> String {
      let count = number()
      offset += count
      return String(decoding: list.parts[part].bytes[(offset - count)..<offset], as: UTF8.self)
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

  /// The order on one contig.
  fileprivate func isBefore(_ other: Self) -> Bool {
    if start != other.start { return start < other.start }
    if reference != other.reference { return reference < other.reference }
    if alternate != other.alternate { return alternate < other.alternate }
    let (own, others) = (genotype.text, other.genotype.text)
    return (own, genes?.text ?? ".", vrs) < (others, other.genes?.text ?? ".", other.vrs)
  }
}
