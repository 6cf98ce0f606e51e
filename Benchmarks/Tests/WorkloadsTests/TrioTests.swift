import Foundation
import Testing

@testable import Workloads

/// The trio that tiers are measured on.
struct TrioTests {
  private static func write(_ seed: UInt64, _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "apus-trio-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var workload = TrioWorkload(seed: seed, records: 12_000, genomeSize: 1_400_000)
    workload.geneSpacing = 12_000
    workload.clinical = 6_000
    workload.changed = 0.05
    try workload.write(to: path)
    try body(path)
  }

  private static func records(_ path: String) throws -> [[Substring]] {
    try TestCase.lines(path).filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
  }

  @Test("About as many records as asked for, ascending, whose genotypes the child has from its parents")
  func trio() throws {
    try Self.write(3) { path in
      let records = try Self.records(path + "/trio.vcf.gz")
      #expect((9_000...15_000).contains(records.count), "\(records.count)")
      var (last, disagreements, indels) = (("", 0), 0, 0)
      for record in records {
        let position = try #require(Int(record[1]))
        if String(record[0]) == last.0 { #expect(position > last.1) }
        last = (String(record[0]), position)
        if record[4].split(separator: ",").contains(where: { $0.count != record[3].count }) { indels += 1 }
        guard Int(record[0]) != nil else { continue }
        #expect(record[8] == "GT:AD:DP:GQ:PL")
        let genotypes = record[9...].map { $0.prefix { $0 != ":" }.split(separator: "/") }
        let (child, mother, father) = (genotypes[0], genotypes[1], genotypes[2])
        let isInherited =
          mother.contains(child[0]) && father.contains(child[1])
          || mother.contains(child[1]) && father.contains(child[0])
        if !isInherited { disagreements += 1 }
      }
      // The planted one is de novo.
      #expect(disagreements == 1)
      #expect(indels > records.count / 20)
    }
  }

  @Test("The next release differs in the share that was asked for; most of the family's alleles there are benign")
  func releases() throws {
    try Self.write(4) { path in
      func entries(_ name: String) throws -> [String: Substring] {
        Dictionary(
          uniqueKeysWithValues: try Self.records(path + "/" + name).map {
            ("\($0[0]) \($0[1]) \($0[3]) \($0[4])", $0[7])
          })
      }
      let (first, next) = (try entries("clinical.vcf.gz"), try entries("clinical.next.vcf.gz"))
      #expect(first.count > 4_000)
      let keys = Set(first.keys).union(next.keys)
      let share = Double(keys.count { first[$0] != next[$0] }) / Double(keys.count)
      #expect((0.035...0.065).contains(share), "\(share)")
      #expect(keys.contains { first[$0] == nil } && keys.contains { next[$0] == nil })
      let own = Set(
        try Self.records(path + "/trio.vcf.gz").flatMap { record in
          record[4].split(separator: ",").map { "\(record[0]) \(record[1]) \(record[3]) \($0)" }
        })
      let carried = first.filter { own.contains($0.key) }
      #expect(carried.count > 50)
      #expect(carried.values.count { $0.contains("enign") } > carried.count / 2)
    }
  }

  @Test("The same seed gives the same bytes, another gives others")
  func seeded() throws {
    var bytes: [[UInt8]] = []
    for seed: UInt64 in [5, 5, 6] {
      try Self.write(seed) { path in
        bytes.append(
          try ["trio.vcf.gz", "clinical.next.vcf.gz", "frequency.vcf.gz", "panel.json"].flatMap {
            try TestCase.contents("\(path)/\($0)")
          })
      }
    }
    #expect(bytes[0] == bytes[1])
    #expect(bytes[0] != bytes[2])
  }
}
