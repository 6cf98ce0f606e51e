import Genomics
public import KnowledgeBase
public import Service

/// People with as many alleles as are asked for, half of them at places that everybody shares.
///
/// A tenth are insertions; half the genome lies in 25,000 genes; 98 % is callable, in stretches of 4,900 bases.
public struct SyntheticPeople {
  let reference: ReferenceContigs
  private let genes: [GeneSet]
  private let callable: [RefgetDigest: IntervalSet]
  private static let length = 130_000_000
  private static let bases = ["A", "C", "G", "T"]

  /// The genes' symbols.
  public var symbols: [String] { genes.compactMap { $0.genes.first?.symbol } }

  /// 25,000 genes, on all 23 contigs or the first few of them.
  public init(contigs: Int = 23) {
    let contigs = ((1...22).map(String.init) + ["X"]).prefix(contigs).compactMap { name in
      RefgetDigest(sha512t24u: sha512t24u(name.utf8)).map {
        ReferenceContigs.Entry(name: name, length: Self.length, digest: $0)
      }
    }
    reference = ReferenceContigs(assembly: .grch38, contigs: contigs)
    genes = (0..<25_000).map { number in
      GeneSet([GeneName(id: "ENSG\(10_000_000 + number)", symbol: "GENE\(number)")].compactMap { $0 })
    }
    let stretches = IntervalSet((0..<Self.length / 5000).map { ($0 * 5000)..<($0 * 5000 + 4900) })
    callable = Dictionary(uniqueKeysWithValues: contigs.map { ($0.digest, stretches) })
  }

  /// One person.
  /// - Throws: where the permission is refused, which it never is.
  public func person(_ number: Int, alleles: Int, key: PseudonymKey, today: CalendarDate) throws
    -> ConsentedContribution
  {
    let name = "SYN-\(number)"
    var own = Generator(state: UInt64(number + 1) << 32)
    var observations: [Contribution.Observation] = []
    observations.reserveCapacity(alleles)
    let each = max(1, alleles / reference.contigs.count)
    let step = Self.length / each
    let none = GeneSet([GeneName]())
    for (contigNumber, contig) in reference.contigs.enumerated() {
      for place in 0..<each {
        var shared = Generator(state: UInt64(contigNumber) << 40 | UInt64(place))
        let isShared = place % 2 == 0
        let start = place * step + Int((isShared ? shared.next() : own.next()) % UInt64(step))
        let base = Int((isShared ? shared.next() : own.next()) % 4)
        let gene = start / 60_000
        let isInsertion = place % 10 == 0
        let alternate = isInsertion ? Self.bases[base] + "ACGT" : Self.bases[(base + 1) % 4]
        observations.append(
          Contribution.Observation(
            contig: contig.digest, start: start, reference: Self.bases[base], alternate: alternate,
            form: isInsertion ? .justified((start + 1)..<(start + 4), .literal("ACGTACG")) : .literal,
            genotype: AlleleGenotype(own.next() % 3 == 0 ? [.this, .this] : [.reference, .this]),
            genes: gene % 2 == 0 ? genes[(contigNumber * 1090 + gene / 2) % genes.count] : none))
      }
    }
    let contribution = Contribution(
      pseudonym: key.pseudonym(of: name), sex: number % 2 == 0 ? .female : .male, reference: reference,
      filters: .standard, callabilityBasis: "depth>=10", callable: callable, annotation: "cache",
      observations: observations)
    var record = ConsentRecord(participant: name)
    record.form = "NGIS-ROD v4.03"
    (record.discussed, record.agreed, record.category) = ("yes", "yes", "adult")
    (record.date, record.signed, record.scope) = (today.description, true, ConsentRecord.researchScope)
    guard case .permit(let permission) = ConsentDecision(participant: name, record: record, today: today) else {
      throw PermissionError(.noConsent, "a synthetic record is not read as a yes")
    }
    return try ConsentedContribution(contribution, permission, key: key, decidedOn: today)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
public struct Generator: RandomNumberGenerator {
  private var state: UInt64

  /// A sequence of its own for each `state`.
  public init(state: UInt64) { self.state = state }

  /// The next of the sequence.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
