import Foundation
import GenomicFiles
import Genomics
import TestSupport

@testable import Annotation

/// The names of an allele on a contig and its one transcript.
struct HGVSNames: Equatable, CustomStringConvertible {
  var genomic = ""
  var coding = ""
  var protein = ""
  var offset: Int?
  var description: String { "\(genomic) \(coding) \(protein)" }
}

/// A cache that names are asked of.
struct HGVSCache {
  let cache: AnnotationCache
  private let folder: TemporaryFolder

  /// Of genes, each on a contig of its own.
  init(_ genes: [HGVSGene]) async throws {
    folder = try TemporaryFolder()
    try folder.write(genes.map(\.fasta).joined(), to: "a.fa")
    try folder.write("##gff-version 3\n" + genes.map(\.gff3).joined(), to: "a.gff3")
    cache = try AnnotationCache(path: try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  /// Of a FASTA and a GFF3 as text.
  init(fasta: String, gff3: String) async throws {
    folder = try TemporaryFolder()
    try folder.write(fasta, to: "a.fa")
    try folder.write(gff3, to: "a.gff3")
    cache = try AnnotationCache(path: try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3")))
  }

  /// Of transcripts that no GFF3 tells of, on contigs that stand for those of the given accessions.
  init(contigs: [(name: String, bases: [UInt8], accession: String?)], models: [TranscriptModel]) throws {
    folder = try TemporaryFolder()
    var text: [UInt8] = []
    for contig in contigs { text += Array(">\(contig.name)\n".utf8) + contig.bases + [UInt8(ascii: "\n")] }
    try folder.write(text, to: "a.fa")
    let registry = OutputRegistry()
    let reference = try FASTAReference(path: folder("a.fa"), registry: registry)
    var build = CacheBuild(
      annotation: CacheBuild.Source(name: "", sha256: ""), fasta: CacheBuild.Source(name: "", sha256: ""))
    build.contigs = contigs.count
    let file = try OutputFile(path: folder("a.cache"), force: true, registry: registry)
    let writer = try CacheFileWriter { try file.write($0) }
    try writeSections(
      contigs: contigs.map { Contig(name: $0.name, length: $0.bases.count) }, accessions: contigs.map(\.accession),
      models: models, reference, to: writer)
    try writer.add("build", try build.json())
    try writer.finish()
    _ = try file.commit()
    cache = try AnnotationCache(path: folder("a.cache"))
  }

  /// Names an allele as a VCF spells it; nil where it is the reference. With several transcripts, those of `transcript`.
  func names(
    _ contig: String, _ position: Int, _ reference: String, _ alternate: String, transcript: String? = nil
  ) -> HGVSNames? {
    guard let number = cache.contigs.index(of: contig) else { return nil }
    var namer = HGVSNamer(cache, contig: number)
    var names = HGVSNames()
    let isNamed = Array(reference.utf8).withUnsafeBytes { reference in
      Array(alternate.utf8).withUnsafeBytes { alternate in
        namer.isReference(position: position, reference)
          && namer.set(position: position, reference: reference, alternate: alternate)
      }
    }
    guard isNamed else { return nil }
    var bytes: [UInt8] = []
    namer.appendGenomic(to: &bytes)
    names.genomic = String(decoding: bytes, as: UTF8.self)
    var near: [Int] = []
    // As far as annotating looks: an allele may be spelled beside the transcript and told in it.
    let reach = EffectFinder.reach
    cache.transcripts(on: number, near: (position - reach)..<(position + reference.utf8.count + reach), into: &near)
    for index in near where transcript.map({ String(decoding: cache.identifier(index), as: UTF8.self) == $0 }) ?? true {
      bytes = []
      names.offset = namer.appendNames(on: cache.transcript(index), to: &bytes)
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
      (names.coding, names.protein) = (String(parts[0]), String(parts[1]))
    }
    return names
  }
}
