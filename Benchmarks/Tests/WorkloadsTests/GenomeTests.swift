import Testing

@testable import Workloads

struct GenomeTests {
  @Test("the same seed gives the same bytes, on every machine and with every compiler")
  func seeded() {
    let contigs = ContigSpecification.standard(total: 60_000)
    func hash(_ seed: UInt64) -> UInt64 {
      TestCase.hash(Genome.synthesise(seed: seed, contigs: contigs).contigs.flatMap(\.bases))
    }
    #expect(hash(1) == hash(1))
    #expect(hash(1) != hash(2))
    // Recorded on x86-64 Linux with Swift 6.3.1. It changes only when the generator is changed on purpose.
    #expect(hash(1) == 0x1425_c4ee_ec10_eecc)
  }

  @Test("sequences look like a mammal's")
  func composition() throws {
    let genome = Genome.synthesise(seed: 3, contigs: [ContigSpecification(name: "chr7", length: 1_000_000)])
    let contig = genome.contigs[0]
    let upper = contig.bases.map { DNA.upper($0) }
    let known = upper.filter { $0 != DNA.n }
    let gc = Double(known.count { $0 == 67 || $0 == 71 }) / Double(known.count)
    #expect((0.38...0.44).contains(gc))
    let masked = Double(contig.bases.count { $0 & 0x20 != 0 }) / Double(contig.bases.count)
    #expect((0.25...0.6).contains(masked))
    #expect(contig.bases[0] == DNA.n && contig.bases[contig.bases.count - 1] == DNA.n)
    #expect(contig.known.count == 2)
    let tracts = String(decoding: upper, as: UTF8.self)
    #expect(tracts.contains("AAAAAAAAAAAAA") || tracts.contains("TTTTTTTTTTTTT"))
  }

  @Test("every coding sequence begins with ATG, ends with its only stop, and introns are GT…AG")
  func genes() throws {
    let (genome, genes, _) = try TestCase.family()
    #expect(genes.count >= 6)
    #expect(Set(genes.map(\.strand)).count == 2)
    #expect(genes.contains { !$0.isCoding })
    for gene in genes {
      let contig = genome.contigs[gene.contig]
      for transcript in gene.transcripts {
        for (left, right) in zip(transcript.exons, transcript.exons.dropFirst()) {
          let intron = (left.upperBound..<right.lowerBound).map { contig.base($0) }
          let spliced = gene.strand == .forward ? intron : DNA.reverseComplement(intron)
          #expect(spliced.starts(with: Array("GT".utf8)) && spliced.suffix(2) == Array("AG".utf8)[...])
        }
        guard transcript.coding != nil else { continue }
        let sequence = gene.codingSequence(transcript, in: genome)
        #expect(sequence.count % 3 == 0)
        let protein = DNA.translate(sequence)
        #expect(protein.first == 77 && protein.last == 42, "\(gene.name)")
        #expect(!protein.dropLast().contains(42) && !protein.contains(88), "\(gene.name)")
      }
    }
  }

  @Test("some genes of a larger genome have two transcripts, and all of them translate")
  func alternativeTranscripts() {
    var genome = Genome.synthesise(seed: 4, contigs: [ContigSpecification(name: "20", length: 1_000_000)])
    let genes = Gene.plant(in: &genome, seed: 4, spacing: 20_000)
    #expect(genes.contains { $0.transcripts.count == 2 })
    for gene in genes where gene.isCoding {
      for transcript in gene.transcripts {
        let protein = DNA.translate(gene.codingSequence(transcript, in: genome))
        #expect(protein.first == 77 && protein.firstIndex(of: 42) == protein.count - 1)
      }
    }
  }

  @Test("GFF3 is sorted, and CDS phases follow from the lengths")
  func gff3() throws {
    let rows = try TestCase.lines(TestCase.path("genes.gff3")).filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t").map(String.init)
    }
    let order = TestCase.workload.contigs.map(\.name)
    let keys = try rows.map { row in
      (try #require(order.firstIndex(of: row[0])), try #require(Int(row[3])))
    }
    for (a, b) in zip(keys, keys.dropFirst()) { #expect(a <= b) }
    for row in rows where row[2] == "CDS" { #expect(["0", "1", "2"].contains(row[7])) }
    #expect(Set(rows.map { $0[2] }).isSuperset(of: ["gene", "mRNA", "exon", "CDS", "five_prime_UTR", "ncRNA_gene"]))
  }

  @Test("a FASTA is read back as it was written", arguments: ["a.fa", "a.fa.gz"])
  func fasta(name: String) throws {
    let genome = Genome.synthesise(seed: 5, contigs: ContigSpecification.standard(total: 40_000))
    let path = TestCase.path(name)
    try genome.writeFASTA(path)
    let again = try Genome.readFASTA(path)
    #expect(again.contigs.map(\.name) == genome.contigs.map(\.name))
    #expect(again.contigs.map(\.bases) == genome.contigs.map(\.bases))
  }
}
