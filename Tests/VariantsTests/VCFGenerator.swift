import EngineTestSupport

/// Makes repetitive genomes, and records on them that are right but not in normal form.
struct VCFGenerator {
  var random: SeededGenerator
  /// Whether a list of missing values in INFO may be one `.`, which is legal but which bcftools 1.16 cannot split.
  var shortensLists = true

  init(seed: UInt64, shortensLists: Bool = true) {
    random = SeededGenerator(seed: seed)
    self.shortensLists = shortensLists
  }

  /// Homopolymers, short tandem repeats and plain sequence; some of it lower case, as soft-masked references have it.
  mutating func bases(_ length: Int) -> String {
    var text = ""
    while text.utf8.count < length {
      switch random.int(0...9) {
      case 0...2: text += String(repeating: random.text("ACGT", 1), count: random.int(2...40))
      case 3...6: text += String(repeating: random.text("ACGT", random.int(2...7)), count: random.int(2...15))
      case 7: text += random.text("ACGT", random.int(1...30)).lowercased()
      case 8 where random.oneIn(4): text += String(repeating: "N", count: random.int(1...20))
      default: text += random.text("ACGT", random.int(1...30))
      }
    }
    return String(text.prefix(length))
  }

  mutating func genome() -> [(name: String, bases: String)] {
    [("1", bases(random.pick([2500, 9000]))), ("x_alt", bases(60)), ("HLA*01:01", bases(random.int(200...400)))]
  }

  /// An edited copy of a window: a change inside it, so that the record is neither left-aligned nor trimmed.
  mutating func alternate(of window: [Character]) -> String? {
    var edited = window
    switch random.int(0...5) {
    case 0, 1:
      for _ in 0...random.int(0...2) { edited[random.int(0...(edited.count - 1))] = random.pick(Array("ACGT")) }
    case 2, 3:
      let place = random.int(0...edited.count)
      // A copy of what stands there, or anything.
      let copied = Array(edited[..<place].suffix(random.int(1...6)))
      let inserted = random.oneIn(3) || copied.isEmpty ? Array(random.text("ACGT", random.int(1...8))) : copied
      edited.insert(contentsOf: inserted, at: place)
    case 4:
      guard edited.count > 1 else { return nil }
      let start = random.int(0...(edited.count - 2))
      edited.removeSubrange(start..<min(edited.count, start + random.int(1...edited.count)))
    default:
      let start = random.int(0...(edited.count - 1))
      edited.replaceSubrange(
        start..<min(edited.count, start + random.int(1...4)), with: Array(random.text("ACGT", random.int(1...5))))
    }
    let text = String(edited).uppercased()
    guard !edited.isEmpty, text != String(window).uppercased() else { return nil }
    return random.oneIn(5) ? text.lowercased() : text
  }

  /// A record of `alternates` different alternate alleles.
  mutating func line(_ genome: [(name: String, bases: [Character])], alternates: Int, samples: Int) -> VCFLine {
    while true {
      let contig = random.oneIn(2) ? genome[0] : genome[random.int(0...(genome.count - 1))]
      let bases = contig.bases
      var length = random.pick([1, 1, 1, 2, 3, 5, 8, 20])
      if random.oneIn(40) { length = random.int(1...min(700, bases.count)) }
      length = min(length, bases.count)
      let last = bases.count - length
      // The first and the last bases of a contig more often than chance would have them.
      let start = random.oneIn(12) ? random.pick([0, 0, last]) : random.int(0...last)
      let window = Array(bases[start..<(start + length)])
      var alts: [String] = []
      for _ in 0..<(3 * alternates) where alts.count < alternates {
        if let alt = alternate(of: window), !alts.contains(where: { $0.uppercased() == alt.uppercased() }) {
          alts.append(alt)
        }
      }
      guard alts.count == alternates else { continue }
      var line = VCFLine(contig.name, start + 1, String(window), alts)
      line.columns[2] = random.pick([".", "rs1", "rs1;x"])
      line.columns[5] = random.pick([".", "50", "3.5"])
      line.columns[6] = random.pick(["PASS", "PASS", ".", "q10", "q10;s50"])
      line.columns[7] = info(alternates)
      if samples > 0 {
        let keys = random.pick([
          ["GT"], ["GT", "AD", "DP", "PL"], ["GT", "DP", "AA", "PS"], ["GT", "PL", "AD"], ["AD", "DP"], ["PL"],
        ])
        line.columns += [keys.joined(separator: ":")] + (0..<samples).map { _ in sample(keys, alternates) }
      }
      return line
    }
  }

  private mutating func numbers(_ count: Int, shortens: Bool = true) -> String {
    if shortens, random.oneIn(8) { return "." }
    return (0..<count).map { _ in random.oneIn(12) ? "." : String(random.int(0...99)) }.joined(separator: ",")
  }

  mutating func info(_ alternates: Int) -> String {
    var entries: [String] = []
    if random.oneIn(2) { entries.append("AC=" + numbers(alternates, shortens: shortensLists)) }
    if random.oneIn(2) {
      entries.append("AF=" + (0..<alternates).map { _ in random.pick(["0.5", "0.25", "."]) }.joined(separator: ","))
    }
    if random.oneIn(2) { entries.append("IR=" + numbers(alternates + 1, shortens: shortensLists)) }
    if random.oneIn(3) {
      entries.append("SR=" + (0...alternates).map { _ in random.pick(["a", "bc", "d%2Ce"]) }.joined(separator: ","))
    }
    if random.oneIn(3) {
      entries.append("IG=" + numbers((alternates + 1) * (alternates + 2) / 2, shortens: shortensLists))
    }
    if random.oneIn(2) { entries.append("DP=\(random.int(0...500))") }
    if random.oneIn(3) { entries.append("DB") }
    if random.oneIn(3) { entries.append("S=" + random.pick(["a", "a,b", "x%3By"])) }
    return entries.isEmpty ? "." : entries.joined(separator: ";")
  }

  /// A sample column: haploid, diploid, sometimes triploid; phased or not; missing in part or whole; trailing fields dropped.
  mutating func sample(_ keys: [String], _ alternates: Int) -> String {
    let ploidy = random.pick([1, 2, 2, 2, 2, keys.contains("PL") ? 2 : 3])
    let separator = random.pick(["/", "|"])
    var fields: [String] = []
    for key in keys {
      switch key {
      case "GT":
        fields.append(
          (0..<ploidy).map { _ in random.oneIn(8) ? "." : String(random.int(0...alternates)) }.joined(
            separator: separator))
      case "AD": fields.append(numbers(alternates + 1))
      case "AA": fields.append(numbers(alternates))
      case "PL":
        let isHaploid = ploidy == 1 && keys.contains("GT")
        fields.append(numbers(isHaploid ? alternates + 1 : (alternates + 1) * (alternates + 2) / 2))
      default: fields.append(random.oneIn(6) ? "." : String(random.int(0...99)))
      }
    }
    if random.oneIn(6) { fields.removeLast(random.int(0...(fields.count - 1))) }
    return fields.joined(separator: ":")
  }

  /// A sorted file of records with 1 to `mostAlternates` alternates, each record once.
  /// - Parameter genome: nil for a short one.
  mutating func file(
    _ count: Int, mostAlternates: Int, samples: Int = 2, genome: [(name: String, bases: String)]? = nil
  ) -> VCFCase {
    var file = VCFCase(genome: genome ?? self.genome(), lines: [], samples: (0..<samples).map { "s\($0)" })
    let bases = file.genome.map { (name: $0.name, bases: Array($0.bases)) }
    var seen: Set<String> = []
    for _ in 0..<count {
      let line = line(bases, alternates: random.oneIn(2) ? 1 : random.int(1...mostAlternates), samples: samples)
      if seen.insert(line.asOrigin.uppercased()).inserted { file.lines.append(line) }
    }
    file.sort()
    return file
  }
}
