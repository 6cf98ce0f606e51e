import Reports

/// Allele frequencies of the strata as bars, one below the other by dimension, with Wilson's intervals.
struct FrequencyPlot {
  private static let (left, width, right, row) = (170.0, 620.0, 210.0, 26.0)

  private let strata: [StratumCounts]
  private let ticks: AxisTicks

  init(_ variant: ReleasedVariant) {
    strata = variant.counts
    let highest = strata.compactMap { $0.frequency == nil ? nil : $0.interval?.upperBound }.max() ?? 0
    ticks = AxisTicks(covering: 0...max(highest, 1e-6), count: 5, extended: true)
  }

  private func x(_ frequency: Double) -> Double {
    Self.left + Self.width * min(1, frequency / max(ticks.range.upperBound, 1e-12))
  }

  /// The drawing. Its values stand in the table beside it.
  func markup() -> Markup {
    var y = 30.0
    var body: Markup = ""
    var dimension = ""
    for stratum in strata {
      if stratum.dimension != dimension {
        dimension = stratum.dimension
        if dimension != "all" {
          y += 10
          body += #"<text class="group-name" x="0" y="\#(y + 17)">\#(dimension)</text>"#
          y += Self.row
        }
      }
      body += draw(stratum, at: y)
      y += Self.row
    }
    let bottom = y + 6
    var axis: Markup = ""
    for tick in ticks.ticks {
      axis += """
        <path class="grid" d="M\(x(tick.value)) 24V\(bottom)"/>\
        <text class="tick" x="\(x(tick.value))" y="\(bottom + 18)" text-anchor="middle">\(tick.label)</text>
        """
    }
    let total = Self.left + Self.width + Self.right
    return """
      <figure class="plot frequency" aria-labelledby="frequency-title">
      <figcaption><span class="plot-title" id="frequency-title">Allele frequency by stratum</span>
      <span class="plot-description">Bars are published allele counts over published allele numbers; whiskers are 95 % \
      intervals (Wilson) of those. The table below has every value.</span></figcaption>
      <div class="picture"><div class="scroll" tabindex="0">
      <svg viewBox="0 0 \(total) \(bottom + 44)" role="img" aria-label="Bars of allele frequency by stratum; the table below \
      has the values">\(axis)<path class="axis" d="M\(Self.left) 24V\(bottom)H\(Self.left + Self.width)"/>\(body)\
      <text class="axis-title" x="\(Self.left + Self.width / 2)" y="\(bottom + 38)" text-anchor="middle">Allele frequency</text></svg>
      </div></div>
      </figure>
      """
  }

  private func draw(_ stratum: StratumCounts, at y: Double) -> Markup {
    let middle = y + Self.row / 2
    let name = stratum.dimension == "all" ? "Everybody" : stratum.stratum
    let label: Markup =
      #"<text class="\#(stratum.dimension == "all" ? "name" : "stratum")" x="\#(Self.left - 12)" y="\#(middle + 4.5)" text-anchor="end">\#(name)</text>"#
    guard let frequency = stratum.frequency, let interval = stratum.interval else {
      return label + """
        <rect class="none" x="\(Self.left + 0.5)" y="\(middle - 7)" width="26" height="14"/>\
        <text class="absent" x="\(Self.left + 36)" y="\(middle + 4.5)">suppressed</text>
        """
    }
    let kind = stratum.dimension == "all" ? "everybody" : "bar"
    return label + """
      <rect class="\(kind)" x="\(Self.left)" y="\(middle - 7)" width="\(max(x(frequency) - Self.left, 1))" height="14"/>\
      <path class="whisker" d="M\(x(interval.lowerBound)) \(middle)H\(x(interval.upperBound))\
      M\(x(interval.lowerBound)) \(middle - 4)v8M\(x(interval.upperBound)) \(middle - 4)v8"/>\
      <text class="note" x="\(Self.left + Self.width + 14)" y="\(middle + 4.5)">\(Figures.frequency(frequency)) \
      (\(Figures.count(stratum.alleleCount)) / \(Figures.count(stratum.alleleNumber)))</text>
      """
  }
}

extension StratumCounts {
  /// Wilson's score interval of the frequency, 95 % (Wilson 1927), of the published counts; nil where either is suppressed.
  var interval: ClosedRange<Double>? {
    guard let frequency, let alleleNumber else { return nil }
    let (n, z) = (Double(alleleNumber), 1.959_963_984_540_054)
    let centre = frequency + z * z / (2 * n)
    let spread = z * ((frequency * (1 - frequency) + z * z / (4 * n)) / n).squareRoot()
    let scale = 1 + z * z / n
    let low = alleleCount == 0 ? 0 : max(0, (centre - spread) / scale)
    return low...max(low, min(1, (centre + spread) / scale))
  }
}

/// Figures as people read them.
enum Figures {
  static func count(_ value: Int?) -> String { value.map(NumberFormat.grouped) ?? "–" }

  /// Three digits that count, without zeros at the end.
  static func frequency(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var (digits, scaled) = (2, value)
    while scaled < 1, digits < 9 {
      scaled *= 10
      digits += 1
    }
    var text = NumberFormat.decimals(min(digits, 9)).string(value)
    while text.contains("."), text.last == "0" || text.last == "." { text.removeLast() }
    return text
  }
}
