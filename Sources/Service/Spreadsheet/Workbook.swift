import Genomics

/// A workbook of Office Open XML (ECMA-376), as Excel and openpyxl write it: the sheets with what they hold as text.
struct Workbook {
  /// The sheets in the order of their tabs.
  let sheets: [Worksheet]

  /// The most shared texts that are taken.
  private static let mostTexts = 1_000_000
  private static let mostSheets = 256

  private let archive: ZipArchive
  private let file: String

  /// Reads a workbook.
  /// - Throws: `InputError` of kind `truncated`, `malformed`, `checksum` or `unsupported`.
  init(_ bytes: [UInt8], file: String) throws(InputError) {
    let archive = try ZipArchive(bytes, file: file)
    self.archive = archive
    self.file = file
    let part = "\(file) (xl/workbook.xml)"
    let office = try Self.relations(archive, of: "", file: file)
    guard let main = office.first(where: { $0.type.hasSuffix("/officeDocument") })?.target,
      let book = try archive.bytes(of: main)
    else {
      throw InputError(
        .malformed, at: InputLocation(file: file), "the archive holds no workbook", remedy: "give an .xlsx workbook")
    }
    let relations = try Self.relations(archive, of: main, file: file)
    var context = WorksheetReader.Context()
    for relation in relations
    where relation.type.hasSuffix("/sharedStrings") || relation.type.hasSuffix("/styles") {
      guard let content = try archive.bytes(of: relation.target) else {
        throw InputError(
          .malformed, at: InputLocation(file: part), "the archive lacks its part \(relation.target)",
          remedy: "save the workbook anew")
      }
      if relation.type.hasSuffix("/sharedStrings") {
        context.sharedStrings = try Self.sharedStrings(content, file: "\(file) (\(relation.target))")
      } else {
        context.formats = try Self.formats(content, file: "\(file) (\(relation.target))")
      }
    }
    var listed: [(name: String, visibility: Worksheet.Visibility, id: String)] = []
    var xml = XMLReader(book, file: part)
    while let event = try xml.next() {
      guard case .start(let name, let attributes) = event else { continue }
      if name == "workbookPr" { context.is1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
      guard name == "sheet" else { continue }
      let id = attributes.first { $0.key.hasSuffix(":id") }?.value
      guard let id, let title = attributes["name"], !title.isEmpty, !listed.contains(where: { $0.name == title }),
        let visibility = Worksheet.Visibility(rawValue: attributes["state"] ?? "visible"),
        listed.count < Self.mostSheets
      else {
        throw InputError(
          .malformed, at: InputLocation(file: part), "the list of sheets is damaged", remedy: "save the workbook anew")
      }
      listed.append((title, visibility, id))
    }
    var sheets: [Worksheet] = []
    for sheet in listed {
      // A chart sheet has no cells.
      guard let relation = relations.first(where: { $0.id == sheet.id }), relation.type.hasSuffix("/worksheet") else {
        continue
      }
      guard let content = try archive.bytes(of: relation.target) else {
        throw InputError(
          .malformed, at: InputLocation(file: part), "the sheet \(sheet.name) has no part in the archive",
          remedy: "save the workbook anew")
      }
      sheets.append(
        try WorksheetReader.read(
          content, part: "\(file) (\(relation.target))", name: sheet.name, visibility: sheet.visibility,
          context: context))
    }
    self.sheets = sheets
  }

  private struct Relation {
    var id: String
    var type: String
    /// The part's name in the archive.
    var target: String
  }

  /// The parts that a part refers to (ECMA-376 part 2, 9.3); `""` is the package itself.
  private static func relations(_ archive: ZipArchive, of part: String, file: String) throws(InputError) -> [Relation] {
    let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
    let name = "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
    guard let content = try archive.bytes(of: name) else { return [] }
    var relations: [Relation] = []
    var xml = XMLReader(content, file: "\(file) (\(name))")
    while let event = try xml.next() {
      guard case .start("Relationship", let attributes) = event, attributes["TargetMode"] != "External",
        let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"]
      else { continue }
      relations.append(Relation(id: id, type: type, target: resolve(target, in: folder)))
    }
    return relations
  }

  private static func resolve(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func sharedStrings(_ content: [UInt8], file: String) throws(InputError) -> [String] {
    var texts: [String] = []
    var xml = XMLReader(content, file: file)
    while let event = try xml.next() {
      guard case .start("si", _) = event else { continue }
      texts.append(try xml.richText(limit: WorksheetReader.longestText))
      guard texts.count <= mostTexts else {
        throw xml.refusal("the workbook has more than \(mostTexts) texts", .unsupported)
      }
    }
    return texts
  }

  /// The number formats of the cell styles, in the order by which cells refer to them.
  private static func formats(_ content: [UInt8], file: String) throws(InputError) -> [CellFormat] {
    var own: [Int: CellFormat] = [:]
    var formats: [CellFormat] = []
    var isCellStyles = false
    var xml = XMLReader(content, file: file)
    while let event = try xml.next() {
      switch event {
      case .start("numFmt", let attributes):
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] else { break }
        own[id] = CellFormat(code: code)
      case .start("cellXfs", _): isCellStyles = true
      case .end("cellXfs"): isCellStyles = false
      case .start("xf", let attributes) where isCellStyles:
        let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
        formats.append(own[id] ?? CellFormat(builtIn: id))
      case .start, .end, .text: break
      }
    }
    return formats
  }
}
