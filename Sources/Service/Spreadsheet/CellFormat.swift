/// How a number is shown in a cell (ECMA-376 part 1, 18.8.30 and 18.8.31), as far as a table of texts needs it.
enum CellFormat: Hashable {
  /// As many digits as the number has.
  case general
  /// A fixed number of decimals, at least so many digits before them, in groups of three or not, times 100 with `%`.
  case fixed(decimals: Int, digits: Int, isGrouped: Bool, isPercent: Bool)
  /// A day, a time, or both.
  case date

  /// The format of a code such as `0.00` or `dd/mm/yyyy`. Codes that are neither a date nor plain digits are `general`.
  init(code: String) {
    let section = code.prefix { $0 != ";" }
    let plain = Self.withoutLiterals(section)
    if plain.lowercased() == "general" || plain == "@" {
      self = .general
    } else if plain.lowercased().contains(where: { "ymdhs".contains($0) }) {
      self = .date
    } else if let fixed = Self.fixed(plain) {
      self = fixed
    } else {
      self = .general
    }
  }

  /// The formats that a file names by number alone (ECMA-376 part 1, 18.8.30).
  init(builtIn id: Int) {
    switch id {
    case 1: self.init(code: "0")
    case 2: self.init(code: "0.00")
    case 3, 37, 38: self.init(code: "#,##0")
    case 4, 39, 40: self.init(code: "#,##0.00")
    case 9: self.init(code: "0%")
    case 10: self.init(code: "0.00%")
    case 14...22, 27...36, 45...47, 50...58: self = .date
    default: self = .general
    }
  }

  private static func withoutLiterals(_ code: Substring) -> String {
    var plain = ""
    var isQuoted = false
    var isBracketed = false
    var skips = false
    for character in code {
      if skips {
        skips = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else if character == "\"" {
        isQuoted = true
      } else if character == "[" {
        isBracketed = true
      } else if "\\_*".contains(character) {
        skips = true
      } else {
        plain.append(character)
      }
    }
    return plain
  }

  private static func fixed(_ code: String) -> CellFormat? {
    var body = code[...]
    let isPercent = body.hasSuffix("%")
    if isPercent { body.removeLast() }
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !body.isEmpty, parts[0].allSatisfy({ "0#,".contains($0) }) else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.allSatisfy({ $0 == "0" }), decimals.count <= 9, parts[0].count <= 16 else { return nil }
    return .fixed(
      decimals: decimals.count, digits: parts[0].count { $0 == "0" }, isGrouped: parts[0].contains(","),
      isPercent: isPercent)
  }

  /// A number as it is shown: `00149`, `0.50`, `2023-06-01`, `2023-06-01T09:30:00`.
  /// - Parameter is1904: whether days count from 1904-01-01, as workbooks of older Macintosh programs do.
  /// - Returns: nil for a date that the calendar of a workbook does not have.
  func text(_ number: Double, is1904: Bool) -> String? {
    switch self {
    case .general: Self.plain(number)
    case .fixed(let decimals, let digits, let isGrouped, let isPercent):
      Self.fixed(
        isPercent ? number * 100 : number, decimals: decimals, digits: digits, isGrouped: isGrouped
      ).map { isPercent ? "\($0)%" : $0 } ?? Self.plain(number)
    case .date: Self.date(number, is1904: is1904)
    }
  }

  private static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    // A workbook keeps 15 digits: what lies beyond is the binary number's remainder (149.10000000000002).
    for places in 1...14 {
      let power = tenTo(places)
      let scaled = (number * power).rounded()
      guard abs(scaled) < 1e15 else { break }
      if abs(scaled / power - number) <= abs(number) * 1e-15 { return "\(scaled / power)" }
    }
    return "\(number)"
  }

  private static func tenTo(_ places: Int) -> Double { (0..<places).reduce(1.0) { power, _ in power * 10 } }

  private static func fixed(_ number: Double, decimals: Int, digits: Int, isGrouped: Bool) -> String? {
    let power = tenTo(decimals)
    let scaled = (abs(number) * power).rounded()
    guard scaled < 9e15 else { return nil }
    let (whole, part) = Int(scaled).quotientAndRemainder(dividingBy: Int(power))
    func padded(_ value: Int, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    var text = padded(whole, digits)
    if isGrouped {
      var place = text.endIndex
      while text.distance(from: text.startIndex, to: place) > 3 {
        place = text.index(place, offsetBy: -3)
        text.insert(",", at: place)
      }
    }
    if decimals > 0 { text += "." + padded(part, decimals) }
    return (number < 0 && scaled > 0 ? "-" : "") + text
  }

  private static func date(_ number: Double, is1904: Bool) -> String? {
    guard number >= 0, number < 2_958_466 else { return nil }
    var days = Int(number)
    // Serial 60 is 29 February 1900, which never was; later days count one too many.
    guard is1904 || days != 60 else { return nil }
    if !is1904, days > 60 { days -= 1 }
    let seconds = Int(((number - number.rounded(.down)) * 86_400).rounded())
    // 1899-12-31 and 1904-01-01 in days since 1970-01-01.
    let epoch = is1904 ? -24_107 : -25_568
    guard let day = CalendarDate(secondsSince1970: (days + epoch) * 86_400 + seconds) else { return nil }
    guard seconds % 86_400 != 0 else { return day.description }
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}
