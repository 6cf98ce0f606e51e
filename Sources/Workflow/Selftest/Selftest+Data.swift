import GenomicFiles
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// The synthetic trio of a source tree or tarball, beside the family that the binary makes up itself.
extension Selftest {
  /// What is read of `TestData`: its list of digests, and the trio that they are of.
  static let listName = "selftest.tsv"
  private static let trio = "trio"
  private static let people = ["SYN-001-P", "SYN-001-M", "SYN-001-F"]
  private static let tables = ["flagstat", "idxstats", "coverage", "stats", "mosdepth.summary"]

  /// Runs the trio, on a copy: a run keeps the reference's digests beside it.
  mutating func checkData(_ data: String) throws {
    let (from, to) = ("\(data)/\(Self.trio)", path("data"))
    guard case .folder = content(at: from) else {
      throw InputError(
        .unreadable, at: InputLocation(file: from), "there is no such folder",
        remedy: "give TestData of the version's source tree")
    }
    try makeFolder(to)
    for name in try FileManager.default.contentsOfDirectory(atPath: from).sorted() {
      guard case .file = content(at: "\(from)/\(name)") else { continue }
      _ = try writeAtomically(try readWhole("\(from)/\(name)"), to: "\(to)/\(name)", force: true, registry: registry)
    }
    let title = "the trio of the test data goes the whole way"
    let genome = ["-f", "data/genome.fa.gz"]
    guard try done("X-01", title, ["cache", "build"] + genome + ["-g", "data/genes.gff3", "-o", "data.cache"]),
      try done(
        "X-01", title,
        ["run", "--samplesheet", "data/samplesheet.csv", "-c", "data.cache", "--out", "data-run"] + genome)
    else { return }
    var variants = 0
    for person in Self.people {
      let folder = "data-run/SYN-001/\(person)"
      for table in Self.tables { note("data/\(person)/\(table)", lines: text("\(folder)/alignments.\(table).txt")) }
      // As text, which no compression library changes.
      let plain = "\(person).vcf"
      if try done("X-01", title, ["vcf", "norm", "\(folder)/variants.vcf.gz", "-o", plain] + genome) {
        note("data/\(person)/variants", lines: text(plain), comment: "##")
        variants += 1
      }
    }
    hold(
      "X-01", title, expected: "\(Self.people.count) people's variants", found: "\(variants) people's variants")
  }
}
