#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts an expression into tokens as bcftools 1.16 does; what that silently skips is refused.
struct FilterLexer {
  private let bytes: [UInt8]
  private var position = 0

  init(_ expression: String) { bytes = Array(expression.utf8) }

  mutating func tokens() throws(FilterFault) -> [FilterToken] {
    var tokens: [FilterToken] = []
    while true {
      while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
      guard position < bytes.count else { return tokens }
      let start = position
      let kind = try next()
      tokens.append(FilterToken(kind: kind, place: start..<position))
    }
  }

  private mutating func next() throws(FilterFault) -> FilterToken.Kind {
    let byte = bytes[position]
    if let number = number() { return .number(number) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try text(quote: byte)
    case UInt8(ascii: "@"):
      let start = position + 1
      while position < bytes.count, !Self.endsFile(bytes[position]) { position += 1 }
      return .file(string(start..<position))
    case UInt8(ascii: "("): return one(.open)
    case UInt8(ascii: ")"): return one(.close)
    case UInt8(ascii: ","): return one(.comma)
    default: break
    }
    if byte == UInt8(ascii: "%"), let name = percentName() { return name }
    if let sign = try sign() { return .operator(sign) }
    return try name()
  }

  /// A number in decimal notation; nil where letters follow, for tags may begin with digits (`1000G`).
  private mutating func number() -> Double? {
    var end = position
    func skipDigits() -> Int {
      let start = end
      while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
      return end - start
    }
    var digits = skipDigits()
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      end += 1
      digits += skipDigits()
    }
    guard digits > 0 else { return nil }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      let mantissa = end
      end += 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") { end += 1 }
      if skipDigits() == 0 { end = mantissa }
    }
    if end < bytes.count, Self.isNamePart(bytes[end]) { return nil }
    guard let value = Double(string(position..<end)) else { return nil }
    position = end
    return value
  }

  private mutating func text(quote: UInt8) throws(FilterFault) -> FilterToken.Kind {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else { throw FilterFault(start..<bytes.count, "the closing quote is missing") }
    position += 1
    return .text(string((start + 1)..<(position - 1)))
  }

  /// `%ILEN` and `%MAX(`, which older versions of bcftools wrote so.
  private mutating func percentName() -> FilterToken.Kind? {
    let rest = string((position + 1)..<min(bytes.count, position + 5)).uppercased()
    if rest == "ILEN" {
      position += 5
      return .name("%ILEN")
    }
    guard rest.hasSuffix("("), let function = FilterFunction.names["%" + rest.dropLast()] else { return nil }
    position += 5
    return .function(function)
  }

  private mutating func sign() throws(FilterFault) -> FilterOperator? {
    let first = bytes[position]
    let second = position + 1 < bytes.count ? bytes[position + 1] : 0
    func take(_ count: Int, _ sign: FilterOperator) -> FilterOperator {
      position += count
      return sign
    }
    switch (first, second) {
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): return take(2, .comparison(.notEqual))
    case (UInt8(ascii: "!"), UInt8(ascii: "~")): return take(2, .matches(isNegated: true))
    case (UInt8(ascii: "!"), _):
      throw FilterFault(
        position..<(position + 1), "`!` stands before `=` and `~` only: turn the comparison round, or use -e for -i")
    case (UInt8(ascii: "="), UInt8(ascii: "<")), (UInt8(ascii: "="), UInt8(ascii: ">")):
      throw FilterFault(position..<(position + 2), "write `<=` or `>=`")
    case (UInt8(ascii: "="), UInt8(ascii: "~")): throw FilterFault(position..<(position + 2), "write `~` alone")
    case (UInt8(ascii: "="), UInt8(ascii: "=")): return take(2, .comparison(.equal))
    case (UInt8(ascii: "="), _): return take(1, .comparison(.equal))
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): return take(2, .comparison(.lessOrEqual))
    case (UInt8(ascii: "<"), _): return take(1, .comparison(.less))
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): return take(2, .comparison(.greaterOrEqual))
    case (UInt8(ascii: ">"), _): return take(1, .comparison(.greater))
    case (UInt8(ascii: "~"), _): return take(1, .matches(isNegated: false))
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): return take(2, .logic(.andSites))
    case (UInt8(ascii: "&"), _): return take(1, .logic(.andSamples))
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): return take(2, .logic(.orSites))
    case (UInt8(ascii: "|"), _): return take(1, .logic(.orSamples))
    case (UInt8(ascii: "+"), _): return take(1, .arithmetic(.add))
    case (UInt8(ascii: "-"), _): return take(1, .arithmetic(.subtract))
    case (UInt8(ascii: "*"), _): return take(1, .arithmetic(.multiply))
    case (UInt8(ascii: "/"), _): return take(1, .arithmetic(.divide))
    case (UInt8(ascii: "%"), _): return take(1, .arithmetic(.modulo))
    default: return nil
    }
  }

  /// A name with its prefix and subscript, or a function with its opening bracket.
  private mutating func name() throws(FilterFault) -> FilterToken.Kind {
    let start = position
    for prefix in ["INFO/", "FORMAT/", "FMT/"]
    where string(position..<min(bytes.count, position + prefix.utf8.count)).uppercased() == prefix {
      position += prefix.utf8.count
      break
    }
    let tag = position
    while position < bytes.count, !Self.endsName(bytes[position]) {
      if bytes[position] == UInt8(ascii: "[") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "]") { position += 1 }
        guard position < bytes.count else { throw FilterFault(start..<bytes.count, "the closing `]` is missing") }
        position += 1
        break
      }
      position += 1
    }
    let text = string(start..<position)
    if tag == start, position < bytes.count, bytes[position] == UInt8(ascii: "(") {
      if let function = FilterFunction.names[text.uppercased()] {
        position += 1
        return .function(function)
      }
      let isPerl = text.uppercased().hasPrefix("PERL.")
      throw FilterFault(
        start..<position, isPerl ? "functions in Perl are not supported" : "there is no function of this name")
    }
    guard position > tag else {
      throw FilterFault(start..<max(position, min(bytes.count, start + 1)), "this is no part of the language")
    }
    return .name(text)
  }

  private mutating func one(_ kind: FilterToken.Kind) -> FilterToken.Kind {
    position += 1
    return kind
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  private static func isNamePart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "[") || byte == UInt8(ascii: ".")
  }
  private static func endsName(_ byte: UInt8) -> Bool { isSpace(byte) || "\"'<>=!&|()+*-/~%,".utf8.contains(byte) }
  private static func endsFile(_ byte: UInt8) -> Bool { isSpace(byte) || "=!&|)".utf8.contains(byte) }
}
