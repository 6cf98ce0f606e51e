import Annotation
import Foundation
import GenomicFiles
import Genomics
import TestSupport
import Testing

@Suite struct CacheTests {
  /// A folder with a small genome, its annotation and its cache.
  private func small(seed: UInt64 = 5) async throws -> (folder: TemporaryFolder, gene: SyntheticGene, cache: String) {
    var random = SplitMix64(seed: seed)
    let gene = SyntheticGene(&random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let cache = try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    return (folder, gene, cache)
  }

  @Test func itHoldsWhatItWasMadeOf() async throws {
    let (folder, gene, path) = try await small()
    defer { withExtendedLifetime(folder) {} }
    let cache = try AnnotationCache(path: path)
    try cache.verify()
    #expect(cache.geneCount == 1)
    #expect(cache.transcriptCount == 1)
    #expect(cache.build.translates == 1)
    #expect(cache.build.flagged.isEmpty)
    #expect(cache.contigs.contigs.map(\.name) == ["c"])
    #expect(cache.contigs["c"]?.length == gene.genome.count)
    #expect(cache.contigs["c"]?.digest != nil)
    #expect(cache.hasGenes(0))
  }

  @Test func theSameInputsGiveTheSameBytes() async throws {
    let (one, two) = (try await small(), try await small())
    #expect(try readFile(one.cache) == readFile(two.cache))
  }

  @Test func everyChangedByteIsRefused() async throws {
    let (folder, _, path) = try await small()
    defer { withExtendedLifetime(folder) {} }
    let bytes = try readFile(path)
    #expect(bytes.count < 20_000)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      let error = #expect(throws: CacheError.self) {
        let cache = try AnnotationCache(bytes: changed, path: "changed.cache")
        let annotator = try ConsequenceAnnotator(cache, input: "in.vcf")
        try annotator.require(contig: "c", declaredLength: nil, at: InputLocation(file: "in.vcf"))
      }
      #expect(error?.description.hasPrefix("changed.cache: ") == true)
    }
    for count in [0, 10, 63, 64, bytes.count / 2, bytes.count - 1] {
      #expect(throws: CacheError.self) {
        _ = try AnnotationCache(bytes: Array(bytes.prefix(count)), path: "cut.cache")
      }
    }
  }

  @Test func anotherReferenceIsRefusedNamingBoth() async throws {
    let (folder, gene, path) = try await small()
    let header = "##fileformat=VCFv4.2\n"
    let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    // A contig of another length.
    try folder.write(header + "##contig=<ID=c,length=99>\n" + columns + "c\t5\t.\tA\tC\t.\t.\t.\n", to: "length.vcf")
    var error = await #expect(throws: CacheError.self) {
      try await annotate(folder("length.vcf"), cache: path, in: folder)
    }
    #expect(error?.kind == .otherReference)
    #expect(
      error?.description.contains("99 bases") == true && error?.description.contains("\(gene.genome.count)") == true)
    // A contig that it lacks.
    try folder.write(header + columns + "d\t5\t.\tA\tC\t.\t.\t.\n", to: "name.vcf")
    error = await #expect(throws: CacheError.self) { try await annotate(folder("name.vcf"), cache: path, in: folder) }
    #expect(error?.description.contains("contig d") == true)
    // A FASTA of other bases.
    var other = gene
    other.genome[3] = SyntheticGene.opposite(other.genome[3])
    try folder.write(other.fasta, to: "other.fa")
    error = await #expect(throws: CacheError.self) {
      try await consequenceAnnotator(
        cache: path, reference: folder("other.fa"), input: "in.vcf", resources: RunResources(threads: 1))
    }
    #expect(error?.description.contains("other.fa") == true)
    // REF in an exon that is not the cache's.
    let place = gene.exons[0].lowerBound + 1
    let wrong = Character(Unicode.Scalar(SyntheticGene.opposite(gene.genome[place])))
    try folder.write(header + columns + "c\t\(place + 1)\t.\t\(wrong)\tN\t.\t.\t.\n", to: "n.vcf")
    _ = try await annotate(folder("n.vcf"), cache: path, in: folder)
    let alternate = wrong == "A" ? "C" : "A"
    try folder.write(header + columns + "c\t\(place + 1)\t.\t\(wrong)\t\(alternate)\t.\t.\t.\n", to: "ref.vcf")
    await #expect(throws: InputError.self) { try await annotate(folder("ref.vcf"), cache: path, in: folder) }
  }

  @Test(arguments: [
    ("##gff-version 3\n", InputError.Kind.empty),
    ("##gff-version 3\nchrX\tt\tmRNA\t1\t9\t.\t+\t.\tID=t\nchrX\tt\texon\t1\t9\t.\t+\t.\tParent=t\n", .mismatch),
    ("##gff-version 3\nX\tt\tmRNA\t1\t99\t.\t+\t.\tID=t\nX\tt\texon\t1\t99\t.\t+\t.\tParent=t\n", .mismatch),
  ])
  func annotationThatDoesNotFitIsRefused(gff3: String, kind: InputError.Kind) async throws {
    let folder = try TemporaryFolder()
    try folder.write(">X\nACGTACGTACGT\n", to: "a.fa")
    try folder.write(gff3, to: "a.gff3")
    let error = await #expect(throws: InputError.self) {
      try await makeCache(folder, fasta: folder("a.fa"), gff3: folder("a.gff3"))
    }
    #expect(error?.kind == kind)
    #expect(try !folder.names.contains("genes.cache"))
  }

  @Test func aCodingSequenceThatDoesNotTranslateIsKeptAndCounted() async throws {
    var (folder, gene, _) = try await small()
    let first = gene.isReverse ? gene.coding.upperBound - 1 : gene.coding.lowerBound
    gene.genome[first] = SyntheticGene.opposite(gene.genome[first])
    try folder.write(gene.fasta, to: "b.fa")
    let cache = try AnnotationCache(
      path: try await makeCache(folder, fasta: folder("b.fa"), gff3: folder("a.gff3"), name: "b.cache"))
    #expect(cache.build.translates == 0)
    #expect(cache.build.flagged == ["cds-without-start-codon": 1])
    #expect(cache.transcriptCount == 1)
  }
}
