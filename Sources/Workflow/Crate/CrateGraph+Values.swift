import Reports

// How single values are written.
extension CrateGraph {
  static func entity(_ id: String, _ type: String, _ members: [(String, JSONValue)]) -> JSONValue {
    .object(
      [.init("@id", .string(id)), .init("@type", .string(type))] + members.map { JSONValue.Member($0.0, $0.1) })
  }

  static func link(_ id: String) -> JSONValue { .object([.init("@id", .string(id))]) }

  /// One link alone, several as a list, each once.
  static func links(_ ids: [String]) -> JSONValue {
    var seen: Set<String> = []
    let single = ids.filter { seen.insert($0).inserted }
    return single.count == 1 ? link(single[0]) : .array(single.map(link))
  }

  /// Properties of a file; sizes are text, as RO-Crate 1.1 writes them.
  static func members(_ file: Manifest.File, name: String, description: String?) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("name", .string(name))]
    if let description { members.append(("description", .string(description))) }
    return members + [
      ("encodingFormat", .string(mediaType(file.path))), ("contentSize", .string(String(file.bytes))),
      ("sha256", .string(file.sha256)),
    ]
  }

  /// The media type that a name's ending stands for.
  static func mediaType(_ path: String) -> String {
    let types = [
      ("html", "text/html"), ("json", "application/json"), ("tsv", "text/tab-separated-values"), ("csv", "text/csv"),
      ("txt", "text/plain"), ("vcf", "text/plain"), ("bed", "text/plain"), ("gz", "application/gzip"),
    ]
    return types.first { path.hasSuffix("." + $0.0) }?.1 ?? "application/octet-stream"
  }

  /// A path as a URI's: everything that is not unreserved (RFC 3986) in percent signs, slashes kept.
  static func encoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        encoded.append(byte)
      default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// A SHA-256 as a name (RFC 6920, section 3): `ni:///sha-256;` and 43 letters of base64url.
  /// - Returns: nil for what is not 64 hexadecimal digits.
  static func digestName(_ sha256: String) -> String? {
    let nibbles = sha256.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard sha256.utf8.count == 64, nibbles.count == 64 else { return nil }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    // Three nibbles are twelve bits are two letters; the last nibble of 64 stands with two zero bits.
    var letters: [UInt8] = []
    for start in stride(from: 0, to: 63, by: 3) {
      let bits = nibbles[start] << 8 | nibbles[start + 1] << 4 | nibbles[start + 2]
      letters += [alphabet[bits >> 6], alphabet[bits & 63]]
    }
    letters.append(alphabet[nibbles[63] << 2])
    return "ni:///sha-256;" + String(decoding: letters, as: UTF8.self)
  }
}
