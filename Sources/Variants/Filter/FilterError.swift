/// A filter expression that cannot be used, with the place in it.
public struct FilterError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The expression.
  public var expression: String
  /// Where it is at fault: bytes of its UTF-8, counted from 0.
  public var place: Range<Int>
  /// What is wrong, as a clause without a full stop.
  public var reason: String

  /// The fault on one line, with the text at fault and its column, counted from 1.
  public var description: String {
    let bytes = Array(expression.utf8)
    let start = min(max(0, place.lowerBound), bytes.count)
    let end = min(max(start, place.upperBound), bytes.count)
    let column = String(decoding: bytes[..<start], as: UTF8.self).count + 1
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    let part = text.isEmpty ? "at its end" : "at column \(column), `\(text)`"
    return "filter expression, \(part): \(reason)"
  }
}

/// A fault while an expression is read; the place is bytes of the expression.
struct FilterFault: Error {
  var place: Range<Int>
  var reason: String

  init(_ place: Range<Int>, _ reason: String) {
    self.place = place
    self.reason = reason
  }
}
