import Genomics

/// Reads a sheet's part of a workbook (ECMA-376 part 1, 18.3).
struct WorksheetReader {
  /// What the workbook tells about all its sheets.
  struct Context {
    var sharedStrings: [String] = []
    var formats: [CellFormat] = []
    var is1904 = false
  }

  /// The most cells that are taken of a sheet, and characters of a cell (Excel's own limit is 32,767).
  static let mostCells = 2_000_000
  static let longestText = 65_536

  private let context: Context
  private let part: String
  private var sheet: Worksheet
  private var hiddenColumns: [ClosedRange<Int>] = []
  private var cells = 0
  private var merged: Set<CellRange> = []

  /// Reads one sheet.
  /// - Parameter part: how errors name it, as `FILE (sheet NAME)`.
  static func read(
    _ bytes: [UInt8], part: String, name: String, visibility: Worksheet.Visibility, context: Context
  ) throws(InputError) -> Worksheet {
    var reader = WorksheetReader(context: context, part: part, sheet: Worksheet(name: name, visibility: visibility))
    try reader.read(bytes)
    return reader.sheet
  }

  private init(context: Context, part: String, sheet: Worksheet) {
    self.context = context
    self.part = part
    self.sheet = sheet
  }

  private func refusal(_ reason: String, at place: String? = nil) -> InputError {
    InputError(
      .malformed, at: InputLocation(file: part), (place.map { "\(sheet.name)!\($0): " } ?? "") + reason,
      remedy: "save the workbook anew")
  }

  private mutating func read(_ bytes: [UInt8]) throws(InputError) {
    var xml = XMLReader(bytes, file: part)
    guard case .start("worksheet", _) = try xml.skipToElement() else { throw refusal("this is no worksheet") }
    while let event = try xml.next() {
      guard case .start(let name, let attributes) = event else { continue }
      switch name {
      case "col": addColumns(attributes)
      case "row": try addRow(attributes, &xml)
      case "mergeCell":
        guard let range = attributes["ref"].flatMap({ CellRange($0) }) else {
          throw refusal("a merged range is damaged")
        }
        if merged.insert(range).inserted { sheet.merges.append(range) }
      case "extLst": try xml.skipElement()
      default: break
      }
    }
    let used = Set(sheet.rows.lazy.flatMap(\.cells.keys))
    sheet.hiddenColumns = used.filter { column in hiddenColumns.contains { $0.contains(column) } }.sorted()
  }

  private mutating func addColumns(_ attributes: [String: String]) {
    let isHidden = isTrue(attributes["hidden"]) || attributes["width"].flatMap { Double($0) } == 0
    guard isHidden, let first = attributes["min"].flatMap({ Int($0) }),
      let last = attributes["max"].flatMap({ Int($0) }),
      first <= last
    else { return }
    hiddenColumns.append(first...last)
  }

  private func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }

  private mutating func addRow(_ attributes: [String: String], _ xml: inout XMLReader) throws(InputError) {
    let previous = sheet.rows.last?.number ?? 0
    let told = attributes["r"].map { Int($0) ?? 0 } ?? nextRow
    guard told > previous, told >= nextRow, told <= CellReference.rows else { throw refusal("rows are not in order") }
    nextRow = told + 1
    let isHidden = isTrue(attributes["hidden"]) || attributes["ht"].flatMap { Double($0) } == 0
    var row = Worksheet.Row(number: told, isHidden: isHidden, cells: [:])
    var column = 0
    let depth = xml.depth
    while let event = try xml.next() {
      if case .end = event, xml.depth < depth { break }
      guard case .start("c", let attributes) = event else { continue }
      if let text = attributes["r"] {
        guard let reference = CellReference(text), reference.row == told, reference.column > column else {
          throw refusal("cells are not in order", at: text)
        }
        column = reference.column
      } else {
        column += 1
      }
      guard column <= CellReference.columns else { throw refusal("a row has too many cells") }
      if let cell = try cell(attributes, CellReference(column: column, row: told).name, &xml) {
        cells += 1
        guard cells <= Self.mostCells else { throw refusal("the sheet has more than \(Self.mostCells) cells") }
        row.cells[column] = cell
      }
    }
    if !row.cells.isEmpty { sheet.rows.append(row) }
  }

  private var nextRow = 1

  /// A cell; nil for one that holds nothing.
  private func cell(
    _ attributes: [String: String], _ place: String, _ xml: inout XMLReader
  ) throws(InputError) -> Worksheet.Cell? {
    let depth = xml.depth
    var value: String?
    var inline: String?
    while let event = try xml.next() {
      if case .end = event, xml.depth < depth { break }
      guard case .start(let name, _) = event else { continue }
      switch name {
      case "v": value = try xml.elementText(limit: Self.longestText)
      case "is": inline = try xml.richText(limit: Self.longestText)
      default: try xml.skipElement()
      }
    }
    switch attributes["t"] ?? "n" {
    case "s":
      guard let value else { return nil }
      guard let index = Int(value), context.sharedStrings.indices.contains(index) else {
        throw refusal("the cell's shared text does not exist", at: place)
      }
      return text(context.sharedStrings[index])
    case "inlineStr": return inline.flatMap(text)
    case "str": return value.flatMap { text(decodeEscapes($0)) }
    case "b": return value.map { Worksheet.Cell(text: isTrue($0) ? "TRUE" : "FALSE", kind: .boolean) }
    case "e": return Worksheet.Cell(text: value ?? "#N/A", kind: .error)
    case "d": return value.map { Worksheet.Cell(text: $0, kind: .date) }
    case "n":
      guard let value else { return nil }
      return try number(value, style: attributes["s"], place)
    default: throw refusal("the cell's type is not known", at: place)
    }
  }

  private func text(_ text: String) -> Worksheet.Cell? {
    text.allSatisfy(\.isWhitespace) ? nil : Worksheet.Cell(text: text, kind: .text)
  }

  private func number(_ value: String, style: String?, _ place: String) throws(InputError) -> Worksheet.Cell {
    guard let number = Double(value), number.isFinite else { throw refusal("the cell's number is damaged", at: place) }
    var format = CellFormat.general
    if let style {
      guard let index = Int(style), context.formats.indices.contains(index) else {
        throw refusal("the cell's style does not exist", at: place)
      }
      format = context.formats[index]
    }
    guard let text = format.text(number, is1904: context.is1904) else {
      throw refusal("the cell's date does not exist", at: place)
    }
    return Worksheet.Cell(text: text, kind: format == .date ? .date : .number)
  }
}

extension XMLReader {
  /// The first event that is not text.
  mutating func skipToElement() throws(InputError) -> Event? {
    while let event = try next() {
      if case .text = event { continue }
      return event
    }
    return nil
  }

  /// Leaves out the rest of the element that has just begun.
  mutating func skipElement() throws(InputError) {
    let depth = depth
    while self.depth >= depth, try next() != nil {}
  }

  /// The text of the element that has just begun.
  mutating func elementText(limit: Int) throws(InputError) -> String {
    let depth = depth
    var text = ""
    while let event = try next() {
      if case .text(let more) = event { text += more }
      if case .end = event, self.depth < depth { break }
      try check(text, limit)
    }
    return text
  }

  /// The text of the string item that has just begun, its runs together, without phonetic hints (ECMA-376, 18.4.8).
  mutating func richText(limit: Int) throws(InputError) -> String {
    let depth = depth
    var text = ""
    while let event = try next() {
      switch event {
      case .start("t", _): text += try elementText(limit: limit)
      case .start("rPh", _): try skipElement()
      case .end where self.depth < depth: return decodeEscapes(text)
      case .start, .end, .text: break
      }
      try check(text, limit)
    }
    return decodeEscapes(text)
  }

  private func check(_ text: String, _ limit: Int) throws(InputError) {
    guard text.utf8.count <= limit else { throw refusal("a cell's text is longer than \(limit) bytes", .unsupported) }
  }
}

/// Resolves `_x000D_` and its like, by which a workbook writes characters that XML has not (ECMA-376, ST_Xstring).
func decodeEscapes(_ text: String) -> String {
  guard text.contains("_x") else { return text }
  var decoded = ""
  var rest = text[...]
  while let character = rest.first {
    if rest.hasPrefix("_x"), rest.count >= 7 {
      let end = rest.index(rest.startIndex, offsetBy: 6)
      let digits = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
      if rest[end] == "_", digits.allSatisfy({ $0.isHexDigit && $0.isASCII }), let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        decoded.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
        continue
      }
    }
    decoded.append(character)
    rest.removeFirst()
  }
  return decoded
}
