import GenomicFiles

extension MolecularIdentifiers {
  /// Takes the identifiers of a pair or a single read from where they are; gives what goes into the names, empty where
  /// there is none.
  func take(
    _ read1: inout WorkingRead, name1: UnsafeRawBufferPointer, _ read2: inout WorkingRead?,
    name2: UnsafeRawBufferPointer?
  ) -> [UInt8] {
    var identifier: [UInt8] = []
    switch place {
    case .index1: identifier = Self.firstIndex(name1)
    case .index2: identifier = name2.map(Self.lastIndex) ?? []
    case .perIndex:
      identifier = Self.firstIndex(name1)
      if let name2 { identifier += [UInt8(ascii: "_")] + Self.lastIndex(name2) }
    case .read1: identifier = taken(from: &read1)
    case .read2: if read2 != nil { identifier = taken(from: &read2!) }
    case .perRead:
      identifier = taken(from: &read1)
      if read2 != nil { identifier += [UInt8(ascii: "_")] + taken(from: &read2!) }
    }
    guard !identifier.isEmpty else { return [] }
    return (prefix.isEmpty ? [] : Array(prefix.utf8) + [UInt8(ascii: "_")]) + identifier
  }

  private func taken(from read: inout WorkingRead) -> [UInt8] {
    let identifier = Array(UnsafeBufferPointer(start: read.sequence, count: min(length, read.length)))
    read.dropIdentifier(identifier.count + skipped)
    return identifier
  }

  /// What stands behind the last colon of a name, up to a `+`. An index has at least four bases.
  static func firstIndex(_ name: UnsafeRawBufferPointer) -> [UInt8] {
    guard name.count >= 5 else { return [] }
    var end = name.count
    for index in stride(from: name.count - 5, through: 0, by: -1) {
      if name[index] == UInt8(ascii: "+") { end = index }
      if name[index] == UInt8(ascii: ":") { return Array(name[(index + 1)..<end]) }
    }
    return []
  }

  /// What stands behind the last colon or `+` of a name.
  static func lastIndex(_ name: UnsafeRawBufferPointer) -> [UInt8] {
    guard name.count >= 5 else { return [] }
    for index in stride(from: name.count - 5, through: 0, by: -1)
    where name[index] == UInt8(ascii: ":") || name[index] == UInt8(ascii: "+") {
      return Array(name[(index + 1)...])
    }
    return []
  }
}
