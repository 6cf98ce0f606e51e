public import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Draws a progress line on standard error twice a second while `body` runs.
public func withProgress<R: Sendable>(
  _ counter: ProgressCounter, shows: Bool, _ body: () async throws -> R
) async throws -> R {
  guard shows else { return try await body() }
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      let clock = ContinuousClock()
      let start = clock.now
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(500))
        draw(ProgressText.line(counter, elapsed: start.duration(to: clock.now)))
      }
    }
    defer {
      group.cancelAll()
      draw("")
    }
    return try await body()
  }
}

/// Returns to the start of the line, writes, and clears the rest.
private func draw(_ text: String) {
  let bytes = Array("\r\(text)\u{1B}[K".utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

enum ProgressText {
  /// Percent, bytes of the inputs read, rate, time left.
  static func line(_ counter: ProgressCounter, elapsed: Duration) -> String {
    let read = Double(counter.bytesRead)
    let total = Double(counter.bytesExpected)
    let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    let rate = read / seconds
    var text = total > 0 ? "\(Int(100 * min(1, read / total))) %  " : ""
    text += "\(size(read))\(total > 0 ? " of \(size(total))" : "")  \(size(rate))/s"
    if total > read, rate > 0 { text += "  \(time((total - read) / rate)) left" }
    return text
  }

  static func size(_ bytes: Double) -> String {
    switch bytes {
    case 1e9...: "\(fixedPoint(bytes / 1e9, places: 2)) GB"
    case 1e6...: "\(fixedPoint(bytes / 1e6, places: 1)) MB"
    default: "\(fixedPoint(bytes / 1e3, places: 0)) kB"
    }
  }

  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return whole >= 3600
      ? "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))" : "\(whole / 60):\(two(whole % 60))"
  }
}
