import Reports
import Testing

@Suite struct TemplateTests {
  @Test func noTemplateLeavesTextUnescaped() {
    for (name, text) in TemplateLibrary.sources {
      #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
    }
  }

  /// A key without its dot would be looked for in the nodes around.
  @Test func everyKeyOfATemplateBeginsWithADot() {
    for (name, text) in TemplateLibrary.sources {
      for tag in text.matches(of: /\{\{([#^\/>]?\*?)([^}]*)\}\}/) where tag.output.1 != ">" {
        #expect(tag.output.2.hasPrefix("."), "\(name): \(tag.output.0)")
      }
    }
  }

  @Test func thePolicyAllowsTheOneScriptByItsDigest() throws {
    let digest = sha256(Array(PageTemplate.scriptText.utf8))
    #expect(PageTemplate.scriptDigest == "sha256-" + base64(digest))
    let checked = try MarkupChecker(renderHTML(ReportDocument(title: "t")))
    #expect(checked.named("script").map(\.text) == [PageTemplate.scriptText])
  }

  @Test func aTableThatMayBeSortedSaysSoToTheScript() throws {
    func table(_ rows: Int, isSortable: Bool) throws -> [String?] {
      let table = ReportTable(
        caption: "c", columns: [Column("a"), .number("b")],
        rows: (0..<rows).map { [.text("r"), .count($0)] }, isSortable: isSortable)
      let section = ReportSection(id: "s", heading: "h", blocks: [.table(table)])
      return try MarkupChecker(renderHTML(ReportDocument(title: "t", sections: [section]))).named("table").map {
        $0.attributes["class"]
      }
    }
    #expect(try table(2, isSortable: true) == ["sortable"])
    #expect(try table(2, isSortable: false) == [nil])
    // One row has no other order.
    #expect(try table(1, isSortable: true) == [nil])
  }

  private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(bytes.count, start + 3)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 { text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=") }
    }
    return text
  }

  /// FIPS 180-4, section 6.2; constants are the fractional parts of roots of primes (sections 4.2.2 and 5.3.3).
  private func sha256(_ message: [UInt8]) -> [UInt8] {
    let primes = (2...).lazy.filter { number in !(2..<number).contains { number.isMultiple(of: $0) } }.prefix(64)
    let fraction = { (root: Double) in UInt32((root - root.rounded(.down)) * 4_294_967_296) }
    let constants = primes.map { prime -> UInt32 in
      var root = Double(prime)
      for _ in 0..<80 { root = (2 * root + Double(prime) / (root * root)) / 3 }
      return fraction(root)
    }
    var hash = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    var padded = message + [0x80]
    while padded.count % 64 != 56 { padded.append(0) }
    padded += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
    let rotate = { (word: UInt32, by: UInt32) in word >> by | word << (32 - by) }
    for start in stride(from: 0, to: padded.count, by: 64) {
      var words = (0..<16).map { word in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + word * 4 + $1]) } }
      for t in 16..<64 {
        let s0 = rotate(words[t - 15], 7) ^ rotate(words[t - 15], 18) ^ words[t - 15] >> 3
        let s1 = rotate(words[t - 2], 17) ^ rotate(words[t - 2], 19) ^ words[t - 2] >> 10
        words.append(words[t - 16] &+ s0 &+ words[t - 7] &+ s1)
      }
      var v = hash
      for t in 0..<64 {
        let s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
        let t1 = v[7] &+ s1 &+ (v[4] & v[5] ^ ~v[4] & v[6]) &+ constants[t] &+ words[t]
        let s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
        let t2 = s0 &+ (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2])
        v = [t1 &+ t2, v[0], v[1], v[2], v[3] &+ t1, v[4], v[5], v[6]]
      }
      hash = zip(hash, v).map { $0 &+ $1 }
    }
    return hash.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
  }
}
