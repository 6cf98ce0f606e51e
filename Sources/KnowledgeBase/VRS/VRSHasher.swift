import Crypto
import Genomics

/// Computes many alleles' identifiers on one contig; the same as `VRSAllele.identifier`, with less done for each.
struct VRSHasher {
  private let middle: [UInt8]
  private var bytes: [UInt8] = []
  private var location: [UInt8] = []

  init(_ contig: RefgetDigest) {
    middle = Array(
      #","sequenceReference":{"refgetAccession":"\#(contig.identifier)","type":"SequenceReference"},"start":"#.utf8)
    bytes.reserveCapacity(256)
    location.reserveCapacity(32)
  }

  /// The identifier.
  mutating func identifier(_ one: Contribution.Observation) -> String {
    if case .stated(let text) = one.form { return text }
    return "ga4gh:VA." + String(decoding: digest(one), as: UTF8.self)
  }

  /// What an index finds the allele by.
  mutating func key(_ one: Contribution.Observation) -> VRSKey {
    if case .stated(let text) = one.form { return VRSKey(text) }
    return VRSKey(letters: digest(one))
  }

  /// The 32 letters of the digest.
  private mutating func digest(_ one: Contribution.Observation) -> [UInt8] {
    switch one.form {
    case .justified(let range, let state): hash(range, Array(state.serialised.utf8))
    case .literal, .stated:
      if one.reference.utf8.count == 1, one.alternate.utf8.count == 1 {
        hash(one.start..<(one.start + 1), literal: one.alternate)
      } else {
        hashTrimmed(one)
      }
    }
  }

  private mutating func hashTrimmed(_ one: Contribution.Observation) -> [UInt8] {
    let trimmed = TrimmedAllele(start: one.start, reference: one.reference, alternate: one.alternate)
    return hash(trimmed.range, literal: trimmed.alternate)
  }

  private mutating func hash(_ range: Range<Int>, literal: String) -> [UInt8] {
    hash(
      range, Array(#"{"sequence":""#.utf8) + Array(literal.utf8) + Array(#"","type":"LiteralSequenceExpression"}"#.utf8)
    )
  }

  private mutating func hash(_ range: Range<Int>, _ state: [UInt8]) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    bytes += #"{"end":"#.utf8
    Self.append(range.upperBound, to: &bytes)
    bytes += middle
    Self.append(range.lowerBound, to: &bytes)
    bytes += #","type":"SequenceLocation"}"#.utf8
    Self.truncated(bytes, into: &location)
    bytes.removeAll(keepingCapacity: true)
    bytes += #"{"location":""#.utf8
    bytes += location
    bytes += #"","state":"#.utf8
    bytes += state
    bytes += #","type":"Allele"}"#.utf8
    var letters: [UInt8] = []
    Self.truncated(bytes, into: &letters)
    return letters
  }

  static func append(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 {
      bytes.append(UInt8(ascii: "-"))
      return append(-number, to: &bytes)
    }
    if number >= 10 { append(number / 10, to: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func truncated(_ bytes: [UInt8], into text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    SHA512.hash(data: bytes).withUnsafeBytes { digest in
      letters.withUnsafeBufferPointer { letters in
        for group in stride(from: 0, to: 24, by: 3) {
          let bits = Int(digest[group]) << 16 | Int(digest[group + 1]) << 8 | Int(digest[group + 2])
          text.append(letters[bits >> 18])
          text.append(letters[bits >> 12 & 63])
          text.append(letters[bits >> 6 & 63])
          text.append(letters[bits & 63])
        }
      }
    }
  }
}

/// The first 36 bits of an identifier: 12 choose a bucket of the index, 24 stand in it. What it finds is compared whole.
struct VRSKey: Hashable {
  let bucket: Int
  let rest: Int

  init(letters: [UInt8]) {
    var bits = 0
    for letter in letters.prefix(6) { bits = bits << 6 | (Self.value(letter) ?? 0) }
    bucket = bits >> 24
    rest = bits & 0xFF_FFFF
  }

  /// Of any text: an identifier that is none is found as well.
  init(_ text: String) {
    let letters = Array(text.utf8.dropFirst(9))
    if text.hasPrefix("ga4gh:VA."), letters.count == 32, letters.allSatisfy({ Self.value($0) != nil }) {
      self.init(letters: letters)
    } else {
      self.init(letters: Array(sha512t24u(text.utf8).utf8))
    }
  }

  private static func value(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(letter) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(letter) + 4
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
