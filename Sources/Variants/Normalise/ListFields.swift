import GenomicFiles

/// Which INFO and FORMAT fields have values an allele or a genotype, found by the bytes of their keys.
struct ListFields: Sendable {
  /// What splitting and joining do with a field.
  enum Kind: UInt8, Sendable {
    /// Taken as it stands.
    case copied
    case genotype, perAlternate, perAllele, perGenotype
    /// A local-allele field (VCF 4.5, section 1.6.2): its values are told by a list of alleles beside it.
    case local
    /// A field that splitting writes itself.
    case own
  }

  private let info: KindTable
  private let format: KindTable

  init(_ header: VCFHeader) {
    func kinds(_ fields: [String: FieldDefinition], _ special: [String: Kind]) -> KindTable {
      var kinds = special
      for (key, definition) in fields where kinds[key] == nil {
        switch definition.number {
        case .perAlternate: kinds[key] = .perAlternate
        case .perAllele: kinds[key] = .perAllele
        case .perGenotype: kinds[key] = .perGenotype
        case .other("LA"), .other("LR"), .other("LG"): kinds[key] = .local
        default: break
        }
      }
      return KindTable(kinds.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), $0.value) })
    }
    info = kinds(header.info, [SplitFields.origin: .own, SplitFields.rest: .own])
    format = kinds(
      header.format,
      [
        "GT": .genotype, "LAA": .local, "LGT": .local, SplitFields.otherDepth: .own, SplitFields.rest: .own,
      ])
  }

  func kind(ofInfo key: UnsafeRawBufferPointer) -> Kind { info[key] }

  func kind(ofFormat key: UnsafeRawBufferPointer) -> Kind { format[key] }
}

/// Kinds by key, with open addressing, so that no text is made of a key that is looked up.
private struct KindTable: Sendable {
  private let entries: [(key: [UInt8], kind: ListFields.Kind)]
  /// Indices in `entries`; -1 where there is none. A power of two, at most half full.
  private var slots: [Int32]

  init(_ entries: [(key: [UInt8], kind: ListFields.Kind)]) {
    self.entries = entries
    var size = 16
    while size < 2 * entries.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (index, entry) in entries.enumerated() {
      var slot = entry.key.withUnsafeBytes { Self.hash($0) } & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
  }

  subscript(key: UnsafeRawBufferPointer) -> ListFields.Kind {
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if entries[entry].key.count == key.count, entries[entry].key.withUnsafeBytes({ $0.isSame(as: key) }) {
        return entries[entry].kind
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return .copied
  }

  /// FNV-1a (Fowler, Noll and Vo), 64 bits.
  private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }
}

/// What a FORMAT column asks of splitting; made once for each text of it.
struct FormatPlan {
  /// The column.
  let text: [UInt8]
  /// What each field is.
  let kinds: [ListFields.Kind]
  /// The place of AD where it is Number=R; -1 where it is not.
  let depth: Int
  /// The column of a part, without and with the field of what is left over.
  let column: [UInt8]
  let columnWithRest: [UInt8]
  /// The place of the field that the one of what is left over is put in front of: behind GT.
  let restPlace: Int
  let hasLocal: Bool
  let hasOwn: Bool
  /// Whether something is always left over: fields of Number=G have values of two alternates.
  let hasGenotypes: Bool

  init(_ format: UnsafeRawBufferPointer, _ fields: ListFields) {
    text = Array(format)
    var keys: [UnsafeRawBufferPointer] = []
    var start = 0
    while start <= format.count {
      let end = format.end(from: start, before: UInt8(ascii: ":"))
      keys.append(format.slice(start..<end))
      start = end + 1
    }
    kinds = keys.map(fields.kind(ofFormat:))
    depth = keys.indices.first { keys[$0].isSame(as: "AD") && fields.kind(ofFormat: keys[$0]) == .perAllele } ?? -1
    hasLocal = kinds.contains(.local)
    hasOwn = kinds.contains(.own)
    hasGenotypes = kinds.contains(.perGenotype)
    restPlace = kinds.first == .genotype ? 1 : 0
    var columns: [[UInt8]] = []
    for withRest in [false, true] {
      var column: [UInt8] = []
      func add(_ key: some Sequence<UInt8>) {
        if !column.isEmpty { column.append(UInt8(ascii: ":")) }
        column += key
      }
      for (place, key) in keys.enumerated() {
        if withRest, place == restPlace { add(SplitFields.rest.utf8) }
        add(key)
        if place == depth { add(SplitFields.otherDepth.utf8) }
      }
      if withRest, restPlace == keys.count { add(SplitFields.rest.utf8) }
      columns.append(column)
    }
    (column, columnWithRest) = (columns[0], columns[1])
  }
}
