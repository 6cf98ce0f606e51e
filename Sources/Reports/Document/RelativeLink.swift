/// A reference to another file of the same report folder, or to a place in this page. Nothing else can be linked to: a
/// report reaches no network, and a name from a sample sheet cannot become `javascript:`.
public struct RelativeLink: Sendable, Equatable, Hashable {
  /// The reference, percent-encoded.
  public let href: String

  /// Takes a relative reference as written, such as `case-1/case.html#reads` or `#reads`; characters that a URL cannot
  /// hold are percent-encoded.
  ///
  /// - Throws: `ReportError.link` if it is empty, absolute, has a scheme or an authority, or holds a backslash or a
  ///   control character.
  public init(_ reference: String) throws(ReportError) {
    // Browsers drop tabs and line ends inside a URL and read a backslash as a slash, so either could hide a scheme.
    guard
      !reference.isEmpty, !reference.hasPrefix("/"),
      reference.unicodeScalars.allSatisfy({ $0.value > 0x1F && !(0x7F...0x9F).contains($0.value) && $0 != "\\" }),
      reference.utf8.first != UInt8(ascii: " ")
    else { throw ReportError.link(reference) }
    let firstSegment = reference.utf8.prefix { !"/?#".utf8.contains($0) }
    guard !firstSegment.contains(UInt8(ascii: ":")) else { throw ReportError.link(reference) }
    href = Self.encode(reference, keeping: "/?#=&%:@!$()*+,;-._~")
  }

  /// Names a file by the names of its folders and itself, each of which may hold any character.
  ///
  /// - Throws: `ReportError.link` if there is no component, or one is empty, `.` or `..`, or holds a control character.
  public init(path components: [String], fragment: String? = nil) throws(ReportError) {
    for component in components {
      guard
        !component.isEmpty, component != ".", component != "..",
        component.unicodeScalars.allSatisfy({ $0.value > 0x1F && !(0x7F...0x9F).contains($0.value) })
      else { throw ReportError.link(components.joined(separator: "/")) }
    }
    guard !components.isEmpty else { throw ReportError.link("") }
    let path = components.map { Self.encode($0, keeping: "-._~") }.joined(separator: "/")
    href = path + (fragment.map { "#" + Self.encode($0, keeping: "-._~") } ?? "")
  }

  private static func encode(_ text: String, keeping kept: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    let kept = Set(kept.utf8)
    let isHexadecimal = { (byte: UInt8) in hexadecimal.contains(byte) || (0x61...0x66).contains(byte) }
    let bytes = Array(text.utf8)
    var encoded: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isLetterOrDigit =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      // A per cent sign that starts no escape is itself escaped.
      let isStrayPercent =
        byte == UInt8(ascii: "%")
        && !(index + 2 < bytes.count && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2]))
      if isLetterOrDigit || (kept.contains(byte) && !isStrayPercent) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
