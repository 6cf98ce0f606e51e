/// A table as MultiQC's custom content takes it: remarks that name the section, then columns with tabs. MultiQC joins the
/// tables of one `id` from all the folders that it is given.
///
/// Source: MultiQC, "Custom content", files that end in `_mqc.tsv`.
struct MultiQCTable {
  /// How MultiQC draws it.
  enum Kind: String {
    case table
    case bargraph
    case linegraph
  }

  /// The section's identifier: letters, digits and underscores.
  var id: String
  var title: String
  var description: String
  var kind: Kind
  /// Columns behind the sample's name.
  var columns: [String]
  /// Colours of the columns, for bars; empty for MultiQC's own.
  var colours: [String] = []
  /// What the values of a graph are.
  var axis: String?
  /// The sample's name, and a value a column.
  var rows: [[String]]

  /// The file.
  var text: String {
    var lines = [
      "# id: '\(id)'", "# section_name: '\(Self.quoted(title))'", "# description: '\(Self.quoted(description))'",
      "# plot_type: '\(kind.rawValue)'",
    ]
    if kind != .table {
      lines += ["# pconfig:", "#     id: '\(id)_plot'", "#     title: '\(Self.quoted(title))'"]
      if let axis { lines.append("#     ylab: '\(Self.quoted(axis))'") }
    } else {
      lines += ["# pconfig:", "#     id: '\(id)_table'", "#     namespace: 'Apus'"]
    }
    if !colours.isEmpty {
      lines.append("# categories:")
      for (column, colour) in zip(columns, colours) {
        lines += ["#     '\(Self.quoted(column))':", "#         color: '\(colour)'"]
      }
    }
    lines.append((["Sample"] + columns).map(Self.cell).joined(separator: "\t"))
    lines += rows.map { $0.map(Self.cell).joined(separator: "\t") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For a text between single quotes of YAML.
  private static func quoted(_ text: String) -> String { cell(text).replacing("'", with: "''") }

  private static func cell(_ text: String) -> String { String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 }) }
}
