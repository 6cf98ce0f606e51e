extension ViewMaker {
  mutating func table(_ table: ReportTable) throws(ReportError) -> View {
    if let column = table.rowHeader, !table.columns.indices.contains(column) {
      throw ReportError.rowHeader(table: table.caption, column: column)
    }
    var rows: [View] = []
    for (index, cells) in table.rows.enumerated() {
      guard cells.count == table.columns.count else {
        throw ReportError.rowWidth(
          table: table.caption, row: index, expected: table.columns.count, found: cells.count)
      }
      let views = cells.enumerated().map { column, value in
        var view = cell(value)
        view["alignment"] = Self.alignmentClass(table.columns[column].alignment)
        if column == table.rowHeader { view["isHeader"] = true }
        return view
      }
      rows.append(["cells": views])
    }
    let columns = table.columns.map { column in
      var view: View = ["title": column.title, "alignment": Self.alignmentClass(column.alignment)]
      view.set("unit", column.unit)
      return view
    }
    var view: View = [
      "template": "table", "id": identifiers.unique("table"), "caption": table.caption, "columns": columns,
      "rows": rows,
    ]
    if table.isSortable, rows.count > 1 { view["isSortable"] = true }
    if rows.isEmpty {
      view["empty"] = ["text": table.emptyText, "span": String(max(1, table.columns.count))] as View
    }
    return view
  }

  func cell(_ cell: Cell) -> View {
    switch cell {
    case .text(let text): return text.isEmpty ? ["isMissing": true] : ["text": text]
    case .code(let text): return text.isEmpty ? ["isMissing": true] : ["code": text]
    case .number(let value, let format): return value.isFinite ? ["text": format.string(value)] : ["isMissing": true]
    case .link(let text, let link): return ["link": ["text": text, "href": link.href] as View]
    case .outcome(let outcome): return ["status": status(outcome.status)]
    case .status(let status, let remark): return ["status": self.status(status, remark: remark)]
    case .bar(let value, let maximum, let format):
      guard value.isFinite else { return ["isMissing": true] }
      let share = maximum.isFinite && maximum > 0 ? max(0, min(1, value / maximum)) : 0
      return ["bar": ["text": format.string(value), "width": Path.coordinate(share * 100)] as View]
    case .none: return ["isMissing": true]
    }
  }

  private static func alignmentClass(_ alignment: Column.Alignment) -> String {
    switch alignment {
    case .start: "start"
    case .end: "end"
    case .centre: "centre"
    }
  }
}
