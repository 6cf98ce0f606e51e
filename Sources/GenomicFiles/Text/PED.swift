public import Genomics

/// Reads a pedigree file (plain, gzip or bgzip): family, individual, father, mother, sex, phenotype, separated by tabs
/// or blanks, one individual a line. Comments and blank lines are skipped.
///
/// Parents are `0` where unknown and need no line of their own. Sex is 1 (male), 2 (female), or 0, -9, `.`, `other`,
/// `unknown`; the phenotype is 1 (unaffected), 2 (affected), 0, -9 or `.` (unknown). A last line without a line feed is
/// taken, since every column is a whole word. Source: PLINK 1.9 file formats, `.fam` and `.ped`.
/// - Throws: `InputError` with line and offset: another number of columns, other codes, an individual twice, a parent of
///   the wrong sex or of another family, an individual among its own ancestors; what reading found.
public func readPED(_ input: InputFile, resources: RunResources) async throws -> Pedigree {
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    var cutter = LineCutter(source, addsFinalLineFeed: true)
    var individuals: [Pedigree.Individual] = []
    var places: [InputLocation] = []
    var nextLine = 1
    while let chunk = try await cutter.next(line: nextLine) {
      nextLine += try chunk.forEachLine(firstLine: nextLine, path: input.path) { line in
        if let individual = try Pedigree.Individual(line) {
          individuals.append(individual)
          places.append(InputLocation(file: line.path, record: line.number, offset: line.offset))
        }
        return true
      }
    }
    guard !individuals.isEmpty else {
      throw InputError(
        .empty, at: InputLocation(file: input.path), "the file names no individual",
        remedy: "give a pedigree of six columns")
    }
    do {
      return try Pedigree(individuals)
    } catch let error as Pedigree.Refusal {
      throw InputError(
        .malformed, at: places[error.individual], error.fault.reason(for: individuals[error.individual].name),
        remedy: "correct the family's lines")
    }
  }
}

extension Pedigree.Individual {
  /// Parses a line; nil for a line that is no individual.
  init?(_ line: TextLine) throws(InputError) {
    if line.isBlank || line.starts(with: "#") { return nil }
    let words = line.bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard words.count == 6 else {
      throw line.refusal(
        "the line has \(words.count) columns, a pedigree has 6",
        remedy: "give family, individual, father, mother, sex and phenotype")
    }
    var texts: [String] = []
    for word in words { texts.append(try line.text(UnsafeRawBufferPointer(rebasing: word), "a column")) }
    let sex: Sex
    switch texts[4].lowercased() {
    case "1", "2": sex = Sex(pedigree: texts[4])
    case "0", "-9", ".", "other", "unknown": sex = .unknown
    default:
      throw line.refusal("the sex is none of 1, 2 and 0", remedy: "write 1 for male, 2 for female, 0 for unknown")
    }
    let affection: Affection
    switch texts[5] {
    case "1": affection = .unaffected
    case "2": affection = .affected
    case "0", "-9", ".": affection = .unknown
    default:
      throw line.refusal(
        "the phenotype is none of 1, 2, 0 and -9", remedy: "write 1 for unaffected, 2 for affected, -9 for unknown")
    }
    guard texts[1] != "0" else { throw line.refusal("the individual is named 0, which means none", remedy: "name it") }
    self.init(
      family: texts[0], name: texts[1], father: texts[2] == "0" ? nil : texts[2],
      mother: texts[3] == "0" ? nil : texts[3],
      sex: sex, affection: affection)
  }
}

extension Pedigree.Fault {
  fileprivate func reason(for name: String) -> String {
    switch self {
    case .duplicate: "individual \(name) stands twice"
    case .femaleFather(let father): "the father \(father) of \(name) is recorded as female"
    case .maleMother(let mother): "the mother \(mother) of \(name) is recorded as male"
    case .parentInOtherFamily(let parent): "the parent \(parent) of \(name) is recorded in another family"
    case .sameParents: "father and mother of \(name) are the same"
    case .ownAncestor: "\(name) descends from itself"
    }
  }
}
