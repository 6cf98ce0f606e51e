import CHTSlib
public import Genomics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension AlignmentBatch {
  /// Renders the records as lines of SAM (SAM specification, section 1.4). CPU work: under the run's thread budget.
  /// - Parameter contigs: those of the header that the records were read with.
  public func samText(_ contigs: ContigDictionary) -> SAMText {
    let names = contigs.contigs.map { Array($0.name.utf8) }
    let text = ByteBuffer(capacity: 2 * byteCount)
    forEachRecord { _, record in
      // The widest that each part can become: a byte of an array element or a CIGAR operation is 12 letters at most.
      let name = { (contig: Int) in contig >= 0 ? names[contig].count : 1 }
      let room = text.spare(
        256 + record.name.count + name(record.contig) + name(record.mateContig) + 12 * record.cigar.count
          + 2 * record.sequenceLength + 16 * record.tags.count)
      var cursor = SAMCursor(room)
      cursor.append(record, names)
      text.commit(cursor.count)
    }
    return SAMText(text)
  }
}

/// Writes the parts of a SAM line into room that is known to be large enough.
private struct SAMCursor {
  private let room: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ room: UnsafeMutableRawBufferPointer) { self.room = room }

  private static let bases = Array("=ACMGRSVTWYHKDBN".utf8)
  private static let operations = Array("MIDNSHP=X".utf8)

  mutating func append(_ record: AlignmentRecord, _ names: [[UInt8]]) {
    append(record.name)
    tab(Int(record.flags.rawValue))
    tab(record.contig >= 0 ? names[record.contig] : [UInt8(ascii: "*")])
    tab(record.position + 1)
    tab(Int(record.mappingQuality))
    append(UInt8(ascii: "\t"))
    appendCigar(record.cigar)
    if record.mateContig >= 0, record.mateContig == record.contig {
      tab([UInt8(ascii: "=")])
    } else {
      tab(record.mateContig >= 0 ? names[record.mateContig] : [UInt8(ascii: "*")])
    }
    tab(record.matePosition + 1)
    tab(record.templateLength)
    append(UInt8(ascii: "\t"))
    appendSequence(record)
    let keepsLongCigar = record.cigarIsInTag
    var tags = TagIterator(record.tags)
    while let tag = tags.next() {
      // The tag that held the operations above is not shown again.
      if keepsLongCigar, tag.first == UInt8(ascii: "C"), tag.second == UInt8(ascii: "G") { continue }
      append(tag)
    }
    append(UInt8(ascii: "\n"))
  }

  private mutating func appendCigar(_ cigar: Cigar) {
    if cigar.isEmpty { return append(UInt8(ascii: "*")) }
    for operation in cigar {
      append(operation.length)
      append(Self.operations[Int(operation.code)])
    }
  }

  private mutating func appendSequence(_ record: AlignmentRecord) {
    let length = record.sequenceLength
    guard length > 0 else {
      append(UInt8(ascii: "*"))
      append(UInt8(ascii: "\t"))
      return append(UInt8(ascii: "*"))
    }
    let packed = record.packedSequence
    Self.bases.withUnsafeBufferPointer { bases in
      for index in 0..<length {
        let code = index & 1 == 0 ? packed[index >> 1] >> 4 : packed[index >> 1] & 15
        room[count + index] = bases[Int(code)]
      }
    }
    count += length
    append(UInt8(ascii: "\t"))
    let qualities = record.qualities
    guard qualities[0] != 0xFF else { return append(UInt8(ascii: "*")) }
    for index in 0..<length { room[count + index] = qualities[index] &+ 33 }
    count += length
  }

  private mutating func append(_ tag: TagIterator.Tag) {
    append(UInt8(ascii: "\t"))
    append(tag.first)
    append(tag.second)
    append(UInt8(ascii: ":"))
    let value = tag.value
    switch value.type {
    case UInt8(ascii: "A"), UInt8(ascii: "Z"), UInt8(ascii: "H"):
      append(value.type)
      append(UInt8(ascii: ":"))
      append(UnsafeRawBufferPointer(start: value.data, count: value.count))
    case UInt8(ascii: "f"), UInt8(ascii: "d"):
      append(value.type)
      append(UInt8(ascii: ":"))
      append(value, 0)
    case UInt8(ascii: "B"):
      append(UInt8(ascii: "B"))
      append(UInt8(ascii: ":"))
      append(value.subtype)
      for index in 0..<value.count {
        append(UInt8(ascii: ","))
        append(value, index)
      }
    default:
      // Every width of integer is an `i` in text.
      append(UInt8(ascii: "i"))
      append(UInt8(ascii: ":"))
      append(value, 0)
    }
  }

  /// Appends an element of a tag's value.
  private mutating func append(_ value: TagScanner.Value, _ index: Int) {
    func load<T: FixedWidthInteger>(_ type: T.Type) -> T {
      T(littleEndian: value.data.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self))
    }
    switch value.type == UInt8(ascii: "B") ? value.subtype : value.type {
    case UInt8(ascii: "c"): append(Int(load(Int8.self)))
    case UInt8(ascii: "C"): append(Int(load(UInt8.self)))
    case UInt8(ascii: "s"): append(Int(load(Int16.self)))
    case UInt8(ascii: "S"): append(Int(load(UInt16.self)))
    case UInt8(ascii: "i"): append(Int(load(Int32.self)))
    case UInt8(ascii: "I"): append(Int(load(UInt32.self)))
    case UInt8(ascii: "f"):
      append(Double(Float(bitPattern: load(UInt32.self))), inArray: value.type == UInt8(ascii: "B"))
    default: append(Double(bitPattern: load(UInt64.self)), inArray: false)
    }
  }

  /// A number as htslib writes it: with `%g` where it stands alone, in arrays with `kputd`, which rounds ties away from
  /// zero.
  private mutating func append(_ number: Double, inArray: Bool) {
    guard inArray else {
      let target = room.baseAddress.map { ($0 + count).assumingMemoryBound(to: CChar.self) }
      count += Int(withVaList([number]) { vsnprintf(target, room.count - count, "%g", $0) })
      return
    }
    var text = kstring_t(l: 0, m: 0, s: nil)
    defer { apus_free(text.s) }
    guard kputd(number, &text) >= 0 else { return }
    append(UnsafeRawBufferPointer(start: text.s, count: text.l))
  }

  private mutating func append(_ number: Int) {
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { buffer in
      var magnitude = number.magnitude
      var first = buffer.count
      repeat {
        first -= 1
        buffer[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      if number < 0 {
        first -= 1
        buffer[first] = UInt8(ascii: "-")
      }
      append(UnsafeRawBufferPointer(rebasing: buffer[first...]))
    }
  }

  private mutating func tab(_ number: Int) {
    append(UInt8(ascii: "\t"))
    append(number)
  }

  private mutating func tab(_ text: [UInt8]) {
    append(UInt8(ascii: "\t"))
    text.withUnsafeBytes { append($0) }
  }

  private mutating func append(_ byte: UInt8) {
    room[count] = byte
    count += 1
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
    precondition(count + bytes.count <= room.count, "a line is wider than its bound")
    (target + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }
}
