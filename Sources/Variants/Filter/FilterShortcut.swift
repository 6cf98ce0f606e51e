/// A program of which the site's answer alone is wanted, as terms that jump.
///
/// It is there for comparisons by an order (`<`, `<=`, `>`, `>=`) of QUAL, of an INFO field of one number or of the first
/// number of a FORMAT field with a constant, joined by `&&`, `||`, `&` and `|`: most expressions of a pipeline. What no
/// order holds for (a missing value, a dropped field) is false in every term, and a condition on the samples holds where
/// it holds for any of them: the reading of samples ends at the first that passes.
struct FilterShortcut {
  /// A number's comparison with a constant.
  struct Comparison {
    var sign: FilterComparison
    var limit: Double
    /// Whether the field is of Type Float.
    var isFloat: Bool
    /// Into the program's formats; not of a FORMAT field: -1.
    var slot: Int

    @inline(__always)
    func holds(_ value: Double) -> Bool { sign.holds(value, limit) }
  }

  enum Kind { case quality, info, samples }

  /// A condition. Plain values, so that it is copied without counting references.
  struct Term {
    var kind: Kind
    /// Into the comparisons: one, or those that have to hold in one sample.
    var comparisons: Range<Int>
    /// The node of a number of the site.
    var node = -1
    /// The term to go on with: `passes` and `fails` end it.
    var whenHolds: Int
    var whenNot: Int
  }

  static let passes = -1
  static let fails = -2

  private(set) var comparisons: [Comparison] = []
  private(set) var terms: [Term] = []
  /// Where to begin.
  private(set) var first = FilterShortcut.passes

  /// nil where the program is not of that kind.
  init?(_ program: FilterProgram) {
    guard let first = add(program.root, of: program, Self.passes, Self.fails) else { return nil }
    self.first = first
  }

  /// Adds the terms of a node, what follows first.
  /// - Returns: the term to begin with.
  private mutating func add(_ index: Int, of program: FilterProgram, _ whenHolds: Int, _ whenNot: Int) -> Int? {
    let node = program.nodes[index]
    let (left, right) = (Int(node.left), Int(node.right))
    switch node.kind {
    case .compare:
      guard let found = comparison(node, of: program) else { return nil }
      switch program.nodes[found.number].kind {
      case .quality: return add(.quality, [found.comparison], found.number, whenHolds, whenNot)
      case .info: return add(.info, [found.comparison], found.number, whenHolds, whenNot)
      default: return add(.samples, [found.comparison], -1, whenHolds, whenNot)
      }
    case .logic:
      guard let logic = FilterLogic(rawValue: node.operation) else { return nil }
      if logic == .andSamples, program.nodes[left].isSample, program.nodes[right].isSample {
        return addSameSample(index, of: program, whenHolds, whenNot)
      }
      let count = terms.count
      guard let next = add(right, of: program, whenHolds, whenNot) else { return nil }
      if logic.isAnd { return add(left, of: program, next, whenNot) }
      // Both sides of an "or" are read, and a field of INFO may turn out to be unfit.
      if terms[count...].contains(where: { $0.kind == .info }) { return nil }
      return add(left, of: program, whenHolds, next)
    default: return nil
    }
  }

  /// A chain of `&`: the conditions on samples have to hold in one of them, the site's besides.
  private mutating func addSameSample(
    _ index: Int, of program: FilterProgram, _ whenHolds: Int, _ whenNot: Int
  ) -> Int? {
    var sites: [Int] = []
    var ofSample: [Comparison] = []
    var isFit = true
    func collect(_ index: Int) {
      let node = program.nodes[index]
      if node.kind == .logic, FilterLogic(rawValue: node.operation) == .andSamples {
        collect(Int(node.left))
        collect(Int(node.right))
      } else if !node.isSample {
        // Behind samples that fail, the site's condition is not read, and may be unfit.
        isFit = isFit && ofSample.isEmpty
        sites.append(index)
      } else if node.kind == .compare, let found = comparison(node, of: program) {
        ofSample.append(found.comparison)
      } else {
        isFit = false
      }
    }
    collect(index)
    guard isFit, var next = add(.samples, ofSample, -1, whenHolds, whenNot) else { return nil }
    for site in sites.reversed() {
      guard let first = add(site, of: program, next, whenNot) else { return nil }
      next = first
    }
    return next
  }

  private mutating func add(
    _ kind: Kind, _ list: [Comparison], _ node: Int, _ whenHolds: Int, _ whenNot: Int
  ) -> Int? {
    let range = comparisons.count..<comparisons.count + list.count
    comparisons += list
    terms.append(Term(kind: kind, comparisons: range, node: node, whenHolds: whenHolds, whenNot: whenNot))
    return terms.count - 1
  }

  /// An order of one number with a constant, and the number's node; nil for another comparison.
  private func comparison(_ node: FilterNode, of program: FilterProgram) -> (comparison: Comparison, number: Int)? {
    guard var sign = FilterComparison(rawValue: node.operation), !FilterMissingLogic(sign).isAny, node.mask < 0 else {
      return nil
    }
    var (place, other) = (Int(node.left), Int(node.right))
    if program.nodes[place].kind == .number {
      swap(&place, &other)
      sign = sign.mirrored
    }
    let value = program.nodes[place]
    guard program.nodes[other].kind == .number, value.mask < 0 else { return nil }
    let limit = program.nodes[other].number
    switch value.kind {
    case .quality: return (Comparison(sign: sign, limit: limit, isFloat: true, slot: -1), place)
    case .info: return (Comparison(sign: sign, limit: limit, isFloat: value.operation == 1, slot: -1), place)
    case .formatFirst:
      let slot = Int(value.slot)
      switch program.formats[slot].kind {
      case .integer: return (Comparison(sign: sign, limit: limit, isFloat: false, slot: slot), place)
      case .float: return (Comparison(sign: sign, limit: limit, isFloat: true, slot: slot), place)
      case .text, .genotype: return nil
      }
    default: return nil
    }
  }
}
