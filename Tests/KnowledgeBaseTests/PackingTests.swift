import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Packed alleles and where they count")
struct PackingTests {
  @Test("What is packed is unpacked: in order, each allele once, whatever the order and parts they came in")
  func roundTrip() throws {
    var random = SplitMix64()
    let contigs = try Generated.reference().contigs.map(\.digest)
    for _ in 0..<200 {
      let all = (0..<random.int(0...60)).map { _ in
        Contribution.Observation(
          contig: random.pick(contigs), start: random.pick([0, 1, 127, 128, 16_384, 248_956_421]),
          reference: random.pick(["A", "AC"]), alternate: random.pick(["T", String(repeating: "G", count: 300)]),
          form: random.pick([
            .stated("ga4gh:VA.é\t\(random.int(0...3))"), .literal, .justified(2..<2, .literal("T")),
            .justified(0..<300, .referenceLength(length: 301, repeatSubunitLength: 1)), .justified(5..<9, .length(128)),
          ]),
          genotype: AlleleGenotype(
            [.this] + Array(repeating: random.pick([.reference, .missing]), count: random.pick([0, 1, 40]))),
          genes: random.pick(Generated.geneSets), tier: random.pick([nil, "TIER1"]))
      }
      var list = ObservationList()
      for part in [all.prefix(20), all.dropFirst(20)] {
        for contig in contigs.shuffled(using: &random) { list.add(part.filter { $0.contig == contig }, of: contig) }
      }
      let keys = Array(list).map { "\($0.contig.sha512t24u) \($0.start) \($0.reference) \($0.alternate)" }
      #expect(Set(keys).count == keys.count)
      #expect(Set(keys) == Set(all.map { "\($0.contig.sha512t24u) \($0.start) \($0.reference) \($0.alternate)" }))
      #expect(list.count == keys.count)
      #expect(list.repeated == all.count - keys.count)
      #expect(Set(list).isSubset(of: Set(all)))
      let order = Array(list).map { ($0.contig.sha512t24u, $0.start, $0.reference, $0.alternate) }
      #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
      var again = ObservationList()
      for contig in contigs { again.add(all.filter { $0.contig == contig }.shuffled(using: &random), of: contig) }
      let isSame = again == list
      #expect(isSame)
    }
  }

  @Test("The identifier that follows from a form is that of the justified allele")
  func identifiers() throws {
    var random = SplitMix64()
    let contig = try #require(try Generated.reference().contigs.first).digest
    let bases = random.letters(60, of: "AC")
    for _ in 0..<500 {
      let start = random.int(5...40)
      let reference = Array(bases[start..<(start + random.int(1...4))])
      let alternate = random.letters(random.int(1...4), of: "ACG")
      guard reference != alternate else { continue }
      let allele = VRSAllele.justified(
        sequence: contig, length: bases.count, start: start, reference: reference, alternate: alternate
      ) { bases[$0] }
      let (ref, alt) = (String(decoding: reference, as: UTF8.self), String(decoding: alternate, as: UTF8.self))
      let one = Contribution.Observation(
        contig: contig, start: start, reference: ref, alternate: alt,
        form: AlleleForm(allele, start: start, reference: ref, alternate: alt), genotype: AlleleGenotype([.this]))
      #expect(one.vrs == allele.identifier)
      var hasher = VRSHasher(contig)
      #expect(hasher.key(one) == VRSKey(allele.identifier))
    }
  }

  @Test("Pseudoautosomal regions are known by the sequence, not by the name")
  func pseudoautosomal() throws {
    let reference = try Generated.reference()
    let x = try #require(reference.contig(named: "X"))
    #expect(SiteKind(contig: x, position: 20_000) == .diploid)
    #expect(SiteKind(contig: x, position: 5_000) == .x)
    #expect(PseudoautosomalRegions.version(for: reference) == "grc-par/2")
    let other = ReferenceContigs.Entry(
      name: "X", length: x.length, digest: try #require(RefgetDigest(sha512t24u: sha512t24u("X".utf8))))
    #expect(SiteKind(contig: other, position: 20_000) == .x)
    #expect(PseudoautosomalRegions.version(for: ReferenceContigs(assembly: .grch38, contigs: [other])) == nil)
    #expect(Set(PseudoautosomalRegions.table.map(\.accession)).count == 4)
    for entry in PseudoautosomalRegions.table { #expect(RefgetDigest(sha512t24u: entry.sequence) != nil) }
  }

  @Test(
    "An allele beside <NON_REF> gets the form that apus vcf norm gives it",
    arguments: [
      // TTACCCCAG: C deleted at the run's end, C inserted, shared ends, what cannot move.
      (5, "CC", "C", 2, "AC", "A"), (6, "C", "CC", 2, "A", "AC"), (1, "TACC", "TGCC", 2, "A", "G"),
      (2, "A", "G", 2, "A", "G"), (0, "TT", "T", 0, "TT", "T"), (0, "T", "TT", 0, "T", "TT"),
    ])
  func normalising(start: Int, reference: String, alternate: String, to: Int, _ left: String, _ right: String) {
    let bases = Array("TTACCCCAG".utf8)
    var change = AlleleChange(start: start, reference: Array(reference.utf8), alternate: Array(alternate.utf8))
    change.normalise { bases[$0] }
    #expect(change.start == to)
    #expect(String(decoding: change.reference, as: UTF8.self) == left)
    #expect(String(decoding: change.alternate, as: UTF8.self) == right)
  }
}
