import Genomics

/// Holds a header's lines, one after the other, against the SAM specification (section 1.3), and keeps what records need.
///
/// Refused is what the specification forbids and what would change a result or make two readers disagree. Free text, tags
/// of one's own and line types of one's own are taken.
struct SAMHeaderChecks {
  private(set) var contigs: [Contig] = []
  /// `M5` by contig index.
  private(set) var md5s: [Int: String] = [:]
  private(set) var readGroups: [SAMHeader.ReadGroup] = []
  private(set) var sortOrder: String?
  /// What the specification advises against, or forbids to SAM text alone, with its count.
  private(set) var warnings: [String: Int] = [:]
  private let isText: Bool

  /// - Parameter isText: whether the file is SAM text, which is held to the letter. BAM and CRAM of real instruments carry
  ///   names of vendors as `PL`, which changes no result.
  init(isText: Bool) { self.isText = isText }

  /// A program whose `PP` names another.
  struct Link {
    var line: Int
    var parent: String
  }
  private var links: [Link] = []
  private var programs: Set<String> = []
  private var groups: Set<String> = []
  private var names: Set<String> = []
  /// Names of `AN`, each with the contig that it is of.
  private var aliases: [String: Int] = [:]

  /// Takes a line.
  /// - Parameter number: its number, counted from 1.
  mutating func take(_ bytes: ArraySlice<UInt8>, number: Int) throws(SAMHeaderFault) {
    let line = try SAMHeaderLine(bytes)
    switch line.kind {
    case "HD":
      guard number == 1 else { throw SAMHeaderFault(reason: "@HD is not the header's first line") }
      try takeHeader(line)
    case "SQ": try takeSequence(line)
    case "RG": try takeReadGroup(line)
    case "PG":
      guard let id = line.text("ID"), !id.isEmpty else { throw SAMHeaderFault(reason: "@PG lacks ID") }
      guard programs.insert(id).inserted else {
        throw SAMHeaderFault(reason: "@PG ID \(SAMHeaderLine.shown(id.utf8)) is declared twice")
      }
      if let parent = line.text("PP") { links.append(Link(line: number, parent: parent)) }
    default: break
    }
  }

  /// What only the whole header shows: a program's predecessor may stand behind it.
  func danglingLink() -> (line: Int, reason: String)? {
    guard let link = links.first(where: { !programs.contains($0.parent) }) else { return nil }
    return (link.line, "@PG PP \(SAMHeaderLine.shown(link.parent.utf8)) is no other @PG line's ID")
  }

  private mutating func takeHeader(_ line: SAMHeaderLine) throws(SAMHeaderFault) {
    guard let version = line["VN"] else { throw SAMHeaderFault(reason: "@HD lacks VN") }
    let parts = version.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(SAMHeaderLine.isDigit) }) else {
      throw SAMHeaderFault(reason: "@HD VN \(SAMHeaderLine.shown(version)) is no version such as 1.6")
    }
    try require(line, "SO", oneOf: ["unknown", "unsorted", "queryname", "coordinate"])
    try require(line, "GO", oneOf: ["none", "query", "reference"])
    if let order = line["SS"] {
      let parts = order.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      let isFirst = ["coordinate", "queryname", "unsorted"].contains { parts[0].elementsEqual($0.utf8) }
      let areRest = parts.dropFirst().allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy {
            SAMHeaderLine.isLetter($0) || SAMHeaderLine.isDigit($0) || $0 == UInt8(ascii: "_")
              || $0 == UInt8(ascii: "-")
          }
      }
      guard isFirst, areRest, parts.count >= 2 else {
        throw SAMHeaderFault(reason: "@HD SS \(SAMHeaderLine.shown(order)) is no sort order and sub-order")
      }
    }
    sortOrder = line.text("SO")
  }

  private mutating func takeSequence(_ line: SAMHeaderLine) throws(SAMHeaderFault) {
    guard let name = line["SN"] else { throw SAMHeaderFault(reason: "@SQ lacks SN") }
    guard ReferenceName.isValid(name) else {
      throw SAMHeaderFault(reason: "@SQ SN \(SAMHeaderLine.shown(name)) is no name of a reference sequence")
    }
    guard let digits = line["LN"] else { throw SAMHeaderFault(reason: "@SQ lacks LN") }
    guard !digits.isEmpty, digits.count <= 10, digits.allSatisfy(SAMHeaderLine.isDigit),
      let length = Int(String(decoding: digits, as: UTF8.self)), length > 0, length <= Int(Int32.max)
    else {
      throw SAMHeaderFault(reason: "@SQ LN \(SAMHeaderLine.shown(digits)) is not a number from 1 to 2147483647")
    }
    let text = String(decoding: name, as: UTF8.self)
    let index = contigs.count
    guard names.insert(text).inserted else {
      throw SAMHeaderFault(reason: "@SQ SN \(SAMHeaderLine.shown(name)) is declared twice")
    }
    if let other = aliases[text], other != index {
      throw SAMHeaderFault(reason: "@SQ SN \(SAMHeaderLine.shown(name)) is another sequence's AN")
    }
    for alias in line["AN"]?.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) ?? [] {
      let alternative = String(decoding: alias, as: UTF8.self)
      guard ReferenceName.isValid(alias) else {
        throw SAMHeaderFault(reason: "@SQ AN \(SAMHeaderLine.shown(alias)) is no name of a reference sequence")
      }
      guard alternative == text || !names.contains(alternative), aliases[alternative, default: index] == index else {
        throw SAMHeaderFault(reason: "@SQ AN \(SAMHeaderLine.shown(alias)) is another sequence's SN or AN")
      }
      aliases[alternative] = index
    }
    if let locus = line["AH"] {
      guard locus.elementsEqual("*".utf8) || ReferenceName.isValid(locus) else {
        throw SAMHeaderFault(reason: "@SQ AH \(SAMHeaderLine.shown(locus)) is neither a locus nor *")
      }
    }
    if let digest = line["M5"] {
      let isHexadecimal = digest.allSatisfy { SAMHeaderLine.isDigit($0) || $0 &- UInt8(ascii: "a") < 6 }
      guard digest.count == 32, isHexadecimal else {
        throw SAMHeaderFault(
          reason: "@SQ M5 \(SAMHeaderLine.shown(digest)) is no MD5 of 32 lower-case hexadecimal digits")
      }
      md5s[index] = String(decoding: digest, as: UTF8.self)
    }
    try require(line, "TP", oneOf: ["linear", "circular"])
    contigs.append(Contig(name: text, length: length))
  }

  private mutating func takeReadGroup(_ line: SAMHeaderLine) throws(SAMHeaderFault) {
    guard let id = line.text("ID"), !id.isEmpty else { throw SAMHeaderFault(reason: "@RG lacks ID") }
    guard groups.insert(id).inserted else {
      throw SAMHeaderFault(reason: "@RG ID \(SAMHeaderLine.shown(id.utf8)) is declared twice")
    }
    if let date = line["DT"], !Self.isDate(date) {
      throw SAMHeaderFault(reason: "@RG DT \(SAMHeaderLine.shown(date)) is no date of ISO 8601")
    }
    if let size = line["PI"] {
      let digits = size.first == UInt8(ascii: "-") ? size.dropFirst() : size
      guard !digits.isEmpty, digits.allSatisfy(SAMHeaderLine.isDigit) else {
        throw SAMHeaderFault(reason: "@RG PI \(SAMHeaderLine.shown(size)) is no whole number")
      }
    }
    if let platform = line.text("PL"), !Self.platforms.contains(platform.uppercased()) {
      guard !isText else {
        throw SAMHeaderFault(
          reason: "@RG PL \(SAMHeaderLine.shown(platform.utf8)) is no platform that SAM knows; PL is left out then")
      }
      warnings["read-group-platform-not-of-the-specification", default: 0] += 1
    }
    readGroups.append(SAMHeader.ReadGroup(id: id, sample: line.text("SM")))
  }

  /// In upper case; files hold them in any.
  private static let platforms: Set<String> = [
    "CAPILLARY", "DNBSEQ", "ELEMENT", "HELICOS", "ILLUMINA", "IONTORRENT", "LS454", "ONT", "PACBIO", "SINGULAR",
    "SOLID", "ULTIMA",
  ]

  /// A year, a month or a day, extended or basic, perhaps with a time behind it, whose form is not looked at.
  private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = bytes.drop { $0 == 32 }
    let date = text.prefix { $0 != UInt8(ascii: "T") && $0 != 32 }
    let digits = date.filter { $0 != UInt8(ascii: "-") }
    guard [4, 6, 8].contains(digits.count), digits.allSatisfy(SAMHeaderLine.isDigit) else { return false }
    func number(_ range: Range<Int>) -> Int {
      range.upperBound <= digits.count
        ? digits[range].reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) } : 1
    }
    guard (1...12).contains(number(4..<6)), (1...31).contains(number(6..<8)) else { return false }
    return text.dropFirst(date.count).allSatisfy {
      SAMHeaderLine.isDigit($0) || ":.,+-TZ ".utf8.contains($0)
    }
  }

  private func require(_ line: SAMHeaderLine, _ tag: String, oneOf values: [String]) throws(SAMHeaderFault) {
    guard let value = line[tag], !values.contains(where: { value.elementsEqual($0.utf8) }) else { return }
    throw SAMHeaderFault(
      reason: "@\(line.kind) \(tag) \(SAMHeaderLine.shown(value)) is none of \(values.joined(separator: ", "))")
  }
}
