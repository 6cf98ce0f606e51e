import Genomics

/// One contribution's table: rows of bytes by number, all of them derived from that contribution alone.
///
/// A table a person, because pages of an SQLite table are nobody else's: the table is written in ascending order, which
/// is the fastest that SQLite knows, and dropping it overwrites every page with zeros (`secure_delete`), copies that the
/// balancing of pages left behind included. In a table that people share, such copies stay on the pages of others.
enum PersonTable {
  /// What a row holds; its number is the row's highest byte.
  enum Kind: Int, CaseIterable {
    /// What annotation and tiers say of alleles, a label a line; alleles name them by number.
    case labels = 1
    /// Callable stretches and alleles of a bin of a contig.
    case block = 2
    /// Where alleles stand, by the first bits of their VRS identifiers.
    case vrs = 3
    /// In which labels and bins a gene stands, by the gene's names.
    case gene = 4
    /// The alleles that have a tier, with it: few.
    case tier = 5
  }

  /// Bases of a bin, as a power of two. A genome of 5 million alleles has 212 in each.
  static let binBits = 17
  /// Buckets of genes.
  static let geneBuckets = 1 << 12

  static func name(_ contribution: Int64) -> String { "person_\(contribution)" }

  static func create(_ contribution: Int64) -> String {
    "CREATE TABLE \(name(contribution)) (id INTEGER PRIMARY KEY, data BLOB NOT NULL)"
  }

  static func key(_ kind: Kind, _ number: Int = 0) -> Int64 { Int64(kind.rawValue) << 56 | Int64(number) }

  /// The key of a contig's bin.
  /// - Parameter rank: the contig's place by its digest's letters.
  static func key(rank: Int, bin: Int) -> Int64 { key(.block, rank << 24 | bin) }

  /// The keys of all bins of a contig.
  static func keys(rank: Int) -> Range<Int64> { key(rank: rank, bin: 0)..<key(rank: rank + 1, bin: 0) }

  /// The contig and bin of a block's key.
  static func place(of key: Int64) -> (rank: Int, bin: Int) {
    (Int(key >> 24) & 0xFFFF_FFFF, Int(key) & 0xFF_FFFF)
  }

  /// FNV-1a of a gene's name without regard to the case of ASCII letters, as SQLite's NOCASE.
  static func bucket(ofGene name: String) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in name.utf8 { hash = (hash ^ UInt32(GeneName.folded(byte))) &* 0x0100_0193 }
    return Int(hash) & (geneBuckets - 1)
  }
}

extension GeneName {
  static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 32 : byte
  }

  /// Whether the name is the gene's identifier, or its symbol in either case.
  func isNamed(_ name: String) -> Bool {
    id == name || (!symbol.isEmpty && symbol.utf8.elementsEqual(name.utf8) { Self.folded($0) == Self.folded($1) })
  }
}

/// A base's contigs by the order of their digests' letters, in which blocks are stored.
struct ContigRanks {
  /// The contigs in the order of ranks.
  let entries: [ReferenceContigs.Entry]
  private let ranks: [RefgetDigest: Int]

  init(_ reference: ReferenceContigs) {
    // Two contigs of one sequence have one rank: an allele is of the sequence.
    var seen: Set<RefgetDigest> = []
    entries = reference.contigs.filter { seen.insert($0.digest).inserted }
      .sorted { $0.digest.sha512t24u < $1.digest.sha512t24u }
    ranks = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.digest, $0) })
  }

  subscript(_ digest: RefgetDigest) -> Int? { ranks[digest] }
}
