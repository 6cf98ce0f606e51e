import Genomics

extension DirectoryImport {
  /// The sheet of the rare disease workbook that holds the tests; the others repeat or explain it.
  static let rareDiseaseSheet = "R&ID indications"

  /// Reads NHS England's workbook: the sheet "R&ID indications", or every sheet that is a table of tests, as the cancer
  /// workbook has one for each group of tumours.
  func readWorkbook(_ bytes: [UInt8]) throws(InputError) -> TestDirectory {
    let workbook = try Workbook(bytes, file: path)
    var notes: [TestDirectory.Note] = []
    var titles: [String] = []
    var tests: [DirectoryTest] = []
    var isTable = false
    for sheet in workbook.sheets {
      if sheet.visibility != .visible {
        notes.append(.init(code: "hidden-sheet", place: sheet.name, text: sheet.visibility.rawValue))
      }
    }
    for sheet in try chosen(workbook, notes: &notes) {
      var repeated: InputError?
      let columns = DirectoryColumns(sheet) { field, column, row in
        repeated = refusal(
          "\(sheet.place(column: column, row: row)): a second column is headed as the \(field.rawValue)",
          remedy: "keep one of the columns")
      }
      guard let columns else {
        notes.append(.init(code: "sheet-not-read", place: sheet.name, text: "no table of tests"))
        continue
      }
      if let repeated { throw repeated }
      isTable = true
      for row in sheet.rows where row.number < columns.row {
        titles += row.cells.sorted { $0.key < $1.key }.map { tidied($0.value.text) }
      }
      var reader = DirectorySheetReader(import: self, sheet: sheet, columns: columns)
      tests += try reader.read()
      notes += reader.notes
    }
    guard isTable else {
      throw refusal(
        "no sheet has the headings of a test directory: \(workbook.sheets.map(\.name).joined(separator: ", "))",
        remedy: "check that it is the directory; Test ID, Clinical Indication, Target/Genes and Test Method are needed")
    }
    let told = titles.isEmpty ? [:] : ["title": titles.joined(separator: " · ")]
    let dates = try TitleDates(titles, file: path)
    var dated = self
    dated.published = published ?? dates.published
    dated.effectiveFrom = effectiveFrom ?? dates.effectiveFrom
    let sheetNames = Set(tests.map { String($0.place.prefix { $0 != "!" }) }).sorted()
    return try dated.directory(tests, form: .workbook, told: told, titles: titles + sheetNames, notes: notes)
  }

  private func chosen(
    _ workbook: Workbook, notes: inout [TestDirectory.Note]
  ) throws(InputError) -> [Worksheet] {
    if !sheets.isEmpty {
      return try sheets.map { name throws(InputError) in
        guard let sheet = workbook.sheets.first(where: { $0.name == name }) else {
          throw refusal(
            "there is no sheet \"\(name)\"",
            remedy: "give one of \(workbook.sheets.map(\.name).joined(separator: ", "))")
        }
        return sheet
      }
    }
    func isRareDisease(_ sheet: Worksheet) -> Bool {
      tidied(sheet.name).lowercased() == Self.rareDiseaseSheet.lowercased()
    }
    if let sheet = workbook.sheets.first(where: isRareDisease) {
      for other in workbook.sheets where !isRareDisease(other) {
        notes.append(.init(code: "sheet-not-read", place: other.name, text: "the tests are in \(sheet.name)"))
      }
      return [sheet]
    }
    // A sheet that is hidden is not part of what was published, unless it is asked for.
    for sheet in workbook.sheets where sheet.visibility != .visible {
      notes.append(.init(code: "sheet-not-read", place: sheet.name, text: "hidden"))
    }
    return workbook.sheets.filter { $0.visibility == .visible }
  }
}

/// The days that the lines above a table tell: `Published 10 July 2025`, `effective from 01/04/2025`.
struct TitleDates {
  private(set) var published: CalendarDate?
  private(set) var effectiveFrom: CalendarDate?

  init(_ titles: [String], file: String) throws(InputError) {
    for title in titles {
      let text = title.lowercased()
      for match in text.matches(of: /(publi(?:shed|cation)|effective|valid from)[^0-9]{0,20}?([0-9].*)/) {
        guard let date = Self.date(match.2) else { continue }
        let isPublication = match.1.hasPrefix("publ")
        let before = isPublication ? published : effectiveFrom
        guard before == nil || before == date else {
          throw InputError(
            .mismatch, at: InputLocation(file: file), "the title tells two days of the same event",
            remedy: "give --published or --effective-from, and correct the title")
        }
        if isPublication { published = date } else { effectiveFrom = date }
      }
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// A day at the beginning of a text: `10 July 2025`, `2025-07-10`, or day, month and year as `10/07/2025`.
  static func date(_ text: Substring) -> CalendarDate? {
    if let match = text.prefixMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) { return CalendarDate(String(match.0)) }
    if let match = text.prefixMatch(of: /([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]+),? ([0-9]{4})/),
      let month = months.firstIndex(where: { $0 == match.2 || (match.2.count == 3 && $0.hasPrefix(match.2)) }),
      let day = Int(match.1), let year = Int(match.3)
    {
      return CalendarDate(year: year, month: month + 1, day: day)
    }
    if let match = text.prefixMatch(of: /([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})/), let day = Int(match.1),
      let month = Int(match.2), let year = Int(match.3)
    {
      return CalendarDate(year: year, month: month, day: day)
    }
    return nil
  }
}
