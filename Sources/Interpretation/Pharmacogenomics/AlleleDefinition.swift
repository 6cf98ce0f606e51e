public import Genomics

/// A position whose bases define named alleles of a gene, as the definitions write it (VCF conventions, left-aligned).
public struct DefiningPosition: Sendable, Hashable {
  /// The contig, as the definitions name it (`chr10`).
  public var contig: String
  /// POS, counted from 1.
  public var position: OneBasedPosition
  /// The dbSNP identifier, where there is one.
  public var rsid: String?
  /// REF, in capitals.
  public var reference: String
  /// Every documented ALT, in capitals.
  public var alternates: [String]

  /// A position.
  public init(
    contig: String, position: OneBasedPosition, rsid: String? = nil, reference: String, alternates: [String]
  ) {
    self.contig = contig
    self.position = position
    self.rsid = rsid
    self.reference = reference
    self.alternates = alternates
  }

  /// The bases of REF, counted from 0, half-open.
  var span: Range<Int> { position.zeroBased.value..<(position.zeroBased.value + reference.utf8.count) }

  /// Whether REF and every ALT are single bases.
  var isSubstitution: Bool {
    reference.utf8.count == 1 && alternates.allSatisfy { $0.utf8.count == 1 }
  }
}

/// A named allele (`*2`): the bases that define it, a position each; nil is blank, which is "as the reference allele".
public struct NamedAllele: Sendable, Hashable {
  /// The name.
  public var name: String
  /// One entry a position of the gene, in their order: bases, an IUPAC letter, or nil for blank.
  public var bases: [String?]
  /// Whether it is the gene's reference allele.
  public var isReference: Bool
  /// Whether it is defined by a structural variant: bases cannot show it.
  public var isStructural: Bool

  /// An allele.
  public init(name: String, bases: [String?], isReference: Bool = false, isStructural: Bool = false) {
    self.name = name
    self.bases = bases
    self.isReference = isReference
    self.isStructural = isStructural
  }
}

/// The named alleles of one gene.
public struct GeneDefinition: Sendable, Hashable {
  /// The gene's symbol.
  public var gene: String
  /// Who defines (`CLINPGX`).
  public var source: String
  /// The definitions' version, as its publisher writes it.
  public var version: String
  /// The assembly that positions are of (`GRCh38.p14`).
  public var genomeBuild: String
  /// The chromosome, as the definitions name it.
  public var chromosome: String
  /// The defining positions.
  public var positions: [DefiningPosition]
  /// The alleles; one of them is the reference.
  public var alleles: [NamedAllele]
  /// The core allele that a suballele is reported as (`*45.001` → `*45`).
  public var coreNames: [String: String]

  /// A definition whose parts fit together.
  /// - Throws: `Fault` that names the gene and what does not fit.
  public init(
    gene: String, source: String, version: String, genomeBuild: String, chromosome: String,
    positions: [DefiningPosition], alleles: [NamedAllele], coreNames: [String: String] = [:]
  ) throws(Fault) {
    self.gene = gene
    self.source = source
    self.version = version
    self.genomeBuild = genomeBuild
    self.chromosome = chromosome
    self.positions = positions
    self.alleles = alleles
    self.coreNames = coreNames
    if let fault { throw fault }
  }

  /// What does not fit in a definition.
  public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The gene, and what is wrong, as a clause.
    public var description: String
  }

  /// The reference allele.
  var reference: NamedAllele { alleles[alleles.firstIndex { $0.isReference } ?? 0] }

  /// The base or bases that a blank stands for: the reference allele's; where that is an IUPAC letter, REF.
  func defaultBases(at place: Int) -> String {
    guard let bases = reference.bases[place], !IUPAC.isAmbiguous(bases) else { return positions[place].reference }
    return bases
  }

  private var fault: Fault? {
    func wrong(_ what: String) -> Fault { Fault(description: "\(gene): \(what)") }
    guard !gene.isEmpty, !positions.isEmpty else { return wrong("the definition has no gene or no positions") }
    guard Set(positions.map(\.position)).count == positions.count else { return wrong("a position stands twice") }
    let letters = Set("ACGT".utf8)
    for place in positions {
      let all = [place.reference] + place.alternates
      guard place.position.value > 0, Set(all).count == all.count,
        all.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(letters.contains) })
      else { return wrong("position \(place.position) has alleles that are not distinct bases") }
      guard place.contig == chromosome else { return wrong("position \(place.position) is on another chromosome") }
    }
    guard Set(alleles.map(\.name)).count == alleles.count else { return wrong("an allele stands twice") }
    let references = alleles.filter(\.isReference)
    guard references.count == 1 else { return wrong("\(references.count) alleles are the reference, and one must be") }
    for allele in alleles {
      guard allele.bases.count == positions.count else {
        return wrong("\(allele.name) has \(allele.bases.count) positions, the gene \(positions.count)")
      }
      for (bases, place) in zip(allele.bases, positions) {
        guard let bases else {
          if allele.isReference { return wrong("the reference allele is blank at \(place.position)") }
          continue
        }
        guard bases == place.reference || place.alternates.contains(bases) || IUPAC.isAmbiguous(bases) else {
          return wrong("\(allele.name) has \(bases) at \(place.position), which is neither REF nor ALT")
        }
      }
      if !allele.isStructural, allele.bases.allSatisfy({ $0 == nil }) { return wrong("\(allele.name) defines nothing") }
    }
    return nil
  }
}

/// Letters that stand for several bases (IUPAC-IUB 1984; definitions call them wobbles).
enum IUPAC {
  private static let sets: [String: String] = [
    "R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT", "M": "AC", "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG",
    "N": "ACGT",
  ]

  /// Whether the text is one letter for several bases.
  static func isAmbiguous(_ text: String) -> Bool { sets[text] != nil }

  /// Whether bases are what a definition says.
  static func matches(_ definition: String, _ bases: String) -> Bool {
    if definition == bases { return true }
    guard bases.utf8.count == 1, let set = sets[definition] else { return false }
    return set.contains(bases)
  }
}

/// The order in which names are written: runs of digits by their value (`*2` before `*10`), the rest by its letters.
func precedesNaturally(_ a: String, _ b: String) -> Bool {
  var (x, y) = (Substring(a), Substring(b))
  while let first = x.first, let second = y.first {
    if first.isASCII, first.isNumber, second.isASCII, second.isNumber {
      let (left, right) = (x.prefix { $0.isASCII && $0.isNumber }, y.prefix { $0.isASCII && $0.isNumber })
      let (m, n) = (left.drop { $0 == "0" }, right.drop { $0 == "0" })
      if m != n { return m.count == n.count ? m < n : m.count < n.count }
      if left.count != right.count { return left.count < right.count }
      x = x[left.endIndex...]
      y = y[right.endIndex...]
    } else {
      if first != second { return first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars) }
      x.removeFirst()
      y.removeFirst()
    }
  }
  return x.isEmpty && !y.isEmpty
}
