/// Qualities by flow-cell tile and cycle, of every tenth read of the file.
///
/// FastQC takes the tile from a field of the name between colons: the fifth where the first name that it samples has seven
/// fields or more (CASAVA 1.8 and later), the third where it has five or six. A worker need not have that first name, so
/// both fields are followed until one of them is no number, which in real files is at once.
public struct FastQCTileCounts: Sendable, Equatable {
  /// The field that holds the tile, as the first sampled name of the file tells.
  public enum Field: Sendable, Equatable {
    /// The tenth read has not been seen.
    case unknown
    /// The name has fewer than five fields.
    case none
    /// Names of five or six fields.
    case third
    /// Names of seven fields or more.
    case fifth
  }

  /// Where the tile is.
  public var field = Field.unknown
  /// Tiles if the third field holds them.
  public var thirdFields = FastQCTileTable()
  /// Tiles if the fifth field holds them.
  public var fifthFields = FastQCTileTable()

  /// Nothing counted.
  public init() {}

  /// Whether a read is one of the sample: the tenth, the twentieth and so on.
  @inline(__always)
  static func isSampled(_ index: Int) -> Bool { index % 10 == 9 }

  /// The table that the first sampled name chose.
  var chosen: FastQCTileTable? {
    switch field {
    case .unknown, .none: nil
    case .third: thirdFields
    case .fifth: fifthFields
    }
  }

  @inline(never)
  mutating func add(name: UnsafeRawBufferPointer, qualities: UnsafeRawBufferPointer, index: Int) {
    // How many fields there are matters for the first sampled name alone.
    let fields = FastQCNameFields(name, atMost: index == 9 ? .max : 5)
    if index == 9 { field = fields.count >= 7 ? .fifth : fields.count >= 5 ? .third : .none }
    thirdFields.add(tile: fields.third, qualities: qualities, index: index)
    fifthFields.add(tile: fields.fifth, qualities: qualities, index: index)
  }

  /// Adds another part.
  public mutating func merge(_ other: FastQCTileCounts) {
    if field == .unknown { field = other.field }
    thirdFields.merge(other.thirdFields)
    fifthFields.merge(other.fifthFields)
  }
}

/// A name cut at its colons, as Java cuts text: empty fields at the end are none.
struct FastQCNameFields {
  /// Fields, as far as they were looked at.
  private(set) var count = 0
  /// The third field as a number.
  private(set) var third: Int32?
  /// The fifth field as a number.
  private(set) var fifth: Int32?

  init(_ name: UnsafeRawBufferPointer, atMost limit: Int) {
    var start = 0
    var field = 0
    for end in 0...name.count where end == name.count || name[end] == UInt8(ascii: ":") {
      if end > start { count = field + 1 }
      if field == 2 { third = Self.number(name[start..<end]) }
      if field == 4 { fifth = Self.number(name[start..<end]) }
      field += 1
      guard field < limit else { return }
      start = end + 1
    }
  }

  /// A sign or none, then digits alone, within 32 bits.
  private static func number(_ text: Slice<UnsafeRawBufferPointer>) -> Int32? {
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative || first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard digit &- 48 < 10, value < 1 << 32 else { return nil }
      value = 10 * value + Int(digit - 48)
    }
    return Int32(exactly: isNegative ? -value : value)
  }
}
