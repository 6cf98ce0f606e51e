import Reports
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    (0.0, NumberFormat.integer, "0"), (-0.0, .decimals(2), "0.00"), (1234.5, .integer, "1,235"),
    (-1234.5, .decimals(1), "−1,234.5"),
    (999_999.999, .decimals(2), "1,000,000.00"), (0.005, .decimals(2), "0.01"), (-0.004, .decimals(2), "0.00"),
    (0.9312, .percent(1), "93.1%"), (1, .percent(0), "100%"), (.nan, .integer, "–"), (-.infinity, .percent(1), "–"),
    (2.5, .shortest, "2.5"), (1_000_000, .shortest, "1,000,000"), (1e-9, .shortest, "1.00e−9"),
    (3.1e19, .integer, "3.10e19"),
    (9.999e20, .integer, "1.00e21"), (0.1 + 0.2, .shortest, "0.3"),
  ])
  func aNumberIsWrittenWithoutLocale(_ value: Double, _ format: NumberFormat, _ text: String) {
    #expect(format.string(value) == text)
  }

  @Test func wholeNumbersAreGrouped() {
    #expect(NumberFormat.grouped(3_117_275_501) == "3,117,275,501")
    #expect(NumberFormat.grouped(-999) == "−999")
    #expect(NumberFormat.grouped(.min) == "−9,223,372,036,854,775,808")
  }
}
