import GenomicFiles
import Genomics

/// Sites where people differ, with the frequency of the alternate allele: bi-allelic single-base variants of one
/// assembly. Two panels are equal when their digests are.
public struct SitePanel: Sendable, Hashable {
  /// One site.
  public struct Site: Sendable, Hashable {
    /// The base's place, counted from 0.
    public var position: Int
    /// REF: 0 to 3 for A, C, G, T.
    public var reference: UInt8
    /// ALT: 0 to 3 for A, C, G, T.
    public var alternate: UInt8
    /// The frequency of ALT, 0 to 1.
    public var frequency: Double

    /// A site.
    public init(position: Int, reference: UInt8, alternate: UInt8, frequency: Double) {
      self.position = position
      self.reference = reference
      self.alternate = alternate
      self.frequency = frequency
    }
  }

  /// One contig's sites.
  public struct ContigSites: Sendable {
    /// The contig's name as the file writes it.
    public var name: String
    /// Its length in bases, where the file's header declares it.
    public var length: Int?
    /// Its sites, by ascending position.
    public var sites: [Site]
    /// The index in the panel of its first site.
    public var firstIndex = 0
    /// The chromosome (`1` to `22`, `X`, `Y`, `MT`); nil for a contig of another name.
    public var chromosome: String? { ContigName.canonical(name) }

    /// One contig's sites, by ascending position.
    public init(name: String, length: Int? = nil, sites: [Site]) {
      self.name = name
      self.length = length
      self.sites = sites
    }
  }

  /// The file, for errors.
  public let path: String
  /// The contigs, chromosomes in their order, then others by name: a site's index does not depend on how the file
  /// orders or names its contigs.
  public let contigs: [ContigSites]
  /// SHA-256 of the sites (chromosome, position, alleles; not frequencies) in their order.
  public let digest: String
  /// Records that are no site, by reason.
  public let leftOut: [String: Int]

  /// The number of sites.
  public var count: Int { contigs.reduce(0) { $0 + $1.sites.count } }

  /// The most sites that are taken.
  public static let mostSites = 2_000_000

  static let bases = Array("ACGT".utf8)

  /// A panel of sites by contig, in any order.
  ///
  /// Two sites at one place are more than two alleles: both are left out.
  public init(path: String, contigs given: [ContigSites], leftOut given2: [String: Int] = [:]) {
    var leftOut = given2
    var contigs: [ContigSites] = []
    for var contig in given {
      let sorted = contig.sites.sorted { $0.position < $1.position }
      contig.sites = sorted.indices.filter { index in
        (index == 0 || sorted[index - 1].position != sorted[index].position)
          && (index + 1 == sorted.count || sorted[index + 1].position != sorted[index].position)
      }.map { sorted[$0] }
      if contig.sites.count < sorted.count {
        leftOut["sites-left-out-several-at-one-place", default: 0] += sorted.count - contig.sites.count
      }
      if !contig.sites.isEmpty { contigs.append(contig) }
    }
    contigs.sort { Self.order($0) < Self.order($1) }
    var text: [UInt8] = []
    var index = 0
    for number in contigs.indices {
      contigs[number].firstIndex = index
      index += contigs[number].sites.count
      let name = contigs[number].chromosome ?? contigs[number].name
      for site in contigs[number].sites {
        text += Array("\(name)\t\(site.position + 1)\t".utf8)
        text += [Self.bases[Int(site.reference)], 9, Self.bases[Int(site.alternate)], 10]
      }
    }
    self.path = path
    self.contigs = contigs
    digest = GenomicFiles.digest(ofBytes: text)
    self.leftOut = leftOut
  }

  private static func order(_ contig: ContigSites) -> (Int, String) {
    guard let chromosome = contig.chromosome else { return (99, contig.name) }
    return (Int(chromosome) ?? ["X": 23, "Y": 24, "MT": 25][chromosome] ?? 98, contig.name)
  }

  /// Whether two panels have the same sites and the same frequencies.
  public static func == (a: Self, b: Self) -> Bool {
    a.digest == b.digest && a.path == b.path
      && zip(a.contigs, b.contigs).allSatisfy { $0.name == $1.name && $0.sites == $1.sites }
  }

  /// By the digest.
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
