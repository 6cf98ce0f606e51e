import EngineTestSupport

/// Makes files with every edge that filters meet: missing in whole and in part, several alleles, other ploidies, half
/// calls, dropped fields, vectors of any length, flags, texts with commas.
struct FilterFile {
  var random: SeededGenerator
  let samples: Int

  static let header = """
    ##fileformat=VCFv4.3
    ##FILTER=<ID=q10,Description="low">
    ##FILTER=<ID=s50,Description="few">
    ##contig=<ID=1,length=200000000>
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="x">
    ##INFO=<ID=MQ,Number=1,Type=Float,Description="x">
    ##INFO=<ID=XA,Number=A,Type=Integer,Description="x">
    ##INFO=<ID=XF,Number=A,Type=Float,Description="x">
    ##INFO=<ID=XR,Number=R,Type=Integer,Description="x">
    ##INFO=<ID=DP4,Number=4,Type=Integer,Description="x">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="x">
    ##INFO=<ID=1000G,Number=0,Type=Flag,Description="x">
    ##INFO=<ID=S,Number=.,Type=String,Description="x">
    ##INFO=<ID=S1,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">
    ##FORMAT=<ID=DQ,Number=1,Type=Integer,Description="x">
    ##FORMAT=<ID=GQ,Number=1,Type=Float,Description="x">
    ##FORMAT=<ID=PV,Number=.,Type=Float,Description="x">
    ##FORMAT=<ID=FT,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=FS,Number=.,Type=String,Description="x">

    """

  init(seed: UInt64, samples: Int) {
    random = SeededGenerator(seed: seed)
    self.samples = samples
  }

  mutating func text(_ count: Int) -> String {
    var text = Self.header + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    if samples > 0 { text += "\tFORMAT\t" + (0..<samples).map { "s\($0)" }.joined(separator: "\t") }
    text += "\n"
    var position = 100
    for _ in 0..<count {
      // Positions beyond 2^24 are compared exactly, those before it as floats.
      position += random.pick([1, 5, 100, 20_000_000 / count])
      text += line(position) + "\n"
    }
    return text
  }

  private mutating func integers(_ count: Int, missing: Int = 6, least: Int = -1) -> String {
    (0..<count).map { _ in
      random.oneIn(missing)
        ? "." : String(max(least, random.pick([0, 1, 2, 3, 5, 10, 20, 99, 200, 300, 70000, -1])))
    }.joined(separator: ",")
  }

  private mutating func floats(_ count: Int) -> String {
    let choices = ["0", "0.1", "0.25", "0.5", "1", "1e-4", "3.25", "59.2", "0.0199", "100.5", "12.345678901234567"]
    return (0..<count).map { _ in random.oneIn(6) ? "." : random.pick(choices) }.joined(separator: ",")
  }

  private mutating func texts(_ choices: [String], _ counts: [Int]) -> String {
    (0..<random.pick(counts)).map { _ in random.pick(choices) }.joined(separator: ",")
  }

  private mutating func info(_ alternates: Int) -> String {
    var entries: [String] = []
    if !random.oneIn(4) { entries.append("DP=" + integers(1)) }
    if random.oneIn(2) { entries.append("MQ=" + floats(1)) }
    if alternates > 0 {
      if !random.oneIn(3) { entries.append("XA=" + (random.oneIn(8) ? "." : integers(alternates))) }
      if !random.oneIn(3) { entries.append("XF=" + (random.oneIn(8) ? "." : floats(alternates))) }
    }
    if random.oneIn(2) { entries.append("XR=" + (random.oneIn(8) ? "." : integers(alternates + 1))) }
    if random.oneIn(2) { entries.append("DP4=" + integers(4, missing: 1000, least: 0)) }
    if random.oneIn(3) { entries.append("DB") }
    if random.oneIn(3) { entries.append("1000G") }
    if random.oneIn(2) {
      entries.append("S=" + texts(["a", "b", "hello", "World", ".", "x%2Cy", "A1"], [1, 1, 2, 3]))
    }
    if random.oneIn(2) {
      entries.append("S1=" + random.pick(["a", "hello", "World", "a,b", ".", "MISSENSE|x", "Hello"]))
    }
    entries.shuffle(using: &random)
    return entries.isEmpty ? "." : entries.joined(separator: ";")
  }

  private mutating func genotype(_ alternates: Int) -> String {
    if random.oneIn(12) { return "." }
    let separator = random.pick(["/", "|"])
    return (0..<random.pick([1, 2, 2, 2, 2, 3])).map { _ in
      random.oneIn(9) ? "." : String(random.int(0...alternates))
    }.joined(separator: separator)
  }

  /// The first sample has every field: bcftools 1.16 reads memory of earlier records where no sample has one.
  private mutating func sample(_ alternates: Int, isFirst: Bool) -> String {
    var fields = [genotype(alternates)]
    fields.append(!isFirst && random.oneIn(8) ? "." : integers(alternates + 1, missing: 12, least: 0))
    fields.append(integers(1))
    fields.append(floats(1))
    fields.append(random.oneIn(8) ? "." : floats(random.int(1...3)))
    fields.append(random.pick(["PASS", "q10", "lowGQ", ".", "a,b"]))
    fields.append(texts(["a", "bb", ".", "Xy"], [1, 2, 3]))
    if !isFirst, random.oneIn(6) { fields.removeLast(random.int(0...(fields.count - 1))) }
    return fields.joined(separator: ":")
  }

  private mutating func line(_ position: Int) -> String {
    let ref = random.pick(["A", "C", "GT", "GTC", "a", "ACGT"])
    var alternates: [String] = []
    for _ in 0..<random.pick([0, 1, 1, 1, 1, 2, 2, 3]) {
      let alternate = random.pick([
        "C", "G", "T", "GA", "GTCA", "*", "<DEL>", "<*>", "<NON_REF>", "G[1:5[", "]1:5]G", "ACGTA", "AC", "ATTT",
        "TCGT", "c",
      ])
      if alternate != ref, !alternates.contains(alternate) { alternates.append(alternate) }
    }
    var columns = ["1", String(position), random.pick([".", "rs1", "rs12", "id;x", "RS1"]), ref]
    columns.append(alternates.isEmpty ? "." : alternates.joined(separator: ","))
    columns.append(random.pick([".", "59.2", "3", "100", "30", "30.5", "1e-3", "5000"]))
    columns.append(random.pick(["PASS", "PASS", ".", "q10", "s50", "q10;s50", "s50;q10"]))
    columns.append(info(alternates.count))
    if samples > 0 {
      columns.append("GT:AD:DQ:GQ:PV:FT:FS")
      for index in 0..<samples { columns.append(sample(alternates.count, isFirst: index == 0)) }
    }
    return columns.joined(separator: "\t")
  }
}
