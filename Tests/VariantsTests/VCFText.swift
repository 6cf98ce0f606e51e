import EngineTestSupport
import Foundation
import GenomicFiles
import Genomics
import Variants

/// A data line of a VCF as the tests make and understand it: columns of text.
struct VCFLine: Hashable, CustomStringConvertible {
  var columns: [String]

  init(_ text: some StringProtocol) {
    columns = String(text).split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  init(
    _ contig: String, _ position: Int, _ ref: String, _ alts: [String], info: String = ".", format: String? = nil,
    samples: [String] = []
  ) {
    columns = [contig, String(position), ".", ref, alts.joined(separator: ","), ".", "PASS", info]
    if let format { columns += [format] + samples }
  }

  var contig: String { columns[0] }
  /// Counted from 1.
  var position: Int { Int(columns[1]) ?? -1 }
  var ref: String { columns[3] }
  var alts: [String] { columns[4].split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  var info: [String] { columns[7] == "." ? [] : columns[7].split(separator: ";").map(String.init) }
  var keys: [String] { columns.count > 8 ? columns[8].split(separator: ":").map(String.init) : [] }
  var samples: [[String]] {
    columns.dropFirst(9).map { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) }
  }
  var description: String { columns.joined(separator: "\t") }

  /// The same alleles in upper case, as normalising writes them.
  var isPlain: Bool { alts.allSatisfy { $0.allSatisfy("ACGTNacgtn".contains) } }
  var isMultiAllelic: Bool { alts.count > 1 }

  /// `CHROM|POS|REF|ALT&…|index` of the record that this one was split from.
  var origin: (record: String, allele: Int)? {
    guard let entry = info.first(where: { $0.hasPrefix("APUS_ORIG=") })?.dropFirst(10),
      let bar = entry.lastIndex(of: "|"), let allele = Int(entry[entry.index(after: bar)...])
    else { return nil }
    return (String(entry[..<bar]), allele)
  }

  /// Without the fields that splitting adds.
  var withoutSplitFields: VCFLine {
    var line = self
    let entries = info.filter { !$0.hasPrefix("APUS_") }
    line.columns[7] = entries.isEmpty ? "." : entries.joined(separator: ";")
    let kept = keys.indices.filter { !["APUS_REST", "AD_OTHER"].contains(keys[$0]) }
    guard columns.count > 8, kept.count < keys.count else { return line }
    line.columns[8] = kept.map { keys[$0] }.joined(separator: ":")
    for (column, fields) in zip(9..., samples) {
      line.columns[column] = kept.filter { $0 < fields.count }.map { fields[$0] }.joined(separator: ":")
    }
    return line
  }

  /// What `APUS_ORIG` of an allele of this record must hold.
  var asOrigin: String {
    func encoded(_ text: String) -> String {
      text.map { ";=,%|&".contains($0) ? "%" + String(format: "%02X", $0.asciiValue ?? 0) : String($0) }.joined()
    }
    return [encoded(contig), String(position), ref, alts.map(encoded).joined(separator: "&")].joined(separator: "|")
  }
}

/// A VCF with its reference.
struct VCFCase {
  var genome: [(name: String, bases: String)]
  var lines: [VCFLine]
  var samples: [String] = []

  static let fields = """
    ##FILTER=<ID=q10,Description="low">
    ##FILTER=<ID=s50,Description="few">
    ##INFO=<ID=AC,Number=A,Type=Integer,Description="a">
    ##INFO=<ID=AF,Number=A,Type=Float,Description="a">
    ##INFO=<ID=IR,Number=R,Type=Integer,Description="r">
    ##INFO=<ID=SR,Number=R,Type=String,Description="r">
    ##INFO=<ID=IG,Number=G,Type=Integer,Description="g">
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="one">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="end">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="flag">
    ##INFO=<ID=APUS_ORIG,Number=1,Type=String,Description="o">
    ##INFO=<ID=APUS_REST,Number=.,Type=String,Description="r">
    ##FORMAT=<ID=APUS_REST,Number=.,Type=String,Description="r">
    ##FORMAT=<ID=AD_OTHER,Number=1,Type=Integer,Description="o">
    ##INFO=<ID=S,Number=.,Type=String,Description="any">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="gt">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="r">
    ##FORMAT=<ID=AA,Number=A,Type=Integer,Description="a">
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="g">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="one">
    ##FORMAT=<ID=PS,Number=1,Type=Integer,Description="set">
    ##ALT=<ID=DEL,Description="d">
    ##ALT=<ID=NON_REF,Description="any">
    """

  var text: String {
    var header = ["##fileformat=VCFv4.3"]
    header += genome.map { "##contig=<ID=\($0.name),length=\($0.bases.count)>" }
    header += Self.fields.split(separator: "\n").map(String.init)
    header.append(
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        + (samples.isEmpty ? "" : "\tFORMAT\t" + samples.joined(separator: "\t")))
    return (header + lines.map(\.description)).joined(separator: "\n") + "\n"
  }

  var fasta: String {
    genome.map { name, bases in
      var text = ">\(name)\n"
      var rest = Substring(bases)
      while !rest.isEmpty {
        text += rest.prefix(60) + "\n"
        rest = rest.dropFirst(60)
      }
      return text
    }.joined()
  }

  mutating func sort() {
    let order = Dictionary(uniqueKeysWithValues: genome.enumerated().map { ($1.name, $0) })
    lines = lines.enumerated().sorted { a, b in
      (order[a.element.contig] ?? 0, a.element.position, a.offset) < (
        order[b.element.contig] ?? 0, b.element.position, b.offset
      )
    }.map(\.element)
  }

  /// Runs the engine over the case in a folder of its own.
  func run(
    splits: Bool = false, joins: Bool = false, atomizes: Bool = false, normalises: Bool = true, passOnly: Bool = false,
    check: ReferenceCheck = .error,
    threads: Int = 2, batchBytes: Int = 1 << 20, folder: ScratchFolder? = nil
  ) async throws -> (result: VariantResult, lines: [VCFLine]) {
    let folder = try folder ?? ScratchFolder()
    let output = "out-\(UUID().uuidString).vcf"
    let result = try await runVariants(
      try folder.write(text, "in.vcf"), fasta: normalises ? try folder.write(fasta, "ref.fa") : nil,
      output: folder.path(output), splits: splits, joins: joins, atomizes: atomizes, passOnly: passOnly, check: check,
      threads: threads,
      batchBytes: batchBytes)
    return (result, dataLines(try folder.text(of: output)))
  }
}

/// The data lines of a VCF's text.
func dataLines(_ text: String) -> [VCFLine] {
  text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { VCFLine($0) }
}

/// Runs the engine on files.
func runVariants(
  _ input: String, fasta: String?, output: String?, splits: Bool = false, joins: Bool = false, atomizes: Bool = false,
  passOnly: Bool = false, check: ReferenceCheck = .error, threads: Int = 2, batchBytes: Int = 1 << 20
) async throws -> VariantResult {
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  let plan = output.map { path in
    OutputPlan(
      path: path, container: OutputContainer(path: path, level: 6), force: false,
      indexedLongestContig: path.hasSuffix(".gz") || path.hasSuffix(".bcf") ? 0 : nil)
  }
  var job = VariantJob(input: InputFile(path: input), output: plan)
  job.normalises = fasta != nil
  job.splits = splits
  job.joins = joins
  job.atomizes = atomizes
  job.passOnly = passOnly
  job.referenceCheck = check
  let reference = try fasta.map { try FASTAReference(path: $0, registry: resources.outputs) }
  let result = try await processVariants(job, reference: reference, resources: resources)
  _ = try await result.pending?.commit()
  return result
}
