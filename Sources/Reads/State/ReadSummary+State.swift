import CCompression
import Genomics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// A state file: the magic, the version, the summary as `StateWriter` writes numbers, and the CRC-32 of all before it in
// four bytes, lowest first.
extension ReadSummary {
  private static let magic = Array("APUSREAD".utf8)
  private static let version: UInt8 = 1
  private static let checksumBytes = 4

  /// The bytes of a state file.
  public func state() throws -> [UInt8] {
    var writer = StateWriter()
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    writer.write(Array(try encoder.encode(plan)))
    for statistics in [before1, before2, after1, after2] { statistics.write(to: &writer) }
    filter.write(to: &writer)
    duplicates.write(to: &writer)
    writer.write(custody.count)
    for (group, custody) in custody.sorted(by: { $0.key < $1.key }) {
      writer.write(group)
      for checksum in [custody.input, custody.kept, custody.dropped, custody.output] { checksum.write(to: &writer) }
    }
    writer.write(warnings)
    let content = Self.magic + [Self.version] + writer.bytes
    let checksum = Self.checksum(content[...])
    return content + (0..<Self.checksumBytes).map { UInt8(truncatingIfNeeded: checksum >> (8 * UInt32($0))) }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }

  /// Reads a state file.
  /// - Parameter path: the file, for errors.
  /// - Throws: `InputError` of kind `malformed`, `unsupported`, `checksum` or `truncated`.
  public init(state bytes: [UInt8], path: String) throws {
    let start = Self.magic.count + 1
    guard bytes.starts(with: Self.magic), bytes.count >= start else {
      throw InputError(
        .malformed, at: InputLocation(file: path, offset: 0), "the file is no state of apus fastq",
        remedy: "give files that apus fastq --state made")
    }
    guard bytes[start - 1] == Self.version else {
      throw InputError(
        .unsupported, at: InputLocation(file: path, offset: start - 1),
        "the state is of version \(bytes[start - 1]), and this apus reads version \(Self.version)",
        remedy: "make all states with one version of apus")
    }
    let end = bytes.count - Self.checksumBytes
    var stored: UInt32 = 0
    for (place, byte) in bytes.suffix(Self.checksumBytes).enumerated() { stored |= UInt32(byte) << (8 * UInt32(place)) }
    guard end >= start, Self.checksum(bytes[..<end]) == stored else {
      throw InputError(
        .checksum, at: InputLocation(file: path, offset: max(0, end)), "the state's checksum is not that of its bytes",
        remedy: "the file is damaged or cut short: fetch it again, or make it again with apus fastq --state")
    }
    var reader = StateReader(bytes, start..<end, path: path)
    let plan = try? JSONDecoder().decode(ReadPlan.self, from: Data(reader.data()))
    guard let plan else { throw reader.fault("the state holds no options") }
    self.init(plan: plan)
    before1 = try ReadStatistics(from: &reader)
    before2 = try ReadStatistics(from: &reader)
    after1 = try ReadStatistics(from: &reader)
    after2 = try ReadStatistics(from: &reader)
    filter = try FilterStatistics(from: &reader)
    duplicates = try DuplicateEstimate(from: &reader)
    for _ in 0..<(try reader.count()) {
      let group = try reader.text()
      custody[group] = ReadCustody(
        input: try ReadChecksum(from: &reader), kept: try ReadChecksum(from: &reader),
        dropped: try ReadChecksum(from: &reader), output: try ReadChecksum(from: &reader))
    }
    warnings = try reader.named()
    guard reader.isAtEnd else { throw reader.fault("the state goes on behind its end") }
    guard balances else { throw reader.fault("the state's reads in are not its reads out and dropped") }
  }
}

/// Lanes that cannot be merged.
public struct ReadMergeError: Error, Sendable {
  /// The number of the first state that differs from the first, from 0.
  public var state: Int
}

extension ReadSummary {
  /// The sum of lanes, as though their reads were one file's.
  /// - Throws: `ReadMergeError` where lanes were processed with different options, or pairs and single reads are mixed.
  public static func merged(_ lanes: [ReadSummary]) throws(ReadMergeError) -> ReadSummary? {
    guard var sum = lanes.first else { return nil }
    for (number, lane) in lanes.enumerated().dropFirst() {
      guard lane.plan.options == sum.plan.options, lane.plan.isPaired == sum.plan.isPaired else {
        throw ReadMergeError(state: number)
      }
      if lane.plan != sum.plan { sum.warnings[differingPlans, default: 0] += 1 }
      sum.merge(lane)
    }
    return sum
  }

  /// The warning for lanes whose reads decided otherwise on tails of G or adapters than the first lane's.
  static let differingPlans = "lane-trimmed-otherwise"
}
