import GenomicFiles

/// How many values a field must have.
enum ValueCount: Sendable, Hashable {
  case fixed(Int)
  case alternates, alleles, genotypes, ploidy, localAlternates, localAlleles, localGenotypes
  /// Any number; also what is not counted: `G` of INFO, which has no ploidy to count by, and `M`.
  case any

  init(_ number: String, isInfo: Bool) {
    switch number {
    case "A": self = .alternates
    case "R": self = .alleles
    case "G": self = isInfo ? .any : .genotypes
    case "P": self = .ploidy
    case "LA": self = .localAlternates
    case "LR": self = .localAlleles
    case "LG": self = .localGenotypes
    default: self = Int(number).map(ValueCount.fixed) ?? .any
    }
  }
}

/// What values of a key may be, beyond its type.
enum ValueRange: UInt8, Sendable {
  case any
  /// No negative numbers.
  case notNegative
  /// 0 to 1.
  case fraction
  /// 0 or less: a logarithm of a probability. Rounding makes such values, so others are a warning.
  case logarithm
  /// 1 or more.
  case positive
}

/// What the checker holds a key's values to: how the header declares it, or else how the version reserves it.
struct FieldRule: Sendable {
  var key: String
  /// Number as it is written.
  var number: String
  var traits: FieldTraits
}

/// A rule without its texts, so that copying it counts no references.
struct FieldTraits: Sendable {
  var count: ValueCount
  var type: FieldType
  var range: ValueRange
  var isDeclared: Bool
  var isReserved: Bool
  /// Keys that other checks look at.
  var role: FieldRole
  /// The faults of values that matter.
  let watched: ScannedValues.Faults
  /// What a lone plain number must be to be surely good.
  let plain: PlainNumber
  /// Whether that is so only where the record has one alternate.
  let isForEachAlternate: Bool

  init(count: ValueCount, type: FieldType, range: ValueRange, isDeclared: Bool, isReserved: Bool, role: FieldRole) {
    self.count = count
    self.type = type
    self.range = range
    self.isDeclared = isDeclared
    self.isReserved = isReserved
    self.role = role
    watched = range.watched
    isForEachAlternate = count == .alternates
    // Up to eight letters are no number beyond 32 bits, and without a sign none below 0.
    guard isDeclared, role == .none, count == .fixed(1) || count == .any || count == .alternates else {
      plain = .none
      return
    }
    plain =
      switch (type, range) {
      case (.integer, .any), (.integer, .notNegative): .integer
      case (.float, .any): .signedFloat
      case (.float, .notNegative): .float
      case (.float, .fraction): .fraction
      default: .none
      }
  }
}

extension FieldTraits {
  /// A text of the file's own, of Number 1: a comma in it may be part of the text, as in the specification's valid
  /// examples and in real files, so a second value is not surely wrong.
  var isFreeText: Bool { type == .string && count == .fixed(1) && isDeclared && !isReserved }
}

/// INFO and FORMAT keys whose values are looked at together with others.
enum FieldRole: UInt8, Sendable {
  case none
  case cigar, end, svlen, svtype, svclaim, cipos, ciend, cilen, cicn, meinfo, imprecise, rn, rus, rul, rb, ruc, cirb,
    ciruc, rub
  case genotype, phaseSet, phaseSetList, localAlternates, filterText

  static func info(_ key: String) -> FieldRole {
    switch key {
    case "CIGAR": .cigar
    case "END": .end
    case "SVLEN": .svlen
    case "SVTYPE": .svtype
    case "SVCLAIM": .svclaim
    case "CIPOS": .cipos
    case "CIEND": .ciend
    case "CILEN": .cilen
    case "CICN": .cicn
    case "MEINFO", "METRANS": .meinfo
    case "IMPRECISE": .imprecise
    case "RN": .rn
    case "RUS": .rus
    case "RUL": .rul
    case "RB": .rb
    case "RUC": .ruc
    case "CIRB": .cirb
    case "CIRUC": .ciruc
    case "RUB": .rub
    default: .none
    }
  }

  static func format(_ key: String) -> FieldRole {
    switch key {
    case "GT": .genotype
    case "PS": .phaseSet
    case "PSL": .phaseSetList
    case "LAA": .localAlternates
    case "FT": .filterText
    default: .none
    }
  }
}

/// Rules for the keys of one column, found by the bytes of a key.
struct FieldRules: Sendable {
  private let rules: [FieldRule]
  let traits: [FieldTraits]
  private let plainKeys: [PlainKey]
  private let table: KeyTable

  var count: Int { rules.count }

  func key(_ place: Int) -> String { rules[place].key }

  func number(_ place: Int) -> String { rules[place].number }

  init(_ rules: [FieldRule]) {
    self.rules = rules
    traits = rules.map(\.traits)
    plainKeys = rules.map { PlainKey($0.key, $0.traits) }
    table = KeyTable(rules.map(\.key))
  }

  func place(of key: Bytes) -> Int? { table.place(of: key) }

  /// Gives the rules in a form for hot loops, for the time of `body`.
  @inline(__always)
  func withRules<R>(
    _ body: (KeyFinder, UnsafeBufferPointer<FieldTraits>, UnsafeBufferPointer<PlainKey>) throws -> R
  ) rethrows -> R {
    try table.withFinder { keys in
      try traits.withUnsafeBufferPointer { traits in
        try plainKeys.withUnsafeBufferPointer { try body(keys, traits, $0) }
      }
    }
  }

  static func info(_ declared: [String: DeclaredField], _ version: VCFVersion) -> FieldRules {
    let reserved = ReservedKeys(version).info
    let keys = Set(declared.keys).union(reserved.keys).sorted()
    return FieldRules(
      keys.map { key in
        rule(key, declared[key], reserved[key], range: infoRange(key, version), role: .info(key), isInfo: true)
      })
  }

  static func format(_ declared: [String: DeclaredField], _ version: VCFVersion) -> FieldRules {
    let reserved = ReservedKeys(version)
    let keys = Set(declared.keys).union(reserved.format.keys).sorted()
    return FieldRules(
      keys.map { key in
        rule(
          key, declared[key], reserved.format(key, version), range: formatRange(key, version), role: .format(key),
          isInfo: false)
      })
  }

  private static func rule(
    _ key: String, _ declared: DeclaredField?, _ reserved: ReservedKey?, range: ValueRange, role: FieldRole,
    isInfo: Bool
  ) -> FieldRule {
    let number = declared?.number ?? reserved?.number ?? "."
    let type = declared?.type ?? reserved?.types.first ?? (reserved == nil ? .string : .float)
    // A number's range is the reserved key's: one that the file declares as something else has none.
    let isItself = reserved != nil && (type == .integer || type == .float)
    var count = ValueCount(number, isInfo: isInfo)
    // One value a copy number, not one a genotype (section 4).
    if !isInfo, key == "CNL" || key == "CNP" { count = .any }
    return FieldRule(
      key: key, number: number,
      traits: FieldTraits(
        count: count, type: type, range: isItself ? range : .any, isDeclared: declared != nil,
        isReserved: reserved != nil, role: reserved == nil && role != .genotype ? .none : role))
  }

  private static func infoRange(_ key: String, _ version: VCFVersion) -> ValueRange {
    switch key {
    case "AC", "AN", "DP", "NS", "MQ0", "END", "BQ", "MQ", "AD", "ADF", "ADR", "CN", "HOMLEN", "RN", "RB": .notNegative
    case "RUL": .positive
    case "SB": version >= .v43 ? .notNegative : .any
    case "AF": .fraction
    default: .any
    }
  }

  private static func formatRange(_ key: String, _ version: VCFVersion) -> ValueRange {
    switch key {
    case "DP", "GQ", "MQ", "PQ", "PS", "EC", "HQ", "PL", "PP", "CN", "CNQ", "NQ", "AD", "ADF", "ADR", "PSO", "PSQ",
      "LAD", "LADF", "LADR", "LEC", "LPL", "LPP":
      .notNegative
    case "LAA", "LEN": .positive
    case "GL", "CNL", "LGL": .logarithm
    case "GP": version >= .v43 ? .fraction : .notNegative
    case "CNP", "LGP": .fraction
    default: key.hasPrefix("DPM") || key.hasPrefix("ADM") ? .notNegative : key.hasPrefix("M") ? .fraction : .any
    }
  }
}

/// How a header line declares an INFO or FORMAT key; nil for what it says wrongly or not at all.
struct DeclaredField: Sendable, Hashable {
  var number: String?
  var type: FieldType?
}
