import Genomics

/// A family's candidates as they are kept with a case: alleles, FILTER and calls, without what genes and sources tell of
/// them, which another cache tells anew. Genotypes: it belongs beside the case's calls and nowhere else.
///
///     apus-candidates/1
///     contig, POS, REF, ALT, FILTER, then a column a member, with tabs between them
///
/// A member's column is `copies:phased:PS:evidence:DP:AD:GQ`; copies are `0` reference, `1` the allele, `2` another,
/// `.` missing; `.` stands for what is not known, and evidence is its number in ``PersonCall/Evidence``'s order.
public struct KeptCandidates: Sendable, Hashable {
  /// One allele, normalised.
  struct One: Sendable, Hashable {
    var contig: String
    /// POS, counted from 1.
    var position: Int
    var reference: String
    var alternate: String
    var filter: CandidateVariant.Filter
    /// In the family's order.
    var calls: [PersonCall]

    var allele: KeptAllele { KeptAllele(contig, position, reference, alternate) }
  }

  private(set) var all: [One]

  private static let schema = Array("apus-candidates/1\n".utf8)
  private static let evidence: [PersonCall.Evidence] = [.record, .jointRecord, .referenceBlock, .depth, .none]
  private static let copies: [(PersonCall.Copy, UInt8)] = [
    (.reference, UInt8(ascii: "0")), (.alternate, UInt8(ascii: "1")), (.other, UInt8(ascii: "2")),
    (.missing, UInt8(ascii: ".")),
  ]

  /// Those of a reading, in its order.
  public init(_ reading: FamilyReading) {
    all = reading.candidates.map {
      One(
        contig: $0.contig, position: $0.position, reference: $0.reference, alternate: $0.alternate, filter: $0.filter,
        calls: $0.calls)
    }
  }

  /// The bytes of a file.
  public var bytes: [UInt8] {
    var bytes = Self.schema
    func append(_ number: Int?) {
      bytes.append(UInt8(ascii: ":"))
      if let number { bytes += Array(String(number).utf8) } else { bytes.append(UInt8(ascii: ".")) }
    }
    for one in all {
      for text in [one.contig, String(one.position), one.reference, one.alternate, one.filter.text] {
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\t")) }
        bytes += Array(text.utf8)
      }
      for call in one.calls {
        bytes.append(UInt8(ascii: "\t"))
        for copy in call.copies { bytes += Self.copies.filter { $0.0 == copy }.map(\.1) }
        append(call.isPhased ? 1 : 0)
        append(call.phaseSet)
        append(Self.evidence.firstIndex(of: call.evidence))
        append(call.depth)
        append(call.alternateDepth)
        append(call.quality)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Reads such a file; nil for anything else.
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.schema) else { return nil }
    var reader = KeptLines(bytes[Self.schema.count...])
    var all: [One] = []
    while !reader.isAtEnd {
      guard let one = Self.one(&reader), one.calls.count == all.first?.calls.count ?? one.calls.count else {
        return nil
      }
      all.append(one)
    }
    self.all = all
  }

  private static func one(_ reader: inout KeptLines) -> One? {
    guard let contig = reader.column(), let place = reader.column(),
      case .some(.some(let position)) = KeptLines.number(place), let reference = reader.column(),
      let alternate = reader.column(), let filter = reader.column()
    else { return nil }
    var calls: [PersonCall] = []
    while let column = reader.column() {
      guard let call = call(column) else { return nil }
      calls.append(call)
    }
    guard !calls.isEmpty, reader.endLine() else { return nil }
    func text(_ column: ArraySlice<UInt8>) -> String { String(decoding: column, as: UTF8.self) }
    return One(
      contig: text(contig), position: position, reference: text(reference), alternate: text(alternate),
      filter: filter.withUnsafeBytes { CandidateVariant.Filter(text: $0) }, calls: calls)
  }

  private static func call(_ column: ArraySlice<UInt8>) -> PersonCall? {
    guard var end = column.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var copies: [PersonCall.Copy] = []
    for letter in column[..<end] {
      guard let copy = Self.copies.first(where: { $0.1 == letter }) else { return nil }
      copies.append(copy.0)
    }
    var numbers: (Int?, Int?, Int?, Int?, Int?, Int?) = (nil, nil, nil, nil, nil, nil)
    for place in 0..<6 {
      let start = end + 1
      guard start <= column.endIndex else { return nil }
      end = column[start...].firstIndex(of: UInt8(ascii: ":")) ?? column.endIndex
      guard let number = KeptLines.number(column[start..<end]) else { return nil }
      switch place {
      case 0: numbers.0 = number
      case 1: numbers.1 = number
      case 2: numbers.2 = number
      case 3: numbers.3 = number
      case 4: numbers.4 = number
      default: numbers.5 = number
      }
    }
    guard end == column.endIndex, let phased = numbers.0, (0...1).contains(phased), let kind = numbers.2,
      Self.evidence.indices.contains(kind)
    else { return nil }
    return PersonCall(
      copies, isPhased: phased == 1, phaseSet: numbers.1, evidence: Self.evidence[kind], depth: numbers.3,
      alternateDepth: numbers.4, quality: numbers.5)
  }
}

/// Goes through lines of columns with tabs between them.
private struct KeptLines {
  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private var isInLine = true

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  var isAtEnd: Bool { place == bytes.endIndex }

  /// The line's next column; nil behind its last one.
  mutating func column() -> ArraySlice<UInt8>? {
    guard isInLine else { return nil }
    let start = place
    while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\t"), bytes[place] != UInt8(ascii: "\n") { place += 1 }
    let column = bytes[start..<place]
    // A line without an end was cut.
    guard place < bytes.endIndex else { return nil }
    isInLine = bytes[place] == UInt8(ascii: "\t")
    place += 1
    return column
  }

  /// Goes on to the next line; false where this one was cut.
  mutating func endLine() -> Bool {
    guard !isInLine else { return false }
    isInLine = true
    return true
  }

  /// A number, or nil in it for `.`; nil for anything else.
  static func number(_ text: ArraySlice<UInt8>) -> Int?? {
    if text.count == 1, text.first == UInt8(ascii: ".") { return .some(nil) }
    guard !text.isEmpty, text.count < 19 else { return nil }
    var value = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        // Qualities and phase sets may have a sign.
        return Int(String(decoding: text, as: UTF8.self)).map { .some($0) }
      }
      value = 10 * value + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}

/// An allele by name and place.
struct KeptAllele: Hashable {
  var contig: String
  var position: Int
  var reference: String
  var alternate: String

  init(_ contig: String, _ position: Int, _ reference: String, _ alternate: String) {
    self.contig = contig
    self.position = position
    self.reference = reference
    self.alternate = alternate
  }
}

extension CandidateVariant {
  var allele: KeptAllele { KeptAllele(contig, position, reference, alternate) }
}

extension CandidateVariant.Filter {
  /// FILTER as a VCF writes it.
  var text: String {
    switch self {
    case .passed: "PASS"
    case .notApplied: "."
    case .failed(let names): names.joined(separator: ";")
    }
  }
}
