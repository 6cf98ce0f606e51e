import EngineTestSupport
import Testing

/// Makes expressions that have a meaning, for the files of `FilterFile`.
struct FilterExpressions {
  var random: SeededGenerator
  let hasSamples: Bool

  private let comparisons = ["=", "==", "!=", "<", "<=", ">", ">="]

  init(seed: UInt64, hasSamples: Bool) {
    random = SeededGenerator(seed: seed)
    self.hasSamples = hasSamples
  }

  mutating func expression() -> String { condition(random.pick([0, 0, 1, 1, 2, 3]), onSamples: false) }

  private mutating func condition(_ depth: Int, onSamples: Bool) -> String {
    if depth == 0 || random.oneIn(3) {
      return onSamples || (hasSamples && random.oneIn(2)) ? sampleCondition() : siteCondition()
    }
    let left = condition(depth - 1, onSamples: onSamples)
    let text = left + random.pick([" & ", " && ", "|", " || "]) + condition(depth - 1, onSamples: onSamples)
    return random.oneIn(3) ? "(" + text + ")" : text
  }

  private mutating func constant() -> String {
    random.pick([
      "0", "1", "2", "5", "10", "20", "30", "0.5", "0.25", "59.2", "1e-4", "99", "100", "300", "70000", "-1", "0.1",
    ])
  }

  private mutating func siteNumber() -> String {
    switch random.int(0...(hasSamples ? 13 : 8)) {
    case 0: return random.pick(["QUAL", "POS", "N_ALT", "qual", "ILEN", "N_SAMPLES"])
    case 1, 2: return random.pick(["DP", "INFO/DP", "INFO/MQ", "MQ", "DB", "1000G"])
    case 3, 4: return random.pick(["XA", "XF", "XR[0]", "XA[0]", "XF[1]", "DP4[1]", "DP4[0,2]", "DP4[1-]", "XR[*]"])
    case 5:
      return random.pick(["MAX", "MIN", "AVG", "MEDIAN", "STDEV", "SUM", "ABS", "COUNT"])
        + random.pick(["(XA)", "(XF)", "(DP4)", "(XR)", "(DP)"])
    case 6: return random.pick(["STRLEN(REF)", "STRLEN(ALT)", "STRLEN(S1)", "STRLEN(S[1])", "COUNT(S)", "COUNT(ALT)"])
    case 7, 8:
      let scalars = ["QUAL", "DP", "MQ", "POS", "N_ALT", "DP4[0]", "DP4[3]", "2", "0.5", "MAX(XA)", "SUM(DP4)"]
      return random.pick(["(", "-("]) + random.pick(scalars) + random.pick(["+", "-", "*", "/"])
        + random.pick(scalars) + ")"
    case 9: return random.pick(["N_MISSING", "F_MISSING", "AC", "AF", "MAF", "AN", "MAC", "AC[*]", "MAF[*]"])
    case 10, 11:
      return random.pick(["MAX", "MIN", "AVG", "MEDIAN", "STDEV", "SUM", "COUNT"])
        + random.pick(["(FMT/AD)", "(DQ)", "(GQ)", "(PV)", "(AD[:1])", "(AD[0:*])", "(GQ[0])", "(AD[*:0])"])
    case 12: return random.pick(["N_PASS(", "F_PASS("]) + condition(1, onSamples: true) + ")"
    default: return "COUNT(" + sampleCondition() + ")"
    }
  }

  private mutating func siteCondition() -> String {
    if random.oneIn(2) { return textCondition() }
    if random.oneIn(6) {
      return random.pick(["QUAL", "DP", "MQ", "XA", "XF", "XR", "DP4"]) + random.pick(["=", "!="]) + "\".\""
    }
    let other = random.oneIn(6) ? random.pick(["QUAL", "DP", "XA", "XR[0]"]) : constant()
    return siteNumber() + random.pick(comparisons) + other
  }

  private mutating func textCondition() -> String {
    let equality = random.pick(["=", "!="])
    let match = random.pick(["~", "!~"])
    let text = random.pick(["S", "S1", "REF", "ALT", "CHROM", "S[0]", "S[1]", "S[*]", "ALT[0]", "ALT[1]"])
    switch random.int(0...7) {
    case 0, 1:
      let value = random.pick(["a", "b", "hello", "World", ".", "A", "C", "a,b", "G,A", "<DEL>", "", "HELLO", "*"])
      return text + equality + "\"\(value)\""
    case 2, 3:
      return text + match
        + random.pick(["\"a\"", "\"^a\"", "\"ell\"", "\"HELLO/i\"", "\"o$\"", "\".\"", "\"l*\"", "\"[A-C]\"", "'x%2C'"])
    case 4:
      return "ID" + random.pick([equality + "\"rs1\"", equality + "\".\"", match + "\"^rs\"", match + "\"RS/i\""])
    case 5, 6:
      return "FILTER" + random.pick([equality, match])
        + random.pick(["\"PASS\"", "\".\"", "\"q10\"", "\"s50\"", "\"s50;q10\""])
    default:
      return "TYPE" + random.pick([equality, match])
        + random.pick(["\"snp\"", "\"indel\"", "\"mnp\"", "\"ref\"", "\"bnd\"", "\"other\"", "\"overlap\""])
    }
  }

  private mutating func sampleNumber() -> String {
    switch random.int(0...6) {
    case 0, 1: return random.pick(["FMT/DQ", "GQ", "FMT/GQ", "DQ[*]", "DQ[1]", "DQ[0,1]", "GQ[1-]", "FORMAT/DQ"])
    case 2, 3:
      return random.pick(["AD[:0]", "AD[:1]", "FMT/AD", "AD[*:0]", "AD[0:0]", "AD[0:*]", "PV", "PV[:0]", "AD[1-2:1]"])
    case 4:
      return random.pick(["sMAX", "SMPL_MIN", "sAVG", "sMEDIAN", "sSTDEV", "sSUM", "ABS"])
        + random.pick(["(FMT/AD)", "(PV)", "(AD[:0])", "(DQ)"])
    case 5:
      return "(" + random.pick(["DQ", "GQ", "AD[:0]", "2"]) + random.pick(["+", "-", "*", "/"])
        + random.pick(["DQ", "GQ", "AD[:1]"]) + ")"
    default: return random.pick(["binom(AD[:0],AD[:1])", "(DQ*DP)", "(GQ-QUAL)"])
    }
  }

  private mutating func sampleCondition() -> String {
    let equality = random.pick(["=", "!="])
    switch random.int(0...8) {
    case 0, 1, 2:
      let keys = [
        "hom", "het", "hap", "mis", "ref", "alt", "rr", "ra", "aa", "aA", "a", "R", "0/1", ".", "./.", "0|1", "1",
        "0/0,1/1",
      ]
      return random.pick(["GT", "FMT/GT", "GT[0]", "GT[0,1]", "GT[1-]"]) + equality + "\"\(random.pick(keys))\""
    case 3: return "GT" + random.pick(["~", "!~"]) + random.pick(["\"0\"", "\"^1\"", "\"|\"", "\"het\"", "\"[1-3]\""])
    case 4:
      return random.pick(["FT", "FS", "FS[:0]", "FS[:1]", "FS[0:0]", "FT[0]"]) + equality
        + random.pick(["\"PASS\"", "\"a\"", "\"bb\"", "\".\"", "\"a,bb\""])
    case 5: return random.pick(["DQ", "GQ", "FMT/AD", "PV"]) + equality + "\".\""
    default:
      let other = random.oneIn(5) ? random.pick(["QUAL", "DP", "MQ", "XA", "DP4[0]"]) : constant()
      return sampleNumber() + random.pick(comparisons) + other
    }
  }
}

@Suite(.enabled(if: Peer.areInstalled("bcftools")))
struct FilterPropertyTests {
  /// 600 expressions, each on a file of its batch.
  @Test(arguments: seeds(10))
  func `random expressions keep what bcftools keeps`(seed: UInt64) async throws {
    let samples = Int(seed % 3) * 2
    var file = FilterFile(seed: seed, samples: samples)
    var expressions = FilterExpressions(seed: seed, hasSamples: samples > 0)
    let folder = try ScratchFolder()
    let path = try folder.write(file.text(40), "in.vcf")
    let made = (0..<60).map { _ in expressions.expression() }
    #expect(try await FilterRun.differences(made, path, samples: samples > 0, allowsPeerErrors: true) == [])
  }
}
