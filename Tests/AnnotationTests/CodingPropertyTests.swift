import Foundation
import TestSupport
import Testing

/// Random variants in random transcripts on both strands, against whole proteins translated naively.
@Suite struct CodingPropertyTests {
  private struct Case {
    var line: String
    var position: Int
    var expected: Set<String>
  }

  private static let codingTerms: Set<String> = [
    "synonymous_variant", "missense_variant", "stop_gained", "stop_lost", "stop_retained_variant", "start_lost",
    "start_retained_variant", "frameshift_variant", "inframe_insertion", "inframe_deletion",
    "protein_altering_variant", "coding_sequence_variant", "incomplete_terminal_codon_variant",
  ]

  @Test func codingTermsEqualThoseOfTranslatedProteins() async throws {
    var random = SplitMix64()
    var checked = 0
    for _ in 0..<40 {
      let gene = SyntheticGene(&random)
      let cases = (0..<150).compactMap { _ in Self.makeCase(gene, &random) }.sorted { $0.position < $1.position }
      let folder = try TemporaryFolder()
      try folder.write(gene.fasta, to: "a.fa")
      try folder.write(gene.gff3, to: "a.gff3")
      let header = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      try folder.write(header + cases.map(\.line).joined(), to: "in.vcf")
      let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
      let (bytes, _) = try await annotate(folder("in.vcf"), cache: cache, in: folder)
      let found = entries(bytes)
      #expect(found.count == cases.count)
      for (entry, one) in zip(found, cases) {
        #expect(entry.terms.intersection(Self.codingTerms) == one.expected, "\(one.line) \(gene.isReverse)")
        checked += 1
      }
    }
    #expect(checked > 2_000)
  }

  /// A substitution anywhere in the CDS, or an indel away from exon ends, start and stop.
  private static func makeCase(_ gene: SyntheticGene, _ random: inout SplitMix64) -> Case? {
    let position = random.int(gene.coding.lowerBound...(gene.coding.upperBound - 1))
    guard let exon = gene.exons.first(where: { $0.contains(position) }) else { return nil }
    let whole = gene.protein(replacing: position..<position, with: [])
    let kind = random.int(0...2)
    if kind == 0 {
      let length = min(random.int(1...3), min(exon.upperBound, gene.coding.upperBound) - position)
      let range = position..<(position + length)
      // Every base changes, so that nothing is trimmed.
      let alternate = range.map { place in
        random.pick(Array("ACGT".utf8).filter { $0 != gene.genome[place] })
      }
      let altered = gene.protein(replacing: range, with: alternate)
      let touchesStop = !gene.stopCodon.isDisjoint(with: range)
      // A stop on both sides of the touched codons is neither gained nor lost by the terms' definitions.
      if touchesStop, altered.dropLast().contains("*") { return nil }
      return Case(
        line: line(gene, range, alternate, anchored: false), position: position + 1,
        expected: substitution(whole, altered, touchesStop: touchesStop))
    }
    let inner = exon.clamped(to: (gene.coding.lowerBound + 3)..<(gene.coding.upperBound - 3))
    let margin = 7
    guard inner.count > 40, position >= inner.lowerBound + margin, position < inner.upperBound - 2 * margin else {
      return nil
    }
    let length = random.int(1...6)
    let range = kind == 1 ? position..<(position + length) : position..<position
    let inserted = kind == 1 ? [] : random.letters(length, of: "ACGT")
    if length % 3 != 0 {
      // An allele that can be written one base further left touches other codons there.
      let last = kind == 1 ? gene.genome[range.upperBound - 1] : inserted[length - 1]
      guard gene.genome[position - 1] != last else { return nil }
      return Case(
        line: line(gene, range, inserted, anchored: true), position: position,
        expected: frameshift(gene, range, inserted))
    }
    let altered = gene.protein(replacing: range, with: inserted)
    var expected: Set<String> = []
    if altered.dropLast().contains("*") { expected.insert("stop_gained") }
    if kind == 1 {
      expected.insert("inframe_deletion")
    } else {
      let end = altered.firstIndex(of: "*") ?? altered.count
      let cut = end < altered.count - 1
      let prefix = zip(whole, altered).prefix { $0 == $1 }.count
      let suffix = zip(whole.reversed(), altered.reversed()).prefix { $0 == $1 }.count
      // Behind an early stop nothing is kept from the right.
      let isInsertion = cut ? nil : prefix + suffix >= whole.count
      guard let isInsertion else { return nil }
      expected.insert(isInsertion ? "inframe_insertion" : "protein_altering_variant")
    }
    return Case(line: line(gene, range, inserted, anchored: true), position: position, expected: expected)
  }

  private static func substitution(_ whole: [Character], _ altered: [Character], touchesStop: Bool) -> Set<String> {
    var terms: Set<String> = []
    let changed = whole.indices.filter { whole[$0] != altered[$0] }
    let losesStop = whole.last == "*" && altered.last != "*"
    if altered.first != "M" { terms.insert("start_lost") }
    if losesStop { terms.insert("stop_lost") }
    if altered.dropLast().contains("*") { terms.insert("stop_gained") }
    if terms.isEmpty, changed.isEmpty { terms = touchesStop ? ["stop_retained_variant"] : ["synonymous_variant"] }
    if terms.isEmpty { terms = ["missense_variant"] }
    return terms
  }

  /// A frame shift, with a stop where the touched codons themselves hold one.
  private static func frameshift(_ gene: SyntheticGene, _ range: Range<Int>, _ inserted: [UInt8]) -> Set<String> {
    var places = gene.exons.flatMap { Array($0.clamped(to: gene.coding)) }
    if gene.isReverse { places.reverse() }
    let first = gene.isReverse ? range.upperBound - 1 : range.lowerBound
    // An insertion lies before the base at its place; on the reverse strand, behind it.
    let start = (places.firstIndex(of: first) ?? 0)
    let end = start + range.count
    let codons = (start / 3 * 3)..<((end + 2) / 3 * 3)
    var bases = places[codons.lowerBound..<start].map { gene.genome[$0] }
    var behind = places[end..<max(end, codons.upperBound)].map { gene.genome[$0] }
    if gene.isReverse {
      bases = bases.map(SyntheticGene.opposite)
      behind = behind.map(SyntheticGene.opposite)
    }
    bases += gene.isReverse ? inserted.reversed().map(SyntheticGene.opposite) : inserted
    bases += behind
    let protein = stride(from: 0, to: max(0, bases.count - 2), by: 3).map {
      SyntheticGene.residue(bases[$0..<($0 + 3)])
    }
    return protein.contains("*") ? ["frameshift_variant", "stop_gained"] : ["frameshift_variant"]
  }

  private static func line(_ gene: SyntheticGene, _ range: Range<Int>, _ alternate: [UInt8], anchored: Bool) -> String {
    let start = range.lowerBound - (anchored ? 1 : 0)
    let anchor = Array(gene.genome[start..<range.lowerBound])
    let reference = String(decoding: gene.genome[start..<range.upperBound], as: UTF8.self)
    let text = String(decoding: anchor + alternate, as: UTF8.self)
    return "c\t\(start + 1)\t.\t\(reference)\t\(text)\t.\tPASS\t.\n"
  }
}
