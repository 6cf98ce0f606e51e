import Genomics

/// What an annotation and a case say of an allele: few different ones, which stand in a table.
struct AlleleLabel: Hashable {
  var genes: GeneSet?
  var tier: String?

  var isEmpty: Bool { genes == nil && tier == nil }
}

/// Packs alleles of one contig, ascending: about five bytes for a substitution.
struct ObservationPacker {
  private(set) var bytes: [UInt8]
  private var start: Int
  private var label = 0

  /// - Parameters:
  ///   - start: the place that the first allele's distance is told from.
  ///   - head: bytes that stand before.
  init(from start: Int, after head: [UInt8] = []) {
    self.start = start
    bytes = head
  }

  /// - Parameter label: the number of its label; 0 is none.
  mutating func add(_ one: Contribution.Observation, label: Int) {
    bytes.pack(one.start - start)
    start = one.start
    var shape: UInt8 = 0
    let single = Self.code(one.reference, one.alternate)
    if let single { shape = single << 1 | 1 }
    if label != self.label { shape |= 32 }
    if one.form != .literal { shape |= 64 }
    bytes.append(shape)
    if single == nil {
      bytes.pack(one.reference)
      bytes.pack(one.alternate)
    }
    one.genotype.pack(into: &bytes)
    if label != self.label { bytes.pack(label) }
    self.label = label
    pack(one.form, one.start)
  }

  private mutating func pack(_ form: AlleleForm, _ start: Int) {
    switch form {
    case .literal: break
    case .stated(let text):
      bytes.append(0)
      bytes.pack(text)
    case .justified(let range, let state):
      switch state {
      case .literal(let text):
        bytes.append(1)
        bytes.pack(text)
      case .referenceLength(let length, let unit):
        bytes.append(2)
        bytes.pack(length)
        bytes.pack(unit)
      case .length(let length):
        bytes.append(3)
        bytes.pack(length)
      }
      bytes.pack(signed: range.lowerBound - start)
      bytes.pack(range.count)
    }
  }

  /// Four bits for a base that another one stands for.
  private static func code(_ reference: String, _ alternate: String) -> UInt8? {
    guard reference.utf8.count == 1, alternate.utf8.count == 1, let a = reference.utf8.first.flatMap(code),
      let b = alternate.utf8.first.flatMap(code)
    else { return nil }
    return a << 2 | b
  }

  private static func code(_ base: UInt8) -> UInt8? {
    switch base {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: nil
    }
  }
}

/// Reads what `ObservationPacker` packed.
struct ObservationUnpacker {
  /// An allele with the number of its label.
  typealias Entry = (observation: Contribution.Observation, label: Int)

  private var reader: ByteReader
  private let contig: RefgetDigest
  private var start: Int
  private var label: Int

  /// - Parameters:
  ///   - start: the place that the next allele's distance is told from.
  ///   - label: the number of the last one's label.
  init(_ reader: ByteReader, _ contig: RefgetDigest, from start: Int, label: Int = 0) {
    self.reader = reader
    self.contig = contig
    self.start = start
    self.label = label
  }

  var isAtEnd: Bool { reader.isAtEnd }
  var offset: Int { reader.offset }

  private static let bases = ["A", "C", "G", "T"]

  /// The next allele, without genes and tier: the label's number tells them.
  mutating func next() throws -> Entry {
    start = try Self.place(&reader, from: start)
    let shape = try shape()
    let (reference, alternate): (String, String)
    if shape & 1 == 1 {
      (reference, alternate) = (Self.bases[Int(shape >> 3 & 3)], Self.bases[Int(shape >> 1 & 3)])
    } else {
      (reference, alternate) = (try reader.text(), try reader.text())
    }
    let genotype = try AlleleGenotype(&reader)
    if shape & 32 != 0 { label = try reader.number() }
    let form = shape & 64 == 0 ? AlleleForm.literal : try form()
    return (
      Contribution.Observation(
        contig: contig, start: start, reference: reference, alternate: alternate, form: form, genotype: genotype), label
    )
  }

  /// Passes the alleles that begin before a place: a question about one place makes nothing of the others.
  mutating func pass(before place: Int) throws {
    while !reader.isAtEnd {
      if try nextStart() >= place { return }
      start = try Self.place(&reader, from: start)
      let shape = try shape()
      if shape & 1 == 0 {
        for _ in 0..<2 { try passText() }
      }
      if try reader.number() == 0 { try passText() }
      if shape & 32 != 0 { label = try reader.number() }
      if shape & 64 != 0 { _ = try form() }
    }
  }

  /// Where the next allele begins.
  func nextStart() throws -> Int {
    var ahead = reader
    return try Self.place(&ahead, from: start)
  }

  private static func place(_ reader: inout ByteReader, from start: Int) throws -> Int {
    let place = start + (try reader.distance())
    guard place < 1 << 40 else { throw ByteReader.Damaged() }
    return place
  }

  private mutating func passText() throws { try reader.skip(try reader.number()) }

  private mutating func shape() throws -> UInt8 {
    let shape = try reader.byte()
    guard shape < 128, shape & 1 == 1 || shape & 30 == 0 else { throw ByteReader.Damaged() }
    return shape
  }

  private mutating func form() throws -> AlleleForm {
    let state: SequenceExpression
    switch try reader.byte() {
    case 0: return .stated(try reader.text())
    case 1: state = .literal(try reader.text())
    case 2: state = .referenceLength(length: try reader.number(), repeatSubunitLength: try reader.number())
    case 3: state = .length(try reader.number())
    default: throw ByteReader.Damaged()
    }
    let low = start + (try reader.signed())
    let count = try reader.number()
    guard count < 1 << 40 else { throw ByteReader.Damaged() }
    return .justified(low..<(low + count), state)
  }
}
