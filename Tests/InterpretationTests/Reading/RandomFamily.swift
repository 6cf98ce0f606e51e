import EngineTestSupport

@testable import Interpretation

/// People with random genotypes at random sites of TestData's contig 20, as one joint VCF and as a gVCF each.
struct RandomFamily {
  struct Site {
    /// POS, counted from 1.
    var position: Int
    var reference: String
    var alternates: [String]
    /// One a person: allele numbers, nil where missing; empty where nothing is known.
    var genotypes: [[Int?]]
    /// Bases written behind both alleles in people's own files, as a careless caller would.
    var padding: Int
  }

  let names: [String]
  let contigLength: Int
  private(set) var sites: [Site] = []
  private let bases: [UInt8]

  init(_ random: inout SeededGenerator, names: [String], bases: [UInt8]) {
    self.names = names
    self.bases = bases
    contigLength = bases.count
    var position = 2_100
    while position < 17_000 {
      if let site = Self.site(at: position, names.count, bases, &random) { sites.append(site) }
      position += random.int(30...60)
    }
  }

  private static func text(_ bases: ArraySlice<UInt8>) -> String { String(decoding: bases, as: UTF8.self) }

  private static func site(
    at position: Int, _ people: Int, _ bases: [UInt8], _ random: inout SeededGenerator
  ) -> Site? {
    let start = position - 1
    let length = random.int(1...4)
    guard !bases[start..<(start + 12)].contains(UInt8(ascii: "N")) else { return nil }
    let anchor = bases[start]
    func others() -> [String] { ["A", "C", "G", "T"].filter { $0.utf8.first != anchor } }
    var reference = text(bases[start...start])
    var alternates: [String]
    switch random.int(0...4) {
    case 0, 1:
      let first = random.pick(others())
      alternates = [first]
      if random.oneIn(3) { alternates.append(random.pick(others().filter { $0 != first })) }
    case 2:
      // Left-aligned: the last base deleted is not the anchor.
      guard bases[start + length] != anchor else { return nil }
      reference = text(bases[start...(start + length)])
      alternates = [text(bases[start...start])]
    case 3:
      let inserted = random.text("ACGT", length)
      guard inserted.utf8.last != anchor else { return nil }
      alternates = [reference + inserted]
      let second = random.text("ACGT", length)
      if second.utf8.last != anchor, second != inserted, random.oneIn(2) { alternates.append(reference + second) }
    default:
      // Two lengths of a deletion.
      guard length > 1, bases[start + length] != anchor, bases[start + 1] != anchor,
        bases[start + 1] != bases[start + length]
      else { return nil }
      reference = text(bases[start...(start + length)])
      alternates = [
        text(bases[start...start]), text(bases[start...start]) + text(bases[(start + 2)...(start + length)]),
      ]
    }
    let genotypes = (0..<people).map { person -> [Int?] in
      if person > 0, random.oneIn(12) { return [] }
      return [random.int(0...alternates.count), random.int(0...alternates.count)]
    }
    return Site(
      position: position, reference: reference, alternates: alternates, genotypes: genotypes,
      padding: random.oneIn(4) ? random.int(1...3) : 0)
  }

  /// What a person has at an allele, with `nil` for nothing known.
  func copies(of person: Int, at site: Site, allele: Int) -> [PersonCall.Copy]? {
    let genotype = site.genotypes[person]
    guard !genotype.isEmpty else { return nil }
    return genotype.map { $0 == 0 ? .reference : $0 == allele ? .alternate : .other }
  }

  var joint: String {
    sites.reduce(into: vcfHeader(names)) { text, site in
      text += vcfLine(
        "20", site.position, site.reference, site.alternates.joined(separator: ","),
        site.genotypes.map { genotype in
          guard !genotype.isEmpty else { return "./.:.:.:." }
          let depths = (0...site.alternates.count).map { number in 15 * genotype.count { $0 == number } }
          return Self.call(genotype) + ":" + depths.map(String.init).joined(separator: ",") + ":30:60"
        })
    }
  }

  private static func call(_ genotype: [Int?]) -> String {
    genotype.map { $0.map(String.init) ?? "." }.joined(separator: "/")
  }

  /// One person's gVCF: records where the person has an alternate, blocks elsewhere, nothing where the person was not
  /// called.
  func blocks(of person: Int, _ random: inout SeededGenerator) -> String {
    var text = vcfHeader([names[person]])
    var next = 1
    func appendBlocks(to end: Int, _ random: inout SeededGenerator) {
      while next <= end {
        let last = min(end, next + random.int(20...400))
        let base = Self.text(bases[(next - 1)...(next - 1)])
        text += vcfLine(
          "20", next, base, "<NON_REF>", info: "END=\(last)", format: "GT:DP:GQ:MIN_DP", ["0/0:31:60:25"])
        next = last + 1
      }
    }
    for site in sites {
      let genotype = site.genotypes[person]
      let called = Set(genotype.compactMap { $0 }).subtracting([0]).sorted()
      if !genotype.isEmpty, called.isEmpty { continue }
      appendBlocks(to: site.position - 1, &random)
      let padding = genotype.isEmpty ? 0 : site.padding
      let end = site.position - 1 + site.reference.utf8.count
      let behind = Self.text(bases[end..<(end + padding)])
      if !genotype.isEmpty {
        let numbers = genotype.map { number in number == 0 ? 0 : called.firstIndex(of: number ?? 0)! + 1 }
        let depths = (0...(called.count + 1)).map { number in 15 * numbers.count { $0 == number } }
        text += vcfLine(
          "20", site.position, site.reference + behind,
          (called.map { site.alternates[$0 - 1] + behind } + ["<NON_REF>"]).joined(separator: ","),
          [Self.call(numbers) + ":" + depths.map(String.init).joined(separator: ",") + ":30:60"])
      }
      next = end + padding + 1
    }
    appendBlocks(to: contigLength, &random)
    return text
  }

  /// One person's VCF without blocks.
  func variants(of person: Int, _ random: inout SeededGenerator) -> String {
    blocks(of: person, &random).split(separator: "\n").filter { !$0.contains("END=") || $0.hasPrefix("#") }
      .joined(separator: "\n") + "\n"
  }

  /// The same without `<NON_REF>` and its depth, which is 0.
  func plainVariants(of person: Int, _ random: inout SeededGenerator) -> String {
    variants(of: person, &random).replacing(",<NON_REF>", with: "").replacing(",0:30:60", with: ":30:60")
  }
}
