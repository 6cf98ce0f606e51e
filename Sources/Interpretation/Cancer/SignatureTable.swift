import Crypto
public import Genomics

/// Mutational signatures, as the user supplies them: Apus ships none.
public struct SignatureTable: Sendable, Hashable {
  /// The version, as the user names it, or the file's name without its folder and ending.
  public var version: String
  /// SHA-256 of the file.
  public var digest: String
  /// The signatures' names, in the file's order.
  public var names: [String]
  /// A column each: the share of each class, in the order of ``SubstitutionClass/labels``.
  public var columns: [[Double]]

  /// Reads a table of 96 classes: tab-separated, a header with the signatures' names behind the classes' column, a line a
  /// class (`A[C>A]A`) in any order, as COSMIC gives it.
  /// - Throws: `InputError` for what is none: classes that are missing, unknown or given twice, values that are no
  ///   shares, and signatures that do not sum to 1.
  public init(file path: String, version: String? = nil) throws(InputError) {
    self = try SignatureTable(text: try wholeFile(path), path: path, version: version)
  }

  /// Reads a table's text.
  public init(text: [UInt8], path: String, version: String? = nil) throws(InputError) {
    func refuse(_ line: Int, _ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), "the table of signatures is refused: \(reason)",
        remedy: "give a table of 96 classes as COSMIC has them, tab-separated")
    }
    var lines: [(number: Int, cells: [Substring])] = []
    for (index, line) in String(decoding: text, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      lines.append((index + 1, line.split(separator: "\t", omittingEmptySubsequences: false)))
    }
    guard let header = lines.first, header.cells.count >= 2 else { throw refuse(1, "it has no header") }
    let names = header.cells.dropFirst().map(String.init)
    guard Set(names).count == names.count, !names.contains("") else {
      throw refuse(header.number, "a signature has no name, or two have one")
    }
    let places = Dictionary(uniqueKeysWithValues: SubstitutionClass.labels.enumerated().map { ($1, $0) })
    var columns = [[Double]](
      repeating: [Double](repeating: 0, count: SubstitutionClass.count), count: names.count)
    var seen: Set<Int> = []
    for (number, cells) in lines.dropFirst() {
      guard let place = places[String(cells[0])] else { throw refuse(number, "\(cells[0]) is none of the 96 classes") }
      guard seen.insert(place).inserted else { throw refuse(number, "\(cells[0]) stands twice") }
      guard cells.count == names.count + 1 else {
        throw refuse(number, "the line has \(cells.count) columns, and the header \(names.count + 1)")
      }
      for (index, cell) in cells.dropFirst().enumerated() {
        guard let share = Double(cell), share.isFinite, share >= 0 else {
          throw refuse(number, "\(cell) is no share of \(names[index])")
        }
        columns[index][place] = share
      }
    }
    guard seen.count == SubstitutionClass.count else {
      throw refuse(lines.last?.number ?? 1, "\(SubstitutionClass.count - seen.count) of the 96 classes are missing")
    }
    for (name, column) in zip(names, columns) {
      let sum = column.reduce(0, +)
      // Tables are printed with few digits.
      guard abs(sum - 1) <= 0.01 else { throw refuse(header.number, "\(name) sums to \(sum), and not to 1") }
    }
    self.names = names
    self.columns = columns
    digest = SHA256.hash(data: text).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    self.version = version ?? (stem.isEmpty ? file : stem)
  }

  /// The assembly that the version names, if it names one.
  var namedAssembly: Assembly? {
    let lower = version.lowercased()
    if lower.contains("grch37") || lower.contains("hg19") { return .grch37 }
    if lower.contains("grch38") || lower.contains("hg38") { return .grch38 }
    return nil
  }
}
