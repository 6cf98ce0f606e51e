import GenomicFiles
import Genomics
import TestSupport

@testable import Interpretation

/// A GRCh38 whose bases are not known but where definitions tell them, so that no test needs three gigabytes.
struct SparseReference: Sendable {
  private var planted: [String: [Int: UInt8]] = [:]

  /// A reference with the REF bases of positions, and others (position counted from 1).
  init(_ positions: [DefiningPosition], also: [(contig: String, position: Int, bases: String)] = []) {
    for place in positions { plant(place.contig, place.position.value, place.reference) }
    for (contig, position, bases) in also { plant(contig, position, bases) }
  }

  private mutating func plant(_ contig: String, _ position: Int, _ bases: String) {
    for (offset, base) in bases.utf8.enumerated() { planted[contig, default: [:]][position - 1 + offset] = base }
  }

  static func contigs(_ assembly: Assembly = .grch38, prefix: String = "chr") -> ContigDictionary {
    let names = (1...22).map(String.init) + ["X", "Y"]
    return ContigDictionary(names.map { Contig(name: prefix + $0, length: assembly.length(ofChromosome: $0)) })!
  }

  func bases(_ assembly: Assembly? = .grch38, contigs: ContigDictionary = Self.contigs()) -> PharmacogenomicReference {
    let planted = planted
    return PharmacogenomicReference(path: "reference.fa", contigs: contigs, assembly: assembly) { region in
      let known = planted[region.contig] ?? [:]
      return (region.start.value..<region.end.value).map { known[$0] ?? UInt8(ascii: "N") }
    }
  }
}

extension DefinitionSet {
  /// Every position of a set and of the DPYD table.
  var allPositions: [DefiningPosition] {
    genes.flatMap(\.positions) + exemptions.values.flatMap(\.extraPositions)
      + DPYDTable.builtIn.variants.map(\.position)
  }
}

/// A VCF of one sample, in text.
struct VCFText {
  var lines: [String] = []
  var samples = ["S1"]

  mutating func add(
    _ contig: String, _ position: Int, _ ref: String, _ alt: String, _ call: String, format: String = "GT",
    filter: String = "PASS", info: String = "."
  ) {
    lines.append("\(contig)\t\(position)\t.\t\(ref)\t\(alt)\t.\t\(filter)\t\(info)\t\(format)\t\(call)")
  }

  var text: String {
    ([
      "##fileformat=VCFv4.2", "##FILTER=<ID=LowQual,Description=\"low\">",
      "##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">",
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"GT\">",
      "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"PS\">",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + samples.joined(separator: "\t"),
    ] + lines).joined(separator: "\n") + "\n"
  }
}

/// Calls a sample of a VCF text.
func call(
  _ vcf: VCFText, _ definitions: DefinitionSet, sample: String? = nil, reference: PharmacogenomicReference? = nil,
  depth: String? = nil, outside: [OutsideCall] = [], dosing: DosingTable? = nil
) async throws -> PharmacogenomicsResult {
  let folder = try TemporaryFolder()
  let path = try folder.write(vcf.text, to: "s.vcf")
  let depths = try depth.map { InputFile(path: try folder.write($0, to: "depth.bed")) }
  return try await callPharmacogenes(
    PharmacogenomicsRequest(
      variants: InputFile(path: path), sample: sample, definitions: definitions, depth: depths, outsideCalls: outside,
      dosing: dosing),
    reference: reference ?? SparseReference(definitions.allPositions).bases(), resources: RunResources(threads: 1))
}

extension PharmacogenomicsResult {
  func gene(_ name: String) -> GeneResult? { genes.first { $0.gene == name } }
}

extension GeneDefinition {
  /// A small definition of single bases: `rows` are `name` and a letter a position, `.` for blank; the first is the
  /// reference.
  static func small(
    _ gene: String = "TOY", contig: String = "chr21", start: Int = 10_000_001, spacing: Int = 10,
    alternates: [String], rows: [(String, String)]
  ) throws -> GeneDefinition {
    let reference = Array(rows[0].1).map(String.init)
    return try GeneDefinition(
      gene: gene, source: "TEST", version: "1", genomeBuild: "GRCh38", chromosome: contig,
      positions: alternates.enumerated().map { index, bases in
        DefiningPosition(
          contig: contig, position: OneBasedPosition(start + index * spacing), rsid: "rs\(index + 1)",
          reference: reference[index], alternates: bases.map(String.init))
      },
      alleles: rows.enumerated().map { index, row in
        NamedAllele(
          name: row.0, bases: row.1.map { $0 == "." ? nil : String($0) }, isReference: index == 0)
      })
  }
}

/// PharmCAT's definitions, where the shared data are there.
enum PublishedDefinitions {
  static var areThere: Bool { SharedData.has("pgx/alleles") }

  static func read() throws -> DefinitionSet { try DefinitionSet(folder: SharedData.path("pgx")) }
}
