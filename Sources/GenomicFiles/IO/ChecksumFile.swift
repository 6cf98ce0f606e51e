import Genomics

/// The MD5 that a file was delivered with, from a file beside it.
public struct ChecksumFile: Sendable, Hashable {
  /// The file that holds it.
  public let path: String
  /// 32 lower-case hexadecimal digits.
  public let md5: String

  /// Looks for the checksum of a file: `FILE.md5`, or `STEM.md5` (`S1.md5` for `S1.bam`) where a line of that names the
  /// file. Blocks.
  ///
  /// A line is as `md5sum` writes it (`digits  name`, or `digits *name`), as BSD's `md5` does (`MD5 (name) = digits`), or
  /// the digits alone, which counts only in `FILE.md5` and only as the one line. Names are compared without folders, since
  /// deliveries move.
  /// - Returns: nil where there is no such file, for standard input, and where `STEM.md5` does not name the file.
  /// - Throws: `InputError` of kind `malformed` where `FILE.md5` holds no MD5 of it; `unreadable`.
  public static func beside(_ path: String) throws -> ChecksumFile? {
    guard path != "-" else { return nil }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let own = path + ".md5"
    if case .file = content(at: own) { return try ChecksumFile(own, of: name) }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    let stem = String(path.dropLast(name[dot...].count)) + ".md5"
    guard case .file = content(at: stem) else { return nil }
    let found = try lines(stem).filter { $0.name == name }
    guard let line = found.first else { return nil }
    return try ChecksumFile(stem, only: line, of: found)
  }

  private init(_ path: String, of name: String) throws {
    let lines = try Self.lines(path)
    let named = lines.filter { $0.name == name }
    if let line = named.first {
      self = try ChecksumFile(path, only: line, of: named)
    } else if lines.count == 1 {
      // Also under another name: the file may have been renamed, and its checksum with it.
      self.path = path
      md5 = lines[0].md5
    } else {
      throw InputError(
        .malformed, at: InputLocation(file: path),
        lines.isEmpty ? "the file holds no MD5" : "the file holds several MD5s, none of them of \(name)",
        remedy: "make it again with md5sum, or take it away")
    }
  }

  private init(_ path: String, only line: Line, of found: [Line]) throws(InputError) {
    guard found.allSatisfy({ $0.md5 == line.md5 }) else {
      throw InputError(
        .malformed, at: InputLocation(file: path), "the file holds two MD5s of \(line.name ?? "")",
        remedy: "make it again with md5sum, or take it away")
    }
    self.path = path
    md5 = line.md5
  }

  private struct Line {
    var md5: String
    var name: String?
  }

  private static func lines(_ path: String) throws -> [Line] {
    String(decoding: try readWhole(path, limit: 1 << 20), as: UTF8.self).split(whereSeparator: \.isNewline)
      .compactMap { line($0) }
  }

  /// A line's digits and name; nil where it holds no MD5.
  private static func line(_ text: Substring) -> Line? {
    func digits(_ text: some StringProtocol) -> String? {
      text.utf8.count == 32 && text.allSatisfy { $0.isASCII && $0.isHexDigit } ? text.lowercased() : nil
    }
    func name(_ text: Substring) -> String? { text.split(separator: "/").last.map(String.init) }
    if text.hasPrefix("MD5 ("), let end = text.firstRange(of: ") = ") {
      let given = text[text.index(text.startIndex, offsetBy: 5)..<end.lowerBound]
      return digits(text[end.upperBound...]).map { Line(md5: $0, name: name(given)) }
    }
    let first = text.prefix { $0 != " " && $0 != "\t" }
    guard let md5 = digits(first) else { return nil }
    let rest = text[first.endIndex...].drop { $0 == " " || $0 == "\t" || $0 == "*" }
    return Line(md5: md5, name: rest.isEmpty ? nil : name(rest))
  }
}
