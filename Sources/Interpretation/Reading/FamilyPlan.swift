import GenomicFiles
public import Genomics

/// The files of a family, as a person gives them.
public struct FamilyInput: Sendable {
  /// Who they are.
  public var pedigree: Pedigree
  /// The pedigree's file, for errors.
  public var pedigreePath: String
  /// VCFs and gVCFs: one joint, or one or more people each.
  public var files: [String]
  /// The proband's name; nil where the pedigree tells.
  public var proband: String?
  /// Copies of X by name, as they were measured.
  public var xCopies: [String: Int]
  /// Depth files by name; see ``DepthEvidence``.
  public var depths: [String: String]
  /// BED files by name of where a person's depth suffices for a call of the reference (``DepthEvidence/threshold``).
  public var callable: [String: String] = [:]

  /// Files.
  public init(
    pedigree: Pedigree, pedigreePath: String, files: [String], proband: String? = nil, xCopies: [String: Int] = [:],
    depths: [String: String] = [:]
  ) {
    self.pedigree = pedigree
    self.pedigreePath = pedigreePath
    self.files = files
    self.proband = proband
    self.xCopies = xCopies
    self.depths = depths
  }
}

/// Who of a pedigree is in which file.
struct FamilyPlan: Sendable {
  /// One file.
  struct File: Sendable {
    var path: String
    /// Each member's sample column; nil for a member of another file.
    var columns: [Int?]
  }

  /// The members with data, in the pedigree's order.
  let family: Family
  let files: [File]
  /// The proband's file.
  let main: Int
  /// People of the family without a column.
  let withoutData: [String]
  /// Columns of the files that are nobody of the family.
  let otherSamples: Int

  /// - Parameter samples: the sample columns of each file.
  /// - Throws: `InputError` of kind `mismatch` where files and pedigree do not belong together.
  init(_ input: FamilyInput, samples: [[String]]) throws(InputError) {
    func refuse(_ path: String, _ reason: String, _ remedy: String) -> InputError {
      InputError(.mismatch, at: InputLocation(file: path), reason, remedy: remedy)
    }
    var column: [String: (file: Int, column: Int)] = [:]
    for (file, names) in samples.enumerated() {
      guard names.contains(where: { input.pedigree[$0] != nil }) else {
        throw refuse(
          input.files[file], "none of its samples is in \(input.pedigreePath)",
          "give the pedigree of these samples, under the same names")
      }
      for (index, name) in names.enumerated() {
        if let before = column.updateValue((file, index), forKey: name), input.pedigree[name] != nil {
          throw refuse(
            input.files[file], "sample \(name) is in \(input.files[before.file]) too",
            "give each person's calls once")
        }
      }
    }
    let proband = try Self.proband(input, { column[$0] != nil }, refuse)
    let people = input.pedigree.individuals.filter { $0.family == proband.family }
    let members = people.filter { column[$0.name] != nil }
    for name in input.xCopies.keys.sorted() + input.depths.keys.sorted()
    where !members.contains(where: { $0.name == name }) {
      throw refuse(input.pedigreePath, "\(name) is not a member of the family with data", "check the name")
    }
    let places = Dictionary(members.enumerated().map { ($1.name, $0) }) { first, _ in first }
    family = Family(
      members.map { one in
        Family.Member(
          one.name, sex: one.sex, affection: one.affection, father: one.father.flatMap { places[$0] },
          mother: one.mother.flatMap { places[$0] },
          xCopies: input.xCopies[one.name].map { .measured($0) } ?? .unmeasured)
      }, proband: places[proband.name] ?? 0)
    files = input.files.enumerated().map { number, path in
      File(
        path: path,
        columns: members.map { one in column[one.name].flatMap { $0.file == number ? $0.column : nil } })
    }
    main = column[proband.name]?.file ?? 0
    withoutData = people.filter { column[$0.name] == nil }.map(\.name)
    otherSamples = column.keys.count { name in !people.contains { $0.name == name } }
    let useless = files.first { $0.columns.allSatisfy { $0 == nil } }
    if let useless {
      throw refuse(
        useless.path, "none of its samples is of the proband's family \(proband.family)",
        "give the files of one family, or another --proband")
    }
  }

  /// The proband: who is named, else the one affected person with data, of several the one who has a parent in the
  /// pedigree and no children.
  private static func proband(
    _ input: FamilyInput, _ hasData: (String) -> Bool, _ refuse: (String, String, String) -> InputError
  ) throws(InputError) -> Pedigree.Individual {
    if let name = input.proband {
      guard let one = input.pedigree[name] else {
        throw refuse(input.pedigreePath, "the proband \(name) is not in the pedigree", "check the name")
      }
      guard hasData(name) else {
        throw refuse(input.pedigreePath, "no file has a sample of the proband \(name)", "give the proband's VCF")
      }
      return one
    }
    let affected = input.pedigree.individuals.filter { $0.affection == .affected && hasData($0.name) }
    if affected.count == 1 { return affected[0] }
    guard !affected.isEmpty else {
      throw refuse(
        input.pedigreePath, "no affected person has a sample in the files",
        "mark the affected (phenotype 2), or name the proband with --proband")
    }
    let youngest = affected.filter { one in
      (one.father ?? one.mother) != nil && input.pedigree.children(of: one.name).isEmpty
    }
    guard youngest.count == 1 else {
      throw refuse(
        input.pedigreePath, "\(affected.count) affected people have samples, and which is the proband is not told",
        "name the proband with --proband")
    }
    return youngest[0]
  }

  /// The proband's column and the parents', where they are in the proband's file: in a file of one's own an absent
  /// record is unknown, so that it tells nothing of what a parent gave.
  var originColumns: SiteReader.Columns? {
    let columns = files[main].columns
    let proband = family.members[family.proband]
    return columns[family.proband].map {
      SiteReader.Columns(
        proband: $0, father: proband.father.flatMap { columns[$0] }, mother: proband.mother.flatMap { columns[$0] })
    }
  }

  /// Of whom one at least has to carry an allele of the proband's file.
  var carriers: [Int] {
    let columns = files[main].columns
    let affected = family.members.indices.filter {
      family.members[$0].affection == .affected && columns[$0] != nil
    }
    return affected.contains(family.proband) ? affected : affected + [family.proband]
  }
}
