import Alignments
import EngineTestSupport
import GenomicFiles
import Genomics

/// One person's alleles at a panel's sites: 0 REF, 1 ALT. One chromosome of each pair from each parent.
struct SimulatedPerson {
  var first: [UInt8]
  var second: [UInt8]

  func alternates(_ site: Int) -> Int { Int(first[site] + second[site]) }
}

/// Sites, people and their reads. Sites are unlinked, 100 bases apart or more.
struct SimulatedPeople {
  struct Site {
    var contig: String
    /// Counted from 0.
    var position: Int
    var reference: Character
    var alternate: Character
    var frequency: Double
  }

  var random: SeededGenerator
  var contigs: [(name: String, length: Int)]
  var sites: [Site] = []

  /// Sites spread over contigs in turn.
  init(
    seed: UInt64, sites count: Int, contigs: [(name: String, length: Int)] = [("chr1", 4_000_000), ("chr2", 4_000_000)]
  ) {
    random = SeededGenerator(seed: seed)
    self.contigs = contigs
    let perContig = (count + contigs.count - 1) / contigs.count
    for contig in contigs where count > 0 {
      let spacing = (contig.length - 200) / perContig
      for number in 0..<perContig where sites.count < count {
        let reference = random.pick(Array("ACGT"))
        let alternate = random.pick(Array("ACGT").filter { $0 != reference })
        sites.append(
          Site(
            contig: contig.name, position: 100 + number * spacing + random.int(0...(spacing - 100)),
            reference: reference, alternate: alternate, frequency: Double(random.int(50...500)) / 1000))
      }
    }
  }

  mutating func unit() -> Double { Double.random(in: 0..<1, using: &random) }

  mutating func person() -> SimulatedPerson {
    func draw() -> [UInt8] { sites.map { unit() < $0.frequency ? 1 : 0 } }
    return SimulatedPerson(first: draw(), second: draw())
  }

  mutating func child(_ mother: SimulatedPerson, _ father: SimulatedPerson) -> SimulatedPerson {
    func half(_ parent: SimulatedPerson) -> [UInt8] {
      sites.indices.map { random.oneIn(2) ? parent.first[$0] : parent.second[$0] }
    }
    return SimulatedPerson(first: half(mother), second: half(father))
  }

  mutating func poisson(_ mean: Double) -> Int {
    var (count, product) = (0, unit())
    let limit = 1 / Self.exponential(mean)
    while product > limit {
      count += 1
      product *= unit()
    }
    return count
  }

  private static func exponential(_ x: Double) -> Double {
    // By parts, so that a series of few terms is exact enough.
    let part = x / 64
    var (sum, term) = (1.0, 1.0)
    for k in 1..<12 {
      term *= part / Double(k)
      sum += term
    }
    var power = sum
    for _ in 0..<6 { power *= power }
    return power
  }

  /// Allele counts of one site as reads would show them.
  /// - Parameters:
  ///   - other: the person that a share of the reads comes from.
  ///   - error: the rate at which a base is read as one of the three others.
  ///   - favour: by how much the alternate allele is rarer than a half among reads of a heterozygote.
  mutating func letters(
    _ site: Int, _ person: SimulatedPerson, other: SimulatedPerson?, share: Double, depth: Double, error: Double,
    favour: Double = 0
  ) -> [Character] {
    let place = sites[site]
    return (0..<poisson(depth)).map { _ in
      let one = other.map { share > 0 && unit() < share ? $0 : person } ?? person
      let isAlternate = one.alternates(site) == 1 ? unit() < 0.5 - favour : one.alternates(site) == 2
      let base = isAlternate ? place.alternate : place.reference
      return unit() < error ? random.pick(Array("ACGT").filter { $0 != base }) : base
    }
  }

  /// Observations without files.
  mutating func observations(
    share: Double, depth: Double = 30, error: Double = 0.003, favour: Double = 0
  ) -> [AlleleObservation] {
    let (one, other) = (person(), person())
    return sites.indices.map { site in
      let bases = letters(site, one, other: other, share: share, depth: depth, error: error, favour: favour)
      return AlleleObservation(
        reference: bases.filter { $0 == sites[site].reference }.count,
        alternate: bases.filter { $0 == sites[site].alternate }.count, frequency: sites[site].frequency)
    }
  }

  var header: String {
    "@HD\tVN:1.6\tSO:coordinate\n" + contigs.map { "@SQ\tSN:\($0.name)\tLN:\($0.length)\n" }.joined()
      + "@RG\tID:a\tSM:s1\n"
  }

  /// Reads of seven bases round each site, in coordinate order.
  mutating func sam(
    _ person: SimulatedPerson, other: SimulatedPerson? = nil, share: Double = 0, depth: Double = 30,
    error: Double = 0.003
  ) -> String {
    var text = header
    for (number, site) in sites.enumerated() {
      let bases = letters(number, person, other: other, share: share, depth: depth, error: error)
      for (read, base) in bases.enumerated() {
        text += "r\(number).\(read)\t0\t\(site.contig)\t\(site.position - 2)\t60\t7M\t*\t0\t0\tAAA\(base)AAA\tIIIIIII\n"
      }
    }
    return text
  }

  /// The sites as a VCF.
  var vcf: String {
    vcfHeader + "\n"
      + sites.map {
        "\($0.contig)\t\($0.position + 1)\t.\t\($0.reference)\t\($0.alternate)\t.\tPASS\tAC=1;AF=\($0.frequency)\n"
      }.joined()
  }

  /// A person's genotypes as a VCF; sites without an alternate allele are not there, as callers write it.
  func vcf(of person: SimulatedPerson) -> String {
    vcfHeader + "\tFORMAT\tS\n"
      + sites.enumerated().filter { person.alternates($0.offset) > 0 }.map { number, site in
        "\(site.contig)\t\(site.position + 1)\t.\t\(site.reference)\t\(site.alternate)\t50\tPASS\t.\tGT:DP\t\(person.first[number])/\(person.second[number]):30\n"
      }.joined()
  }

  private var vcfHeader: String {
    "##fileformat=VCFv4.2\n" + contigs.map { "##contig=<ID=\($0.name),length=\($0.length)>\n" }.joined()
      + "##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
      + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
  }
}

/// Runs the checks of a sample.
func check(
  _ path: String, sites: String? = nil, genotypes: String? = nil, threads: Int = 2, batchBytes: Int = 1 << 20,
  reference: String? = nil
) async throws -> AlignmentResult {
  let resources = RunResources(threads: threads, batchBytes: batchBytes)
  var job = AlignmentJob(input: InputFile(path: path))
  job.collect = [SiteCounts.name, ChromosomeBins.name]
  if let reference { job.reference = try FASTAReference(path: reference, registry: resources.outputs) }
  if let sites {
    let panel = try await readSitePanel(InputFile(path: sites), resources: resources)
    job.options.samples.sites = panel
    if let genotypes {
      job.options.samples.genotypes = try await readPanelGenotypes(
        InputFile(path: genotypes), panel: panel, resources: resources)
    }
  }
  return try await processAlignments(job, resources: resources)
}

extension AlignmentResult {
  /// A file of the report as text.
  func text(_ suffix: String) -> String? {
    report.files.first { $0.suffix == suffix }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// A metric's value.
  func metric(_ id: String) -> Double? { report.metrics.first { $0.id == id }?.value }

  /// The fingerprint.
  func fingerprint() throws -> SampleFingerprint {
    try SampleFingerprint(bytes: Array((text(".fingerprint") ?? "").utf8), path: "made.fingerprint")
  }
}
