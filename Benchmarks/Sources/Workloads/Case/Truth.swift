extension Family {
  /// Writes what was planted: a line a variant, positions 1-based as in VCF, genotypes phased with the child's copy
  /// from the father first.
  public func writeTruth(to path: String, genome: Genome) throws(WorkloadError) {
    var text =
      "kind\tgene\ttranscript\tconsequence\tresidue\tcontig\tposition\tref\talt\tchild_gt\tmother_gt\tfather_gt\n"
    for (contig, sites) in sites.enumerated() {
      for site in sites {
        guard let number = site.planted else { continue }
        let variant = planted[number]
        let genotypes = [FamilyMember.child, .mother, .father].map { Self.genotype(site.alleles[$0]) }
        let fields: [String] =
          [variant.kind.rawValue, variant.gene, variant.transcript, variant.consequence, String(variant.residue)]
          + [genome.contigs[contig].name, String(site.position + 1)]
          + ([site.reference] + site.alternates).map { String(decoding: $0, as: UTF8.self) } + genotypes
        text += fields.joined(separator: "\t") + "\n"
      }
    }
    let file = try OutputFile(path)
    try file.write(Array(text.utf8))
    try file.close()
  }

  private static func genotype(_ alleles: (UInt8, UInt8)) -> String {
    if alleles.0 == FamilyAlleles.absent { return "." }
    return alleles.1 == FamilyAlleles.absent ? "\(alleles.0)" : "\(alleles.0)|\(alleles.1)"
  }

  /// Writes a PLINK pedigree: family, person, father, mother, sex (1 male, 2 female), phenotype (2 affected).
  public func writePedigree(to path: String, members: [FamilyMember]) throws(WorkloadError) {
    var text = ""
    for member in members {
      let isChild = member == .child && members.count > 1
      let fields: [String] = [
        name, member.sampleName(family: name),
        isChild ? FamilyMember.father.sampleName(family: name) : "0",
        isChild ? FamilyMember.mother.sampleName(family: name) : "0",
        sex(member) == .male ? "1" : "2", member == .child ? "2" : "1",
      ]
      text += fields.joined(separator: "\t") + "\n"
    }
    let file = try OutputFile(path)
    try file.write(Array(text.utf8))
    try file.close()
  }
}
