import Genomics

/// The first fault of a FASTQ record.
enum FASTQFault {
  case noAt, noName, nameByte(UInt8), noPlus, separatorName, emptyLine, lengths(sequence: Int, quality: Int)
  case sequenceByte(UInt8), qualityByte(UInt8, QualityEncoding)

  var reason: String {
    switch self {
    case .noAt: return "the first line of a record does not begin with @"
    case .noName: return "the read has no name"
    case .nameByte(let byte): return "the name holds the control byte 0x\(hexadecimal([byte]))"
    case .noPlus: return "the third line of a record does not begin with +"
    case .separatorName: return "the name after + differs from the name after @"
    case .emptyLine: return "an empty line stands inside the sequence"
    case .lengths(let sequence, let quality): return "the quality is \(quality) long and the sequence \(sequence)"
    case .sequenceByte(let byte): return "the sequence holds byte 0x\(hexadecimal([byte])), which is no base"
    case .qualityByte(let byte, let encoding):
      let legal = encoding.bytes
      return
        "the quality holds byte 0x\(hexadecimal([byte])), outside \(Character(UnicodeScalar(legal.lowerBound))) to "
        + "\(Character(UnicodeScalar(legal.upperBound))) of \(encoding.title)"
    }
  }

  var remedy: String {
    switch self {
    case .qualityByte(_, let encoding) where encoding != .phred33:
      "the file is damaged, or its encoding is another: see --phred"
    default: "the file is damaged or is not four-line FASTQ: fetch it again, or unwrap its lines"
    }
  }
}

extension FASTQBatch {
  /// Checks the frame and the characters of some records (Cock et al. 2010, Nucleic Acids Research 38:1767).
  /// - Throws: `InputError` of kind `malformed` for the first record at fault.
  public func validate(_ records: Range<Int>) throws { try validate(records, encoding: .phred33) }

  func validate(_ records: Range<Int>, encoding: QualityEncoding) throws {
    try withRecords { view in
      for record in records where encoding != .phred33 || !view.isUsual(record) {
        try check(view, record, encoding: encoding)
      }
    }
  }

  /// Looks at one record closely.
  func check(_ view: FASTQRecords, _ record: Int, encoding: QualityEncoding = .phred33) throws {
    guard let fault = view.fault(of: record, encoding: encoding) else { return }
    throw InputError(.malformed, at: location(of: record), fault.reason, remedy: fault.remedy)
  }
}

extension FASTQRecords {
  /// Whether a record is certainly good, told at the speed of vectors: what nearly all are. False where a closer look is
  /// needed, as for IUPAC codes, short reads and carriage returns.
  @inline(__always)
  func isUsual(_ record: Int) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let (name, sequence, separator, quality) = rawLines(of: record)
    guard name.count >= 16, sequence.count >= 16, sequence.count == quality.count, separator.count == 1 else {
      return false
    }
    return base.load(fromByteOffset: name.start, as: UInt8.self) == UInt8(ascii: "@")
      && base.load(fromByteOffset: name.start + 1, as: UInt8.self) != UInt8(ascii: " ")
      && base.load(fromByteOffset: separator.start, as: UInt8.self) == UInt8(ascii: "+")
      && ByteChecks.areUsual(sequence: base + sequence.start, quality: base + quality.start, count: sequence.count)
      && ByteChecks.areWithoutControls(base + name.start, count: name.count)
  }

  /// The first fault of a record; nil where there is none.
  func fault(of record: Int, encoding: QualityEncoding = .phred33) -> FASTQFault? {
    let name = line(0, of: record)
    let sequence = line(1, of: record)
    let separator = line(2, of: record)
    let quality = line(3, of: record)
    guard !name.isEmpty, bytes[name.lowerBound] == UInt8(ascii: "@") else { return .noAt }
    guard !separator.isEmpty, bytes[separator.lowerBound] == UInt8(ascii: "+") else { return .noPlus }
    if separator.count > 1,
      !bytes[name].dropFirst().elementsEqual(bytes[separator].dropFirst())
    {
      return .separatorName
    }
    guard sequence.count == quality.count else {
      return .lengths(sequence: sequence.count, quality: quality.count)
    }
    let legal = encoding.bytes
    if let index = quality.first(where: { !legal.contains(bytes[$0]) }) {
      // The frame was found by the length of the sequence: a shorter quality shows by its line feed.
      guard bytes[index] != UInt8(ascii: "\n") else {
        return .lengths(sequence: sequence.count, quality: index - quality.lowerBound)
      }
      return .qualityByte(bytes[index], encoding)
    }
    if let byte = bytes[sequence].first(where: { !isSequence($0) }) { return .sequenceByte(byte) }
    guard name.count > 1, !isBlank(bytes[name.lowerBound + 1]) else { return .noName }
    if let byte = bytes[name].first(where: isControl) { return .nameByte(byte) }
    return nil
  }
}

/// IUPAC codes of nucleotides (NC-IUB 1984) and X in either case, and the gap signs that some writers use.
func isSequence(_ byte: UInt8) -> Bool { sequenceBytes[Int(byte)] }

private let sequenceBytes: [Bool] = {
  var table = [Bool](repeating: false, count: 256)
  for letter in "ACGTUNRYSWKMBDHVX.-*".utf8 {
    table[Int(letter)] = true
    // The signs have no lower case: the bit is set in them already.
    table[Int(letter | 0x20)] = true
  }
  return table
}()

/// Control characters of ASCII but the tab, which SAM tags in names are separated by.
private func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F }
