/// Cycles that share a row of a table: each its own up to 75 cycles; beyond, the first nine and then spans of equal width,
/// the narrowest of 2, 5, 10, 20, 50 … that makes fewer than 75 rows.
enum FastQCBaseGroups {
  /// The groups, as cycles counted from 0.
  static func groups(length: Int) -> [Range<Int>] {
    guard length > 75 else { return (0..<length).map { $0..<$0 + 1 } }
    let width = width(length: length)
    var groups = (0..<9).map { $0..<$0 + 1 }
    var start = 9
    while start < length {
      // Wide groups end at a multiple of their width less one: the first is narrower.
      let end = start == 9 && width > 10 ? width - 1 : start + width
      groups.append(start..<min(end, length))
      start = end
    }
    return groups
  }

  private static func width(length: Int) -> Int {
    var unit = 1
    while true {
      for width in [2 * unit, 5 * unit, 10 * unit] where 9 + (length - 9 + width - 1) / width < 75 { return width }
      unit *= 10
    }
  }

  /// The name of a group, counted from 1.
  static func label(_ group: Range<Int>) -> String {
    group.count == 1 ? "\(group.upperBound)" : "\(group.lowerBound + 1)-\(group.upperBound)"
  }
}
