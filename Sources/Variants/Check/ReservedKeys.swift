import GenomicFiles

/// How the specification defines a reserved key.
struct ReservedKey: Sendable {
  var number: String
  /// The types that are taken; none where the version names no type.
  var types: [FieldType]
  /// It is of section 3 or 4, and the version is 4.3 or older: Number `.` in its place is only a warning.
  var mayBeOpen = false

  /// `KEY Number Type`, one a line; a type `?` is one that the version leaves open.
  fileprivate static func table(_ text: String) -> [String: ReservedKey] {
    var keys: [String: ReservedKey] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      let types = parts[parts.count - 1].split(separator: "|").compactMap { FieldType(rawValue: String($0)) }
      for key in parts.dropLast(2) { keys[key] = ReservedKey(number: parts[parts.count - 2], types: types) }
    }
    return keys
  }
}

/// The reserved INFO and FORMAT keys of each version: the lists of section 1.4 in 4.1 and 4.2 (types as the documents
/// imply them), the tables of section 1.6 since 4.3, and sections 3 and 4 for structural variants.
struct ReservedKeys: Sendable {
  let info: [String: ReservedKey]
  let format: [String: ReservedKey]

  init(_ version: VCFVersion) {
    var info = Self.infoOfAll
    var format = Self.formatOfAll
    func merge(_ changes: [String: ReservedKey], _ keys: inout [String: ReservedKey]) {
      keys.merge(changes) { $1 }
    }
    if version <= .v42 { merge(Self.formatOfOld, &format) }
    if version <= .v43 {
      merge(Self.infoTo43.mapValues { ReservedKey(number: $0.number, types: $0.types, mayBeOpen: true) }, &info)
    }
    if version >= .v43 {
      merge(Self.infoFrom43, &info)
      merge(Self.formatFrom43, &format)
    }
    if version >= .v44 {
      merge(Self.infoFrom44, &info)
      merge(Self.formatFrom44, &format)
    }
    if version >= .v45 { merge(Self.formatFrom45, &format) }
    self.info = info
    self.format = format
  }

  private static let infoOfAll = ReservedKey.table(
    """
    AA 1 String
    AC A Integer
    AF A Float
    AN DP END MQ0 NS 1 Integer
    BQ 1 Float
    CIGAR A String
    DB H2 H3 SOMATIC VALIDATED 1000G 0 Flag
    MQ 1 ?
    IMPRECISE NOVEL 0 Flag
    SVTYPE 1 String
    """)

  private static let infoTo43 = ReservedKey.table(
    """
    SVLEN HOMLEN DPADJ CNADJ CICNADJ . Integer
    HOMSEQ BKPTID MATEID . String
    CIPOS CIEND CILEN CICN 2 Integer
    MEINFO METRANS 4 String
    DGVID DBVARID DBRIPID PARID EVENT 1 String
    CN 1 Integer
    """)

  private static let infoFrom43 = ReservedKey.table(
    """
    AD ADF ADR R Integer
    MQ 1 Float
    SB 4 Integer
    """)

  private static let infoFrom44 = ReservedKey.table(
    """
    SVLEN HOMLEN RN A Integer
    HOMSEQ BKPTID MATEID PARID DGVID DBVARID DBRIPID EVENT EVENTTYPE SVCLAIM A String
    CIPOS CIEND CILEN RUL RB CIRB RUB . Integer
    MEINFO METRANS RUS . String
    CN A Float
    CICN RUC CIRUC . Float
    """)

  private static let formatOfAll = ReservedKey.table(
    """
    GT FT 1 String
    DP GQ MQ PQ PS 1 Integer
    EC A Integer
    GL GP G Float
    HQ 2 Integer
    PL G Integer
    CN NQ HAP AHAP 1 Integer
    CNQ 1 Float
    CNL . Float
    """)

  private static let formatOfOld = ReservedKey.table("GLE G String")

  private static let formatFrom43 = ReservedKey.table(
    """
    AD ADF ADR R Integer
    PP G Integer
    CNL CNP G Float
    """)

  private static let formatFrom44 = ReservedKey.table(
    """
    PSL P String
    PSO PSQ P Integer
    CN 1 Float
    CICN 2 Float
    """)

  /// The table of 4.5 has LGL and LGP as Integer, but says that they are GL and GP of fewer alleles: both are taken.
  private static let formatFrom45 = ReservedKey.table(
    """
    LEN 1 Integer
    LAA LA . Integer
    LAD LADF LADR LR Integer
    LEC LA Integer
    LGL LGP LG Integer|Float
    LPL LPP LG Integer
    M5mC M5hmC M5fC M5caC M5hmU M5fU M5caU M6mA M8oxoG MXaoN M Float
    DPM5mC DPM5hmC DPM5fC DPM5caC DPM5hmU DPM5fU DPM5caU DPM6mA DPM8oxoG DPMXaoN M Integer
    ADM5mC ADM5hmC ADM5fC ADM5caC ADM5hmU ADM5fU ADM5caU ADM6mA ADM8oxoG ADMXaoN M Integer
    """)

  /// How a FORMAT key is reserved; 4.5 also reserves `M`, `DPM` and `ADM` with a ChEBI number and a base.
  func format(_ key: String, _ version: VCFVersion) -> ReservedKey? {
    if let reserved = format[key] { return reserved }
    guard version >= .v45 else { return nil }
    for (prefix, type) in [("DPM", FieldType.integer), ("ADM", .integer), ("M", .float)] where key.hasPrefix(prefix) {
      let rest = key.dropFirst(prefix.count)
      guard rest.count > 1, let base = rest.last, "ACGTUN".contains(base), rest.dropLast().allSatisfy(\.isNumber) else {
        continue
      }
      return ReservedKey(number: "M", types: [type])
    }
    return nil
  }
}
