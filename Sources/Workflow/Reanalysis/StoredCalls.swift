import Annotation
import Batching
import GenomicFiles
import Genomics
import Variants

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The calls of a case's folder as they were before they were split, in a folder of their own until they are removed.
///
/// In a split record `1/2` is `1/.`: the other allele is told by its own record alone. Read so, a parent without a copy of
/// the reference would look like one with a copy unknown. The records are therefore put together again, which the
/// joiner proves for each by splitting it anew; annotations, which belong to the parts, are left behind first.
struct StoredCalls: Sendable {
  private let folder: String
  /// The files to read, in the order asked for.
  private(set) var paths: [String] = []
  /// Parts of split records that no record was made of: their other alleles are unknown.
  private(set) var partsNotJoined = 0

  /// Writes them.
  /// - Parameter reference: what the calls were normalised with.
  init(
    _ calls: [CaseInterpretation.Calls], of stored: StoredCase, reference: any ReferenceBases, resources: RunResources
  ) async throws {
    folder = FileManager.default.temporaryDirectory.path + "/apus-reanalyse-" + UUID().uuidString
    // Genotypes: for this user alone.
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      try await restore(calls, stored, reference, resources)
    } catch {
      remove()
      throw error
    }
  }

  /// Removes the files. Blocks for a moment.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private mutating func restore(
    _ calls: [CaseInterpretation.Calls], _ stored: StoredCase, _ reference: any ReferenceBases,
    _ resources: RunResources
  ) async throws {
    for (number, one) in calls.enumerated() {
      let path = stored.path(one.path)
      guard case .file = content(at: path) else {
        throw InputError(
          .unreadable, at: InputLocation(file: path), "the case's calls are missing", remedy: "run the case again")
      }
      guard one.isSplit else {
        try await resources.blocking.run { try stored.require(one.path) }
        paths.append(path)
        continue
      }
      let bare = "\(folder)/\(number).bare.vcf.gz"
      let whole = "\(folder)/\(number).vcf.gz"
      try stored.require(one.path, sha256: try await Self.writeBare(path, to: bare, resources))
      var job = VariantJob(
        input: InputFile(path: bare),
        output: OutputPlan(path: whole, container: .bgzf(level: 1), force: true, hashes: false))
      job.normalises = true
      job.joins = true
      let result = try await processVariants(job, reference: reference, resources: resources)
      _ = try await result.pending?.commit()
      partsNotJoined += result.counts.partsNotJoined
      paths.append(whole)
    }
  }

  /// Writes the records with what tiers and the joiner read of INFO alone: `END` and `APUS_ORIG`.
  /// - Returns: the SHA-256 of what was read.
  private static func writeBare(_ path: String, to output: String, _ resources: RunResources) async throws -> String {
    let input = InputFile(path: path, hashes: true)
    let plan = OutputPlan(path: output, container: .bgzf(level: 1), force: true, hashes: false)
    let (_, pending) = try await withOutput(plan, resources: resources) { stream in
      try await withVariants(of: input, resources: resources) { reader in
        try await stream.append(Array(reader.header.text.utf8))
        while let batch = try await reader.next() {
          try await stream.append(batch.withRecords { bare($0, batch.runs) })
        }
      }
    }
    _ = try await pending.commit()
    return input.summary?.sha256 ?? ""
  }

  private static func bare(_ view: VariantRecords, _ runs: [VariantBatch.Run]) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in runs.lazy.flatMap(\.records) {
      let line = view.line(record)
      let info = view.column(.info, of: record)
      bytes += view[line.lowerBound..<info.lowerBound]
      let start = bytes.count
      view.forEachInfo(of: record) { entry in
        let key = view[entry.key]
        guard key.elementsEqual("END".utf8) || key.elementsEqual("APUS_ORIG".utf8) else { return true }
        if bytes.count > start { bytes.append(UInt8(ascii: ";")) }
        bytes += view[entry.key.lowerBound..<(entry.value?.upperBound ?? entry.key.upperBound)]
        return true
      }
      if bytes.count == start { bytes.append(UInt8(ascii: ".")) }
      bytes += view[info.upperBound..<line.upperBound]
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
