/// A drawing as the SVG template takes it: paths from back to front, and text above them. Units are those of the view box.
package struct Scene {
  /// An outline with the style classes that colour it.
  package struct Shape {
    package var classes: String
    package var path: Path
    /// A colour of its own, `#RRGGBB`, where the classes give none.
    package var colour: String?
    /// Whether it is cut at the edge of the plotting area.
    package var isClipped = false
  }

  /// A line of text.
  package struct Label {
    /// Which end of the text its position is.
    package enum Anchor: String { case start, middle, end }

    package var text: String
    package var x: Double
    package var y: Double
    package var anchor = Anchor.start
    package var classes = "label"
    /// Degrees clockwise about the position.
    package var rotation = 0.0
  }

  package var width: Double
  package var height: Double
  /// Left, top, width, height of the plotting area.
  package var plotArea: (x: Double, y: Double, width: Double, height: Double)
  package var shapes: [Shape] = []
  package var labels: [Label] = []
}

/// The `d` attribute of an SVG path, written with one decimal.
package struct Path {
  package private(set) var text = ""

  package var isEmpty: Bool { text.isEmpty }

  mutating func move(_ x: Double, _ y: Double) { text += "M\(Self.coordinate(x)) \(Self.coordinate(y))" }
  mutating func line(_ x: Double, _ y: Double) { text += "L\(Self.coordinate(x)) \(Self.coordinate(y))" }

  mutating func segment(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    move(x1, y1)
    line(x2, y2)
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double) {
    text += "M\(Self.coordinate(x)) \(Self.coordinate(y))h\(Self.coordinate(width))"
    text += "v\(Self.coordinate(height))h\(Self.coordinate(-width))z"
  }

  mutating func append(_ other: String) { text += other }

  /// One decimal, no exponent: far outside the view box every position looks the same.
  static func coordinate(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    let tenths = Int((max(-1e6, min(1e6, value)) * 10).rounded(.toNearestOrAwayFromZero))
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : "." + String(rest))
  }
}
