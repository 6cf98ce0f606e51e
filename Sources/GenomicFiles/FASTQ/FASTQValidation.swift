import Genomics

/// The first fault of a FASTQ record.
enum FASTQFault {
  case noAt, noPlus, separatorName, lengths(sequence: Int, quality: Int), sequenceByte(UInt8), qualityByte(UInt8)

  var reason: String {
    switch self {
    case .noAt: "the first line of a record does not begin with @"
    case .noPlus: "the third line of a record does not begin with +"
    case .separatorName: "the name after + differs from the name after @"
    case .lengths(let sequence, let quality): "the quality is \(quality) long and the sequence \(sequence)"
    case .sequenceByte(let byte): "the sequence holds byte 0x\(hexadecimal([byte])), which is no base"
    case .qualityByte(let byte): "the quality holds byte 0x\(hexadecimal([byte])), outside ! to ~"
    }
  }
}

extension FASTQBatch {
  /// Checks the frame and the characters of some records (Cock et al. 2010, Nucleic Acids Research 38:1767).
  /// - Throws: `InputError` of kind `malformed` for the first record at fault.
  public func validate(_ records: Range<Int>) throws {
    try withRecords { view in
      for record in records {
        if let fault = view.fault(of: record) {
          throw InputError(
            .malformed, at: location(of: record), fault.reason,
            remedy: "the file is damaged or is not four-line FASTQ: fetch it again, or unwrap its lines")
        }
      }
    }
  }
}

extension FASTQRecords {
  fileprivate func fault(of record: Int) -> FASTQFault? {
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
    // The largest of a line tells whether all are in range, and the compiler turns that into vector code; the byte at
    // fault is looked for only then.
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    if Self.largest(base + quality.lowerBound, quality.count, { $0 &- 33 }) >= 94,
      let byte = bytes[quality].first(where: { $0 &- 33 >= 94 })
    {
      return .qualityByte(byte)
    }
    if Self.largest(base + sequence.lowerBound, sequence.count, { ($0 | 0x20) &- UInt8(ascii: "a") }) >= 26,
      let byte = bytes[sequence].first(where: { !isSequence($0) })
    {
      return .sequenceByte(byte)
    }
    return nil
  }

  @inline(__always)
  private static func largest(_ base: UnsafePointer<UInt8>, _ count: Int, _ value: (UInt8) -> UInt8) -> UInt8 {
    var largest: UInt8 = 0
    for index in 0..<count { largest = max(largest, value(base[index])) }
    return largest
  }
}

/// Letters (IUPAC codes in either case) and the gap signs that some writers use.
@inline(__always)
private func isSequence(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: "*")
}
