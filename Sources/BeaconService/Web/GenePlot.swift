import Foundation
import Reports

/// Variants along a stretch: place against frequency on a logarithmic axis; what is suppressed stands below it.
struct GenePlot {
  private static let (left, width, top, height) = (96.0, 890.0, 16.0, 200.0)

  private let variants: [ReleasedVariant]
  private let isWhole: Bool
  private let places: AxisTicks
  private let lowest: Int

  /// Nil where there is nothing to draw.
  init?(_ variants: [ReleasedVariant], isWhole: Bool) {
    guard let first = variants.first, let last = variants.last, variants.count > 1,
      variants.allSatisfy({ $0.contig == first.contig })
    else { return nil }
    self.variants = variants
    self.isWhole = isWhole
    places = AxisTicks(
      covering: Double(first.start + 1)...Double(last.start + 1), count: 5, extended: false, format: .integer)
    let least = variants.compactMap { $0.all?.frequency }.filter { $0 > 0 }.min() ?? 0.1
    lowest = min(-1, Int(log10(least).rounded(.down)))
  }

  private func x(_ place: Double) -> Double {
    let range = places.range
    return Self.left + 10 + (Self.width - 20) * (place - range.lowerBound) / max(1, range.upperBound - range.lowerBound)
  }

  private func y(_ frequency: Double) -> Double {
    Self.top + Self.height * log10(max(frequency, pow(10, Double(lowest)))) / Double(lowest)
  }

  func markup() -> Markup {
    let bottom = Self.top + Self.height + 34
    var axes: Markup = ""
    for power in lowest...0 {
      let level = y(pow(10, Double(power)))
      axes += """
        <path class="grid" d="M\(Self.left) \(level)H\(Self.left + Self.width)"/><text class="tick" x="\(Self.left - 10)" \
        y="\(level + 4.5)" text-anchor="end">\(power == 0 ? "1" : Figures.frequency(pow(10, Double(power))))</text>
        """
    }
    for tick in places.ticks {
      axes +=
        #"<text class="tick" x="\#(x(tick.value))" y="\#(bottom + 20)" text-anchor="middle">\#(NumberFormat.grouped(Int(tick.value)))</text>"#
    }
    let hidden = variants.count { $0.all?.frequency == nil }
    return """
      <figure class="plot along" aria-labelledby="along-title">
      <figcaption><span class="plot-title" id="along-title">Where, and how often</span>
      <span class="plot-description">\(isWhole ? "Every variant" : "The variants of this page") by place and allele frequency \
      (logarithmic). Diamonds were latest classified pathogenic or likely pathogenic; \(hidden) with a suppressed frequency stand in \
      the row below.</span></figcaption>
      <div class="picture"><div class="scroll" tabindex="0"><svg viewBox="0 0 1000 \(bottom + 48)" role="img" aria-label="Variants by place and \
      allele frequency; the table below lists them">\(axes)<path class="axis" d="M\(Self.left) \(Self.top)V\(bottom)H\(Self.left + Self.width)"/>\
      <text class="tick" x="\(Self.left - 10)" y="\(bottom - 8)" text-anchor="end">suppressed</text>\
      \(variants.map(mark).joined())\
      <text class="axis-title" x="\(Self.left + Self.width / 2)" y="\(bottom + 42)" text-anchor="middle">Position on \(variants[0].contig)</text></svg></div></div>
      </figure>
      """
  }

  private func mark(_ variant: ReleasedVariant) -> Markup {
    let place = x(Double(variant.start + 1))
    let isPathogenic = ["Pathogenic", "Likely_pathogenic"].contains(variant.classifications?.latest ?? "")
    let shape: Markup
    if let frequency = variant.all?.frequency {
      let level = frequency > 0 ? y(frequency) : Self.top + Self.height
      shape =
        isPathogenic
        ? #"<path class="mark s6" d="M\#(place) \#(level - 6.5)l6 6.5l-6 6.5l-6 -6.5z"/>"#
        : #"<circle class="mark s1" cx="\#(place)" cy="\#(level)" r="4"/>"#
    } else {
      shape = #"<path class="hidden-count" d="M\#(place) \#(Self.top + Self.height + 16)v12"/>"#
    }
    // The table has the same links for the keyboard; here they would be hundreds of stops.
    return """
      <a href="/browse/variant/\(Markup.pathPart(variant.identifier))" tabindex="-1"><title>\(variant.contig)-\(variant.start + 1)-\
      \(variant.reference.shortened)-\(variant.alternate.shortened)</title>\(shape)</a>
      """
  }
}
