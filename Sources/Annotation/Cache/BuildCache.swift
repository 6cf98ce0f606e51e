import Batching
public import GenomicFiles
import Genomics

/// Makes an annotation cache of a GFF3 or GTF, its reference and sources of known variants, and writes it.
///
/// - Parameters:
///   - regulatory: GFF3 of regulatory features and of motifs.
///   - sources: files of one name are one source.
/// - Throws: `InputError` where the annotation has no transcripts, or a file names contigs that the FASTA lacks or names
///   otherwise, lies beyond a contig's end or is of another assembly; `OutputError`.
@discardableResult
public func buildCache(
  fasta: String, annotation: String, regulatory: [String] = [], sources: [KnownSourceSpec] = [], output: String,
  force: Bool,
  resources: RunResources
) async throws -> CacheBuild {
  let input = InputFile(path: annotation, hashes: true)
  var reader = GeneModelReader(path: annotation)
  try await readGeneFeatures(input, resources: resources) { reader.take($0) }
  let parsed = reader
  let registry = resources.outputs
  let blocking = resources.blocking
  let origin = CacheBuild.Source(name: fileName(annotation), sha256: input.summary?.sha256 ?? "")
  let reference = try await blocking.run { try FASTAReference(path: fasta, registry: registry) }
  let features = try await readRegulatory(regulatory, contigs: reference.contigs, resources: resources)
  let (started, file, writer) = try await blocking.run {
    let file = try OutputFile(path: output, force: force, registry: registry)
    let writer = try CacheFileWriter { try file.write($0) }
    var build = try writeGenes(parsed, origin, features.models, reference, registry: registry, to: writer)
    build.regulatoryFeatures = features.models.count
    build.regulatory = features.files
    build.skipped.merge(features.skipped, uniquingKeysWith: +)
    return (build, file, writer)
  }
  var build = started
  var names: [String] = []
  for spec in sources where !names.contains(spec.name) { names.append(spec.name) }
  for (number, name) in names.enumerated() {
    writer.begin(KnownSource.rowSection(number))
    let (source, chunks) = try await readKnownSource(
      sources.filter { $0.name == name }, reference: reference, assembly: started.assembly.flatMap(Assembly.init),
      resources: resources
    ) { chunk in
      try await blocking.run { try writer.append(chunk) }
    }
    try await blocking.run {
      try writer.end()
      try writer.add(KnownSource.chunkSection(number), chunks)
    }
    build.sources.append(source)
  }
  let provenance = try build.json()
  _ = try await blocking.run {
    try writer.add("build", provenance)
    try writer.finish()
    return try file.commit()
  }
  return build
}

/// Writes the sections of the genes and of the reference. Blocks.
/// - Returns: what the cache is so far.
private func writeGenes(
  _ parsed: GeneModelReader, _ origin: CacheBuild.Source, _ regulatory: [RegulatoryModel],
  _ reference: FASTAReference, registry: OutputRegistry, to writer: CacheFileWriter
) throws -> CacheBuild {
  var collected = parsed
  var models = try collected.transcripts(contigs: reference.contigs)
  guard !models.isEmpty else {
    throw InputError(
      .empty, at: InputLocation(file: parsed.path), "the annotation has no transcript with exons or CDS",
      remedy: "give a GFF3 or GTF with gene, transcript, exon and CDS features")
  }
  let identity = try referenceIdentity(of: reference, registry: registry)
  guard let assemblyDigest = identity.assemblyDigest else {
    throw InputError(
      .malformed, at: InputLocation(file: reference.path), "a sequence has no digest", remedy: "give a whole FASTA")
  }
  try splice(&models, reference)
  let carrying = Set(models.map(\.contig))
  let contigs = identity.contigs.map { contig in
    Contig(name: contig.name, length: contig.length, digest: carrying.contains(contig.name) ? contig.digest : nil)
  }
  var build = CacheBuild(
    annotation: origin,
    fasta: CacheBuild.Source(name: fileName(reference.path), sha256: try fileDigest(reference.path).sha256))
  build.annotationFormat = parsed.isGTF ? "gtf" : "gff3"
  build.assembly = identity.assembly?.rawValue
  build.assemblyDigest = assemblyDigest
  build.contigs = contigs.count
  build.count(models)
  build.skipped = [
    "part-without-parent": collected.orphans, "transcript-without-strand": collected.skipped,
    "further-line-of-a-feature": collected.repeated,
  ].filter { $0.value > 0 }
  let accessions = identity.contigs.map { RefSeqContigs.accession(of: $0, assembly: identity.assembly) }
  try writeSections(
    contigs: contigs, accessions: accessions, models: models, regulatory: regulatory, reference, to: writer)
  return build
}

/// Writes the reference's bases and the transcripts. Blocks.
/// - Parameters:
///   - contigs: the reference's, in its order.
///   - accessions: the RefSeq accession of each, where it has one.
func writeSections(
  contigs: [Contig], accessions: [String?], models: [TranscriptModel], regulatory: [RegulatoryModel] = [],
  _ reference: FASTAReference, to writer: CacheFileWriter
) throws {
  writer.begin(AnnotationCache.referenceSection)
  let packed = try ReferencePacker.pack(reference) { try writer.append($0) }
  try writer.end()
  let sections = CacheWriter.sections(
    contigs: contigs, packed: packed, accessions: accessions, models: models, regulatory: regulatory)
  for section in sections {
    try writer.add(section.name, section.bytes)
  }
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

/// A path's last part.
func fileName(_ path: String) -> String {
  String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
}
