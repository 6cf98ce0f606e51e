/// The text of a metrics file as htsjdk's `MetricsFile` lays it out: comment lines, one table of metrics, at most one of
/// a histogram. The comments that carry the command and the date are left out, so that equal input gives equal bytes.
struct MetricsText {
  private(set) var text: String
  private var hasHistogram = false

  /// Begins a file of metrics of a Java class, which is what readers know the file by.
  ///
  /// - Parameter tool: the Picard tool that writes such a file.
  init(tool: String, metricsClass: String, columns: [String]) {
    text = "## htsjdk.samtools.metrics.StringHeader\n# \(tool) (apus)\n\n## METRICS CLASS\t\(metricsClass)\n"
    row(columns)
  }

  /// A line of cells.
  mutating func row(_ cells: [String]) { text += cells.joined(separator: "\t") + "\n" }

  /// Ends the metrics and begins the histogram, whose keys are integers.
  mutating func beginHistogram(_ columns: [String]) {
    hasHistogram = true
    text += "\n## HISTOGRAM\tjava.lang.Integer\n"
    row(columns)
  }

  /// Ends the file: a blank line behind each table, also behind that of a histogram that is not there.
  mutating func finish() { text += hasHistogram ? "\n" : "\n\n" }

  /// A number as htsjdk's `FormatUtil` prints a double: six decimals at most, rounded from the exact value with ties
  /// towards zero, without trailing zeros; `?` for what is not a number or infinite, as `-?` below zero.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value == -.infinity ? "-?" : "?" }
    let sign = value.sign == .minus ? "-" : ""
    let magnitude = value.magnitude
    guard magnitude < 9e9 else { return sign + String(UInt64(magnitude)) }
    let scaled = magnitude * 1_000_000
    var whole = scaled.rounded(.down)
    let part = scaled - whole
    // The product and its rounding error together are exact.
    let error = (-scaled).addingProduct(magnitude, 1_000_000)
    if part > 0.5 || part == 0.5 && error > 0 { whole += 1 }
    let millionths = UInt64(whole)
    let (integer, fraction) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
    guard fraction > 0 else { return sign + String(integer) }
    var digits = String(fraction)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(integer).\(digits)"
  }
}
