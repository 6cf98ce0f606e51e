/// Writes annotated records as text for people and programs that do not read VCF.
///
/// Only what stands in the first seven columns and what annotating adds is written: nothing of the samples.
struct AnnotationTextWriter {
  private let form: AnnotationText
  private let layout: AnnotationLayout
  // The values of the record at hand, one a field of the layout; empty where it has none.
  private var values: [Range<Int>]

  init(_ form: AnnotationText, _ layout: AnnotationLayout) {
    self.form = form
    self.layout = layout
    values = layout.fields.map { _ in 0..<0 }
  }

  /// Appends a record.
  /// - Parameters:
  ///   - line: the record as a line of VCF.
  ///   - added: what annotating adds to INFO.
  mutating func append(_ line: UnsafeRawBufferPointer, _ added: [UInt8], to output: inout [UInt8]) {
    var columns: [UnsafeRawBufferPointer] = []
    columns.reserveCapacity(7)
    var start = 0
    while columns.count < 7 {
      let end = line.end(from: start, before: UInt8(ascii: "\t"))
      columns.append(line.slice(start..<end))
      start = end + 1
    }
    added.withUnsafeBytes { added in
      let consequences = find(added)
      switch form {
      case .table: appendRows(columns, added, consequences, &output)
      case .jsonLines: appendObject(columns, added, consequences, &output)
      }
    }
  }

  /// Finds where the fields' values stand.
  /// - Returns: where the consequences stand.
  private mutating func find(_ added: UnsafeRawBufferPointer) -> Range<Int> {
    for index in values.indices { values[index] = 0..<0 }
    var consequences = 0..<0
    var start = 0
    while start < added.count {
      let end = added.end(from: start, before: UInt8(ascii: ";"))
      let equals = min(end, added.end(from: start, before: UInt8(ascii: "=")))
      let key = added.slice(start..<equals)
      let value = min(end, equals + 1)..<end
      if let field = layout.consequences, key.elementsEqual(field.key) {
        consequences = value
      } else if let index = layout.fields.firstIndex(where: { key.elementsEqual($0.key) }) {
        values[index] = value
      }
      start = end + 1
    }
    return consequences
  }

  /// The parts of a stretch between separators; none of an empty one.
  private static func split(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ separator: UInt8
  ) -> [UnsafeRawBufferPointer] {
    range.isEmpty
      ? []
      : bytes.slice(range).split(separator: separator, omittingEmptySubsequences: false).map {
        UnsafeRawBufferPointer(rebasing: $0)
      }
  }

  /// The consequences by allele, counted from 1.
  private func entries(_ added: UnsafeRawBufferPointer, _ range: Range<Int>, alleles: Int)
    -> [[[UnsafeRawBufferPointer]]]
  {
    var byAllele = [[[UnsafeRawBufferPointer]]](repeating: [], count: alleles)
    for entry in Self.split(added, range, UInt8(ascii: ",")) {
      let parts = Self.split(entry, 0..<entry.count, UInt8(ascii: "|"))
      var number = 0
      if let place = layout.alleleNumber, place < parts.count {
        for digit in parts[place] { number = 10 * number + Int(digit) - 48 }
      }
      byAllele[min(max(number, 1), alleles) - 1].append(parts)
    }
    return byAllele
  }

  // MARK: Table

  private func appendRows(
    _ columns: [UnsafeRawBufferPointer], _ added: UnsafeRawBufferPointer, _ consequences: Range<Int>,
    _ output: inout [UInt8]
  ) {
    // Where entries do not say which allele they are of, they are told of all together.
    let isByAllele = layout.consequences == nil || layout.alleleNumber != nil
    let alleles = isByAllele ? Self.split(columns[4], 0..<columns[4].count, UInt8(ascii: ",")) : [columns[4]]
    let parts = layout.consequences?.parts.count ?? 0
    for (allele, entries) in entries(added, consequences, alleles: alleles.count).enumerated() {
      for entry in entries.isEmpty ? [[]] : entries {
        for column in columns { Self.appendCell(column, to: &output) }
        Self.appendCell(alleles[allele], to: &output)
        for part in 0..<parts {
          Self.appendCell(part < entry.count ? entry[part] : UnsafeRawBufferPointer(start: nil, count: 0), to: &output)
        }
        for (index, field) in layout.fields.enumerated() {
          var value = added.slice(values[index])
          if field.isPerAllele, isByAllele {
            let all = Self.split(added, values[index], UInt8(ascii: ","))
            value = allele < all.count ? all[allele] : UnsafeRawBufferPointer(start: nil, count: 0)
          }
          Self.appendCell(value, to: &output)
        }
        output[output.count - 1] = UInt8(ascii: "\n")
      }
    }
  }

  /// Appends a cell and a tab; `.` for an empty one.
  private static func appendCell(_ value: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    if value.isEmpty { output.append(UInt8(ascii: ".")) }
    forEachDecoded(value) { byte in output.append(byte) }
    output.append(UInt8(ascii: "\t"))
  }

  /// The bytes with percent-encoded ones decoded (VCF 4.3, section 1.2); what would break a line stays as it is.
  private static func forEachDecoded(_ value: UnsafeRawBufferPointer, _ body: (UInt8) -> Void) {
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte == UInt8(ascii: "%"), index + 2 < value.count, let high = hexadecimal(value[index + 1]),
        let low = hexadecimal(value[index + 2]), 16 * high + low >= 32, 16 * high + low < 127
      {
        body(16 * high + low)
        index += 3
      } else {
        body(byte)
        index += 1
      }
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    default: nil
    }
  }

  // MARK: JSON lines

  private func appendObject(
    _ columns: [UnsafeRawBufferPointer], _ added: UnsafeRawBufferPointer, _ consequences: Range<Int>,
    _ output: inout [UInt8]
  ) {
    let alleles = Self.split(columns[4], 0..<columns[4].count, UInt8(ascii: ","))
    output.append(ascii: "{\"contig\":")
    Self.appendString(columns[0], to: &output)
    output.append(ascii: ",\"position\":")
    output.append(bytes: columns[1])
    if !columns[2].isMissing {
      output.append(ascii: ",\"identifiers\":")
      Self.appendList(Self.split(columns[2], 0..<columns[2].count, UInt8(ascii: ";")), to: &output)
    }
    output.append(ascii: ",\"reference\":")
    Self.appendString(columns[3], to: &output)
    output.append(ascii: ",\"alternates\":")
    Self.appendList(columns[4].isMissing ? [] : alleles, to: &output)
    if Self.isNumber(columns[5]) {
      output.append(ascii: ",\"quality\":")
      output.append(bytes: columns[5])
    }
    if !columns[6].isMissing {
      output.append(ascii: ",\"filters\":")
      Self.appendList(Self.split(columns[6], 0..<columns[6].count, UInt8(ascii: ";")), to: &output)
    }
    if let field = layout.consequences, !consequences.isEmpty {
      output.append(ascii: ",\"consequences\":")
      appendEntries(field, Self.split(added, consequences, UInt8(ascii: ",")), &output)
    }
    for (index, field) in layout.fields.enumerated() where !values[index].isEmpty {
      output.append(UInt8(ascii: ","))
      field.key.withUnsafeBytes { Self.appendString($0, to: &output) }
      output.append(UInt8(ascii: ":"))
      let all = Self.split(added, values[index], UInt8(ascii: ","))
      if field.parts.isEmpty {
        output.append(UInt8(ascii: "["))
        for (number, value) in all.enumerated() {
          if number > 0 { output.append(UInt8(ascii: ",")) }
          if value.isMissing || value.isEmpty {
            output.append(ascii: "null")
          } else if field.isNumber, Self.isNumber(value) {
            output.append(bytes: value)
          } else {
            Self.appendString(value, to: &output)
          }
        }
        output.append(UInt8(ascii: "]"))
      } else {
        appendEntries(field, all, &output)
      }
    }
    output.append(ascii: "}\n")
  }

  /// Appends entries as objects; a part that is empty is left out.
  private func appendEntries(
    _ field: AnnotationLayout.Field, _ entries: [UnsafeRawBufferPointer], _ output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "["))
    for (number, entry) in entries.enumerated() {
      output.append(number > 0 ? UInt8(ascii: ",") : UInt8(ascii: "{"))
      if number > 0 { output.append(UInt8(ascii: "{")) }
      var isFirst = true
      for (name, value) in zip(field.parts, Self.split(entry, 0..<entry.count, UInt8(ascii: "|"))) where !value.isEmpty
      {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        output.append(UInt8(ascii: "\""))
        output.append(contentsOf: name.utf8)
        output.append(ascii: "\":")
        switch name {
        case "Consequence", "FLAGS", "Variants":
          Self.appendList(Self.split(value, 0..<value.count, UInt8(ascii: "&")), to: &output)
        case "STRAND", "DISTANCE", "ALLELE_NUM", "HGVS_OFFSET", "PICK", "TSL", "Haplotypes", "Samples":
          if Self.isNumber(value) { output.append(bytes: value) } else { Self.appendString(value, to: &output) }
        default: Self.appendString(value, to: &output)
        }
      }
      output.append(UInt8(ascii: "}"))
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func appendList(_ values: [UnsafeRawBufferPointer], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (number, value) in values.enumerated() {
      if number > 0 { output.append(UInt8(ascii: ",")) }
      appendString(value, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  /// Appends a JSON string (RFC 8259, section 7). The text of a VCF is UTF-8 or, before 4.3, ASCII.
  private static func appendString(_ value: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var isText = true
    if value.contains(where: { $0 >= 0x80 }) { isText = String(validating: value, as: UTF8.self) != nil }
    forEachDecoded(value) { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0..<0x20:
        output.append(ascii: "\\u00")
        output.append(Self.digits[Int(byte >> 4)])
        output.append(Self.digits[Int(byte & 15)])
      case 0x80... where !isText:
        // Bytes that are no UTF-8 are taken for Latin-1.
        output.append(0xC0 | byte >> 6)
        output.append(0x80 | byte & 0x3F)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Whether the bytes are a number as JSON has it.
  static func isNumber(_ value: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < value.count, value[index] >= 48, value[index] <= 57 { index += 1 }
      return index - start
    }
    if index < value.count, value[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    let count = digits()
    guard count > 0, count == 1 || value[first] != UInt8(ascii: "0") else { return false }
    if index < value.count, value[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { return false }
    }
    if index < value.count, value[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < value.count, value[index] == UInt8(ascii: "+") || value[index] == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { return false }
    }
    return index == value.count
  }
}
