import Batching
import GenomicFiles
import Genomics
import TestSupport

/// A file of one record, read.
struct TemporaryRecord {
  private let folder: TemporaryFolder

  init(_ line: [UInt8]) throws {
    folder = try TemporaryFolder()
    let header = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n"
    try folder.write(Array(header.utf8) + line, to: "r.vcf")
  }

  func read<R: Sendable>(_ body: @Sendable @escaping (VariantRecords) -> R) async throws -> R {
    let resources = RunResources(threads: 1, batchBytes: 1 << 16)
    return try await withVariants(of: InputFile(path: folder("r.vcf")), resources: resources) { reader in
      guard let batch = try await reader.next() else {
        throw InputError(.empty, at: InputLocation(file: "r.vcf"), "no record", remedy: "give one")
      }
      return batch.withRecords(body)
    }
  }
}
