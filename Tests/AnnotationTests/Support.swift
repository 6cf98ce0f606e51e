import Annotation
import Foundation
import GenomicFiles
import TestSupport
import Variants

/// An entry of CSQ.
struct Entry: Equatable {
  var record: Int
  var position: Int
  var reference: String
  var alternate: String
  var fields: [String]
  /// What the header calls the fields.
  var names: [String]
  var terms: Set<String> { Set(self["Consequence"].split(separator: "&").map(String.init)) }
  var symbol: String { self["SYMBOL"] }
  var transcript: String { self["Feature"] }
  var proteinPosition: String { self["Protein_position"] }

  /// A field by its name; empty where there is none of it.
  subscript(name: String) -> String {
    guard let index = names.firstIndex(of: name), index < fields.count else { return "" }
    return fields[index]
  }
}

/// A cache of files in a folder.
func makeCache(
  _ folder: TemporaryFolder, fasta: String, gff3: String, name: String = "genes.cache", threads: Int = 2,
  batch: Int = 1 << 20
) async throws -> String {
  try await buildCache(
    fasta: fasta, annotation: gff3, output: folder(name), force: true,
    resources: RunResources(threads: threads, batchBytes: batch))
  return folder(name)
}

/// Copies a bgzipped FASTA with its indexes into a folder, so that nothing is written beside the original.
func copyReference(_ path: String, to folder: TemporaryFolder) throws -> String {
  for suffix in ["", ".fai", ".gzi"] where FileManager.default.fileExists(atPath: path + suffix) {
    try FileManager.default.copyItem(atPath: path + suffix, toPath: folder("reference.fa.gz\(suffix)"))
  }
  return folder("reference.fa.gz")
}

/// Annotates a VCF; with a FASTA, normalises and splits it first.
func annotate(
  _ vcf: String, cache: String, fasta: String? = nil, in folder: TemporaryFolder,
  options: ConsequenceOptions = ConsequenceOptions(), threads: Int = 2, batch: Int = 1 << 20, haplotypes: Bool = false
) async throws -> (bytes: [UInt8], result: VariantResult) {
  let resources = RunResources(threads: threads, batchBytes: batch)
  var job = VariantJob(
    input: InputFile(path: vcf), output: OutputPlan(path: folder("out.vcf"), container: .plain, force: true))
  job.normalises = fasta != nil
  job.splits = fasta != nil
  if let fasta {
    job.annotator = try await consequenceAnnotator(
      cache: cache, reference: fasta, input: vcf, options: options, resources: resources)
  } else {
    job.annotator = try ConsequenceAnnotator(try AnnotationCache(path: cache), input: vcf, options: options)
  }
  if haplotypes {
    job.annotator = HaplotypeAnnotator(try ConsequenceAnnotator(try AnnotationCache(path: cache), input: vcf))
  }
  let reference = try fasta.map { try FASTAReference(path: $0, registry: resources.outputs) }
  let result = try await processVariants(job, reference: reference, resources: resources)
  if let pending = result.pending { _ = try await pending.commit() }
  return (try folder.read("out.vcf"), result)
}

/// The entries of CSQ in a VCF's bytes.
func entries(_ bytes: [UInt8]) -> [Entry] {
  var entries: [Entry] = []
  let all = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  let lines = all.filter { !$0.hasPrefix("#") }
  let header = all.last { $0.hasPrefix("##INFO=<ID=CSQ,") } ?? ""
  let names = header.firstRange(of: "Format: ").map { format in
    header[format.upperBound...].prefix { $0 != "\"" }.split(separator: "|").map(String.init)
  }
  for (number, line) in lines.enumerated() {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard let info = columns[7].split(separator: ";").first(where: { $0.hasPrefix("CSQ=") }) else { continue }
    for entry in info.dropFirst(4).split(separator: ",") {
      entries.append(
        Entry(
          record: number, position: Int(columns[1]) ?? 0, reference: columns[3], alternate: columns[4],
          fields: entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init), names: names ?? []))
    }
  }
  return entries
}

/// bcftools csq's words for the terms that both have; nil for terms that it does not tell.
func bcftoolsTerms(_ terms: Set<String>) -> Set<String> {
  let names = [
    "splice_acceptor_variant": "splice_acceptor", "splice_donor_variant": "splice_donor",
    "splice_region_variant": "splice_region", "frameshift_variant": "frameshift", "missense_variant": "missense",
    "synonymous_variant": "synonymous", "5_prime_UTR_variant": "5_prime_utr", "3_prime_UTR_variant": "3_prime_utr",
    "intron_variant": "intron", "coding_sequence_variant": "coding_sequence",
    "stop_retained_variant": "stop_retained", "start_retained_variant": "start_retained",
    "non_coding_transcript_exon_variant": "non_coding", "NMD_transcript_variant": "NMD_transcript",
    "splice_donor_region_variant": "splice_region", "splice_donor_5th_base_variant": "splice_region",
    "stop_gained": "stop_gained", "stop_lost": "stop_lost", "start_lost": "start_lost",
    "feature_elongation": "feature_elongation", "feature_truncation": "feature_truncation",
    "inframe_insertion": "inframe_insertion", "inframe_deletion": "inframe_deletion",
  ]
  var mapped = Set(terms.compactMap { names[$0] })
  // It tells an intron only where nothing else is told.
  if mapped.contains(where: { $0.hasPrefix("splice") }) { mapped.remove("intron") }
  return mapped
}

/// Repository files.
let testData = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("TestData").path
