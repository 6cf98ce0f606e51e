import EngineTestSupport
import Foundation
import TestSupport
import Testing

@testable import Interpretation

@Suite struct CancerCatalogueTests {
  @Test("The 96 classes stand in the order of substitution, base before, base behind")
  func order() {
    #expect(SubstitutionClass.labels.count == 96 && Set(SubstitutionClass.labels).count == 96)
    #expect(SubstitutionClass.labels.prefix(6) == ["A[C>A]A", "A[C>A]C", "A[C>A]G", "A[C>A]T", "C[C>A]A", "C[C>A]C"])
    #expect(SubstitutionClass.labels[16] == "A[C>G]A" && SubstitutionClass.labels[95] == "T[T>G]T")
  }

  @Test("Every substitution has the class of its label, and of its reverse complement")
  func classes() {
    let letters = Array("ACGT")
    for code in 0..<256 {
      let (b, r, a, h) = (code >> 6, code >> 4 & 3, code >> 2 & 3, code & 3)
      guard r != a else { continue }
      func index(_ b: Int, _ r: Int, _ a: Int, _ h: Int) -> Int {
        SubstitutionClass.index(before: UInt8(b), reference: UInt8(r), alternate: UInt8(a), behind: UInt8(h))
      }
      #expect(index(b, r, a, h) == index(3 - h, 3 - r, 3 - a, 3 - b))
      if letters[r] == "C" || letters[r] == "T" {
        #expect(
          SubstitutionClass.labels[index(b, r, a, h)] == "\(letters[b])[\(letters[r])>\(letters[a])]\(letters[h])")
      }
    }
  }

  @Test("The 144 doublets fall into 78 classes, a doublet and its reverse complement into the same")
  func doublets() {
    #expect(DoubletClass.labels.count == 78 && Set(DoubletClass.labels).count == 78)
    var seen: [Int: Int] = [:]
    for code in 0..<256 {
      let (r, a) = ((UInt8(code >> 6), UInt8(code >> 4 & 3)), (UInt8(code >> 2 & 3), UInt8(code & 3)))
      let index = DoubletClass.index(reference: r, alternate: a)
      guard r.0 != a.0, r.1 != a.1 else {
        #expect(index == nil)
        continue
      }
      let other = DoubletClass.index(reference: (3 - r.1, 3 - r.0), alternate: (3 - a.1, 3 - a.0))
      #expect(index != nil && index == other)
      if let index { seen[index, default: 0] += 1 }
    }
    #expect(seen.count == 78 && seen.values.reduce(0, +) == 144)
  }

  /// A naive count: strings, one record after the other.
  private func naive(_ genome: CancerGenome, _ records: [(contig: String, position: Int, ref: String, alt: String)])
    -> (counts: [String: Int], skipped: [String: Int])
  {
    let pairs: [Character: Character] = ["A": "T", "C": "G", "G": "C", "T": "A", "N": "N"]
    var counts: [String: Int] = [:]
    var skipped: [String: Int] = [:]
    for one in records where one.ref.count == 1 && one.alt.count == 1 {
      guard ["chr1", "chr2", "chrX"].contains(one.contig) else {
        skipped["contig-outside-1-22-X", default: 0] += 1
        continue
      }
      var triplet = [one.position - 2, one.position - 1, one.position].map { genome.base(one.contig, $0) }
      var alternate = Character(one.alt)
      guard !triplet.contains("N") else {
        skipped["context-not-ACGT", default: 0] += 1
        continue
      }
      if "AG".contains(triplet[1]) {
        triplet = triplet.reversed().compactMap { pairs[$0] }
        alternate = pairs[alternate] ?? "N"
      }
      counts["\(triplet[0])[\(triplet[1])>\(alternate)]\(triplet[2])", default: 0] += 1
    }
    return (counts, skipped)
  }

  @Test(
    "The catalogue of a generated genome is a brute-force count's, at any number of threads and size of batch",
    arguments: seeds(6))
  func bruteForce(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let genome = try await CancerGenome(&random)
    var records: [(contig: String, position: Int, ref: String, alt: String)] = []
    var lines: [String] = []
    for contig in genome.contigs {
      var position = 1
      // Neighbouring deletions in a run of one base would be the same allele.
      var lastIndel = -20
      while position < contig.bases.count - 8 {
        let ref = genome.base(contig.name, position - 1)
        let next = genome.base(contig.name, position)
        if ref != "N", next != "N" {
          let alt = random.pick("ACGT".filter { $0 != ref })
          let isIndel = random.oneIn(6) && position > lastIndel + 20
          if isIndel { lastIndel = position }
          let isPass = !random.oneIn(5)
          let one = (contig.name, position, isIndel ? "\(ref)\(next)" : "\(ref)", isIndel ? "\(ref)" : "\(alt)")
          if isPass { records.append(one) }
          let depth = random.int(20...90)
          let reads = random.int(1...20)
          lines.append(
            "\(contig.name)\t\(position)\t.\t\(one.2)\t\(one.3)\t.\t\(isPass ? "PASS" : "weak")\tTLOD=9\tGT:AD\t0/1:\(depth),\(reads)\t0/0:30,0"
          )
        }
        position += random.int(1...30)
      }
    }
    let truth = naive(genome, records)
    let vcf = genome.mutect(lines)
    var documents: Set<[UInt8]> = []
    for (threads, batch) in [(1, 1 << 20), (4, 4096), (3, 16_384)] {
      let found = try await genome.analyse(vcf, threads: threads, batch: batch)
      let counts = Dictionary(
        uniqueKeysWithValues: found.catalogue.bars.filter { $0.count > 0 }.map { ($0.label, $0.count) })
      #expect(counts == truth.counts)
      #expect(found.catalogue.skipped == truth.skipped)
      #expect(found.catalogue.total == truth.counts.values.reduce(0, +))
      #expect(found.counts.alleles == found.counts.variants + found.counts.dropped.values.reduce(0, +))
      #expect(found.counts.variants == records.count)
      documents.insert(try found.json())
    }
    #expect(documents.count == 1)
  }

  @Test("Adjacent substitutions are a doublet where the caller phased them onto one haplotype, and nowhere else")
  func phases() async throws {
    var random = SeededGenerator(seed: 4)
    let genome = try await CancerGenome(&random)
    func other(_ place: Int) -> Character { "ACGT".first { $0 != genome.base("chr2", place) } ?? "A" }
    /// Two adjacent substitutions, or more, from a place on chr2 counted from 1.
    func adjacent(_ position: Int, _ values: [String], format: String) -> [String] {
      values.enumerated().map { offset, value in
        let place = position - 1 + offset
        return
          "chr2\t\(place + 1)\t.\t\(genome.base("chr2", place))\t\(other(place))\t.\tPASS\t.\t\(format)\t\(value)\t0/0:30,0"
      }
    }
    func catalogue(_ records: [String]) async throws -> TumourAnalysis.Catalogue {
      try await genome.analyse(genome.mutect(records)).catalogue
    }
    let same = try await catalogue(adjacent(100, ["0|1:30,9:100", "0|1:30,9:100"], format: "GT:AD:PS"))
    #expect(same.total == 0 && same.doubletsFromPhase == 1 && same.skipped == ["phased-doublet": 2])
    #expect(same.doublets.values.reduce(0, +) == 1 && same.adjacentUnphased == 0)
    let mutect = try await catalogue(
      adjacent(100, ["0/1:30,9:0|1:100_A_C", "0/1:30,9:0|1:100_A_C"], format: "GT:AD:PGT:PID"))
    #expect(mutect.doubletsFromPhase == 1 && mutect.total == 0)
    let trans = try await catalogue(adjacent(100, ["0|1:30,9:100", "1|0:30,9:100"], format: "GT:AD:PS"))
    #expect(trans.total == 2 && trans.doublets.isEmpty && trans.adjacentUnphased == 0)
    let sets = try await catalogue(adjacent(100, ["0|1:30,9:100", "0|1:30,9:101"], format: "GT:AD:PS"))
    #expect(sets.total == 2 && sets.adjacentUnphased == 1)
    let unphased = try await catalogue(adjacent(100, ["0/1:30,9", "0/1:30,9"], format: "GT:AD"))
    #expect(unphased.total == 2 && unphased.adjacentUnphased == 1)
    let run = try await catalogue(adjacent(100, Array(repeating: "0|1:30,9:100", count: 3), format: "GT:AD:PS"))
    #expect(run.total == 0 && run.skipped == ["phased-run-of-3-or-more": 3] && run.doublets.isEmpty)
    let pair = "\(genome.base("chr2", 99))\(genome.base("chr2", 100))"
    let record = try await catalogue([
      "chr2\t100\t.\t\(pair)\t\(other(99))\(other(100))\t.\tPASS\t.\tGT:AD\t0/1:30,9\t0/0:30,0"
    ])
    #expect(record.doubletsFromRecords == 1 && record.total == 0 && record.doublets == same.doublets)
    let apart = try await catalogue(
      adjacent(100, ["0|1:30,9:100"], format: "GT:AD:PS") + adjacent(102, ["0|1:30,9:100"], format: "GT:AD:PS"))
    #expect(apart.total == 2 && apart.doublets.isEmpty && apart.adjacentUnphased == 0)
  }

  @Test("Substitutions of several bases in one record are a doublet, or counted as what the classes do not have")
  func multiBase() async throws {
    var random = SeededGenerator(seed: 14)
    let genome = try await CancerGenome(&random)
    func line(_ contig: String, _ position: Int, _ count: Int, more: String? = nil) -> String {
      let bases = (0..<count).map { genome.base(contig, position - 1 + $0) }
      let alt = String(bases.map { base in "ACGT".first { $0 != base } ?? "A" })
      let second = more.map { ",\(bases[0])" + $0 } ?? ""
      return
        "\(contig)\t\(position)\t.\t\(String(bases))\t\(alt)\(second)\t.\tPASS\t.\tGT:AD\t0/1:30,9,9\t0/0:30,0,0"
    }
    let found = try await genome.analyse(
      genome.mutect([
        line("chr1", 1100, 2), line("chr1", 1200, 3), line("chr1", 1300, 4), line("chr2", 100, 2, more: "GGGGA"),
        line("chrY", 100, 2), line("chrY", 200, 3),
      ]))
    #expect(found.counts.byType["mnv"] == 6)
    #expect(found.catalogue.doubletsFromRecords == 1 && found.catalogue.doublets.values.reduce(0, +) == 1)
    #expect(
      found.catalogue.multiBaseSkipped == [
        "three-or-more-bases": 2, "multiallelic-record": 1, "contig-outside-1-22-X": 2,
      ])
    #expect(found.catalogue.total == 0 && found.catalogue.skipped.isEmpty)
  }

  @Test("Records of several alternates, and duplicates, are not counted as biallelic substitutions")
  func multiallelic() async throws {
    var random = SeededGenerator(seed: 8)
    let genome = try await CancerGenome(&random)
    let ref = genome.base("chr2", 99)
    let others = "ACGT".filter { $0 != ref }.map { String($0) }
    let several = "chr2\t100\t.\t\(ref)\t\(others[0]),\(others[1])\t.\tPASS\t.\tGT:AD\t0/1/2:30,9,8\t0/0:30,0,0"
    let one = "chr2\t100\t.\t\(ref)\t\(others[2])\t.\tPASS\t.\tGT:AD\t0/1:30,9\t0/0:30,0"
    let found = try await genome.analyse(genome.mutect([several, one, one]))
    #expect(found.catalogue.total == 1 && found.catalogue.skipped == ["multiallelic-record": 2])
    #expect(found.counts.variants == 3 && found.counts.dropped == ["duplicate-allele": 1])
  }

  @Test(
    "The six classes of a published breast cancer are those of its published catalogue",
    .enabled(if: TestSupport.SharedData.has("somatic/PD3851a.vcf")))
  func published() async throws {
    func lines(_ name: String) throws -> [[Substring]] {
      String(decoding: try readFile(TestSupport.SharedData.path("somatic/\(name)")), as: UTF8.self)
        .split(separator: "\n").map { $0.split(separator: "\t") }
    }
    var expected: [String: Int] = [:]
    for row in try lines("PD3851a.sbs96.tsv").dropFirst() {
      expected[String(row[0].dropFirst(2).prefix(3)), default: 0] += try #require(Int(row[1]))
    }
    // The classes of six do not depend on where things lie: places are drawn together, and neighbours stay neighbours.
    var contigs: [(name: String, bases: [UInt8])] = []
    var records: [String] = []
    var before = (contig: Substring(""), position: 0)
    for row in try lines("PD3851a.vcf") {
      let position = try #require(Int(row[1]))
      if row[0] != before.contig {
        contigs.append((String(row[0]), Array("ACGTT".utf8)))
      } else if position != before.position + 1 {
        contigs[contigs.count - 1].bases += Array("ACGTT".utf8)
      }
      before = (row[0], position)
      contigs[contigs.count - 1].bases += Array(row[3].utf8)
      records.append(
        "\(row[0])\t\(contigs[contigs.count - 1].bases.count)\t.\t\(row[3])\t\(row[4])\t.\tPASS\t.\tGT:AD\t0/1:20,20\t0/0:30,0"
      )
    }
    for index in contigs.indices { contigs[index].bases += Array("ACGTT".utf8) }
    let gene =
      "1\tt\tgene\t1\t3\t.\t+\t.\tID=gene:G;biotype=lncRNA;gene_id=G\n1\tt\tlnc_RNA\t1\t3\t.\t+\t.\tID=transcript:T;Parent=gene:G;biotype=lncRNA;transcript_id=T\n1\tt\texon\t1\t3\t.\t+\t.\tParent=transcript:T\n"
    let genome = try await CancerGenome(contigs, genes: "##gff-version 3\n" + gene)
    let found = try await genome.analyse(genome.mutect(records))
    #expect(found.catalogue.six == expected)
    #expect(found.catalogue.total == 1782 && found.catalogue.adjacentUnphased == 11)
  }
}
