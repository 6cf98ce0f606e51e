import Genomics
import Service

/// One row of a sheet, read by column name.
struct SheetRow {
  let header: [String]
  let fields: [String]
  let line: Int
  let path: String

  private func refuse(_ reason: String, _ remedy: String, kind: InputError.Kind = .malformed) -> InputError {
    InputError(kind, at: InputLocation(file: path, record: line), reason, remedy: remedy)
  }

  private func value(_ column: String) -> String {
    guard let index = header.firstIndex(of: column), index < fields.count else { return "" }
    return fields[index]
  }

  private func name(_ column: String) throws(InputError) -> String {
    let name = value(column)
    // The name itself is not repeated: it may be an identifier.
    if let fault = SheetName.fault(name) {
      throw refuse("the \(column) \(fault)", "use a pseudonym of letters, digits, dot, hyphen and underscore")
    }
    return name
  }

  private func optionalName(_ column: String) throws(InputError) -> String? {
    value(column).isEmpty ? nil : try name(column)
  }

  private func file(_ column: String) -> String? {
    let file = value(column)
    guard !file.isEmpty else { return nil }
    guard !file.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return file }
    return path[...slash] + file
  }

  func sample() throws(InputError) -> (case: String, SampleSheet.Sample) {
    guard fields.count == header.count else {
      throw refuse("the row has \(fields.count) fields, the header \(header.count)", "quote fields that hold commas")
    }
    let caseName = try name("case")
    let sampleName = try name("sample")
    guard let sex = Sex(sheet: value("sex")) else {
      throw refuse("sex is not female, male or unknown", "correct the field")
    }
    let status = value("status").isEmpty ? "germline" : value("status")
    guard ["germline", "tumour", "normal"].contains(status) else {
      throw refuse("status is not germline, tumour or normal", "correct the field")
    }
    let isAffected: Bool?
    switch value("affected").lowercased() {
    case "": isAffected = nil
    case "yes", "true", "1", "affected": isAffected = true
    case "no", "false", "0", "unaffected": isAffected = false
    default: throw refuse("affected is not yes, no or empty", "correct the field")
    }
    let lane = try optionalName("lane") ?? ""
    let fastq1 = file("fastq_1")
    let fastq2 = file("fastq_2")
    guard fastq1 != nil || fastq2 == nil else {
      throw refuse("fastq_2 stands without fastq_1", "name the first file too")
    }
    let bam = file("bam")
    let vcf = file("vcf")
    let gvcf = file("gvcf")
    guard fastq1 != nil || bam != nil || vcf != nil || gvcf != nil else {
      throw refuse("the row has no data file", "name a FASTQ, BAM, VCF or gVCF")
    }
    guard vcf == nil || vcf != gvcf else {
      throw refuse("vcf and gvcf are one file", "name a gVCF in the column gvcf alone")
    }
    var extra: [String: String] = [:]
    for column in header where column.hasPrefix("x_") && !value(column).isEmpty { extra[column] = value(column) }
    let sample = SampleSheet.Sample(
      name: sampleName, sex: sex, status: status, role: value("role"), isAffected: isAffected,
      father: try optionalName("father"), mother: try optionalName("mother"),
      lanes: fastq1.map { [SampleSheet.Lane(name: lane, fastq1: $0, fastq2: fastq2)] } ?? [], bam: bam, vcf: vcf,
      gvcf: gvcf, cnv: file("cnv_vcf"), sv: file("sv_vcf"), str: file("str_vcf"), outsideCalls: file("outside_calls"),
      extra: extra)
    guard sample.sv == nil || sample.cnv != nil else {
      throw refuse("sv_vcf stands without cnv_vcf", "name the copy numbers that it is held against")
    }
    return (caseName, sample)
  }

  /// Takes the row's referral for its case: one a case, on any of its rows.
  func addReferral(to one: inout SampleSheet.Case) throws(InputError) {
    guard let path = file("referral") else { return }
    guard one.referral == nil || one.referral == path else {
      throw refuse("referral differs from that of an earlier row of the case", "give one referral a case")
    }
    one.referral = path
  }

  /// Takes the row's urgency for its case: one a case, on any of its rows.
  func addUrgency(to one: inout SampleSheet.Case) throws(InputError) {
    let word = value("urgency")
    guard !word.isEmpty else { return }
    guard let urgency = Referral.Urgency(rawValue: word) else {
      let words = Referral.Urgency.allCases.map(\.rawValue).joined(separator: ", ")
      throw refuse("urgency is not one of \(words), or empty", "correct the field")
    }
    guard one.urgency == nil || one.urgency == urgency else {
      throw refuse("urgency differs from that of an earlier row of the case", "give one urgency a case")
    }
    one.urgency = urgency
  }

  /// Adds a further row of the same sample.
  func add(_ row: SampleSheet.Sample, to sample: inout SampleSheet.Sample) throws(InputError) {
    func merge<T: Equatable>(_ old: T?, _ new: T?, _ column: String) throws(InputError) -> T? {
      guard let old, let new, old != new else { return old ?? new }
      throw refuse("\(column) differs from that of an earlier row of the sample", "give one value a sample")
    }
    _ = try merge(sample.sex, row.sex, "sex")
    _ = try merge(sample.status, row.status, "status")
    _ = try merge(sample.role, row.role, "role")
    sample.isAffected = try merge(sample.isAffected, row.isAffected, "affected")
    sample.father = try merge(sample.father, row.father, "father")
    sample.mother = try merge(sample.mother, row.mother, "mother")
    sample.bam = try merge(sample.bam, row.bam, "bam")
    sample.vcf = try merge(sample.vcf, row.vcf, "vcf")
    sample.gvcf = try merge(sample.gvcf, row.gvcf, "gvcf")
    sample.cnv = try merge(sample.cnv, row.cnv, "cnv_vcf")
    sample.sv = try merge(sample.sv, row.sv, "sv_vcf")
    sample.str = try merge(sample.str, row.str, "str_vcf")
    sample.outsideCalls = try merge(sample.outsideCalls, row.outsideCalls, "outside_calls")
    guard sample.vcf == nil || sample.vcf != sample.gvcf else {
      throw refuse("vcf and gvcf are one file", "name a gVCF in the column gvcf alone")
    }
    for lane in row.lanes {
      guard !sample.lanes.contains(where: { $0.name == lane.name || $0.fastq1 == lane.fastq1 }) else {
        throw refuse("a lane of the sample stands twice", "name each lane and its files once")
      }
      sample.lanes.append(lane)
    }
    sample.extra.merge(row.extra) { old, new in old == new ? old : old + "; " + new }
  }
}
