/// A request, as far as the service looks at it: what the transport read.
package struct WebRequest: Sendable {
  /// The method, in upper case.
  package var method: String
  /// The path, as sent.
  package var path: String
  /// What follows the question mark, as sent.
  package var query: String
  /// Headers, their names in lower case.
  package var headers: [(name: String, value: String)]
  /// The body.
  package var body: [UInt8]

  package init(
    _ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts.first ?? "")
    query = parts.count > 1 ? String(parts[1]) : ""
    self.headers = headers
    self.body = body
  }

  /// The values of a header, by its name in lower case.
  package func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// The parts of the path, decoded.
  package func segments() throws(RequestFault) -> [String] {
    var segments: [String] = []
    for part in path.split(separator: "/") { segments.append(try Self.decoded(part, isForm: false)) }
    return segments
  }

  /// The query's names and values, decoded.
  package func pairs() throws(RequestFault) -> [(name: String, value: String)] { try Self.pairs(query) }

  /// Names and values of a query or a form.
  package static func pairs(_ text: some StringProtocol) throws(RequestFault) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    for part in text.split(separator: "&") {
      guard pairs.count < 64 else { throw .bad("the query has more than 64 parts") }
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      pairs.append(
        (
          try decoded(halves[0], isForm: true), halves.count > 1 ? try decoded(halves[1], isForm: true) : ""
        ))
    }
    return pairs
  }

  private static func decoded(_ text: some StringProtocol, isForm: Bool) throws(RequestFault) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard rest.count >= 2, let high = digit(rest.removeFirst()), let low = digit(rest.removeFirst()) else {
          throw .bad("the address has a % without two hexadecimal digits")
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where isForm: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw .bad("the address is not UTF-8 when decoded")
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// What is sent back.
package struct WebResponse: Sendable {
  /// The status.
  package var status: Int
  /// Headers, in lower case.
  package var headers: [(name: String, value: String)]
  /// The body.
  package var body: [UInt8]

  package init(_ status: Int, type: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
    self.status = status
    self.headers =
      [
        ("content-type", type), ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
      ] + headers
    self.body = body
  }
}
