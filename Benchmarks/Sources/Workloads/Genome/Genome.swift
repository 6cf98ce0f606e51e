/// How many copies of a contig a person has.
public enum Inheritance: Sendable {
  case autosome, x, y, mitochondrial

  /// By the contig's name, with or without `chr`.
  public static func of(contig name: String) -> Inheritance {
    switch name.hasPrefix("chr") ? String(name.dropFirst(3)) : name {
    case "X": .x
    case "Y": .y
    case "M", "MT": .mitochondrial
    default: .autosome
    }
  }
}

/// A contig's name and length in bases.
public struct ContigSpecification: Sendable {
  /// As in the FASTA.
  public var name: String
  /// Bases.
  public var length: Int

  /// Makes a specification of `length` bases.
  public init(name: String, length: Int) {
    self.name = name
    self.length = length
  }

  /// Parses `20:5000000,X:1000000`; `k` and `M` stand for thousands and millions of bases.
  public static func parse(list: String) throws(WorkloadError) -> [ContigSpecification] {
    var contigs: [ContigSpecification] = []
    for part in list.split(separator: ",") {
      let fields = part.split(separator: ":")
      guard fields.count == 2, let length = parseSize(fields[1]), length >= 500 else {
        throw WorkloadError("\(part): a contig is NAME:LENGTH, at least 500 bases")
      }
      contigs.append(ContigSpecification(name: String(fields[0]), length: length))
    }
    guard !contigs.isEmpty else { throw WorkloadError("no contigs given") }
    guard Set(contigs.map(\.name)).count == contigs.count else {
      throw WorkloadError("\(list): a contig is named twice")
    }
    return contigs
  }

  /// Bases written as `1500`, `30k` or `5M`.
  public static func parseSize(_ text: some StringProtocol) -> Int? {
    switch text.last {
    case "k": Int(text.dropLast()).map { $0 * 1000 }
    case "M": Int(text.dropLast()).map { $0 * 1_000_000 }
    default: Int(text)
    }
  }

  /// A genome of about `total` bases: one autosome, X, Y and MT, all small.
  public static func standard(total: Int) -> [ContigSpecification] {
    [
      ContigSpecification(name: "20", length: max(20_000, total * 80 / 100)),
      ContigSpecification(name: "X", length: max(6_000, total * 15 / 100)),
      ContigSpecification(name: "Y", length: max(2_000, total * 4 / 100)),
      ContigSpecification(name: "MT", length: min(16_569, max(1_000, total / 100))),
    ]
  }
}

/// One sequence. Positions are 0-based.
public struct Contig: Sendable {
  /// As in the FASTA.
  public var name: String
  /// ASCII: upper case, lower case where a repeat is masked, N where unknown.
  public var bases: [UInt8]
  /// The runs without N, 0-based half-open, ascending: where genes, variants and reads can be.
  public var known: [Range<Int>]

  /// Makes a contig and finds its known runs.
  public init(name: String, bases: [UInt8]) {
    self.name = name
    self.bases = bases
    known = []
    var start: Int?
    for i in bases.indices {
      if DNA.upper(bases[i]) == DNA.n {
        if let open = start { known.append(open..<i) }
        start = nil
      } else if start == nil {
        start = i
      }
    }
    if let open = start { known.append(open..<bases.count) }
  }

  /// Autosome, X, Y or mitochondrial, by name.
  public var inheritance: Inheritance { Inheritance.of(contig: name) }

  /// The upper-case base at a 0-based position.
  @inline(__always)
  public func base(_ position: Int) -> UInt8 { DNA.upper(bases[position]) }
}

/// The reference genome of a workload, in memory.
public struct Genome: Sendable {
  /// In the order of the FASTA and of every header.
  public var contigs: [Contig]

  /// Makes a genome from its contigs.
  public init(contigs: [Contig]) {
    self.contigs = contigs
  }

  /// Bases, N included.
  public var length: Int { contigs.reduce(0) { $0 + $1.bases.count } }
}
