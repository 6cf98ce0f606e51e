import Interpretation
import Testing

@Test func nothingKnownHasNoCopies() {
  #expect(PersonCall.unknown.copies.isEmpty)
  #expect(PersonCall.unknown.evidence == .none)
}
