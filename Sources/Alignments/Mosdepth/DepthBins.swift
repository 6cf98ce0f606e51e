/// Bins of depth, as `mosdepth --quantize` takes them: `0:1:4:` is 0 to below 1, 1 to below 4, and 4 or more.
public struct DepthBins: Sendable, Hashable {
  /// The bins' bounds, ascending; `Int.max` behind an open last bin.
  public let bounds: [Int]

  /// Bins of bounds separated by colons. An empty first bound is 0, an empty last one leaves the last bin open; a number
  /// alone is a bound between two bins. nil for anything but numbers of 0 or more.
  public init?(_ text: String) {
    var text = text.contains(":") ? text : ":\(text):"
    if text.hasPrefix(":") { text = "0" + text }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var bounds: [Int] = []
    for (index, part) in parts.enumerated() {
      if part.isEmpty, index == parts.count - 1 {
        bounds.append(.max)
      } else if let bound = Int(part), bound >= 0, part.utf8.first != UInt8(ascii: "+") {
        bounds.append(bound)
      } else {
        return nil
      }
    }
    guard bounds.count > 1 else { return nil }
    self.bounds = bounds.sorted()
  }

  /// The bin of a depth; nil outside of all.
  func bin(_ depth: Int) -> Int? {
    // From the first bound, for of equal bounds mosdepth takes the first.
    for (index, bound) in bounds.enumerated() where bound >= depth {
      let bin = bound == depth ? index : index - 1
      return bin >= 0 && bin < bounds.count - 1 ? bin : nil
    }
    return nil
  }

  /// What mosdepth calls a bin: `1:4`, `4:inf`.
  func label(_ bin: Int) -> String {
    "\(bounds[bin]):\(bounds[bin + 1] == .max ? "inf" : String(bounds[bin + 1]))"
  }
}
