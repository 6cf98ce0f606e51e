import CCompression
import Genomics

/// The entries of a ZIP archive in memory (PKWARE APPNOTE 6.3), as an Office document uses it: stored or deflated, one
/// disk, no encryption, no ZIP64.
///
/// Written against archives that mean harm: every size is checked before memory is taken for it, entries that overlap
/// or lead out of the archive's root are refused, and no entry is inflated unless it is asked for.
struct ZipArchive {
  /// What is taken at most.
  struct Limits {
    /// Entries of an archive.
    var entries = 4096
    /// Bytes of one entry, inflated.
    var entryBytes = 128 << 20
    /// Bytes of all entries together, inflated.
    var totalBytes = 256 << 20
  }

  private struct Entry {
    var method: Int
    var crc: UInt32
    var compressed: Int
    var inflated: Int
    var data: Int
  }

  private let bytes: [UInt8]
  private let file: String
  private var entries: [String: Entry] = [:]

  /// The names of the entries, sorted.
  var names: [String] { entries.keys.sorted() }

  /// Reads the directory of an archive.
  /// - Throws: `InputError` of kind `truncated`, `malformed` or `unsupported` with the offset in the file.
  init(_ bytes: [UInt8], file: String, limits: Limits = Limits()) throws(InputError) {
    self.bytes = bytes
    self.file = file
    let (count, start) = try directory(limits)
    var place = start
    var ranges: [Range<Int>] = []
    var total = 0
    var folded: Set<String> = []
    for _ in 0..<count {
      guard place + 46 <= bytes.count, word(place) == 0x0201_4b50 else {
        throw refusal("the directory has a damaged entry", at: place)
      }
      let (nameLength, extra, comment) = (half(place + 28), half(place + 30), half(place + 32))
      let end = place + 46 + nameLength + extra + comment
      guard end <= bytes.count else { throw refusal("the directory is cut", .truncated, at: place) }
      let name = try name(place + 46..<place + 46 + nameLength)
      guard folded.insert(name.lowercased()).inserted else { throw refusal("two entries have one name", at: place) }
      guard half(place + 8) & 0x2041 == 0 else { throw refusal("an entry is encrypted", .unsupported, at: place) }
      var entry = Entry(
        method: half(place + 10), crc: UInt32(word(place + 16)), compressed: word(place + 20),
        inflated: word(place + 24), data: 0)
      let local = word(place + 42)
      guard ![entry.compressed, entry.inflated, local].contains(0xFFFF_FFFF) else {
        throw refusal("the archive is ZIP64", .unsupported, at: place)
      }
      guard entry.inflated <= limits.entryBytes, total + entry.inflated <= limits.totalBytes else {
        throw refusal("the archive holds more than is taken", .unsupported, at: place)
      }
      total += entry.inflated
      entry.data = try dataOffset(local: local, name: name)
      guard entry.data + entry.compressed <= start else { throw refusal("an entry is cut", .truncated, at: local) }
      ranges.append(local..<entry.data + entry.compressed)
      entries[name] = entry
      place = end
    }
    // Entries that share bytes make a small archive inflate to a huge one (D. Fifield, "A better zip bomb").
    ranges.sort { $0.lowerBound < $1.lowerBound }
    for (range, next) in zip(ranges, ranges.dropFirst()) where range.upperBound > next.lowerBound {
      throw refusal("two entries share bytes", at: next.lowerBound)
    }
  }

  /// The bytes of an entry; nil where there is none of that name.
  /// - Throws: `InputError` of kind `checksum`, `malformed` or `unsupported`.
  func bytes(of name: String) throws(InputError) -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    let source = bytes[entry.data..<entry.data + entry.compressed]
    let content: [UInt8]
    switch entry.method {
    case 0:
      guard entry.compressed == entry.inflated else { throw refusal("\(name) has two lengths", at: entry.data) }
      content = Array(source)
    case 8:
      guard let inflated = inflate(source, to: entry.inflated) else {
        throw refusal("\(name) does not inflate to the length that the directory tells", at: entry.data)
      }
      content = inflated
    default: throw refusal("\(name) is compressed by method \(entry.method)", .unsupported, at: entry.data)
    }
    let crc = content.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    guard crc == entry.crc || content.isEmpty && entry.crc == 0 else {
      throw refusal("\(name) has another checksum than the directory tells", .checksum, at: entry.data)
    }
    return content
  }

  private func inflate(_ source: ArraySlice<UInt8>, to count: Int) -> [UInt8]? {
    guard let inflater = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(inflater) }
    var isWhole = false
    // One byte beyond what is told, so that an entry of no bytes has a place too, and a longer one is seen.
    let content = [UInt8](unsafeUninitializedCapacity: count + 1) { room, filled in
      var written = 0
      let status = source.withUnsafeBytes {
        libdeflate_deflate_decompress(inflater, $0.baseAddress, $0.count, room.baseAddress, count + 1, &written)
      }
      isWhole = status == LIBDEFLATE_SUCCESS && written == count
      filled = isWhole ? count : 0
    }
    return isWhole ? content : nil
  }

  /// The number of entries and where their directory begins.
  private func directory(_ limits: Limits) throws(InputError) -> (count: Int, start: Int) {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw InputError(
        .unsupported, at: InputLocation(file: file),
        "this is an older Excel workbook, or one that is protected by a password",
        remedy: "save it as .xlsx without a password")
    }
    guard bytes.starts(with: [0x50, 0x4B]) else { throw refusal("this is no ZIP archive, which an XLSX is", at: 0) }
    // The end record is the last 22 bytes, before a comment of at most 65,535.
    let floor = max(0, bytes.count - 22 - 0xFFFF)
    var end = bytes.count - 22
    while end >= floor, !(word(end) == 0x0605_4b50 && end + 22 + half(end + 20) == bytes.count) { end -= 1 }
    guard end >= floor, end >= 0 else {
      throw refusal("the archive's directory is missing: the file is cut", .truncated, at: bytes.count)
    }
    let (count, size, start) = (half(end + 10), word(end + 12), word(end + 16))
    guard half(end + 4) == 0, half(end + 6) == 0, half(end + 8) == count else {
      throw refusal("the archive is one of several parts", .unsupported, at: end)
    }
    guard count != 0xFFFF, start != 0xFFFF_FFFF else { throw refusal("the archive is ZIP64", .unsupported, at: end) }
    guard count <= limits.entries else { throw refusal("the archive has \(count) entries", .unsupported, at: end) }
    guard start + size == end else { throw refusal("the archive's directory is not where it is told", at: end) }
    return (count, start)
  }

  private func name(_ range: Range<Int>) throws(InputError) -> String {
    guard let name = String(validating: bytes[range], as: UTF8.self), !name.isEmpty, !name.utf8.contains(0) else {
      throw refusal("an entry's name is not text", at: range.lowerBound)
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.contains("\\"), !name.contains(":"), !name.hasPrefix("/"), !parts.contains("..") else {
      throw refusal("an entry's name leads out of the archive", at: range.lowerBound)
    }
    return name
  }

  /// Where an entry's bytes begin, by its local header, which must name the same entry.
  private func dataOffset(local: Int, name: String) throws(InputError) -> Int {
    guard local + 30 <= bytes.count, word(local) == 0x0403_4b50 else {
      throw refusal("an entry has no header", at: local)
    }
    let data = local + 30 + half(local + 26)
    guard data <= bytes.count, bytes[local + 30..<data].elementsEqual(name.utf8) else {
      throw refusal("an entry has another name in its header", at: local)
    }
    return data + half(local + 28)
  }

  private func half(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }

  private func word(_ place: Int) -> Int { half(place) | half(place + 2) << 16 }

  private func refusal(_ reason: String, _ kind: InputError.Kind = .malformed, at offset: Int) -> InputError {
    InputError(
      kind, at: InputLocation(file: file, offset: offset, offsetBase: .file), reason,
      remedy: "get the workbook again from where it was published, or save it anew")
  }
}
