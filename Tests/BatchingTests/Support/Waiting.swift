import Testing

struct Boom: Error, Equatable, CustomStringConvertible {
  var place: String
  var index: Int
  var description: String { "\(place) \(index)" }
}

/// Yields until `condition` holds; the test's time limit ends a wait in vain.
func eventually(_ condition: () -> Bool) async throws {
  while !condition() {
    try Task.checkCancellation()
    await Task.yield()
  }
}

/// CPU work of about `units` microseconds that the optimiser keeps.
@inline(never)
func spin(_ units: Int) {
  var x = UInt64(truncatingIfNeeded: units)
  for _ in 0..<(units * 200) { x = x &* 6_364_136_223_846_793_005 &+ 1 }
  if x == 42 { print("") }
}
