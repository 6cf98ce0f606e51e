import GenomicFiles

// Functions and their arguments.
extension FilterBinder {
  mutating func bind(
    _ function: FilterFunction, _ arguments: [FilterSyntax], _ place: Range<Int>
  ) throws -> Int {
    let isPair = function == .binomial || function == .fisher
    guard arguments.count == 1 || (isPair && arguments.count == 2) else {
      throw FilterFault(place, isPair ? "the function takes one or two values" : "the function takes one value")
    }
    switch function {
    case .max, .min, .mean, .median, .deviation, .sum:
      let value = try number(arguments[0])
      return add(
        FilterNode(kind: .fold, value: .number, operation: function.rawValue, left: Int32(value)))
    case .sampleMax, .sampleMin, .sampleMean, .sampleMedian, .sampleDeviation, .sampleSum, .sampleCount:
      return try bindSampleFold(function, arguments[0])
    case .absolute, .phred:
      let value = try number(arguments[0])
      var node = FilterNode(kind: function == .phred ? .phred : .absolute, value: .number, left: Int32(value))
      node.isSample = program.nodes[value].isSample
      node.mask = program.nodes[value].mask
      return add(node)
    case .count: return try bindCount(arguments[0])
    case .length:
      let value = try node(arguments[0])
      guard program.nodes[value].value == .text, !program.nodes[value].isSample else {
        throw FilterFault(arguments[0].place, "STRLEN takes a text of the site: a column or INFO")
      }
      return add(FilterNode(kind: .length, value: .number, left: Int32(value)))
    case .binomial: return try bindBinomial(arguments, place)
    case .fisher: return try bindFisher(arguments, place)
    case .passing, .passingFraction:
      let value = try node(arguments[0])
      guard program.nodes[value].value == .condition, program.nodes[value].isSample else {
        throw FilterFault(arguments[0].place, "a condition on FORMAT is wanted here")
      }
      return add(
        FilterNode(
          kind: function == .passing ? .passing : .passingFraction, value: .number, left: Int32(value)))
    }
  }

  private mutating func bindSampleFold(_ function: FilterFunction, _ argument: FilterSyntax) throws -> Int {
    let value = try number(argument)
    guard program.nodes[value].isSample else {
      // bcftools 1.16 falls back to the fold over all for the first three, and to the mean for the others.
      let site: FilterFunction
      switch function {
      case .sampleMax: site = .max
      case .sampleMin: site = .min
      case .sampleMean: site = .mean
      default:
        throw FilterFault(argument.place, "the function takes values of FORMAT; use the one without s for INFO")
      }
      return add(FilterNode(kind: .fold, value: .number, operation: site.rawValue, left: Int32(value)))
    }
    return add(
      FilterNode(
        kind: .foldSamples, value: .number, operation: function.rawValue, isSample: true, left: Int32(value),
        mask: program.nodes[value].mask))
  }

  private mutating func bindCount(_ argument: FilterSyntax) throws -> Int {
    let value = try node(argument)
    let node = program.nodes[value]
    let kind: FilterNodeKind
    switch node.value {
    case .condition:
      guard node.isSample else {
        throw FilterFault(argument.place, "COUNT of a condition counts samples, and this one has none")
      }
      kind = .countSamples
    case .number:
      guard !node.isSample || [.formatFirst, .formatElement, .formatList].contains(node.kind) else {
        throw FilterFault(argument.place, "COUNT takes a tag or a condition")
      }
      kind = .countNumbers
    case .text:
      guard !node.isSample else { throw FilterFault(argument.place, "COUNT takes no texts of FORMAT") }
      kind = .countTexts
    }
    return add(FilterNode(kind: kind, value: .number, left: Int32(value)))
  }

  private mutating func bindBinomial(_ arguments: [FilterSyntax], _ place: Range<Int>) throws -> Int {
    let first = try number(arguments[0])
    var node = FilterNode(kind: .binomialList, value: .number, left: Int32(first))
    if arguments.count == 2 {
      let second = try number(arguments[1])
      guard program.nodes[first].isSample == program.nodes[second].isSample else {
        throw FilterFault(place, "both values are of FORMAT or neither is")
      }
      node.kind = .binomialPair
      join(&node, first, second, isUnion: false)
      node.mask = program.nodes[first].mask
    } else if program.nodes[first].isSample {
      guard header.format["GT"] != nil else { throw FilterFault(place, "the header declares no FORMAT/GT") }
      node.kind = .binomialGenotype
      node.isSample = true
      node.mask = program.nodes[first].mask
      genotypeSlot()
    }
    return add(node)
  }

  private mutating func bindFisher(_ arguments: [FilterSyntax], _ place: Range<Int>) throws -> Int {
    let first = try number(arguments[0])
    var node = FilterNode(kind: .fisherList, value: .number, left: Int32(first))
    node.isSample = program.nodes[first].isSample
    node.mask = program.nodes[first].mask
    if arguments.count == 2 {
      let second = try number(arguments[1])
      guard program.nodes[first].isSample == program.nodes[second].isSample else {
        throw FilterFault(place, "both values are of FORMAT or neither is")
      }
      node.kind = .fisherPair
      join(&node, first, second, isUnion: false)
    }
    return add(node)
  }
}
