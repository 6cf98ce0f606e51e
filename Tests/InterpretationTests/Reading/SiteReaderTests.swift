import TestSupport
import Testing

@testable import Interpretation

@Suite struct SiteReaderTests {
  private static let keys = ["GT", "DP", "GQ", "RGQ", "AD", "PL"]
  private static let genotypes = ["0/0", "0/1", "1|0", "1/1", "./.", ".", "0", "1/2", "0/10", "", "0-1"]
  private static let numbers = ["0", "9", "19", "20", "30", "255", "300", "1e3", ".", "", "30.5", "12,14", "-5"]

  /// A call as the columns' text tells it; nil for one that is no evidence.
  private func call(_ format: [String], _ sample: String?, _ least: (depth: Int, quality: Int)) -> (
    SiteGenotypes.Genotype, Int?
  ) {
    let values = sample?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
    func value(_ key: String) -> String? {
      format.lastIndex(of: key).flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
    func number(_ text: String?) -> Int? { text.flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) } }
    let depth = number(value("DP"))
    let quality = number(format.contains("GQ") ? value("GQ") : value("RGQ"))
    guard let text = value("GT"), depth != nil || quality != nil, depth ?? least.depth >= least.depth,
      quality ?? least.quality >= least.quality
    else { return (.unknown, nil) }
    switch text {
    case "0/0": return (.reference, depth)
    case "0/1", "1|0": return (.heterozygous, depth)
    case "1/1": return (.alternate, depth)
    default: return (.unknown, nil)
    }
  }

  @Test("What a site tells is what the text of its columns tells, in any order of fields and samples")
  func random() throws {
    var random = SplitMix64()
    let rules = try ParentalOriginRules.standard()
    let least = (depth: rules.count(.genotypeDepth), quality: rules.count(.genotypeQuality))
    var told = 0
    for _ in 0..<400 {
      let order = [0, 1, 2, 3].shuffled(using: &random)
      let columns = SiteReader.Columns(
        proband: order[0], father: Bool.random(using: &random) ? order[1] : nil,
        mother: Bool.random(using: &random) ? order[2] : nil)
      // One reader for records of several layouts, as a run has it.
      var reader = SiteReader(columns, rules)
      for position in 1...20 {
        let format = Array(Self.keys.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random)))
        let samples = (0..<Int.random(in: 0...4, using: &random)).map { _ in
          format.prefix(Int.random(in: 1...6, using: &random)).map { key in
            let values = key == "GT" ? Self.genotypes : Self.numbers
            // Mostly what counts, or nothing is left of three samples.
            let common = key == "GT" ? ["0/1", "0/0", "1/1"] : ["30", "45"]
            return (Int.random(in: 0..<4, using: &random) > 0 ? common : values).randomElement(using: &random) ?? ""
          }.joined(separator: ":")
        }
        let site = Array(format.joined(separator: ":").utf8).withUnsafeBytes { layout in
          Array(samples.joined(separator: "\t").utf8).withUnsafeBytes { text in
            reader.site(at: position, layout: layout, samples: text)
          }
        }
        func expected(_ column: Int?) -> (SiteGenotypes.Genotype, Int?) {
          call(format, column.flatMap { samples.indices.contains($0) ? samples[$0] : nil }, least)
        }
        let (proband, father, mother) = (expected(columns.proband), expected(columns.father), expected(columns.mother))
        let says =
          proband.0 != .unknown && (proband.0 != .reference || father.0 != .unknown || mother.0 != .unknown)
        let comment: Comment = "\(format) \(samples) \(columns)"
        guard says else {
          #expect(site == nil, comment)
          continue
        }
        told += 1
        #expect(
          site
            == SiteGenotypes(
              position: position, proband: proband.0, father: father.0, mother: mother.0, depth: proband.1), comment)
      }
    }
    #expect(told > 500)
  }
}
