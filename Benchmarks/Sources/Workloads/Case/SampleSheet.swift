/// The sample sheet of a case, a row a person and lane; paths are relative to the sheet.
struct SampleSheet {
  let family: Family
  let lanes: Int
  let jointVCF: Bool
  private var text: String

  init(family: Family, lanes: Int, jointVCF: Bool) {
    self.family = family
    self.lanes = lanes
    self.jointVCF = jointVCF
    text = "case,sample,lane,fastq_1,fastq_2,bam,vcf,sex,status,role,affected,father,mother\n"
  }

  /// File names of a lane.
  func fastq(_ sample: String, lane: Int) -> (first: String, second: String) {
    let stem = lanes == 1 ? sample : "\(sample)_L00\(lane)"
    return ("\(stem)_R1.fastq.gz", "\(stem)_R2.fastq.gz")
  }

  mutating func add(_ member: FamilyMember, hasParents: Bool) {
    let sample = member.sampleName(family: family.name)
    let isChild = member == .child
    let role = isChild ? "proband" : member == .mother ? "mother" : "father"
    let parents =
      isChild && hasParents
      ? [FamilyMember.father.sampleName(family: family.name), FamilyMember.mother.sampleName(family: family.name)]
      : ["", ""]
    for lane in 1...lanes {
      let files = fastq(sample, lane: lane)
      // The BAM and VCF hold all lanes: they stand on the first row.
      let vcf = lane > 1 ? "" : jointVCF ? "\(family.name).vcf.gz" : "\(sample).vcf.gz"
      let fields: [String] =
        [family.name, sample, "L00\(lane)", files.first, files.second, lane > 1 ? "" : "\(sample).bam", vcf]
        + [family.sex(member).rawValue, "germline", role, isChild ? "yes" : "no"] + parents
      text += fields.joined(separator: ",") + "\n"
    }
  }

  func write(to path: String) throws(WorkloadError) {
    let file = try OutputFile(path)
    try file.write(Array(text.utf8))
    try file.close()
  }
}
