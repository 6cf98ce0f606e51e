import Logging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How log lines look.
enum LogFormat: String, CaseIterable {
  case text, json

  /// What the arguments ask for, read without parsing them, so that a usage error keeps to it.
  init(arguments: [String]) {
    let separate = zip(arguments, arguments.dropFirst()).contains { $0 == "--log-format" && $1 == "json" }
    self = separate || arguments.contains("--log-format=json") ? .json : .text
  }
}

/// Writing to standard error, a whole line at a time.
enum StandardError {
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var written = 0
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      while written < buffer.count {
        #if canImport(Glibc)
          let count = Glibc.write(STDERR_FILENO, base + written, buffer.count - written)
        #elseif canImport(Musl)
          let count = Musl.write(STDERR_FILENO, base + written, buffer.count - written)
        #else
          let count = Darwin.write(STDERR_FILENO, base + written, buffer.count - written)
        #endif
        if count <= 0 { return }
        written += count
      }
    }
  }
}

/// A log line.
enum LogLine {
  /// Text as one line that a terminal only shows: inputs quoted in an error may hold line ends, commands to the terminal,
  /// and marks that turn the direction of writing (Unicode Standard Annex 9).
  static func plain(_ text: String) -> String {
    var output = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      guard count <= longest else { return output + "…" }
      switch scalar.value {
      case 0x0A, 0x0D: output += " "
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        output += "\\u{\(String(scalar.value, radix: 16))}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// The most scalars of a line.
  private static let longest = 4000

  enum Value {
    case text(String)
    case integer(Int)
  }

  static func json(_ fields: [(String, Value)]) -> String {
    let members = fields.map { name, value in
      switch value {
      case .text(let text): "\(quoted(name)):\(quoted(text))"
      case .integer(let number): "\(quoted(name)):\(number)"
      }
    }
    return "{\(members.joined(separator: ","))}\n"
  }

  private static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }
}

/// Log lines on standard error. They hold names of cases, files and units; never genotypes, names of people or NHS numbers.
struct StandardErrorLog: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  let format: LogFormat

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
    switch format {
    case .text:
      let fields = all.map { " \($0.key)=\($0.value)" }.joined()
      StandardError.write("apus: \(event.level): \(LogLine.plain("\(event.message)\(fields)"))\n")
    case .json:
      StandardError.write(
        LogLine.json(
          [("level", .text("\(event.level)")), ("message", .text("\(event.message)"))]
            + all.map { ($0.key, .text("\($0.value)")) }))
    }
  }
}
