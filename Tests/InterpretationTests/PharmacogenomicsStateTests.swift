import Genomics
import Testing

@testable import Interpretation

@Suite("Pharmacogenomics: the state of a position")
struct PharmacogenomicsStateTests {
  /// Two single bases, a deletion and a repeat; the reference around the repeat is known.
  static func definition() throws -> GeneDefinition {
    try GeneDefinition(
      gene: "TOY", source: "TEST", version: "1", genomeBuild: "GRCh38", chromosome: "chr21",
      positions: [
        DefiningPosition(contig: "chr21", position: OneBasedPosition(10_000_001), reference: "A", alternates: ["G"]),
        DefiningPosition(
          contig: "chr21", position: OneBasedPosition(10_000_011), reference: "C", alternates: ["T", "G"]),
        DefiningPosition(contig: "chr21", position: OneBasedPosition(10_000_021), reference: "TG", alternates: ["T"]),
        DefiningPosition(
          contig: "chr21", position: OneBasedPosition(10_000_031), reference: "CAT", alternates: ["C", "CATAT"]),
      ],
      alleles: [
        NamedAllele(name: "*1", bases: ["A", "C", "TG", "CAT"], isReference: true),
        NamedAllele(name: "*2", bases: ["G", nil, nil, nil]), NamedAllele(name: "*3", bases: [nil, "T", nil, nil]),
        NamedAllele(name: "*4", bases: [nil, "G", nil, nil]), NamedAllele(name: "*5", bases: [nil, nil, "T", nil]),
        NamedAllele(name: "*36", bases: [nil, nil, nil, "C"]),
        NamedAllele(name: "*28", bases: [nil, nil, nil, "CATAT"]),
      ])
  }

  /// The repeat (AT)6 behind the C at 10,000,031, so that indels may be written anywhere in it.
  static let repeated = (contig: "chr21", position: 10_000_031, bases: "CATATATATATATGG")

  struct Record: Sendable {
    var position: Int
    var ref: String
    var alt: String
    var call: String
    var format = "GT"
    var filter = "PASS"
    var info = "."

    init(
      _ position: Int, _ ref: String, _ alt: String, _ call: String, format: String = "GT", filter: String = "PASS",
      info: String = "."
    ) {
      (self.position, self.ref, self.alt, self.call) = (10_000_000 + position, ref, alt, call)
      (self.format, self.filter, self.info) = (format, filter, info)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var records: [Record]
    /// The place among the definition's positions.
    var place: Int
    var state: PositionCall.State
    var call: String?

    init(_ name: String, _ records: [Record], _ place: Int, _ state: PositionCall.State, _ call: String? = nil) {
      (testDescription, self.records, self.place, self.state, self.call) = (name, records, place, state, call)
    }
  }

  static let cases: [Case] = [
    Case("nothing", [], 0, .notInFile),
    Case("reference", [Record(1, "A", "G", "0/0")], 0, .calledReference, "A/A"),
    Case("reference without ALT", [Record(1, "A", ".", "0/0")], 0, .calledReference, "A/A"),
    Case("reference beside another ALT", [Record(1, "A", "T", "0/0")], 0, .calledReference, "A/A"),
    Case("heterozygous", [Record(1, "A", "G", "0/1")], 0, .calledVariant, "A/G"),
    Case("phased", [Record(1, "A", "G", "1|0")], 0, .calledVariant, "G|A"),
    Case("lower case", [Record(1, "a", "g", "1/1")], 0, .calledVariant, "G/G"),
    Case("no call", [Record(1, "A", "G", "./.")], 0, .noCall),
    Case("no GT", [Record(1, "A", "G", "7", format: "DP")], 0, .noCall),
    Case("0/. is no call", [Record(1, "A", "G", "0/.")], 0, .noCall),
    Case("./1 is kept", [Record(1, "A", "G", "./1")], 0, .calledVariant, "./G"),
    Case("one allele on an autosome, reference", [Record(1, "A", "G", "0")], 0, .noCall),
    Case("one allele on an autosome, variant", [Record(1, "A", "G", "1")], 0, .calledVariant, "G/."),
    Case("filtered", [Record(1, "A", "G", "0/1", filter: "LowQual")], 0, .filtered),
    Case("filtered reference", [Record(1, "A", "G", "0/0", filter: "LowQual")], 0, .filtered),
    Case("no filter applied", [Record(1, "A", "G", "0/1", filter: ".")], 0, .calledVariant, "A/G"),
    Case("undocumented", [Record(1, "A", "T", "0/1")], 0, .calledUndocumented, "A/T"),
    Case("undocumented beside documented", [Record(1, "A", "G,T", "1/2")], 0, .calledUndocumented, "G/T"),
    Case("two documented", [Record(11, "C", "T,G", "1/2")], 1, .calledVariant, "T/G"),
    Case(
      "two documented on split lines", [Record(11, "C", "T", "0/1"), Record(11, "C", "G", "0/1")], 1, .calledVariant,
      "T/G"),
    Case(
      "split lines keep their phase", [Record(11, "C", "T", "0|1"), Record(11, "C", "G", "1|0")], 1, .calledVariant,
      "G|T"),
    Case(
      "split lines, one of them reference", [Record(11, "C", "T", "0/1"), Record(11, "C", "G", "0/0")], 1,
      .calledVariant, "C/T"),
    Case("more alleles than copies", [Record(11, "C", "T", "1/1"), Record(11, "C", "G", "0/1")], 1, .noCall),
    Case("two alleles on one copy", [Record(11, "C", "T", "0|1"), Record(11, "C", "G", "0|1")], 1, .noCall),
    Case("three alleles in one call", [Record(11, "C", "T,G", "0/1/2")], 1, .noCall),
    Case("the same line twice", [Record(11, "C", "T", "0/1"), Record(11, "C", "T", "0/1")], 1, .calledVariant, "C/T"),
    Case("lines that contradict", [Record(11, "C", "T", "0/1"), Record(11, "C", "T", "1/1")], 1, .noCall),
    Case("a substitution of several bases", [Record(1, "ANN", "GNN", "0/1")], 0, .noCall),
    Case("a longer REF", [Record(1, "AT", "GT", "0/1")], 0, .calledVariant, "A/G"),
    Case("two bases exchanged", [Record(1, "AT", "GC", "1|0")], 0, .calledVariant, "G|A"),
    Case("an insertion behind the base is not documented", [Record(1, "A", "AT", "0/1")], 0, .calledUndocumented),
    Case("deleted by *", [Record(1, "A", "*", "0/1")], 0, .noCall),
    Case("deleted by a longer deletion", [Record(19, "NNTG", "N", "0/1")], 2, .noCall),
    Case("any other allele called", [Record(1, "A", "<NON_REF>", "0/1", info: "END=10000001")], 0, .noCall),
    Case("the deletion", [Record(21, "TG", "T", "0/1")], 2, .calledVariant, "TG/T"),
    Case("not the deletion", [Record(21, "TG", "T", "0/0")], 2, .calledReference, "TG/TG"),
    Case("another base at the anchor says nothing of the deletion", [Record(21, "T", "C", "0/0")], 2, .notInFile),
    Case(
      "another base inside the deletion is not documented", [Record(21, "T", "C", "0/1")], 2, .calledUndocumented,
      "TG/CG"),
    Case("repeat, longer", [Record(31, "C", "CAT", "0/1")], 3, .calledVariant, "CAT/CATAT"),
    Case("repeat, shorter", [Record(31, "CAT", "C", "1/1")], 3, .calledVariant, "C/C"),
    Case("repeat, as the definition writes it", [Record(31, "CAT", "C,CATAT", "1/2")], 3, .calledVariant, "C/CATAT"),
    Case("repeat, written at its right end", [Record(43, "T", "TAT", "0/1")], 3, .calledVariant, "CAT/CATAT"),
    Case("repeat, shorter at its right end", [Record(41, "TAT", "T", "0/1")], 3, .calledVariant, "CAT/C"),
    Case("repeat, a length that is not documented", [Record(31, "C", "CATATAT", "0/1")], 3, .calledUndocumented),
    Case(
      "block", [Record(1, "A", "<NON_REF>", "0/0:30:60", format: "GT:MIN_DP:GQ", info: "END=10000040")], 1,
      .calledReference, "C/C"),
    Case(
      "block over a repeat", [Record(1, "A", "<*>", "0/0:30:60", format: "GT:MIN_DP:GQ", info: "END=10000040")], 3,
      .calledReference, "CAT/CAT"),
    Case(
      "block without depth and quality", [Record(1, "A", "<NON_REF>", "0/0", info: "END=10000040")], 1,
      .calledReference, "C/C"),
    Case(
      "block of little depth", [Record(1, "A", "<NON_REF>", "0/0:4:60", format: "GT:MIN_DP:GQ", info: "END=10000040")],
      1, .noCall),
    Case(
      "block of little quality",
      [Record(1, "A", "<NON_REF>", "0/0:30:3", format: "GT:MIN_DP:GQ", info: "END=10000040")], 1, .noCall),
    Case("block without a call", [Record(1, "A", "<NON_REF>", "./.", info: "END=10000040")], 1, .noCall),
    Case("filtered block", [Record(1, "A", "<NON_REF>", "0/0", filter: "LowQual", info: "END=10000040")], 1, .filtered),
    Case("block over a part", [Record(1, "A", "<NON_REF>", "0/0", info: "END=10000032")], 3, .noCall),
    Case(
      "two blocks",
      [
        Record(1, "A", "<NON_REF>", "0/0", info: "END=10000031"),
        Record(32, "A", "<NON_REF>", "0/0", info: "END=10000040"),
      ], 3, .calledReference, "CAT/CAT"),
    Case("gVCF variant", [Record(1, "A", "G,<NON_REF>", "0/1")], 0, .calledVariant, "A/G"),
  ]

  @Test("Each way of writing has its state", arguments: cases)
  func state(_ item: Case) async throws {
    var vcf = VCFText()
    for record in item.records {
      vcf.add(
        "chr21", record.position, record.ref, record.alt, record.call, format: record.format, filter: record.filter,
        info: record.info)
    }
    let definitions = DefinitionSet(genes: [try Self.definition()])
    let reference = SparseReference(definitions.allPositions, also: [Self.repeated]).bases()
    let position = try await call(vcf, definitions, reference: reference).genes[0].positions[item.place]
    #expect(position.state == item.state)
    if let call = item.call { #expect(position.call == call) }
    if item.state == .noCall { #expect(position.note != nil) }
  }

  @Test("Depth calls the reference where no record is, and never where the file has one that failed")
  func depth() async throws {
    let definitions = DefinitionSet(genes: [try Self.definition()])
    let reference = SparseReference(definitions.allPositions, also: [Self.repeated]).bases()
    var vcf = VCFText()
    vcf.add("chr21", 10_000_011, "C", "T", "0/1", filter: "LowQual")
    let depth =
      "chr21\t10000000\t10000020\t30\nchr21\t10000020\t10000021\t30\nchr21\t10000021\t10000022\t9\nchr21\t10000030\t10000032\t30\n"
    let gene = try await call(vcf, definitions, reference: reference, depth: depth).genes[0]
    #expect(gene.positions.map(\.state) == [.calledReference, .filtered, .noCall, .notInFile])
    #expect(gene.positions[0].evidence == .depth)
    #expect(gene.positions[2].note == "no record, and 9 reads where 10 are asked for")
  }

  @Test("Every state is counted, and the positions add up")
  func counts() async throws {
    let definitions = DefinitionSet(genes: [try Self.definition()])
    var vcf = VCFText()
    vcf.add("chr21", 10_000_001, "A", "G", "0/1")
    let gene = try await call(
      vcf, definitions, reference: SparseReference(definitions.allPositions, also: [Self.repeated]).bases()
    ).genes[0]
    #expect(gene.positionCounts == ["called-variant": 1, "not-in-file": 3])
    #expect(gene.diplotypes.map(\.name) == ["*1/*2"])
    #expect(gene.allelesNotTested == ["*3", "*4", "*5", "*28", "*36"])
  }
}
