import Genomics

/// Parses a BAM's header, `magic, l_text, text, n_ref, {l_name, name, l_ref}` (SAM specification, section 4.2), chunk by
/// chunk; what was parsed once is not looked at again, however many chunks it takes.
struct BAMHeaderParser {
  private let path: String
  /// What is not parsed yet, the newest chunk included.
  private let bytes = ByteBuffer(capacity: 64 << 10)
  /// The offset of its first byte in the decompressed data.
  private var offset = 0
  private var text: [UInt8]?
  private var expectedContigs: Int?
  private var contigs: [Contig] = []

  init(path: String) { self.path = path }

  /// Takes the header's part of a chunk; the chunk keeps what follows.
  /// - Returns: whether the header is complete.
  /// - Throws: `InputError` of kind `malformed`.
  mutating func take(_ chunk: Chunk) throws(InputError) -> Bool {
    chunk.withBytes { bytes.append($0) }
    guard try parse() else {
      return false
    }
    // What is left came with this chunk: before it, the header was not complete.
    let taken = chunk.count - bytes.count
    chunk.data.dropFirst(taken)
    chunk.dataOffset += taken
    return true
  }

  /// The header, once complete.
  func header() throws(InputError) -> SAMHeader {
    try SAMHeader(bytes: text ?? [], binaryContigs: contigs, path: path, textOffset: 8)
  }

  private mutating func parse() throws(InputError) -> Bool {
    if text == nil {
      // The magic was looked at by the caller.
      guard let length = try length(at: 4), bytes.count >= 8 + length else { return false }
      text = Array(bytes.bytes[8..<(8 + length)].prefix { $0 != 0 })
      drop(8 + length)
    }
    if expectedContigs == nil {
      guard let count = try length(at: 0) else { return false }
      expectedContigs = count
      drop(4)
    }
    while contigs.count < expectedContigs ?? 0 {
      guard let nameLength = try length(at: 0), bytes.count >= 8 + nameLength else { return false }
      let name = bytes.bytes[4..<(4 + nameLength)]
      guard nameLength > 1, name.last == 0, !name.dropLast().contains(0) else {
        throw refusal("a reference sequence has no name that ends with NUL")
      }
      contigs.append(
        Contig(name: String(decoding: name.dropLast(), as: UTF8.self), length: try length(at: 4 + nameLength)))
      drop(8 + nameLength)
    }
    return true
  }

  private mutating func drop(_ count: Int) {
    bytes.dropFirst(count)
    offset += count
  }

  /// A 32-bit length; nil where the bytes end before it does.
  private func length(at place: Int) throws(InputError) -> Int? {
    guard place + 4 <= bytes.count else { return nil }
    let value = Int(Int32(littleEndian: bytes.bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
    guard value >= 0 else { throw refusal("the header declares a negative length") }
    return value
  }

  private func refusal(_ reason: String) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: path, offset: offset), reason,
      remedy: "the file is damaged: fetch it again, or make it again")
  }
}
