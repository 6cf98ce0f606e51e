import TestSupport

/// VCF text made in code.
enum VCFText {
  static func header(samples: Int, contigs: [(String, Int)] = [("1", 1_000_000), ("2", 900_000_000)]) -> String {
    var text = "##fileformat=VCFv4.2\n"
    for (name, length) in contigs { text += "##contig=<ID=\(name),length=\(length)>\n" }
    text += "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
    text += "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
    text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    if samples > 0 { text += "\tFORMAT" }
    for sample in 0..<samples { text += "\tS\(sample)" }
    return text + "\n"
  }

  /// Sorted lines without line ends.
  static func lines(_ count: Int, samples: Int, _ random: inout SplitMix64) -> [String] {
    var position = 0
    return (0..<count).map { line in
      let contig = line < count / 2 ? "1" : "2"
      position = line == count / 2 ? 1 : position + random.int(0...50)
      let ref = String(decoding: random.letters(random.chance(0.9) ? 1 : random.int(2...30), of: "ACGT"), as: UTF8.self)
      let alt = random.pick(["A", "C,G", "<DEL>", "*", ".", "G[17:198982["])
      let info = random.pick([".", "DP=\(random.int(0...99))", "DP=1;END=\(position + 3);LONG=\(line)", "FLAG"])
      var columns = [
        contig, "\(position + 1)", random.pick([".", "rs\(line)"]), ref, alt, random.pick([".", "29.5"]),
        random.pick(["PASS", ".", "q10;s50"]), info,
      ]
      if samples > 0 { columns.append("GT") }
      for _ in 0..<samples { columns.append(random.pick(["0/1", "./.", "1|1", "0"])) }
      return columns.joined(separator: "\t")
    }
  }
}
