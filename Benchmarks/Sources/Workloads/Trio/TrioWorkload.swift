import Foundation

/// A trio's joint VCF of any size, with everything that tiers are made from: genome, genes, pedigree, panel, sample sheet,
/// population frequencies, and two releases of a register of clinical variants. Made contig by contig, so that millions
/// of records take no more memory than one contig's.
public struct TrioWorkload: Sendable {
  /// `SYN-001`.
  public var name = "SYN-001"
  /// The seed of everything.
  public var seed: UInt64
  /// Records of the joint VCF, about.
  public var records: Int
  /// Bases of the genome.
  public var genomeSize: Int
  /// Bases from one gene's slot to the next.
  public var geneSpacing = 80_000
  /// Alleles of the register beside the family's, about.
  public var clinical = 600_000
  /// The share of the register's alleles that its next release adds, withdraws or classifies otherwise.
  public var changed = 0.01
  /// Of every output.
  public var compression = Compression()

  /// A trio with about `records` records on a genome of `genomeSize` bases.
  public init(seed: UInt64, records: Int, genomeSize: Int) {
    self.seed = seed
    self.records = records
    self.genomeSize = genomeSize
  }

  /// 22 autosomes of one length, X, Y and MT.
  var contigs: [ContigSpecification] {
    let autosome = max(20_000, genomeSize * 93 / 2200)
    return (1...22).map { ContigSpecification(name: String($0), length: autosome) } + [
      ContigSpecification(name: "X", length: max(20_000, genomeSize * 5 / 100)),
      ContigSpecification(name: "Y", length: max(10_000, genomeSize * 2 / 100)),
      ContigSpecification(name: "MT", length: 16_569),
    ]
  }

  /// The mean distance of sites that gives as many records: of the sites drawn, four people's copies at random leave
  /// 1 - E[(1 - u⁴)⁴] = 0.38 with an alternate (`Transmission`), and a site takes about ten bases itself, with what keeps it apart from others.
  var variation: VariationOptions {
    var options = VariationOptions()
    options.spacing = max(6, 0.38 * Double(genomeSize) / Double(records) - 10)
    return options
  }

  /// Makes the files in `directory`, which is created. `report` gets a line a step.
  public func write(to directory: String, report: (String) -> Void = { _ in }) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    func path(_ file: String) -> String { directory + "/" + file }

    var genome = Genome.synthesise(seed: seed, contigs: contigs)
    let genes = Gene.plant(in: &genome, seed: seed, spacing: geneSpacing)
    try genome.writeFASTA(path("genome.fa.gz"), compression)
    try Gene.writeGFF3(genes, genome: genome, to: path("genes.gff3"), compression)
    report("genome: \(genome.length) bases, \(genes.count) genes")

    let members: [FamilyMember] = [.child, .mother, .father]
    let family = Family(
      name: name, childSex: .male, sites: [],
      planted: try PlantedVariant.choose(genome: genome, genes: genes, childSex: .male, seed: seed))
    try family.writePedigree(to: path("trio.ped"), members: members)
    try writeSheet(family, members, to: path("samplesheet.csv"))
    try PanelFile(genes: genes, planted: family.planted).write(to: path("panel.json"))

    let file = try OutputFile(path("trio.vcf.gz"), compression)
    try file.write(
      VariantText.header(contigs: contigs, samples: members.map { $0.sampleName(family: name) }))
    var writer = VariantText(
      random: SeededGenerator(seed: seed, stream: "trio.text"), meanDepth: 32, phased: false)
    var populations = try PopulationSource(genome: genome, seed: seed, to: path("frequency.vcf.gz"), compression)
    var releases = try ClinicalReleases(
      genome: genome, genes: genes, alleles: clinical, changed: changed, seed: seed, to: path("clinical.vcf.gz"),
      next: path("clinical.next.vcf.gz"), compression)
    var written = 0
    for (index, contig) in genome.contigs.enumerated() {
      let sites = family.drawn(index, contig, seed: seed, options: variation)
      let contigName = Array(contig.name.utf8)
      for site in sites {
        guard let called = site.called(in: members) else { continue }
        writer.append(
          contig: contigName, position: site.position, reference: called.reference, alternates: called.alternates,
          genotypes: called.genotypes, passes: site.planted != nil)
        written += 1
        if writer.text.count > 1 << 20 {
          try file.write(writer.text)
          writer.text.removeAll(keepingCapacity: true)
        }
      }
      try populations.write(index, sites)
      try releases.write(index, sites)
    }
    try file.write(writer.text)
    try file.close()
    try indexVCF(path("trio.vcf.gz"), compression)
    try populations.close()
    try releases.close()
    report("trio.vcf.gz: \(written) records")
    report("clinical.vcf.gz: \(releases.entries) alleles, \(releases.differing) otherwise in the next release")
  }

  private func writeSheet(_ family: Family, _ members: [FamilyMember], to path: String) throws(WorkloadError) {
    let parents = [FamilyMember.father, .mother].map { $0.sampleName(family: name) }
    var text = "case,sample,vcf,sex,status,role,affected,father,mother\n"
    for member in members {
      let isChild = member == .child
      let role = isChild ? "proband" : member == .mother ? "mother" : "father"
      let fields: [String] =
        [name, member.sampleName(family: name), "trio.vcf.gz", family.sex(member).rawValue, "germline", role]
        + [isChild ? "yes" : "no"] + (isChild ? parents : ["", ""])
      text += fields.joined(separator: ",") + "\n"
    }
    let file = try OutputFile(path)
    try file.write(Array(text.utf8))
    try file.close()
  }
}

extension Family {
  /// One contig's sites, drawn as `synthesise` draws them, and not kept.
  fileprivate func drawn(_ index: Int, _ contig: Contig, seed: UInt64, options: VariationOptions) -> [Site] {
    var fixed: [Site] = []
    for (number, variant) in planted.enumerated() where variant.site.contig == index {
      var site = variant.site
      site.planted = number
      fixed.append(site)
    }
    fixed.sort { $0.position < $1.position }
    return Self.sites(
      contig, index: index, fixed: fixed, childSex: childSex, options: options,
      SeededGenerator(seed: seed, stream: "sites", index: UInt64(index)))
  }
}
