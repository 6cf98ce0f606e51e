import Crypto
public import Genomics

/// The sequences of an assembly as one thing with one digest (GA4GH refget Sequence Collections 1.0.0).
///
/// Source of each step: section "Encoding" of that specification. Names and sequences are inherent in its minimal schema
/// and make the digest; lengths follow from the sequences and are not inherent. Order matters: the same sequences in
/// another order are another collection.
public struct SequenceCollection: Sendable, Hashable {
  /// The names, in the FASTA's order.
  public let names: [String]
  /// The lengths in bases, in the same order.
  public let lengths: [Int]
  /// The refget digests, in the same order.
  public let sequences: [RefgetDigest]

  /// A collection of sequences, given by name, length and digest.
  public init(_ contigs: some Sequence<(name: String, length: Int, digest: RefgetDigest)>) {
    let contigs = Array(contigs)
    names = contigs.map(\.name)
    lengths = contigs.map(\.length)
    sequences = contigs.map(\.digest)
  }

  /// The collection of a reference's contigs; nil where one has no length or digest.
  public init?(_ contigs: [Contig]) {
    let whole = contigs.compactMap { contig in
      contig.length.flatMap { length in contig.digest.map { (name: contig.name, length: length, digest: $0) } }
    }
    guard whole.count == contigs.count else { return nil }
    self.init(whole)
  }

  /// The digests of the attributes, each of its canonical JSON (level 1).
  public var attributeDigests: (names: String, lengths: String, sequences: String) {
    (
      Self.digest("[" + names.map(Self.json).joined(separator: ",") + "]"),
      Self.digest("[" + lengths.map(String.init).joined(separator: ",") + "]"),
      Self.digest("[" + sequences.map { "\"\($0.identifier)\"" }.joined(separator: ",") + "]")
    )
  }

  /// The collection's digest, 32 letters (level 0): that of the inherent attributes' digests.
  public var digest: String {
    let attributes = attributeDigests
    return Self.digest(#"{"names":"\#(attributes.names)","sequences":"\#(attributes.sequences)"}"#)
  }

  private static func digest(_ json: String) -> String {
    sha512t24u(Array(SHA512.hash(data: Array(json.utf8))))
  }

  /// A string as RFC 8785, section 3.2.2.2 writes it.
  private static func json(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\u{8}": json += "\\b"
      case "\t": json += "\\t"
      case "\n": json += "\\n"
      case "\u{C}": json += "\\f"
      case "\r": json += "\\r"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}

extension ReferenceIdentity {
  /// The digest of the whole assembly: that of its sequence collection. Nil where a sequence has no digest.
  public var assemblyDigest: String? { SequenceCollection(contigs)?.digest }
}
