import GenomicFiles

/// What a FORMAT column says, worked out once and kept, for records share a few.
struct CheckedFormat: Sendable {
  /// How a field's values are read.
  enum Reading: UInt8, Sendable {
    case genotype, integer, float, character, string
  }

  /// A field, without its name, so that the loop over samples copies nothing that is counted.
  struct Field: Sendable {
    var reading: Reading
    var count: ValueCount
    var range: ValueRange
    var role: FieldRole
    /// As `FieldTraits` has it.
    var isFreeText = false
    /// The faults of values that matter.
    var watched = ValueRange.any.watched

    /// Whether as many plain whole numbers as are wanted are surely good.
    var isPlainNumbers: Bool {
      reading == .integer && role == .none && (range == .any || range == .notNegative)
    }
    var isQuick = false
  }

  /// A fault of the column, reported for each record that has it.
  struct Fault: Sendable {
    var severity: CheckSeverity
    var code: CheckCode
    var field: String
    var topic: SpecTopic
    var message: String
  }

  var text: [UInt8]
  var fields: [Field] = []
  var keys: [String] = []
  /// The Numbers as declared, for messages.
  var numbers: [String] = []
  var faults: [Fault] = []
  var hasGenotype = false
  var hasCopyNumber = false

  init(_ text: Bytes, _ header: CheckedHeader) {
    self.text = Array(text)
    let version = header.version
    var places: [String: Int] = [:]
    text.forEachPart(separator: UInt8(ascii: ":")) { part in
      let place = fields.count
      let key = String(decoding: part, as: UTF8.self)
      add(part, key, header)
      if part.isEmpty {
        fault(.error, .formatKey, "FORMAT", "a key is empty")
      } else {
        checkKey(
          part, key, version,
          isDeclared: header.format.place(of: part).map { header.format.traits[$0].isDeclared } ?? false)
        if places.updateValue(place, forKey: key) != nil {
          fault(.error, .formatTwice, "FORMAT/" + key, "the key stands twice")
        }
      }
    }
    if let place = places["GT"], place > 0 {
      fault(.error, .formatGtFirst, "FORMAT", "GT is not the first key")
    }
    hasGenotype = places["GT"] == 0
    hasCopyNumber = places["CN"] != nil
    // The cardinality of base modifications comes from the genotype (4.5, section 1.4.4).
    if version >= .v45, places["GT"] == nil, numbers.contains("M") {
      fault(.error, .formatGtFirst, "FORMAT", "base modifications stand without GT")
    }
    if version >= .v45 { checkLocal(places) }
  }

  private mutating func fault(_ severity: CheckSeverity, _ code: CheckCode, _ field: String, _ message: String) {
    faults.append(Fault(severity: severity, code: code, field: field, topic: .genotype, message: message))
  }

  private mutating func add(_ part: Bytes, _ key: String, _ header: CheckedHeader) {
    keys.append(key)
    var field = Field(reading: .string, count: .any, range: .any, role: .none)
    var number = "."
    var isDeclared = false
    if let place = header.format.place(of: part) {
      let rule = header.format.traits[place]
      field.count = rule.count
      field.range = rule.range
      field.role = rule.role
      field.isFreeText = rule.isFreeText
      field.watched = rule.watched
      number = header.format.number(place)
      isDeclared = rule.isDeclared
      switch rule.type {
      case .integer: field.reading = .integer
      case .float: field.reading = .float
      case .character: field.reading = .character
      case .string, .flag: field.reading = .string
      }
      if rule.role == .genotype { field.reading = .genotype }
      field.isQuick = field.isPlainNumbers
    }
    numbers.append(number)
    fields.append(field)
    // A lone `.` is how an empty FORMAT is written.
    if !isDeclared, !part.isEmpty, !part.isMissing {
      faults.append(
        Fault(
          severity: .warning, code: .formatUndeclared, field: "FORMAT/" + key, topic: .formatMeta,
          message: "the header does not declare the key"))
    }
  }

  private mutating func checkKey(_ part: Bytes, _ key: String, _ version: VCFVersion, isDeclared: Bool) {
    if part.isMissing { return }
    if version >= .v43 {
      if !NameGrammar.isKey(part) {
        fault(.error, .formatKey, "FORMAT/" + key, "no key: a letter or '_', then letters, digits, '_' and '.'")
      }
    } else if !part.allSatisfy(NameGrammar.isAlphanumeric) {
      // Callers declare keys such as MIN_DP in files of 4.2, and 4.3 allows them: what the header declares is understood.
      let isHabit = isDeclared && NameGrammar.isKey(part)
      fault(isHabit ? .warning : .error, .formatKey, "FORMAT/" + key, "before 4.3 a key is letters and digits only")
    }
  }

  /// Since 4.5: with local-allele fields LAA is there too, before every field but GT.
  private mutating func checkLocal(_ places: [String: Int]) {
    let hasLocal = fields.contains { field in
      switch field.count {
      case .localAlternates, .localAlleles, .localGenotypes: true
      default: false
      }
    }
    guard hasLocal else { return }
    guard let place = places["LAA"] else {
      return fault(.error, .formatLocalAlleles, "FORMAT", "fields of local alleles stand without LAA")
    }
    if place > (places["GT"] == nil ? 0 : 1) {
      fault(.error, .formatLocalAlleles, "FORMAT/LAA", "LAA must stand before every key but GT")
    }
  }
}

/// A FORMAT column in a box, so that a record counts one reference to it and not five.
final class CheckedFormatPlan: Sendable {
  let format: CheckedFormat
  /// Tells it from all others of a batch.
  let number: Int

  init(_ format: CheckedFormat, number: Int) {
    self.format = format
    self.number = number
  }
}

extension LineCheck {
  /// Checks FORMAT and the samples.
  mutating func checkFormat(found: Int, expected: Int) {
    guard found > 8 else {
      return report(
        .error, .columnCount, "line", .dataLines, "the line has \(found) columns where its header has \(expected)")
    }
    let plan = plan(columns[.format])
    if !alternates.isPlain { checkCopyNumber(plan) }
    if !plan.format.faults.isEmpty {
      for fault in plan.format.faults { report(fault.severity, fault.code, fault.field, fault.topic, fault.message) }
    }
    let samples = Int(columns.ends[8]) == columns.line.upperBound ? 0 : checkSamples(columns.samples, plan)
    if header.hasColumns, 9 + samples != expected {
      report(
        .error, .columnCount, "line", .dataLines,
        "the line has \(9 + samples) columns where its header has \(expected)")
    }
  }

  private static let mostPlans = 64

  private mutating func plan(_ format: Bytes) -> CheckedFormatPlan {
    if lastPlan < plans.count {
      let plan = plans[lastPlan]
      if plan.format.text.withUnsafeBytes({ $0.equals(format) }) { return plan }
    }
    for (place, plan) in plans.enumerated() where plan.format.text.withUnsafeBytes({ $0.equals(format) }) {
      lastPlan = place
      return plan
    }
    if plans.count == Self.mostPlans { plans.removeAll() }
    planCount += 1
    let plan = CheckedFormatPlan(CheckedFormat(format, header), number: planCount)
    plans.append(plan)
    lastPlan = plans.count - 1
    return plan
  }
}
