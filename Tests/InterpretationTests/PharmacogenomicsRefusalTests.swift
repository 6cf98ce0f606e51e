import GenomicFiles
import Genomics
import TestSupport
import Testing

@testable import Interpretation

/// What other matchers were found to do wrong (reference/interpretation.md 10.1, failures seen elsewhere).
@Suite("Pharmacogenomics: failures of others, and what is refused")
struct PharmacogenomicsRefusalTests {
  static func definitions(_ gene: String = "TOY") throws -> DefinitionSet {
    DefinitionSet(genes: [
      try .small(
        gene, alternates: ["T", "T", "C", "AT", "G"],
        rows: [("*1", "CCTGA"), ("*2", "T..A."), ("*3", "...A."), ("*4", ".T..."), ("*5", "T....")])
    ])
  }

  static let places = [("C", "T"), ("C", "T"), ("T", "C"), ("G", "A,T"), ("A", "G")]

  /// A VCF of the five positions; nil leaves a record out.
  static func vcf(_ genotypes: [String?]) -> VCFText {
    var vcf = VCFText()
    for (index, genotype) in genotypes.enumerated() {
      guard let genotype else { continue }
      vcf.add("chr21", 10_000_001 + 10 * index, places[index].0, places[index].1, genotype)
    }
    return vcf
  }

  @Test(
    "Missing positions are not the reference: unphased stays unphased, and both diplotypes are told (PharmCAT #102)")
  func missingIsNotReference() async throws {
    let gene = try await call(Self.vcf(["0/1", nil, nil, "0/1", nil]), Self.definitions()).genes[0]
    #expect(gene.isEffectivelyPhased == false)
    #expect(gene.phaseAssignments == "2")
    #expect(gene.diplotypes.map(\.name) == ["*1/*2"])
    #expect(gene.otherDiplotypes.map(\.name) == ["*3/*5"])
    #expect(gene.allelesNotTested == ["*4"])
    #expect(gene.positions.map(\.state) == [.calledVariant, .notInFile, .notInFile, .calledVariant, .notInFile])
    let first = try await call(Self.vcf([nil, "0/0", "0/0", "0/1", "0/0"]), Self.definitions()).genes[0]
    #expect(first.diplotypes.map(\.name) == ["*1/*2", "*1/*3"])
  }

  @Test("A call of three alleles is no call (PharmCAT #120)")
  func threeAlleles() async throws {
    let gene = try await call(Self.vcf(["0/0", "0/0", "0/0", "0/1/2", "0/0"]), Self.definitions()).genes[0]
    #expect(gene.positions[3].state == .noCall)
    #expect(gene.positions[3].note == "more than two alleles are called")
  }

  @Test("A position whose probe failed is not forced to the reference (PharmCAT #218)")
  func forcedReference() async throws {
    for failed in ["./.", ".|.", "0/.", "."] {
      let gene = try await call(Self.vcf([failed, "0/0", "0/0", "0/0", "0/0"]), Self.definitions()).genes[0]
      #expect(gene.positions[0].state == .noCall)
      #expect(gene.diplotypes.map(\.score) == [8])
      #expect(gene.allelesNotTested == ["*5"])
      #expect(gene.allelesPartlyTested == ["*2"])
    }
  }

  @Test("Phase is kept, also beside homozygous positions without it (PharmCAT #221)")
  func phaseIsKept() async throws {
    let trans = try await call(Self.vcf(["0|1", "0/0", "0/0", "1|0", "0/0"]), Self.definitions()).genes[0]
    #expect(trans.diplotypes.map(\.name) == ["*3/*5"])
    #expect(trans.isEffectivelyPhased == true)
    let cis = try await call(Self.vcf(["0|1", "0/0", "0/0", "0|1", "0/0"]), Self.definitions()).genes[0]
    #expect(cis.diplotypes.map(\.name) == ["*1/*2"])
    #expect(cis.otherDiplotypes.isEmpty)
  }

  @Test("Half a call blocks the diplotype and stays listed")
  func half() async throws {
    let gene = try await call(Self.vcf(["./1", "0/0", "0/0", "0/0", "0/0"]), Self.definitions()).genes[0]
    #expect(gene.outcome == .indeterminate)
    #expect(gene.diplotypes.isEmpty)
    #expect(gene.reasons == ["only one of two copies is called at: 10000001"])
    #expect(gene.positions[0].call == "./T")
  }

  @Test("An undocumented base leaves a gene without a call, and is the reference, with a warning, in genes of toxicity")
  func undocumented() async throws {
    var vcf = Self.vcf([nil, "0/0", "0/0", "0/1", "0/0"])
    vcf.add("chr21", 10_000_001, "C", "G", "0/1")
    let gene = try await call(vcf, Self.definitions()).genes[0]
    #expect(gene.outcome == .indeterminate)
    #expect(gene.reasons == ["bases that no definition documents at: 10000001"])
    for name in ["CACNA1S", "G6PD", "NUDT15", "RYR1", "TPMT"] {
      let toxic = try await call(vcf, Self.definitions(name)).genes[0]
      #expect(toxic.diplotypes.map(\.name) == ["*1/*3"])
      #expect(toxic.undocumentedMatchedAsReference)
      #expect(toxic.positions[0].state == .calledUndocumented)
      #expect(toxic.warnings.contains { $0.contains("what they do is not known") })
    }
  }

  @Test("A male's X has one allele; copies that differ in number are refused")
  func haploid() async throws {
    let gene = try GeneDefinition.small(
      "G6PD", contig: "chrX", start: 154_532_000, alternates: ["T", "T"], rows: [("B", "CC"), ("A", "T."), ("C", ".T")])
    let definitions = DefinitionSet(genes: [gene])
    func x(_ first: String, _ second: String) async throws -> GeneResult {
      var vcf = VCFText()
      vcf.add("chrX", 154_532_000, "C", "T", first)
      vcf.add("chrX", 154_532_010, "C", "T", second)
      return try await call(vcf, definitions).genes[0]
    }
    let male = try await x("1", "0")
    #expect(male.ploidy == 1)
    #expect(male.diplotypes.map(\.name) == ["A"])
    #expect(try await x("0/1", "0/1").diplotypes.map(\.name) == ["A/C"])
    #expect(try await x("0", "0").diplotypes.map(\.name) == ["B"])
    let mixed = try await x("1", "0/0")
    #expect(mixed.outcome == .indeterminate)
    #expect(mixed.reasons == ["some positions are called with one copy and some with two"])
  }

  @Test("Only a reference that is proven to be GRCh38 is taken")
  func assembly() async throws {
    let definitions = try Self.definitions()
    let sparse = SparseReference(definitions.allPositions)
    let vcf = Self.vcf(["0/0", "0/0", "0/0", "0/0", "0/0"])
    for (assembly, kind) in [(nil, PharmacogenomicsError.Kind.assemblyNotProven), (.grch37, .otherAssembly)]
      as [(Assembly?, PharmacogenomicsError.Kind)]
    {
      let error = await #expect(throws: PharmacogenomicsError.self) {
        try await call(vcf, definitions, reference: sparse.bases(assembly))
      }
      #expect(error?.kind == kind)
    }
    // Lengths say GRCh38, bases do not.
    let other = SparseReference([], also: [("chr21", 10_000_001, "G")])
    let error = await #expect(throws: PharmacogenomicsError.self) {
      try await call(vcf, definitions, reference: other.bases())
    }
    #expect(error?.kind == .otherAssembly)
  }

  @Test("Contigs under another name, and a REF that is not the reference's, are refused")
  func contigs() async throws {
    let definitions = try Self.definitions()
    var named = VCFText()
    named.add("21", 10_000_001, "C", "T", "0/1")
    var wrong = VCFText()
    wrong.add("chr21", 10_000_001, "G", "T", "0/1")
    for vcf in [named, wrong] {
      let error = await #expect(throws: InputError.self) { try await call(vcf, definitions) }
      #expect(error?.kind == .mismatch)
    }
    var broken = VCFText()
    broken.add("chr21", 10_000_001, "C", "T", "0/x")
    let error = await #expect(throws: InputError.self) { try await call(broken, definitions) }
    #expect(error?.kind == .malformed)
    // Plain names everywhere are the definitions' chromosomes all the same.
    let plain = SparseReference(
      definitions.allPositions.map { place in
        var place = place
        place.contig = String(place.contig.dropFirst(3))
        return place
      })
    let reference = plain.bases(contigs: SparseReference.contigs(prefix: ""))
    #expect(try await call(named, definitions, reference: reference).genes[0].positions[0].call == "C/T")
  }

  @Test("Definitions that do not fit together are refused")
  func faults() throws {
    #expect(throws: GeneDefinition.Fault.self) {
      try GeneDefinition.small(alternates: ["T"], rows: [("*1", "C"), ("*1", "T")])
    }
    #expect(throws: GeneDefinition.Fault.self) {
      try GeneDefinition.small(alternates: ["T"], rows: [("*1", "C"), ("*2", "G")])
    }
    #expect(throws: GeneDefinition.Fault.self) {
      try GeneDefinition.small(alternates: ["T", "T"], rows: [("*1", "CC"), ("*2", "..")])
    }
    for text in ["", "[]", "{\"gene\": \"X\"}"] {
      #expect(throws: InputError.self) { try GeneDefinition.parse(Array(text.utf8), path: "x.json") }
      #expect(throws: InputError.self) { try PhenotypeTable.parse(Array(text.utf8), path: "x.json") }
    }
  }

  @Test("Required positions, ignored alleles and the publisher's priorities are kept apart from the rules")
  func exemptions() async throws {
    var definitions = try Self.definitions()
    definitions.exemptions["TOY"] = DefinitionExemption(requiredPositions: [10_000_021])
    let vcf = Self.vcf(["0/1", "0/0", nil, "0/1", "0/0"])
    #expect(try await call(vcf, definitions).genes[0].reasons == ["required positions are not called: 10000021"])
    definitions.exemptions["TOY"] = DefinitionExemption(ignoredAlleles: ["*5"])
    #expect(try await call(vcf, definitions).genes[0].otherDiplotypes.isEmpty)
    definitions.exemptions["TOY"] = DefinitionExemption(
      priorities: [.init(diplotypes: ["*1/*2", "*3/*5"], pick: "*3/*5")])
    let picked = try await call(vcf, definitions).genes[0]
    #expect(picked.diplotypes.map(\.name) == ["*1/*2"])
    #expect(picked.priority?.pick == "*3/*5")
  }
}
