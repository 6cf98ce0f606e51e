/// An expression as it is written, before tags are looked up.
indirect enum FilterSyntax: Sendable {
  case number(Double, Range<Int>)
  case text(String, Range<Int>)
  case file(String, Range<Int>)
  case name(String, Range<Int>)
  case negated(FilterSyntax, Range<Int>)
  case call(FilterFunction, [FilterSyntax], Range<Int>)
  case binary(FilterOperator, FilterSyntax, FilterSyntax, Range<Int>)

  /// The bytes of the expression that it is made of; of an operator, from its first operand to its last.
  var place: Range<Int> {
    switch self {
    case .number(_, let place), .text(_, let place), .file(_, let place), .name(_, let place), .negated(_, let place),
      .call(_, _, let place):
      place
    case .binary(_, let left, let right, _): left.place.lowerBound..<right.place.upperBound
    }
  }
}

/// Reads tokens into a tree.
///
/// Operators of one precedence group from the right, as bcftools 1.16 has it: `a-b-c` is `a-(b-c)` (measured). Where
/// that differs from arithmetic as people write it, a note says so.
struct FilterParser {
  private let tokens: [FilterToken]
  private let end: Int
  private var index = 0
  private var depth = 0
  /// What a reader of the expression may take otherwise.
  private(set) var notes: [String] = []

  private static let mostDepth = 1_000

  init(_ expression: String) throws(FilterFault) {
    var lexer = FilterLexer(expression)
    tokens = try lexer.tokens()
    end = expression.utf8.count
  }

  mutating func parse() throws(FilterFault) -> FilterSyntax {
    guard !tokens.isEmpty else { throw FilterFault(0..<end, "the expression is empty") }
    let syntax = try expression(least: 0)
    guard index == tokens.count else {
      throw FilterFault(
        tokens[index].place,
        tokens[index].kind == .close ? "there is no opening bracket for this" : "an operator is missing before this")
    }
    return syntax
  }

  private mutating func expression(least: Int) throws(FilterFault) -> FilterSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.mostDepth else {
      throw FilterFault(place, "the expression is nested more than \(Self.mostDepth) deep")
    }
    var left = try operand()
    while index < tokens.count, case .operator(let sign) = tokens[index].kind, sign.precedence >= least {
      let place = tokens[index].place
      index += 1
      let right = try expression(least: sign.precedence)
      note(sign, right)
      left = .binary(sign, left, right, place)
    }
    return left
  }

  private mutating func operand() throws(FilterFault) -> FilterSyntax {
    guard index < tokens.count else { throw FilterFault(end..<end, "a value is missing") }
    let token = tokens[index]
    index += 1
    switch token.kind {
    case .number(let value): return .number(value, token.place)
    case .text(let text): return .text(text, token.place)
    case .file(let path): return .file(path, token.place)
    case .name(let name): return .name(name, token.place)
    case .operator(.arithmetic(.subtract)):
      return .negated(try expression(least: FilterOperator.arithmetic(.multiply).precedence), token.place)
    case .open:
      let inner = try expression(least: 0)
      try close(token.place)
      // A bracketed operand is no longer part of a row of operators.
      return bracketed(inner)
    case .function(let function):
      var arguments = [try expression(least: 0)]
      while index < tokens.count, tokens[index].kind == .comma {
        index += 1
        arguments.append(try expression(least: 0))
      }
      try close(token.place)
      return .call(function, arguments, token.place.lowerBound..<tokens[index - 1].place.upperBound)
    case .operator, .close, .comma: throw FilterFault(token.place, "a value is missing before this")
    }
  }

  private mutating func close(_ opening: Range<Int>) throws(FilterFault) {
    guard index < tokens.count else { throw FilterFault(opening, "the closing bracket is missing") }
    guard tokens[index].kind == .close else {
      throw FilterFault(tokens[index].place, "an operator or a closing bracket is missing before this")
    }
    index += 1
  }

  private var place: Range<Int> { index < tokens.count ? tokens[index].place : end..<end }

  private var groups: Set<Range<Int>> = []

  private mutating func bracketed(_ syntax: FilterSyntax) -> FilterSyntax {
    if case .binary(_, _, _, let place) = syntax { groups.insert(place) }
    return syntax
  }

  private mutating func note(_ sign: FilterOperator, _ right: FilterSyntax) {
    guard case .arithmetic(let first) = sign, case .binary(.arithmetic(let second), _, _, let place) = right,
      FilterOperator.arithmetic(second).precedence == sign.precedence, !groups.contains(place)
    else { return }
    let isSame = first == .add || (first == .multiply && second != .modulo)
    if !isSame {
      notes.append(
        "a row of - or / is grouped from the right, as bcftools 1.16 does (a-b-c is a-(b-c)): use brackets")
    }
  }
}
