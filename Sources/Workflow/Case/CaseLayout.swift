/// Where a case's files go (CLI.md, "The main job").
struct CaseLayout: Sendable {
  /// The case's folder.
  let folder: String

  init(out: String, case name: String) {
    folder = (out.hasSuffix("/") ? String(out.dropLast()) : out) + "/" + name
  }

  /// What the names of a sample's outputs about alignments begin with.
  static let alignments = "alignments"

  /// A path in the case folder, from its name there.
  func path(_ name: String) -> String { folder + "/" + name }

  static func reads(_ sample: SampleSheet.Sample, _ lane: SampleSheet.Lane, mate: Int) -> String {
    let lanePart = sample.lanes.count > 1 ? ".\(laneName(sample, lane))" : ""
    return "\(sample.name)/\(sample.name)\(lanePart).R\(mate).fastq.gz"
  }

  /// The sheet's name of the lane, or its ordinal where the sheet names none.
  private static func laneName(_ sample: SampleSheet.Sample, _ lane: SampleSheet.Lane) -> String {
    lane.name.isEmpty ? "lane\((sample.lanes.firstIndex(of: lane) ?? 0) + 1)" : lane.name
  }
}
