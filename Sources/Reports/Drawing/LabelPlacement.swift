/// Moves labels that want to stand at the same height apart, keeping their order.
///
/// - Parameters:
///   - wanted: where each label would stand.
///   - spacing: least distance between two of them; less where the room does not suffice.
///   - range: where labels may stand.
/// - Returns: where each label stands, in the order of `wanted`.
package func spread(_ wanted: [Double], spacing: Double, within range: ClosedRange<Double>) -> [Double] {
  guard wanted.count > 1 else { return wanted.map { max(range.lowerBound, min(range.upperBound, $0)) } }
  let spacing = min(spacing, (range.upperBound - range.lowerBound) / Double(wanted.count - 1))
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  var placed = wanted
  var floor = range.lowerBound
  for index in order {
    placed[index] = max(wanted[index], floor)
    floor = placed[index] + spacing
  }
  var ceiling = range.upperBound
  for index in order.reversed() {
    placed[index] = min(placed[index], ceiling)
    ceiling = placed[index] - spacing
  }
  return placed
}
