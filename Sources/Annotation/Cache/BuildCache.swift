import Batching
public import GenomicFiles
import Genomics

/// Makes an annotation cache of a GFF3 and its reference, and writes it.
///
/// - Throws: `InputError` where the GFF3 has no transcripts, names contigs that the FASTA lacks or names otherwise, or
///   lies beyond a contig's end; `OutputError`.
@discardableResult
public func buildCache(
  fasta: String, gff3: String, output: String, force: Bool, resources: RunResources
) async throws -> CacheBuild {
  let input = InputFile(path: gff3, hashes: true)
  var reader = GeneModelReader(path: gff3)
  try await readGFF3(input, resources: resources) { reader.take($0) }
  let parsed = reader
  let registry = resources.outputs
  let annotation = CacheBuild.Source(name: fileName(gff3), sha256: input.summary?.sha256 ?? "")
  return try await resources.blocking.run {
    let reference = try FASTAReference(path: fasta, registry: registry)
    var collected = parsed
    var models = try collected.transcripts(contigs: reference.contigs)
    guard !models.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: gff3), "the annotation has no transcript with exons or CDS",
        remedy: "give a GFF3 with gene, transcript, exon and CDS features")
    }
    let identity = try referenceIdentity(of: reference, registry: registry)
    guard let assemblyDigest = identity.assemblyDigest else {
      throw InputError(
        .malformed, at: InputLocation(file: fasta), "a sequence has no digest", remedy: "give a whole FASTA")
    }
    try splice(&models, reference)
    let carrying = Set(models.map(\.contig))
    let contigs = identity.contigs.map { contig in
      Contig(name: contig.name, length: contig.length, digest: carrying.contains(contig.name) ? contig.digest : nil)
    }
    var build = CacheBuild(
      gff3: annotation, fasta: CacheBuild.Source(name: fileName(fasta), sha256: try fileDigest(fasta).sha256))
    build.assembly = identity.assembly?.rawValue
    build.assemblyDigest = assemblyDigest
    build.contigs = contigs.count
    build.count(models)
    build.skipped = [
      "part-without-parent": collected.orphans, "transcript-without-strand": collected.skipped,
      "further-line-of-a-feature": collected.repeated,
    ].filter { $0.value > 0 }
    let packer = try ReferencePacker(reference)
    let accessions = identity.contigs.map { RefSeqContigs.accession(of: $0, assembly: identity.assembly) }
    try writeCache(
      contigs: contigs, accessions: accessions, models: models, build: build, packer,
      to: try OutputFile(path: output, force: force, registry: registry))
    return build
  }
}

/// Writes a cache, the reference's bases last.
func writeCache(
  contigs: [Contig], accessions: [String?], models: [TranscriptModel], build: CacheBuild, _ packer: ReferencePacker,
  to file: OutputFile
) throws {
  var sections = CacheWriter.sections(
    contigs: contigs, packed: packer.contigs, accessions: accessions, models: models, build: try build.json())
  sections.append(
    CacheLayout.Content("refbases", count: packer.byteCount, sha256: packer.sha256) { body in
      try packer.write { try $0.withUnsafeBytes(body) }
    })
  try CacheLayout.write(sections) { try file.write($0) }
  _ = try file.commit()
}

/// Reads the exons' bases and checks each CDS. Contig by contig, so that the FASTA is read forward.
private func splice(_ models: inout [TranscriptModel], _ reference: FASTAReference) throws {
  let order = models.indices.sorted {
    (models[$0].contig, models[$0].span.lowerBound, $0) < (models[$1].contig, models[$1].span.lowerBound, $1)
  }
  for index in order {
    var bases: [UInt8] = []
    for exon in models[index].exons {
      bases += try reference.bases(
        of: Region(
          contig: models[index].contig, start: ZeroBasedPosition(exon.lowerBound),
          end: ZeroBasedPosition(exon.upperBound)))
    }
    models[index].bases = models[index].isReverse ? bases.reverseComplement : bases
    models[index].checkCoding()
  }
}

private func fileName(_ path: String) -> String {
  String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
}
