/// Hands out `id` attributes, each once a page, in the order of the document.
struct Identifiers {
  private var taken: Set<String>

  /// - Parameter reserved: ids that the page itself uses.
  init(reserved: [String]) { taken = Set(reserved) }

  /// Lower-case ASCII letters, digits and hyphens of the wish; `-2`, `-3` … where it is taken.
  mutating func unique(_ wish: String) -> String {
    let slug = Self.slug(wish)
    var candidate = slug
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(slug)-\(number)"
      number += 1
    }
    return candidate
  }

  static func slug(_ text: String) -> String {
    var slug: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte + 32)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): slug.append(byte)
      default: if slug.last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
      }
    }
    while slug.last == UInt8(ascii: "-") { slug.removeLast() }
    while slug.first == UInt8(ascii: "-") { slug.removeFirst() }
    return slug.isEmpty ? "section" : String(decoding: slug, as: UTF8.self)
  }
}
