import Genomics

/// Comma-separated values (RFC 4180): quoted fields, doubled quotes, LF or CR LF.
enum CSV {
  /// The fields of each line that is not empty, with its 1-based line number.
  /// - Throws: `InputError` of kind `malformed` for a quote that does not end or stands inside a field.
  static func parse(_ text: [UInt8], path: String) throws(InputError) -> [(line: Int, fields: [String])] {
    var rows: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var line = 1
    var firstLine = 1
    var index = 0
    let quote = UInt8(ascii: "\"")
    var bytes = text[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let all = Array(bytes)

    func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll()
    }
    func endRow() {
      endField()
      if fields != [""] { rows.append((firstLine, fields)) }
      fields = []
    }
    func refuse(_ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: firstLine, offset: index), reason,
        remedy: "correct the line; save the sheet as CSV in UTF-8")
    }

    while index < all.count {
      let byte = all[index]
      switch byte {
      case quote:
        guard field.isEmpty else { throw refuse("a quotation mark stands inside a field that is not quoted") }
        index += 1
        while true {
          guard index < all.count else { throw refuse("a quoted field does not end") }
          if all[index] == quote {
            if index + 1 < all.count, all[index + 1] == quote {
              field.append(quote)
              index += 2
              continue
            }
            break
          }
          if all[index] == UInt8(ascii: "\n") { line += 1 }
          field.append(all[index])
          index += 1
        }
        if index + 1 < all.count, ![UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(all[index + 1])
        {
          throw refuse("text follows a quoted field")
        }
      case UInt8(ascii: ","): endField()
      case UInt8(ascii: "\r") where index + 1 < all.count && all[index + 1] == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"):
        endRow()
        line += 1
        firstLine = line
      default: field.append(byte)
      }
      index += 1
    }
    if !field.isEmpty || !fields.isEmpty { endRow() }
    return rows
  }
}
