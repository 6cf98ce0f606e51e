import GenomicFiles
import Genomics

/// The columns of a record that splitting reads, borrowed.
struct SplitColumns {
  var chrom: UnsafeRawBufferPointer
  var pos: UnsafeRawBufferPointer
  var ref: UnsafeRawBufferPointer
  var alt: UnsafeRawBufferPointer
  var info: UnsafeRawBufferPointer
  /// Empty where the line has none.
  var format: UnsafeRawBufferPointer
  /// With the tabs between them; nil where the file has no samples.
  var samples: UnsafeRawBufferPointer?
}

/// Writes the alternate alleles of a multi-allelic record as records of their own, inventing and losing nothing.
///
/// Fields with a value an allele keep this allele's values. In GT, this allele becomes 1 and any other alternate becomes
/// missing, never reference: `1/2` is `1/.` and `./1`. Phase marks, PS and everything else stay. `SplitFields` are added.
/// Sources: VCF 4.5 sections 1.4.2 and 1.6.2 (order of Number=G).
struct RecordSplitter {
  let fields: ListFields
  /// The plans of the FORMAT columns met last.
  private var plans: [FormatPlan] = []
  private var current = 0
  private var columns: SplitColumns?
  /// The number of alternate alleles of the original.
  private(set) var alternateCount = 0
  /// Whether each alternate becomes a record.
  private var isAllBases = true
  /// What is left over of a sample, before it is known whether anything is.
  private var rest: [UInt8] = []

  /// A field that cannot be split.
  struct Fault: Error {
    var reason: String

    static func arity(_ field: String, expected: Int, found: Int) -> Fault {
      Fault(reason: "\(field) has \(found) values where its Number asks for \(expected)")
    }
  }

  init(fields: ListFields) { self.fields = fields }

  /// Takes a record.
  /// - Parameter isAllBases: whether every alternate allele becomes a record.
  /// - Returns: false where the record has local-allele fields, whose values splitting would make lie: it stays whole.
  mutating func begin(_ columns: SplitColumns, alternateCount: Int, isAllBases: Bool) throws(Fault) -> Bool {
    self.columns = columns
    self.alternateCount = alternateCount
    self.isAllBases = isAllBases
    guard !columns.format.isEmpty else { return true }
    current = plans.firstIndex { plan in plan.text.withUnsafeBytes { $0.isSame(as: columns.format) } } ?? -1
    if current < 0 {
      if plans.count == 16 { plans.removeFirst() }
      plans.append(FormatPlan(columns.format, fields))
      current = plans.count - 1
    }
    if plans[current].hasOwn {
      throw Fault(reason: "FORMAT holds fields of a record that was split before, beside several alternates")
    }
    return !plans[current].hasLocal
  }

  /// Appends INFO, FORMAT and the samples for allele `allele` (counted from 1).
  /// - Parameters:
  ///   - isFirst: whether this is the first part of the record, which carries what is left over.
  ///   - link: an INFO entry more, with a semicolon in front; empty for none.
  mutating func appendColumns(
    _ allele: Int, isFirst: Bool, link: [UInt8] = [], to output: inout [UInt8]
  ) throws(Fault) {
    guard let columns else { return }
    try appendInfo(columns, allele, isFirst: isFirst, to: &output)
    output += link
    guard !columns.format.isEmpty else { return }
    let plan = plans[current]
    let start = output.count
    // Told from FORMAT alone, whether something is left over is a guess; where it is wrong, it is done again.
    var withRest = isFirst && (plan.hasGenotypes || !isAllBases)
    while true {
      output.append(UInt8(ascii: "\t"))
      output += withRest ? plan.columnWithRest : plan.column
      var hasRest = false
      if let samples = columns.samples {
        var position = 0
        while position <= samples.count {
          let end = samples.end(from: position, before: UInt8(ascii: "\t"))
          output.append(UInt8(ascii: "\t"))
          let sample = samples.slice(position..<end)
          if isFirst {
            try findRest(sample, plan)
            if !rest.isEmpty { hasRest = true }
          }
          try appendSample(sample, plan, allele, withRest: withRest, to: &output)
          position = end + 1
        }
      }
      if !isFirst || hasRest == withRest { return }
      withRest = hasRest
      output.removeSubrange(start...)
    }
  }

  private mutating func appendSample(
    _ sample: UnsafeRawBufferPointer, _ plan: FormatPlan, _ allele: Int, withRest: Bool, to output: inout [UInt8]
  ) throws(Fault) {
    var ploidy: Int?
    var place = 0
    var start = 0
    while start <= sample.count {
      let end = sample.end(from: start, before: UInt8(ascii: ":"))
      guard place < plan.kinds.count else {
        let found = 1 + sample.reduce(0) { $0 + ($1 == UInt8(ascii: ":") ? 1 : 0) }
        throw Fault(reason: "a sample has \(found) fields and FORMAT \(plan.kinds.count)")
      }
      if place > 0 { output.append(UInt8(ascii: ":")) }
      if withRest, place == plan.restPlace { appendRest(behind: true, to: &output) }
      let value = sample.slice(start..<end)
      switch plan.kinds[place] {
      case .genotype: ploidy = try appendGenotype(value, allele, to: &output)
      case .copied, .local, .own: output.append(bytes: value)
      case let kind:
        do { try appendList(value, kind, ploidy: ploidy, allele, to: &output) } catch {
          throw named(error, plan.text, place)
        }
      }
      if place == plan.depth {
        output.append(UInt8(ascii: ":"))
        appendOtherDepth(value, allele, to: &output)
      }
      place += 1
      start = end + 1
    }
    // GT alone with something left over; without, the field is dropped as trailing ones may be.
    if withRest, place == plan.restPlace, !rest.isEmpty {
      output.append(UInt8(ascii: ":"))
      appendRest(behind: false, to: &output)
    }
  }

  private func appendRest(behind: Bool, to output: inout [UInt8]) {
    if rest.isEmpty { output.append(UInt8(ascii: ".")) } else { output += rest }
    if behind { output.append(UInt8(ascii: ":")) }
  }

  /// Notes in `rest` the fields of a sample that its parts do not tell.
  private mutating func findRest(_ sample: UnsafeRawBufferPointer, _ plan: FormatPlan) throws(Fault) {
    rest.removeAll(keepingCapacity: true)
    var start = 0
    for (place, kind) in plan.kinds.enumerated() {
      guard start <= sample.count else { return }
      let end = sample.end(from: start, before: UInt8(ascii: ":"))
      let value = sample.slice(start..<end)
      if isLeftOver(value, kind) {
        if !rest.isEmpty { rest.append(UInt8(ascii: "|")) }
        plan.text.withUnsafeBytes { SplitFields.appendEncoded(Self.key(of: $0, at: place), to: &rest) }
        rest.append(UInt8(ascii: "|"))
        SplitFields.appendEncoded(value, commas: false, to: &rest)
      }
      start = end + 1
    }
  }

  /// Whether the parts together do not tell a value.
  private func isLeftOver(_ value: UnsafeRawBufferPointer, _ kind: ListFields.Kind) -> Bool {
    switch kind {
    case .copied, .local, .own: return false
    case .genotype:
      // A leading zero, or an allele that may have no part.
      var wasDigit = false
      var wasZero = false
      for byte in value {
        let isDigit = byte &- UInt8(ascii: "0") < 10
        if isDigit, wasZero || (!isAllBases && byte != UInt8(ascii: "0")) { return true }
        wasZero = byte == UInt8(ascii: "0") && !wasDigit
        wasDigit = isDigit
      }
      return false
    case .perGenotype: return !value.isMissing
    case .perAllele: return !isAllBases && !value.isMissing
    case .perAlternate:
      if value.isMissing { return false }
      // All missing, the list could also have been one dot.
      return !isAllBases || value.allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }
  }

  private mutating func appendInfo(
    _ columns: SplitColumns, _ allele: Int, isFirst: Bool, to output: inout [UInt8]
  ) throws(Fault) {
    let info = columns.info
    rest.removeAll(keepingCapacity: true)
    var start = info.isMissing ? info.count + 1 : 0
    while start <= info.count {
      let end = info.end(from: start, before: UInt8(ascii: ";"))
      let entry = info.slice(start..<end)
      start = end + 1
      let equals = entry.end(from: 0, before: UInt8(ascii: "="))
      let key = entry.slice(0..<equals)
      let kind = fields.kind(ofInfo: key)
      if kind == .own {
        throw Fault(
          reason:
            "INFO holds \(String(decoding: key, as: UTF8.self)) of a record that was split before, beside several alternates"
        )
      }
      if kind == .copied || equals == entry.count {
        output.append(bytes: entry)
      } else {
        let value = entry.slice((equals + 1)..<entry.count)
        output.append(bytes: entry.slice(0..<(equals + 1)))
        do { try appendList(value, kind, ploidy: 2, allele, to: &output) } catch {
          throw Fault(reason: String(decoding: key, as: UTF8.self) + error.reason)
        }
        if isFirst, isLeftOver(value, kind) {
          if !rest.isEmpty { rest.append(UInt8(ascii: "|")) }
          SplitFields.appendEncoded(key, to: &rest)
          rest.append(UInt8(ascii: "|"))
          SplitFields.appendEncoded(value, commas: false, to: &rest)
        }
      }
      output.append(UInt8(ascii: ";"))
    }
    if !rest.isEmpty {
      output.append(ascii: "APUS_REST=")
      output += rest
      output.append(UInt8(ascii: ";"))
    }
    output.append(ascii: "APUS_ORIG=")
    for column in [columns.chrom, columns.pos, columns.ref] {
      SplitFields.appendEncoded(column, to: &output)
      output.append(UInt8(ascii: "|"))
    }
    var place = 0
    while place <= columns.alt.count {
      let end = columns.alt.end(from: place, before: UInt8(ascii: ","))
      if place > 0 { output.append(UInt8(ascii: "&")) }
      SplitFields.appendEncoded(columns.alt.slice(place..<end), to: &output)
      place = end + 1
    }
    output.append(UInt8(ascii: "|"))
    output.append(number: allele)
  }

  /// The key at a place of FORMAT.
  static func key(of format: UnsafeRawBufferPointer, at place: Int) -> UnsafeRawBufferPointer {
    var start = 0
    for _ in 0..<place { start = format.end(from: start, before: UInt8(ascii: ":")) + 1 }
    return format.slice(start..<format.end(from: start, before: UInt8(ascii: ":")))
  }

  private func named(_ fault: Fault, _ format: [UInt8], _ place: Int) -> Fault {
    format.withUnsafeBytes {
      Fault(reason: String(decoding: Self.key(of: $0, at: place), as: UTF8.self) + fault.reason)
    }
  }
}
