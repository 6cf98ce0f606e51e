import Genomics

/// The two dictionaries of a BCF: strings (filters, INFO and FORMAT keys) and contigs (VCF 4.5, section 6.2.1).
///
/// Entries have the places that `IDX` gives them or, without it, those of their first appearance; `PASS` is the string 0.
struct BCFDictionary: Sendable {
  /// The strings by their numbers; nil where a number is not used.
  private(set) var strings: [[UInt8]?] = [Array("PASS".utf8)]
  /// The contigs by their numbers; nil where a number is not used.
  private(set) var contigs: [[UInt8]?] = []
  private var stringPlaces: [[UInt8]: Int] = [Array("PASS".utf8): 0]
  private var contigPlaces: [[UInt8]: Int] = [:]

  /// More entries than any header has; an `IDX` beyond it would only cost memory.
  private static let most = 1 << 24

  /// - Throws: where two entries want one place, or a place is none.
  private init(metaLines: [String]) throws(BCFFault) {
    for line in metaLines {
      guard let meta = VCFMetaLine(line), let id = meta["ID"] else { continue }
      let place = try Self.place(meta, line)
      switch meta.key {
      case "FILTER", "INFO", "FORMAT":
        try Self.add(Array(id.utf8), at: place, &strings, &stringPlaces)
      case "contig": try Self.add(Array(id.utf8), at: place, &contigs, &contigPlaces)
      default: break
      }
    }
  }

  /// The dictionaries of a file's header.
  /// - Throws: `InputError` of kind `malformed` where it contradicts itself.
  init(_ metaLines: [String], path: String) throws(InputError) {
    do throws(BCFFault) {
      self = try BCFDictionary(metaLines: metaLines)
    } catch {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the header is inconsistent: \(error.reason)",
        remedy: "make the file again")
    }
  }

  private static func place(_ meta: VCFMetaLine, _ line: String) throws(BCFFault) -> Int? {
    guard let text = meta["IDX"] else { return nil }
    guard let place = Int(text), place >= 0, place < most else {
      throw BCFFault(reason: "IDX \(text) is no place in a dictionary")
    }
    return place
  }

  private static func add(
    _ name: [UInt8], at wanted: Int?, _ entries: inout [[UInt8]?], _ places: inout [[UInt8]: Int]
  ) throws(BCFFault) {
    let text = String(decoding: name, as: UTF8.self)
    if let place = places[name] {
      guard wanted == nil || wanted == place else { throw BCFFault(reason: "\(text) has two places in a dictionary") }
      return
    }
    let place = wanted ?? entries.count
    while entries.count <= place { entries.append(nil) }
    guard entries[place] == nil else { throw BCFFault(reason: "\(text) has the place of another dictionary entry") }
    entries[place] = name
    places[name] = place
  }

  /// The number of a string; nil where the header does not declare it.
  func string(_ name: UnsafeRawBufferPointer) -> Int? { stringPlaces[Array(name)] }

  /// The number of a contig; nil where the header does not declare it.
  func contig(_ name: UnsafeRawBufferPointer) -> Int? { contigPlaces[Array(name)] }

  /// A meta line as BCF writes it: entries of the dictionaries with their `IDX`.
  func withPlace(_ line: String) -> String {
    guard let meta = VCFMetaLine(line), let id = meta["ID"], meta["IDX"] == nil else { return line }
    let place: Int?
    switch meta.key {
    case "FILTER", "INFO", "FORMAT": place = stringPlaces[Array(id.utf8)]
    case "contig": place = contigPlaces[Array(id.utf8)]
    default: place = nil
    }
    return place.map { line.dropLast() + ",IDX=\($0)>" } ?? line
  }

  /// A meta line as text writes it: without `IDX`.
  static func withoutPlace(_ line: String) -> String {
    guard line.hasSuffix(">"), let meta = VCFMetaLine(line), meta["IDX"] != nil else { return line }
    let body = line.utf8.dropLast()
    // Outside quotes, from the comma before it to the next comma.
    var isQuoted = false
    var isEscaped = false
    var index = body.startIndex
    while index < body.endIndex {
      let byte = body[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted, body[body.index(after: index)...].starts(with: "IDX=".utf8) {
        let rest = body[body.index(after: index)...]
        let end = rest.firstIndex(of: UInt8(ascii: ",")) ?? body.endIndex
        return String(line[..<index]) + String(line[end...])
      }
      index = body.index(after: index)
    }
    return line
  }
}
