import GenomicFiles

/// Looks up the names of an expression in a header and makes a program; refuses what has no meaning.
struct FilterBinder {
  let header: VCFHeader
  var program: FilterProgram
  /// Reads the lines of a file, each up to its first blank.
  let readLines: (String) throws -> [String]

  init(header: VCFHeader, readLines: @escaping (String) throws -> [String]) {
    self.header = header
    self.readLines = readLines
    program = FilterProgram(sampleCount: header.samples.count)
  }

  mutating func bind(_ syntax: FilterSyntax) throws -> FilterProgram {
    let root = try condition(syntax)
    precondition(root == program.root, "the root is the last node")
    return program
  }

  // MARK: Conditions

  private mutating func condition(_ syntax: FilterSyntax) throws -> Int {
    let index = try node(syntax)
    guard program.nodes[index].value == .condition else {
      throw FilterFault(
        syntax.place, "a condition is wanted here, not a value: compare it with something, such as `… > 0`")
    }
    return index
  }

  /// A node of any value.
  mutating func node(_ syntax: FilterSyntax) throws -> Int {
    switch syntax {
    case .number(let value, _): return add(FilterNode(kind: .number, value: .number, number: value))
    case .text(let text, _): return addText(text)
    case .file(_, let place):
      throw FilterFault(place, "a file is compared with ID only, by = or !=")
    case .name(let name, let place): return try bind(name: name, place)
    case .negated(let inner, let place):
      let minus = add(FilterNode(kind: .number, value: .number, number: -1))
      return try arithmetic(.multiply, minus, number(inner), place)
    case .call(let function, let arguments, let place): return try bind(function, arguments, place)
    case .binary(.logic(let logic), let left, let right, _):
      let (a, b) = (try condition(left), try condition(right))
      var node = FilterNode(kind: .logic, value: .condition, operation: logic.rawValue)
      join(&node, a, b, isUnion: true)
      return add(node)
    case .binary(.arithmetic(let sign), let left, let right, let place):
      return try arithmetic(sign, number(left), number(right), place)
    case .binary(.comparison(let comparison), let left, let right, let place):
      return try compare(comparison, left, right, place)
    case .binary(.matches(let isNegated), let left, let right, let place):
      return try match(left, right, isNegated: isNegated, place)
    }
  }

  /// A node with numbers.
  mutating func number(_ syntax: FilterSyntax) throws -> Int {
    let index = try node(syntax)
    guard program.nodes[index].value == .number, program.nodes[index].kind != .type else {
      throw FilterFault(
        syntax.place,
        program.nodes[index].kind == .type
          ? "TYPE is compared with a type in quotes only"
          : program.nodes[index].value == .text
            ? "a number is wanted here, and this is text" : "a number is wanted here, and this is a condition")
    }
    return index
  }

  private mutating func arithmetic(
    _ sign: FilterArithmetic, _ left: Int, _ right: Int, _ place: Range<Int>
  ) throws -> Int {
    var node = FilterNode(kind: .arithmetic, value: .number, operation: sign.rawValue)
    join(&node, left, right, isUnion: true)
    return add(node)
  }

  // MARK: Comparing

  private mutating func compare(
    _ comparison: FilterComparison, _ left: FilterSyntax, _ right: FilterSyntax, _ place: Range<Int>
  ) throws -> Int {
    if let special = try special(comparison, left, right, place) { return special }
    if let special = try special(comparison.mirrored, right, left, place) { return special }
    let isEquality = comparison == .equal || comparison == .notEqual
    var (a, b) = (try node(left), try node(right))
    func isDot(_ index: Int) -> Bool {
      program.nodes[index].kind == .text && program.texts[Int(program.nodes[index].slot)] == [UInt8(ascii: ".")]
    }
    // `.` is a missing number beside numbers.
    if isEquality, program.nodes[a].value == .number, isDot(b) { b = replaceByMissing(b) }
    if isEquality, program.nodes[b].value == .number, isDot(a) { a = replaceByMissing(a) }
    switch (program.nodes[a].value, program.nodes[b].value) {
    case (.number, .number):
      guard program.nodes[a].kind != .type, program.nodes[b].kind != .type else {
        throw FilterFault(place, "TYPE is compared with a type in quotes, by =, !=, ~ or !~")
      }
      var node = FilterNode(kind: .compare, value: .condition, operation: comparison.rawValue)
      let isBoth = program.nodes[a].isSample && program.nodes[b].isSample
      join(&node, a, b, isUnion: !isBoth)
      return add(node)
    case (.text, .text):
      guard isEquality else { throw FilterFault(place, "texts are compared by =, !=, ~ and !~ only") }
      guard !program.nodes[a].isSample || !program.nodes[b].isSample else {
        throw FilterFault(place, "texts of samples are compared with one text, not with each other")
      }
      var node = FilterNode(
        kind: .compareTexts, value: .condition, operation: comparison == .notEqual ? 1 : 0)
      join(&node, a, b, isUnion: true)
      return add(node)
    case (.condition, _), (_, .condition):
      throw FilterFault(place, "a condition cannot be compared; join conditions by && or ||")
    default: throw FilterFault(place, "text and number cannot be compared")
    }
  }

  private mutating func replaceByMissing(_ index: Int) -> Int {
    program.nodes[index] = FilterNode(kind: .missing, value: .number)
    return index
  }

  /// ID, FILTER, TYPE and GT beside a text; nil where `left` is none of these.
  private mutating func special(
    _ comparison: FilterComparison, _ left: FilterSyntax, _ right: FilterSyntax, _ place: Range<Int>
  ) throws -> Int? {
    guard case .name(let name, let namePlace) = left else { return nil }
    let column = FilterColumn(name)
    let isGenotype = self.isGenotype(name)
    guard column == .identifier || column == .filter || column == .type || isGenotype else { return nil }
    guard comparison == .equal || comparison == .notEqual else {
      throw FilterFault(place, "\(name) is compared by =, !=, ~ and !~ only")
    }
    let isNegated: UInt8 = comparison == .notEqual ? 1 : 0
    if column == .identifier, case .file(let path, let filePlace) = right {
      program.lists.append(Set(try lines(path, filePlace).map { Array($0.utf8) }))
      return add(
        FilterNode(
          kind: .identifierIn, value: .condition, operation: isNegated, slot: Int32(program.lists.count - 1)))
    }
    guard case .text(let text, let textPlace) = right else {
      throw FilterFault(right.place, "\(name) is compared with a text in quotes only")
    }
    switch column {
    case .identifier:
      guard !text.isEmpty else { throw FilterFault(textPlace, "ID is never empty; missing is \".\"") }
      let constant = addText(text)
      return add(
        FilterNode(kind: .identifierIs, value: .condition, operation: isNegated, left: Int32(constant)))
    case .filter: return try addFilter(text, textPlace, operation: isNegated)
    case .type:
      let mask = try typeMask(text, textPlace)
      let type = add(FilterNode(kind: .type, value: .number))
      let constant = add(FilterNode(kind: .number, value: .number, number: Double(mask)))
      return add(
        FilterNode(
          kind: .compare, value: .condition, operation: comparison.rawValue, left: Int32(type),
          right: Int32(constant)))
    default: return try genotype(name, namePlace, text, isNegated: comparison == .notEqual, pattern: nil)
    }
  }

  // MARK: Patterns

  private mutating func match(
    _ left: FilterSyntax, _ right: FilterSyntax, isNegated: Bool, _ place: Range<Int>
  ) throws -> Int {
    guard case .text(let text, let textPlace) = right else {
      throw FilterFault(right.place, "~ and !~ take a pattern in quotes on their right")
    }
    let operation: UInt8 = isNegated ? 1 : 0
    if case .name(let name, let namePlace) = left {
      switch FilterColumn(name) {
      case .filter: return try addFilter(text, textPlace, operation: operation + 2)
      case .type:
        let type = add(FilterNode(kind: .type, value: .number))
        let mask = try typeMask(text, textPlace)
        return add(
          FilterNode(
            kind: .typeHas, value: .condition, operation: operation, left: Int32(type), number: Double(mask)))
      case .identifier:
        let pattern = try addPattern(text, textPlace)
        return add(
          FilterNode(kind: .identifierMatches, value: .condition, operation: operation, slot: Int32(pattern)))
      default: break
      }
      if isGenotype(name) {
        let pattern = try addPattern(text, textPlace)
        return try genotype(name, namePlace, text, isNegated: isNegated, pattern: pattern)
      }
    }
    let a = try node(left)
    guard program.nodes[a].value == .text else { throw FilterFault(left.place, "~ and !~ take a text on their left") }
    return addMatch(a, try addPattern(text, textPlace), text, isNegated: isNegated)
  }

  mutating func addMatch(_ left: Int, _ pattern: Int, _ text: String, isNegated: Bool) -> Int {
    let constant = addText(text)
    var node = FilterNode(
      kind: .matchTexts, value: .condition, operation: isNegated ? 1 : 0, slot: Int32(pattern))
    join(&node, left, constant, isUnion: true)
    return add(node)
  }

  func lines(_ path: String, _ place: Range<Int>) throws -> [String] {
    guard !path.isEmpty else { throw FilterFault(place, "the name of the file is missing") }
    return try readLines(path)
  }
}

extension FilterComparison {
  /// The comparison with its sides changed over.
  var mirrored: FilterComparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }
}
