import EngineTestSupport

/// Makes VCFs of everything that `bcftools stats` counts: alleles of every class, genotypes of every form, missing values.
///
/// What bcftools 1.16 stops at, or reads beyond its memory for, is left out: GT that names an allele that is not there,
/// a phase mark before the first allele, AD with fewer values than alleles, AC beyond AN.
struct StatsGenerator {
  var random: SeededGenerator
  var samples = 2
  /// A reference with repeats, so that indels have a context.
  let genome: String

  init(seed: UInt64, samples: Int) {
    var random = SeededGenerator(seed: seed)
    var bases = ""
    while bases.count < 6000 {
      let word = String((0..<random.int(1...6)).map { _ in random.pick(Array("ACGT")) })
      bases += String(repeating: word, count: random.oneIn(4) ? random.int(2...12) : 1)
    }
    genome = bases
    self.random = random
    self.samples = samples
  }

  static let fields = """
    ##FILTER=<ID=q10,Description="low">
    ##FILTER=<ID=s50,Description="few">
    ##INFO=<ID=AC,Number=A,Type=Integer,Description="a">
    ##INFO=<ID=AN,Number=1,Type=Integer,Description="a">
    ##INFO=<ID=AF,Number=A,Type=Float,Description="a">
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="one">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="end">
    ##INFO=<ID=ACX,Number=0,Type=Flag,Description="not AC">
    ##INFO=<ID=S,Number=.,Type=String,Description="any">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="gt">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="r">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="one">
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="one">
    ##FORMAT=<ID=PS,Number=1,Type=Integer,Description="set">
    """

  var fasta: String {
    var text = ">1\n"
    var rest = Substring(genome)
    while !rest.isEmpty {
      text += rest.prefix(60) + "\n"
      rest = rest.dropFirst(60)
    }
    return text
  }

  mutating func file(_ count: Int) -> String {
    var lines = ["##fileformat=VCFv4.2", "##contig=<ID=1,length=\(genome.count)>"]
    lines += Self.fields.split(separator: "\n").map(String.init)
    let names = (0..<samples).map { "S\($0)" }
    lines.append(
      (["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"] + (samples > 0 ? ["FORMAT"] + names : []))
        .joined(separator: "\t"))
    let bases = Array(genome)
    var position = 1
    for _ in 0..<count {
      position = min(position + random.int(0...(2 * (bases.count - 100) / count)), bases.count - 90)
      lines.append(record(bases, position))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func record(_ bases: [Character], _ position: Int) -> String {
    let length = random.oneIn(40) ? random.int(50...80) : random.pick([1, 1, 1, 1, 2, 3, 4, 7])
    var ref = String(bases[(position - 1)..<(position - 1 + length)])
    if random.oneIn(30) { ref = ref.lowercased() }
    let alternates = (0..<random.pick([0, 1, 1, 1, 1, 1, 2, 2, 3, 4])).map { _ in alternate(ref) }
    let id = random.oneIn(3) ? "rs\(position)" : "."
    let quality = random.pick([
      ".", ".", "0", "\(random.int(1...99))", "\(random.int(1...9999)).\(random.int(0...99))", "1e-2", "30.77",
      "\(random.int(10_000...9_999_999)).5", "-3", "\(random.int(1...40)).\(random.int(0...9999))", "3.4e9", "inf",
    ])
    let filter = random.pick(["PASS", "PASS", "PASS", ".", "q10", "s50", "q10;s50"])
    var columns = ["1", "\(position)", id, ref, alternates.isEmpty ? "." : alternates.joined(separator: ",")]
    columns += [quality, filter, info(alternates.count, position + length)]
    if samples > 0 { columns += genotypes(alternates.count + 1) }
    return columns.joined(separator: "\t")
  }

  private mutating func bases(_ count: Int) -> String {
    String((0..<count).map { _ in random.pick(Array("ACGT")) })
  }

  private mutating func alternate(_ ref: String) -> String {
    switch random.int(0...19) {
    case 0...7: return (ref.count == 1 ? "" : String(ref.dropLast())) + random.pick(["A", "C", "G", "T"])
    case 8...10: return ref + bases(random.oneIn(20) ? random.int(45...70) : random.int(1...6))
    case 11: return String(ref.prefix(1))
    case 12: return String(ref.prefix(1)) + bases(random.int(1...4)) + ref.dropFirst()
    case 13: return bases(ref.count)
    case 14: return bases(random.int(1...5))
    case 15: return random.pick(["*", "<NON_REF>", "<*>", "*"])
    case 16: return random.pick(["<DEL>", "<INS:ME>", "<DUP:TANDEM>", "<CNV>", "<X>"])
    case 17: return random.pick(["\(ref)[1:7[", "]1:7]\(ref)", "[1:9[\(ref)", "\(ref)ACG]1:3]", "\(ref).", ".\(ref)"])
    case 18: return random.pick(["N", "n", "\(ref)N", ref.lowercased(), "a", "t"])
    default: return String(ref.reversed())
    }
  }

  private mutating func info(_ alternates: Int, _ end: Int) -> String {
    var entries: [String] = []
    if random.oneIn(2) {
      entries.append(
        "DP=" + random.pick(["0", ".", "\(random.int(1...60))", "\(random.int(490...510))", "3,4", "900"]))
    }
    if random.oneIn(3) {
      let counts = (0..<max(1, alternates)).map { _ in random.oneIn(9) ? "." : "\(random.int(0...12))" }
      let number = counts.compactMap { Int($0) }.reduce(0, +) + random.int(0...60)
      let count = random.oneIn(12) ? Array(counts.dropLast()) + ["1", "2"] : counts
      entries.append("AC=" + count.joined(separator: ","))
      if !random.oneIn(8) { entries.append("AN=\(random.oneIn(9) ? "." : "\(number + 3)")") }
    }
    if random.oneIn(2) {
      entries.append(
        "AF="
          + (0..<max(1, random.oneIn(8) ? alternates + 1 : alternates)).map { _ in
            random.pick([".", "0.1", "0.5", "0.25", "1", "0", "3e-4", "0.9999"])
          }.joined(separator: ","))
    }
    if random.oneIn(10) { entries.append("END=\(end + random.int(0...30))") }
    if random.oneIn(10) { entries.append("ACX") }
    if random.oneIn(10) { entries.append("S=AC=1") }
    entries.shuffle(using: &random)
    return entries.isEmpty ? "." : entries.joined(separator: ";")
  }

  private mutating func genotypes(_ alleles: Int) -> [String] {
    let keys = random.pick([
      ["GT"], ["GT", "DP"], ["GT", "AD"], ["GT", "AD", "DP"], ["GT", "DP", "AD"], ["GT", "GQ", "DP", "AD", "PS"],
      ["GT", "GQ"], ["DP", "AD"], ["GQ"], ["AD"],
    ])
    // Where no sample has a value, bcftools 1.16 fails: the first has all.
    return [keys.joined(separator: ":")]
      + (0..<samples).map { sample in
        var values = keys.map { value($0, alleles) }
        while sample > 0, values.count > 1, random.oneIn(8) { values.removeLast() }
        return values.joined(separator: ":")
      }
  }

  private mutating func value(_ key: String, _ alleles: Int) -> String {
    switch key {
    case "GT":
      let ploidy = random.pick([2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 3])
      let mark = random.pick(["/", "/", "|"])
      if random.oneIn(12) { return random.pick(["./.", ".", ".|."]) }
      return (0..<ploidy).map { _ in
        random.oneIn(25) ? "." : "\(random.oneIn(2) ? 0 : random.int(0...(alleles - 1)))"
      }.joined(separator: mark)
    case "AD":
      // One `.` for all is fewer values than alleles where no other sample has more.
      if random.oneIn(12) { return (0..<alleles).map { _ in "." }.joined(separator: ",") }
      return (0..<alleles).map { _ in random.oneIn(20) ? "." : "\(random.pick([0, 3, 17, 40, 300]))" }
        .joined(separator: ",")
    case "DP": return random.pick([".", "0", "\(random.int(1...70))", "\(random.int(480...520))", "4000"])
    default: return random.pick([".", "\(random.int(0...99))"])
    }
  }
}
