/// Where one value is written. Members are written as they come, and put in their order when the value is whole.
final class SortedJSONNode: Encoder {
  enum Kind {
    case nothing
    case single
    case list
    case object
  }
  let sink: SortedJSONSink
  /// 0 for the document, 1 for its members.
  let depth: Int
  // Not kept: an error names the value.
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  private var kind = Kind.nothing
  /// Where the value begins in the sink.
  private let start: Int
  private var count = 0
  private var members: [(name: String, value: Range<Int>)] = []
  /// Parts that were asked for as containers of their own: nobody tells when they are whole.
  private var parts: [(name: String?, node: SortedJSONNode)] = []

  init(_ sink: SortedJSONSink, depth: Int) {
    self.sink = sink
    self.depth = depth
    start = sink.bytes.count
  }

  var elements: Int { count }

  func begin(_ kind: Kind) {
    guard case .nothing = self.kind else { return }
    self.kind = kind
    if case .list = kind { sink.bytes.append(UInt8(ascii: "[")) }
  }

  func member(_ name: String, _ write: (SortedJSONSink) throws -> Void) rethrows {
    let first = sink.bytes.count
    try write(sink)
    members.append((name, first..<sink.bytes.count))
  }

  func element(_ write: (SortedJSONSink) throws -> Void) rethrows {
    settle()
    beginElement()
    try write(sink)
  }

  private func beginElement() {
    if count > 0 { sink.bytes.append(UInt8(ascii: ",")) }
    if depth == 1 { sink.bytes.append(UInt8(ascii: "\n")) }
    count += 1
  }

  func part(_ name: String?) -> SortedJSONNode {
    settle()
    let node = SortedJSONNode(SortedJSONSink(), depth: depth + 1)
    parts.append((name, node))
    return node
  }

  /// Takes over the parts of a list, which stand before what comes next.
  private func settle() {
    guard !parts.isEmpty else { return }
    let settled = parts
    parts.removeAll()
    for part in settled {
      part.node.finish()
      if let name = part.name {
        member(name) { $0.bytes += part.node.sink.bytes }
      } else {
        beginElement()
        sink.bytes += part.node.sink.bytes
      }
    }
  }

  func finish() {
    settle()
    switch kind {
    case .nothing: sink.bytes.append(contentsOf: "{}".utf8)
    case .single: break
    case .list: sink.bytes.append(UInt8(ascii: "]"))
    case .object: order()
    }
  }

  private func order() {
    members.sort { $0.name < $1.name }
    let values = Array(sink.bytes[start...])
    sink.bytes.removeSubrange(start...)
    sink.bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { sink.bytes.append(UInt8(ascii: ",")) }
      if depth == 0 { sink.bytes.append(UInt8(ascii: "\n")) }
      sink.append(member.name)
      sink.bytes.append(UInt8(ascii: ":"))
      if depth == 0 { sink.bytes.append(UInt8(ascii: " ")) }
      sink.bytes.append(contentsOf: values[(member.value.lowerBound - start)..<(member.value.upperBound - start)])
    }
    if depth == 0 { sink.bytes.append(UInt8(ascii: "\n")) }
    sink.bytes.append(UInt8(ascii: "}"))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    begin(.object)
    return KeyedEncodingContainer(Members<Key>(node: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    begin(.list)
    return Elements(node: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    begin(.single)
    return Single(node: self)
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: SortedJSONNode
  var codingPath: [any CodingKey] { node.codingPath }

  mutating func encodeNil(forKey key: Key) {
    node.member(key.stringValue) { $0.bytes.append(contentsOf: "null".utf8) }
  }
  mutating func encode(_ value: Bool, forKey key: Key) {
    node.member(key.stringValue) { $0.bytes.append(contentsOf: (value ? "true" : "false").utf8) }
  }
  mutating func encode(_ value: String, forKey key: Key) { node.member(key.stringValue) { $0.append(value) } }
  mutating func encode(_ value: Int, forKey key: Key) { node.member(key.stringValue) { $0.append(value) } }
  mutating func encode(_ value: Double, forKey key: Key) throws {
    try node.member(key.stringValue) { try $0.append(value) }
  }
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try node.member(key.stringValue) { try $0.append(value, depth: node.depth + 1) }
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { node.part(key.stringValue).container(keyedBy: type) }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    node.part(key.stringValue).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { node.part("super") }
  mutating func superEncoder(forKey key: Key) -> any Encoder { node.part(key.stringValue) }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: SortedJSONNode
  var codingPath: [any CodingKey] { node.codingPath }
  var count: Int { node.elements }

  mutating func encodeNil() { node.element { $0.bytes.append(contentsOf: "null".utf8) } }
  mutating func encode(_ value: String) { node.element { $0.append(value) } }
  mutating func encode(_ value: Int) { node.element { $0.append(value) } }
  mutating func encode<T: Encodable>(_ value: T) throws {
    try node.element { try $0.append(value, depth: node.depth + 1) }
  }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    node.part(nil).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { node.part(nil).unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { node.part(nil) }
}

private struct Single: SingleValueEncodingContainer {
  let node: SortedJSONNode
  var codingPath: [any CodingKey] { node.codingPath }

  mutating func encodeNil() { node.sink.bytes.append(contentsOf: "null".utf8) }
  mutating func encode(_ value: Bool) { node.sink.bytes.append(contentsOf: (value ? "true" : "false").utf8) }
  mutating func encode(_ value: String) { node.sink.append(value) }
  mutating func encode(_ value: Double) throws { try node.sink.append(value) }
  mutating func encode(_ value: Float) throws { try node.sink.append(Double(value)) }
  mutating func encode(_ value: Int) { node.sink.append(value) }
  mutating func encode(_ value: Int8) { node.sink.append(Int(value)) }
  mutating func encode(_ value: Int16) { node.sink.append(Int(value)) }
  mutating func encode(_ value: Int32) { node.sink.append(Int(value)) }
  mutating func encode(_ value: Int64) { node.sink.append(Int(value)) }
  mutating func encode(_ value: UInt) { node.sink.bytes.append(contentsOf: String(value).utf8) }
  mutating func encode(_ value: UInt8) { node.sink.append(Int(value)) }
  mutating func encode(_ value: UInt16) { node.sink.append(Int(value)) }
  mutating func encode(_ value: UInt32) { node.sink.append(Int(value)) }
  mutating func encode(_ value: UInt64) { node.sink.bytes.append(contentsOf: String(value).utf8) }
  mutating func encode<T: Encodable>(_ value: T) throws { try node.sink.append(value, depth: node.depth) }
}
