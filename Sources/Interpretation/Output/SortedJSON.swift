/// Writes values as JSON with members by name: the same value is the same bytes.
///
/// A document's members stand on lines of their own, and so do the values of a list among them; all else is written without
/// spaces. Foundation's encoder builds a tree of the whole document first; of a family's tiers, which are tens of
/// megabytes, that took longer than finding them.
enum SortedJSON {
  /// A document with a line feed at its end.
  /// - Throws: `EncodingError` for a number that JSON does not have; what the value's own encoding throws.
  static func document(_ value: some Encodable) throws -> [UInt8] {
    let sink = SortedJSONSink()
    try sink.append(value, depth: 0)
    sink.bytes.append(UInt8(ascii: "\n"))
    return sink.bytes
  }
}

/// A value of which documents hold tens of thousands: it writes its members itself, in the order of their names, as its own
/// encoding would.
protocol SortedJSONMembers: Encodable {
  func writeMembers(to members: inout SortedJSONWriter)
}

/// Writes the members of one object; their names ascend.
struct SortedJSONWriter {
  private let sink: SortedJSONSink
  private var isFirst = true

  init(_ sink: SortedJSONSink) { self.sink = sink }

  private mutating func name(_ name: StaticString) {
    sink.append(verbatim: isFirst ? "\"" : ",\"")
    sink.append(verbatim: name)
    sink.append(verbatim: "\":")
    isFirst = false
  }

  mutating func write(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    self.name(name)
    sink.append(value)
  }

  mutating func write(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    self.name(name)
    sink.append(value)
  }

  mutating func write(_ name: StaticString, _ value: Bool) {
    self.name(name)
    sink.append(verbatim: value ? "true" : "false")
  }

  /// - Precondition: the number is finite.
  mutating func write(_ name: StaticString, _ value: Double?) {
    guard let value else { return }
    self.name(name)
    sink.append(finite: value)
  }

  mutating func write(_ name: StaticString, _ values: [String]) {
    self.name(name)
    list(values) { $0.append($1) }
  }

  mutating func write(_ name: StaticString, _ values: [some SortedJSONMembers]) {
    self.name(name)
    list(values) { $0.append($1) }
  }

  private func list<T>(_ values: [T], _ write: (SortedJSONSink, T) -> Void) {
    sink.append(verbatim: "[")
    for (number, value) in values.enumerated() {
      if number > 0 { sink.append(verbatim: ",") }
      write(sink, value)
    }
    sink.append(verbatim: "]")
  }
}

/// The bytes of a document, or of a part of it that is not in its place yet.
final class SortedJSONSink {
  // Behind a pointer: a class's own variable is checked for overlapping access at every byte.
  private let storage: UnsafeMutablePointer<[UInt8]>
  var bytes: [UInt8] {
    get { storage.pointee }
    _modify { yield &storage.pointee }
  }

  init() {
    storage = .allocate(capacity: 1)
    storage.initialize(to: [])
  }

  deinit {
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  func append(verbatim text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func append(_ value: some SortedJSONMembers) {
    append(verbatim: "{")
    var members = SortedJSONWriter(self)
    value.writeMembers(to: &members)
    append(verbatim: "}")
  }

  func append(_ value: some Encodable, depth: Int) throws {
    if depth > 0, let value = value as? any SortedJSONMembers { return append(value) }
    let node = SortedJSONNode(self, depth: depth)
    try value.encode(to: node)
    node.finish()
  }

  func append(_ value: Int) {
    var value = value
    if value < 0 {
      bytes.append(UInt8(ascii: "-"))
      // The least integer has no positive twin.
      guard value != .min else { return bytes.append(contentsOf: String(value).utf8.dropFirst()) }
      value = -value
    }
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
      value /= 10
    } while value > 0
    bytes[start...].reverse()
  }

  /// The shortest digits that read back as the same number.
  func append(_ value: Double) throws {
    guard value.isFinite else {
      throw EncodingError.invalidValue(
        value, EncodingError.Context(codingPath: [], debugDescription: "JSON has no number for \(value)"))
    }
    append(finite: value)
  }

  func append(finite value: Double) {
    if value == value.rounded(), abs(value) < 1e15 { return append(Int(value)) }
    bytes.append(contentsOf: value.description.utf8)
  }

  /// RFC 8259, section 7.
  func append(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      var start = 0
      for place in 0..<text.count {
        let byte = text[place]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
        append(escaped: byte)
        start = place + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func append(escaped byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case 0..<0x20:
      let digits: StaticString = "0123456789abcdef"
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits.utf8Start[Int(byte >> 4)])
      bytes.append(digits.utf8Start[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
