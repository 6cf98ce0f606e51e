/// The GA4GH refget digest of a sequence: SHA-512 of the upper-case bases, cut to 24 bytes, in base64url (32 letters).
///
/// Source: GA4GH refget 2.0, "Sequence digests"; the text form is `SQ.` followed by the digest.
public struct RefgetDigest: Sendable, Hashable, Codable {
  /// The 32 letters, without the `SQ.` prefix.
  public let sha512t24u: String

  /// Takes the 32 letters.
  /// - Returns: nil when they are not 32 letters of base64url.
  public init?(sha512t24u: String) {
    guard sha512t24u.utf8.count == 32,
      sha512t24u.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      })
    else { return nil }
    self.sha512t24u = sha512t24u
  }

  /// The identifier as refget and VRS write it, `SQ.` and 32 letters.
  public var identifier: String { "SQ." + sha512t24u }
}

/// One sequence of a reference as a file names it.
public struct Contig: Sendable, Hashable {
  /// The name as the file writes it.
  public var name: String
  /// The number of bases, where the file tells it.
  public var length: Int?
  /// The digest of the bases, where they were read.
  public var digest: RefgetDigest?

  /// A contig of the given name.
  public init(name: String, length: Int? = nil, digest: RefgetDigest? = nil) {
    self.name = name
    self.length = length
    self.digest = digest
  }
}

/// The contigs of one file, in the file's order, found by name.
public struct ContigDictionary: Sendable {
  /// The contigs in the file's order; a contig's index is its identifier (`tid` in SAM terms).
  public let contigs: [Contig]
  private let indices: [String: Int]

  /// A dictionary of these contigs.
  /// - Returns: nil when a name stands twice.
  public init?(_ contigs: [Contig]) {
    var indices: [String: Int] = [:]
    for (index, contig) in contigs.enumerated() where indices.updateValue(index, forKey: contig.name) != nil {
      return nil
    }
    self.contigs = contigs
    self.indices = indices
  }

  /// The index of the contig of exactly this name.
  public func index(of name: String) -> Int? { indices[name] }

  /// The contig of exactly this name.
  public subscript(name: String) -> Contig? { indices[name].map { contigs[$0] } }

  /// A contig that is the same chromosome under another name (`20`, `chr20`, `NC_000020.10`), if there is one.
  public func alias(of name: String) -> Contig? {
    guard self[name] == nil, let canonical = ContigName.canonical(name) else { return nil }
    return contigs.first { ContigName.canonical($0.name) == canonical }
  }
}

/// The naming styles of human chromosomes.
public enum ContigName {
  /// The plain name (`1`…`22`, `X`, `Y`, `MT`) of a primary chromosome of GRCh37 or GRCh38 in any of the common styles.
  ///
  /// Known styles: plain (`20`, `MT`), UCSC (`chr20`, `chrM`), RefSeq (`NC_000020.10`, `NC_012920.1`).
  /// - Returns: nil for any other name: alternative contigs and decoys are compared by exact name only.
  public static func canonical(_ name: String) -> String? {
    if name.hasPrefix("NC_") { return refSeq(name.dropFirst(3)) }
    let plain = name.lowercased().hasPrefix("chr") ? String(name.dropFirst(3)) : name
    switch plain.uppercased() {
    case "X": return "X"
    case "Y": return "Y"
    case "M", "MT": return "MT"
    default:
      guard let number = Int(plain), (1...22).contains(number), String(number) == plain else { return nil }
      return plain
    }
  }

  private static func refSeq(_ accession: Substring) -> String? {
    let parts = accession.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 6, !parts[1].isEmpty,
      parts.joined().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(parts[0])
    else { return nil }
    switch number {
    case 1...22: return String(number)
    case 23: return "X"
    case 24: return "Y"
    case 12920: return "MT"
    default: return nil
    }
  }
}
