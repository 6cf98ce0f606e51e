import EngineTestSupport
import Testing
import Variants

/// Values of INFO and of samples, against grammars that are written once more, plainly.
@Suite struct CheckValueTests {
  private enum Verdict { case good, missing, empty, large, pointLast, bad }

  private static func integer(_ text: Substring) -> Verdict {
    if text.isEmpty { return .empty }
    if text == "." { return .missing }
    guard text.wholeMatch(of: #/[-+]?[0-9]+/#) != nil else { return .bad }
    // 32 bits, less the lowest eight, which are BCF's.
    guard let value = Int(text), (-2_147_483_640...2_147_483_647).contains(value) else { return .large }
    return .good
  }

  private static func float(_ text: Substring) -> Verdict {
    if text.isEmpty { return .empty }
    if text == "." { return .missing }
    if text.wholeMatch(of: #/[-+]?[0-9]+\./#) != nil { return .pointLast }
    let number = #/[-+]?[0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?/#
    if text.wholeMatch(of: number) != nil, text.prefix(while: { $0 != "e" && $0 != "E" }).contains(where: \.isNumber) {
      return .good
    }
    return text.wholeMatch(of: #/[-+]?(inf|infinity|nan)/#.ignoresCase()) != nil ? .good : .bad
  }

  @Test(arguments: seeds(3)) func `numbers are those of the grammar`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var texts = [
      "0", "-0", "+0", "1.", "-1.", ".5", "-.5", "+.5", "1.e3", "1..", "1.5.", "1e5.", ".", "..", "-", "+", "-.",
      "+-1.",
      "e5", "1e", "1e+", "1E-05", "inf", "-Infinity", "NaN", "nan0", "0x1", "00001", "999999999", "1000000000",
      "2147483647", "2147483648", "-2147483640", "-2147483641", "99999999999999999999", "000000000000000000001", "1,",
      ",",
      ",1", "1,.,2", "10.0", "1.0", "0.0", "1e-400",
    ]
    for _ in 0..<3000 {
      texts.append(
        random.text(random.pick(["0123456789.", "019.,", "01.-+eE", "0.infa,-", "12e+.,"]), random.int(1...9)))
    }
    let header = """
      ##fileformat=VCFv4.3
      ##contig=<ID=1>
      ##INFO=<ID=I,Number=.,Type=Integer,Description="x">
      ##INFO=<ID=F,Number=.,Type=Float,Description="x">
      ##FORMAT=<ID=FI,Number=.,Type=Integer,Description="x">
      ##FORMAT=<ID=FF,Number=.,Type=Float,Description="x">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb

      """
    var body = ""
    var expected: Set<String> = []
    for (index, text) in texts.enumerated() {
      body += "1\t\(index + 1)\t.\tA\tC\t.\t.\tI=\(text);F=\(text)\tFI:FF\t\(text):\(text)\t1:1\n"
      let line = index + 8
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      for (name, verdicts) in [("I", parts.map(Self.integer)), ("F", parts.map(Self.float))] {
        guard verdicts.contains(where: { $0 != .good && $0 != .missing }) else { continue }
        expected.insert("\(line) info-type INFO/\(name)")
        if verdicts.contains(where: { ![.good, .missing, .empty].contains($0) }) {
          expected.insert("\(line) sample-type FORMAT/F\(name)")
        }
        if verdicts.contains(.empty) { expected.insert("\(line) sample-empty FORMAT/F\(name)") }
      }
    }
    let report = try await checkText((header + body).utf8, batchBytes: 64 << 10, limit: 100_000)
    #expect(Set(report.errorList).symmetricDifference(expected).sorted() == [], "seed \(seed)")
    #expect(expected.count > 1000)
  }

  /// What the plan of the last record says must not be taken for the next one's.
  @Test(arguments: seeds(3)) func `keys in any order are told apart`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let names = [
      "A", "AB", "ABCDEFGH", "ABCDEFGHI", "ABCDEFGHJ", "ABCDEFG", "B", "Long_key_of_its_own", "Long_key_of_its_owm",
    ]
    var text = "##fileformat=VCFv4.3\n##contig=<ID=1>\n"
    for (index, name) in names.enumerated() {
      text += "##INFO=<ID=\(name),Number=\(index % 3 + 1),Type=Integer,Description=\"x\">\n"
    }
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    var expected: [String] = []
    for index in 0..<2000 {
      let line = names.count + 4 + index
      var entries: [String] = []
      for name in names.shuffled(using: &random).prefix(random.int(1...6)) {
        let wanted = (names.firstIndex(of: name) ?? 0) % 3 + 1
        let count = random.oneIn(10) ? wanted + 1 : wanted
        let key = random.oneIn(20) ? name + "x" : name
        entries.append(key + "=" + Array(repeating: "7", count: count).joined(separator: ","))
        if key == name, count != wanted { expected.append("\(line) info-count INFO/\(name)") }
      }
      text += "1\t\(index + 1)\t.\tA\tC\t.\t.\t\(entries.joined(separator: ";"))\n"
    }
    let report = try await checkText(text.utf8, batchBytes: 4096, limit: 100_000)
    #expect(report.errorList == expected, "seed \(seed)")
  }
}
