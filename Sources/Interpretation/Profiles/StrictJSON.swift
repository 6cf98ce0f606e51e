#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// JSON (RFC 8259) as a tree that refuses a key given twice: Foundation's decoder takes one of the two and says nothing.
enum StrictJSON: Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([StrictJSON])
  case object([String: StrictJSON])

  /// What is wrong, and the line, counted from 1.
  struct Fault: Error {
    var line: Int
    var reason: String
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    var parser = Parser(bytes: bytes)
    self = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.place == bytes.count else { throw parser.fault("something stands behind the end") }
  }

  private struct Parser {
    let bytes: [UInt8]
    var place = 0

    func fault(_ reason: String) -> Fault {
      Fault(line: 1 + bytes[..<min(place, bytes.count)].count { $0 == UInt8(ascii: "\n") }, reason: reason)
    }

    mutating func skipSpace() {
      while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
      guard place < bytes.count, bytes[place] == UInt8(ascii: letter) else { return false }
      place += 1
      return true
    }

    mutating func value(depth: Int) throws(Fault) -> StrictJSON {
      guard depth < 64 else { throw fault("values are nested too deeply") }
      skipSpace()
      guard place < bytes.count else { throw fault("the text ends inside a value") }
      switch bytes[place] {
      case UInt8(ascii: "{"): return try object(depth: depth)
      case UInt8(ascii: "["): return try array(depth: depth)
      case UInt8(ascii: "\""): return .text(try text())
      default: return try scalar()
      }
    }

    private mutating func object(depth: Int) throws(Fault) -> StrictJSON {
      place += 1
      var values: [String: StrictJSON] = [:]
      skipSpace()
      if take("}") { return .object(values) }
      while true {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw fault("a key is no text") }
        let key = try text()
        guard values[key] == nil else { throw fault("the key \(key) is given twice") }
        skipSpace()
        guard take(":") else { throw fault("no colon follows the key \(key)") }
        values[key] = try value(depth: depth + 1)
        skipSpace()
        if take("}") { return .object(values) }
        guard take(",") else { throw fault("no comma follows the value of \(key)") }
      }
    }

    private mutating func array(depth: Int) throws(Fault) -> StrictJSON {
      place += 1
      var values: [StrictJSON] = []
      skipSpace()
      if take("]") { return .array(values) }
      while true {
        values.append(try value(depth: depth + 1))
        skipSpace()
        if take("]") { return .array(values) }
        guard take(",") else { throw fault("no comma follows an element") }
      }
    }

    /// A text's escapes are Foundation's business: the stretch between its quotes is cut out and handed over.
    private mutating func text() throws(Fault) -> String {
      let start = place
      place += 1
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
        place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard place < bytes.count else { throw fault("the text ends inside quotes") }
      place += 1
      guard let value = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<place])) else {
        throw fault("a text is not well formed")
      }
      return value
    }

    private mutating func scalar() throws(Fault) -> StrictJSON {
      let start = place
      while place < bytes.count, !",]} \n\r\t".utf8.contains(bytes[place]) { place += 1 }
      let word = String(decoding: bytes[start..<place], as: UTF8.self)
      switch word {
      case "null": return .null
      case "true": return .bool(true)
      case "false": return .bool(false)
      default:
        let isPlain = word.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isPlain, word.first?.isNumber == true || word.hasPrefix("-"), let number = Double(word) else {
          throw fault("\(word.prefix(20)) is no value")
        }
        return .number(number)
      }
    }
  }
}
