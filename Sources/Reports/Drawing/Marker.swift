/// How a series is told apart without colour: a dash pattern and a marker shape, both repeated with its label. After six
/// series colours and dashes come round again, with other markers.
package struct SeriesMark {
  /// Number of colours, dash patterns and fill patterns in the style sheet.
  package static let count = 6

  /// From 0; wraps round.
  package var index: Int

  package init(index: Int) { self.index = index }

  /// Number of the colour and dash pattern in the style sheet, from 1.
  package var styleNumber: Int { index % Self.count + 1 }

  /// Class of the line.
  package var lineClasses: String { "line s\(styleNumber) d\(styleNumber)" }
  /// Class of the markers.
  package var markerClasses: String { "mark s\(styleNumber)" }
  /// Class of a bar's patterned fill.
  package var fillClasses: String { "fill f\(styleNumber)" }

  /// The marker's outline round a point, about 8 units across.
  package func outline(_ x: Double, _ y: Double) -> String {
    let point = { (dx: Double, dy: Double) in "\(Path.coordinate(x + dx)) \(Path.coordinate(y + dy))" }
    let polygon = { (corners: [(Double, Double)]) in
      "M" + corners.map { point($0.0, $0.1) }.joined(separator: "L") + "z"
    }
    switch (index + index / Self.count) % Self.count {
    case 0: return "M\(point(-3.5, 0))a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"
    case 1: return polygon([(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)])
    case 2: return polygon([(0, -4.2), (4, 3.2), (-4, 3.2)])
    case 3: return polygon([(0, -4.6), (4.6, 0), (0, 4.6), (-4.6, 0)])
    case 4: return "M\(point(-3.4, -3.4))L\(point(3.4, 3.4))M\(point(3.4, -3.4))L\(point(-3.4, 3.4))"
    default: return polygon([(0, 4.2), (4, -3.2), (-4, -3.2)])
    }
  }
}
