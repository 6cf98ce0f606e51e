#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A POSIX basic regular expression: bcftools 1.16 compiles patterns without `REG_EXTENDED`, so that with the GNU library
/// `\|`, `\+` and `\?` are operators and `|`, `+` and `?` are letters (measured).
final class FilterRegex {
  private var compiled = regex_t()
  /// The pattern where it has no operators: then it is looked for as it stands.
  private let literal: [UInt8]?
  private var buffer: UnsafeMutablePointer<CChar>
  private var capacity = 256

  init?(_ pattern: FilterPattern) {
    let isLiteral = !pattern.ignoresCase && !pattern.text.contains { ".*[]^$\\".utf8.contains($0) }
    literal = isLiteral && !pattern.text.isEmpty ? pattern.text : nil
    let flags = REG_NOSUB | (pattern.ignoresCase ? REG_ICASE : 0)
    var text = pattern.text.map { CChar(bitPattern: $0) }
    text.append(0)
    guard !pattern.text.contains(0), regcomp(&compiled, text, flags) == 0 else { return nil }
    buffer = .allocate(capacity: capacity)
  }

  deinit {
    regfree(&compiled)
    buffer.deallocate()
  }

  func matches(_ text: UnsafeRawBufferPointer) -> Bool {
    if let literal {
      return Self.contains(text, literal)
    }
    if text.count >= capacity {
      buffer.deallocate()
      capacity = 2 * text.count + 1
      buffer = .allocate(capacity: capacity)
    }
    if let base = text.baseAddress { memcpy(buffer, base, text.count) }
    buffer[text.count] = 0
    return regexec(&compiled, buffer, 0, nil, 0) == 0
  }

  private static func contains(_ text: UnsafeRawBufferPointer, _ part: [UInt8]) -> Bool {
    guard let base = text.baseAddress else { return false }
    var start = 0
    while start + part.count <= text.count {
      guard let found = memchr(base + start, Int32(part[0]), text.count - part.count + 1 - start) else { return false }
      start = UnsafeRawPointer(found) - base
      if part.withUnsafeBytes({ memcmp(base + start, $0.baseAddress!, part.count) }) == 0 { return true }
      start += 1
    }
    return false
  }

  func matches(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { matches($0) } }
}
