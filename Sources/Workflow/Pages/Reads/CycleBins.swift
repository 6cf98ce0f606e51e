import Reports

/// Cycles in bins of one width, so that the curves of long reads stay small enough to draw and to send.
struct CycleBins {
  /// Most bins of a curve.
  static let limit = 400

  /// Cycles of a bin: 1, 2 or 5 times a power of ten.
  let width: Int

  init(cycles: Int) { width = Self.width(for: cycles, limit: Self.limit) }

  /// The smallest of 1, 2, 5 times a power of ten of which `limit` cover `count`.
  static func width(for count: Int, limit: Int) -> Int {
    var power = 1
    while true {
      for width in [power, 2 * power, 5 * power] where width * limit >= count { return width }
      power *= 10
    }
  }

  /// How a curve's points come about; nil if each is a cycle.
  var note: String? {
    width == 1 ? nil : "Each point is the mean over all bases of \(width) cycles, from the one where it stands on."
  }

  /// The means of values over the bases of each bin. A bin without any has no value.
  /// - Parameters:
  ///   - values: a mean of each cycle.
  ///   - weights: what each was taken over.
  func points(_ values: [Double], weights: [Double]) -> [LinePlot.Point] {
    stride(from: 0, to: values.count, by: width).map { start in
      let cycles = start..<min(values.count, start + width)
      let weight = cycles.reduce(0) { $0 + weights[$1] }
      // A bin of one cycle keeps its value to the last bit.
      let mean = width == 1 ? values[start] : cycles.reduce(0) { $0 + values[$1] * weights[$1] } / weight
      return LinePlot.Point(Double(start + 1), weight > 0 ? mean : .nan)
    }
  }
}
