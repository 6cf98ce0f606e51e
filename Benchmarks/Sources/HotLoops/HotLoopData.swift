import Foundation

/// The files that the loops read, in one folder.
public struct HotLoopData: Sendable {
  /// The folder.
  public let folder: String

  /// Data that `prepare()` has made, or will make.
  public init(folder: String) { self.folder = folder }

  /// Of all generated data.
  static let seed: UInt64 = 1

  var fasta: String { path("genome.fa") }
  var genes: String { path("genes.gff3") }
  var cache: String { path("genes.cache") }
  /// One sample.
  var person: String { path("person.vcf.gz") }
  /// Many samples.
  var cohort: String { path("cohort.vcf.gz") }
  var reads: (String, String) { (path("r1.fastq.gz"), path("r2.fastq.gz")) }
  var alignments: String { path("sample.bam") }
  var base: String { path("people.kb") }

  /// A file of the folder.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Makes the files where they are not there yet; the folder has its name when all of them are whole.
  /// - Throws: what the generators, the cache's build and the base throw; the file system's errors.
  public func prepare() async throws {
    let files = FileManager.default
    guard !files.fileExists(atPath: folder) else { return }
    let partial = HotLoopData(folder: folder + ".partial")
    if files.fileExists(atPath: partial.folder) { try files.removeItem(atPath: partial.folder) }
    try files.createDirectory(atPath: partial.folder, withIntermediateDirectories: true)
    try partial.generate()
    try await partial.buildCache()
    try partial.fillBase()
    try files.moveItem(atPath: partial.folder, toPath: folder)
  }
}
