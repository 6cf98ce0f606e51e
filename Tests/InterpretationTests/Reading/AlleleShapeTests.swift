import Testing

@testable import Interpretation

private func shape(_ position: Int, _ reference: String, _ alternate: String) -> AlleleShape {
  let (ref, alt) = (Array(reference.utf8), Array(alternate.utf8))
  return ref.withUnsafeBytes { ref in
    alt.withUnsafeBytes { AlleleShape(start: position - 1, reference: ref, alternate: $0) }
  }
}

@Suite struct AlleleShapeTests {
  /// What a copy with the first allele has at the second.
  @Test(
    arguments: [
      ((10, "A", "C"), (10, "A", "C"), .alternate), ((10, "A", "C"), (10, "A", "G"), .other),
      ((10, "A", "C"), (11, "A", "G"), .reference),
      // The same change with other bases around it.
      ((10, "AT", "CT"), (10, "A", "C"), .alternate),
      // Several bases may hold the change of one.
      ((10, "AT", "CG"), (10, "A", "C"), .missing), ((10, "A", "C"), (10, "AT", "CG"), .missing),
      // What is deleted is no longer there.
      ((9, "GAT", "G"), (10, "A", "C"), .other), ((9, "GAT", "G"), (12, "A", "C"), .reference),
      // A base that is there was not deleted.
      ((11, "T", "C"), (9, "GATT", "G"), .reference),
      // Two lengths of one repeat; part of a deletion told otherwise.
      ((9, "GATAT", "G"), (9, "GATAT", "GAT"), .other), ((10, "ATAT", "A"), (9, "GATAT", "G"), .missing),
      // Bases put in beside a changed one, and between deleted ones.
      ((9, "G", "GC"), (9, "G", "T"), .reference), ((9, "G", "T"), (9, "G", "GC"), .reference),
      ((9, "GAT", "G"), (10, "A", "AC"), .other), ((9, "G", "GC"), (9, "G", "GT"), .other),
      ((9, "G", "GC"), (30, "G", "GC"), .reference),
    ] as [((Int, String, String), (Int, String, String), PersonCall.Copy)])
  func copies(one: (Int, String, String), other: (Int, String, String), expected: PersonCall.Copy) {
    #expect(shape(one.0, one.1, one.2).copy(at: shape(other.0, other.1, other.2)) == expected)
  }
}
