extension JSONValue {
  /// Encodes a value: members in the order that its type declares them, dictionaries by key, absent optionals left out.
  /// - Throws: what the value's own encoding throws.
  public init(encoding value: some Encodable) throws {
    self = try Self.encode(value, path: [])
  }

  fileprivate static func encode(_ value: some Encodable, path: [any CodingKey]) throws -> JSONValue {
    if let dictionary = value as? any SortedDictionary { return try dictionary.sortedObject(path: path) }
    let node = Node(path: path)
    try value.encode(to: node)
    return node.value
  }
}

/// Dictionaries iterate in another order in each process; their members are sorted here.
private protocol SortedDictionary {
  func sortedObject(path: [any CodingKey]) throws -> JSONValue
}

extension Dictionary: SortedDictionary where Key == String, Value: Encodable {
  fileprivate func sortedObject(path: [any CodingKey]) throws -> JSONValue {
    .object(
      try sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, try JSONValue.encode($0.value, path: path)) })
  }
}

/// Where one value's encoding is gathered.
private final class Node: Encoder {
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]
  private enum Content {
    case empty
    case single(JSONValue)
    case list([Node])
    case members([(name: String, node: Node)])
  }
  private var content = Content.empty

  init(path: [any CodingKey]) { codingPath = path }

  var value: JSONValue {
    switch content {
    case .empty: .object([])
    case .single(let value): value
    case .list(let nodes): .array(nodes.map(\.value))
    case .members(let members): .object(members.map { JSONValue.Member($0.name, $0.node.value) })
    }
  }

  func set(_ value: JSONValue) { content = .single(value) }

  func beginList() { if case .empty = content { content = .list([]) } }

  func beginMembers() { if case .empty = content { content = .members([]) } }

  var count: Int {
    switch content {
    case .list(let nodes): nodes.count
    case .members(let members): members.count
    default: 0
    }
  }

  func element() -> Node {
    let node = Node(path: codingPath)
    guard case .list(var nodes) = content else { return node }
    // While `content` held the list too, every append would copy it.
    content = .empty
    nodes.append(node)
    content = .list(nodes)
    return node
  }

  func member(_ key: any CodingKey) -> Node {
    let node = Node(path: codingPath + [key])
    guard case .members(var members) = content else { return node }
    content = .empty
    members.append((key.stringValue, node))
    content = .members(members)
    return node
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    beginMembers()
    return KeyedEncodingContainer(Members<Key>(node: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    beginList()
    return Elements(node: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: self) }

  func encode(_ value: some Encodable) throws { set(try JSONValue.encode(value, path: codingPath)) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  var codingPath: [any CodingKey] { node.codingPath }

  mutating func encodeNil(forKey key: Key) { node.member(key).set(.null) }
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try node.member(key).encode(value) }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
    -> KeyedEncodingContainer<Nested>
  { node.member(key).container(keyedBy: type) }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    node.member(key).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { node }
  mutating func superEncoder(forKey key: Key) -> any Encoder { node.member(key) }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: Node
  var codingPath: [any CodingKey] { node.codingPath }
  var count: Int { node.count }

  mutating func encodeNil() { node.element().set(.null) }
  mutating func encode<T: Encodable>(_ value: T) throws { try node.element().encode(value) }
  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    node.element().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { node.element().unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { node }
}

private struct Single: SingleValueEncodingContainer {
  let node: Node
  var codingPath: [any CodingKey] { node.codingPath }

  mutating func encodeNil() { node.set(.null) }
  mutating func encode(_ value: Bool) { node.set(.bool(value)) }
  mutating func encode(_ value: String) { node.set(.string(value)) }
  mutating func encode(_ value: Double) { node.set(.number(value)) }
  mutating func encode(_ value: Float) { node.set(.number(Double(value))) }
  mutating func encode(_ value: Int) { node.set(.integer(value)) }
  mutating func encode(_ value: Int8) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: Int16) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: Int32) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: Int64) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt8) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt16) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt32) { node.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt64) { node.set(.integer(Int(value))) }
  mutating func encode<T: Encodable>(_ value: T) throws { try node.encode(value) }
}
