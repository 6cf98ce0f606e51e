#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Holds lines of SAM text against the specification (sections 1.4 and 1.5): each column's expression and range, and what
/// columns owe each other. Whether names stand in the header is looked up elsewhere.
///
/// htslib takes much that the specification forbids (numbers with other signs, any letter in names and bases, clips in the
/// middle) and changes some of it without a word. One pass over the bytes, no allocation but for faults.
struct SAMLineChecks {
  private var tags = SAMTagChecks()

  typealias Text = UnsafeBufferPointer<UInt8>

  /// What is wrong with a line (without its line end), as a clause that names the column; nil where nothing is.
  mutating func fault(_ line: Text) -> String? {
    var columns = SAMColumns(line)
    guard let name = columns.next(), let flag = columns.next(), let reference = columns.next(),
      let position = columns.next(), let quality = columns.next(), let cigar = columns.next(),
      let mateReference = columns.next(), let matePosition = columns.next(), let length = columns.next(),
      let bases = columns.next(), let qualities = columns.next()
    else {
      let count = line.count { $0 == UInt8(ascii: "\t") } + 1
      return line.isEmpty ? "the line is empty" : "the line has \(count) columns, an alignment has 11 or more"
    }
    if let fault = Self.nameFault(name, line) { return fault }
    guard SAMNumber.isColumn(flag, upTo: 0xFFFF) else { return "FLAG is no number from 0 to 65535" }
    guard !reference.isEmpty, !Self.isText(reference, UInt8(ascii: "=")) else {
      return "RNAME is neither * nor a reference sequence's name"
    }
    guard SAMNumber.isColumn(position, upTo: Int(Int32.max)) else { return "POS is no number from 0 to 2147483647" }
    guard SAMNumber.isColumn(quality, upTo: 255) else { return "MAPQ is no number from 0 to 255" }
    var consumed: Int?
    if !Self.isText(cigar, UInt8(ascii: "*")) {
      switch Self.readCigar(cigar) {
      case .success(let count): consumed = count
      case .failure(let fault): return fault.reason
      }
    }
    guard !mateReference.isEmpty else { return "RNEXT is none of *, = and a reference sequence's name" }
    guard SAMNumber.isColumn(matePosition, upTo: Int(Int32.max)) else {
      return "PNEXT is no number from 0 to 2147483647"
    }
    guard let templateLength = SAMNumber.integer(length), abs(templateLength) <= Int(Int32.max) else {
      return "TLEN is no number from -2147483647 to 2147483647"
    }
    if let fault = Self.contentFault(bases, qualities, consumed: consumed) { return fault }
    return tags.fault(&columns)
  }

  /// What is wrong with SEQ and QUAL.
  @inline(__always)
  private static func contentFault(_ bases: Text, _ qualities: Text, consumed: Int?) -> String? {
    let count = bases.count
    // Most reads are of A, C, G, T and N, and end here.
    if count >= 16, qualities.count == count, consumed ?? count == count,
      let sequence = bases.baseAddress, let quality = qualities.baseAddress,
      ByteChecks.areUsual(sequence: sequence, quality: quality, count: count)
    {
      return nil
    }
    let hasBases = !isText(bases, UInt8(ascii: "*"))
    if hasBases {
      guard areBases(bases) else { return "SEQ is neither * nor one or more of A to Z, a to z, = and ." }
      if let consumed, consumed != count { return "CIGAR consumes \(consumed) bases and SEQ has \(count)" }
    }
    guard !isText(qualities, UInt8(ascii: "*")) else { return nil }
    guard hasBases else { return "QUAL is given without SEQ" }
    guard !qualities.isEmpty, arePrintable(qualities) else { return "QUAL is neither * nor one or more of ! to ~" }
    return qualities.count == count ? nil : "QUAL has \(qualities.count) letters and SEQ \(count)"
  }

  private static func nameFault(_ name: Text, _ line: Text) -> String? {
    if name.count == 3, name[0] == UInt8(ascii: "@"), name.dropFirst().allSatisfy(SAMHeaderLine.isLetter) {
      return "a header line stands among the alignments"
    }
    guard isName(name) else { return "QNAME holds a letter other than ! to ? and A to ~" }
    return (1...254).contains(name.count) ? nil : "QNAME is \(name.count) letters long, not 1 to 254"
  }

  /// Whether all bytes are of `[!-?A-~]`.
  @inline(__always)
  static func isName(_ name: Text) -> Bool {
    var faults: UInt8 = 0
    for byte in name { faults |= (byte &- 33 > 93 ? 1 : 0) | (byte == UInt8(ascii: "@") ? 1 : 0) }
    return faults == 0
  }

  @inline(__always)
  private static func isText(_ text: Text, _ byte: UInt8) -> Bool { text.count == 1 && text[0] == byte }

  /// Whether there are bytes, all of `[A-Za-z=.]`.
  @inline(__always)
  private static func areBases(_ text: Text) -> Bool {
    var faults: UInt8 = 0
    for byte in text {
      let isOther = (byte | 0x20) &- UInt8(ascii: "a") > 25 ? 1 : 0 as UInt8
      faults |= isOther & (byte == UInt8(ascii: "=") ? 0 : 1) & (byte == UInt8(ascii: ".") ? 0 : 1)
    }
    return faults == 0 && !text.isEmpty
  }

  /// Whether all bytes are of `[!-~]`.
  @inline(__always)
  private static func arePrintable(_ text: Text) -> Bool {
    var faults: UInt8 = 0
    for byte in text { faults |= byte &- 33 > 93 ? 1 : 0 }
    return faults == 0
  }

  private struct CigarFault: Error {
    var reason: String
    static let form = CigarFault(reason: "CIGAR is neither * nor numbers each followed by one of MIDNSHPX=")
    static let length = CigarFault(reason: "CIGAR holds an operation longer than 268435455 bases")
    static let clips = CigarFault(reason: "CIGAR holds a clip between other operations")
  }

  /// - Returns: the bases that the operations consume.
  private static func readCigar(_ text: Text) -> Result<Int, CigarFault> {
    var clips = ClipGrammar()
    var consumed = 0
    var length = 0
    var digits = 0
    for byte in text {
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        length = 10 * length + Int(digit)
        digits += 1
        guard length < 1 << 28 else { return .failure(.length) }
        continue
      }
      guard digits > 0 else { return .failure(.form) }
      switch byte {
      case UInt8(ascii: "M"), UInt8(ascii: "I"), UInt8(ascii: "="), UInt8(ascii: "X"):
        clips.take(0)
        consumed += length
      case UInt8(ascii: "D"), UInt8(ascii: "N"), UInt8(ascii: "P"): clips.take(0)
      case UInt8(ascii: "S"):
        clips.take(4)
        consumed += length
      case UInt8(ascii: "H"): clips.take(5)
      default: return .failure(.form)
      }
      length = 0
      digits = 0
    }
    guard digits == 0, !text.isEmpty else { return .failure(.form) }
    return clips.isKept ? .success(consumed) : .failure(.clips)
  }
}

/// Gives a line's columns one after the other.
struct SAMColumns {
  private var rest: UnsafeBufferPointer<UInt8>
  private var isAtEnd = false

  init(_ line: UnsafeBufferPointer<UInt8>) { rest = line }

  /// The next column, perhaps empty; nil behind the last one.
  @inline(__always)
  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    guard !isAtEnd else { return nil }
    guard let base = rest.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "\t")), rest.count) else {
      isAtEnd = true
      return rest
    }
    let length = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    defer { rest = UnsafeBufferPointer(start: base + length + 1, count: rest.count - length - 1) }
    return UnsafeBufferPointer(start: base, count: length)
  }
}
