import ArgumentParser
import GenomicFiles

struct ScanVCFCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan-vcf", abstract: "Find every record's columns; prints the records and the sum of POS.",
    discussion: "Example: apus-floor scan-vcf wgs.vcf.gz --threads 2")

  @OptionGroup var options: FloorOptions

  @Argument(help: "VCF, plain or compressed, or BCF.")
  var file: String

  func run() async throws {
    let resources = options.resources
    let input = InputFile(path: file)
    let (records, positions) = try await withVariants(of: input, resources: resources) { reader in
      var records = 0
      var positions = 0
      while let batch = try await reader.next() {
        records += batch.count
        batch.withRecords { view in
          for record in 0..<view.count { positions += view.position(of: record) }
        }
      }
      return (records, positions)
    }
    print("records\t\(records)\nsum of POS\t\(positions)")
  }
}
