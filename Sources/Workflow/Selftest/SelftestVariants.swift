/// The family's planted variants, and what must be told of them.
struct SelftestVariants: Sendable {
  struct Record: Sendable {
    var position: Int
    var reference: String
    var alternates: String
    var filter = "PASS"
    /// Of the child, the mother and the father.
    var genotypes: [String]
  }

  /// A row as normalising and splitting must leave it.
  struct Row: Sendable, Hashable {
    var position: Int
    var reference: String
    var alternate: String
    var genotypes: [String]
  }

  /// A new frameshift in the child.
  let frameshift: Record
  /// Its names on transcript and protein.
  let frameshiftNames: (coding: String, protein: String)
  /// A new change of the child that changes no amino acid.
  let synonymous: Record
  let synonymousName: String
  let records: [Record]
  let normalised: [Row]

  init(_ genome: SelftestGenome) {
    func text(_ range: ClosedRange<Int>) -> String {
      String(decoding: genome.bases[(range.lowerBound - 1)..<range.upperBound], as: UTF8.self)
    }
    func others(_ base: UInt8) -> [String] {
      Array("ACGT".utf8).filter { $0 != base }.map { String(UnicodeScalar($0)) }
    }
    let ofChild = ["0/1", "0/0", "0/0"]
    // A base of exon 2 that differs from its neighbours: there is one way to name its loss.
    var place = 1560
    while genome[place] == genome[place + 1] || genome[place] == genome[place - 1] { place += 1 }
    frameshift = Record(
      position: place - 1, reference: text((place - 1)...place), alternates: text((place - 1)...(place - 1)),
      genotypes: ofChild)
    let coding = 100 + place - 1501 + 1
    frameshiftNames = (
      "SELFT01.1:c.\(coding)del", "SELFP01:p.\(Self.frameshiftName(genome, without: coding))"
    )
    // The first codon of exon 3, from the ninetieth on, whose third base may be any.
    var last = 270
    func sameAminoAcid(_ last: Int) -> Bool {
      let codon = Array(genome.coding[(last - 3)..<last])
      return others(codon[2]).allSatisfy {
        SelftestGenome.aminoAcid([codon[0], codon[1]] + Array($0.utf8)) == SelftestGenome.aminoAcid(codon)
      }
    }
    while !sameAminoAcid(last) { last += 3 }
    let from = genome.coding[last - 1]
    let site = SelftestGenome.position(ofCoding: last)
    synonymous = Record(position: site, reference: text(site...site), alternates: others(from)[0], genotypes: ofChild)
    synonymousName = "SELFT01.1:c.\(last)\(String(UnicodeScalar(from)))>\(others(from)[0])"
    let (two, three) = (4500, 5000)
    let pair = others(genome[two])
    records = [
      frameshift, synonymous,
      // The last two of eight times A: it belongs before the first.
      Record(position: 4007, reference: "AA", alternates: "A", genotypes: ["0/1", "0/1", "0/0"]),
      Record(
        position: two, reference: text(two...two), alternates: "\(pair[0]),\(pair[1])",
        genotypes: ["1/2", "0/1", "0/2"]),
      Record(
        position: three, reference: text(three...three), alternates: others(genome[three])[0], filter: "q10",
        genotypes: ["0/1", "0/1", "0/0"]),
    ]
    normalised = [
      Row(position: place - 1, reference: frameshift.reference, alternate: frameshift.alternates, genotypes: ofChild),
      Row(position: site, reference: synonymous.reference, alternate: synonymous.alternates, genotypes: ofChild),
      Row(position: 4000, reference: "CA", alternate: "C", genotypes: ["0/1", "0/1", "0/0"]),
      // The other allele is missing, never the reference.
      Row(position: two, reference: text(two...two), alternate: pair[0], genotypes: ["1/.", "0/1", "0/."]),
      Row(position: two, reference: text(two...two), alternate: pair[1], genotypes: ["./1", "0/.", "0/1"]),
      Row(
        position: three, reference: text(three...three), alternate: others(genome[three])[0],
        genotypes: ["0/1", "0/1", "0/0"]),
    ]
  }

  /// HGVS's short form: first changed amino acid, what it becomes, and how many from it to the new stop.
  private static func frameshiftName(_ genome: SelftestGenome, without place: Int) -> String {
    let before = SelftestGenome.protein(genome.transcript(without: nil))
    let after = SelftestGenome.protein(genome.transcript(without: place))
    let first = zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let (old, new) = (SelftestGenome.name(before[first]), SelftestGenome.name(after[first]))
    return "(\(old)\(first + 1)\(new)fsTer\(after.count - first))"
  }

  /// The rows of a VCF's body: positions, alleles and genotypes.
  static func rows(_ text: String) -> [Row] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Row(
        position: fields.count > 1 ? Int(fields[1]) ?? 0 : 0, reference: fields.count > 3 ? fields[3] : "",
        alternate: fields.count > 4 ? fields[4] : "",
        genotypes: fields.dropFirst(9).map { String($0.prefix { $0 != ":" }) })
    }
  }
}
