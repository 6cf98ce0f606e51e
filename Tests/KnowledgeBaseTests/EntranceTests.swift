import Foundation
import Genomics
import Service
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("The ways into a base")
struct EntranceTests {
  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources")

  private static func swiftFiles(_ room: String) throws -> [(name: String, text: String)] {
    let folder = sources.appendingPathComponent(room)
    guard let walker = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return try walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map {
      ($0, String(decoding: try readFile(folder.appendingPathComponent($0).path), as: UTF8.self))
    }
  }

  @Test("Every public way that takes a base or makes what enters one is known here")
  func surface() throws {
    var found: Set<String> = []
    for file in try Self.swiftFiles("KnowledgeBase") {
      for line in file.text.split(separator: "\n") {
        let words = line.trimmingCharacters(in: .whitespaces)
        guard words.hasPrefix("public "), words.contains("func ") || words.contains("init(") || words.contains("init?(")
        else {
          continue
        }
        let declaration = words.split(separator: "(")[0].split(separator: "<")[0]
        found.insert("\((file.name as NSString).lastPathComponent): \(declaration)")
      }
    }
    #expect(
      found == [
        // The two that write to a base. A ConsentedContribution is all that the first takes; the second makes one of each
        // person that a ConsentRegister permits.
        "KnowledgeBase+Adding.swift: public func add", "AddCases.swift: public func addCases",
        // What is needed to make a ConsentedContribution: a permission, which only Service makes.
        "ConsentedContribution.swift: public init", "Contribution.swift: public init",
        // Nothing that follows writes people's data.
        "KnowledgeBase+Adding.swift: public func requireWritable", "KnowledgeBase.swift: public convenience init",
        "KnowledgeBase.swift: public static func create", "KnowledgeBase+Reading.swift: public func info",
        "KnowledgeBase+Reading.swift: public func digest", "KnowledgeBase+Query.swift: public func answers",
        "KnowledgeBase+Genes.swift: public func scope", "GeneName.swift: public init", "GeneName.swift: public init?",
        "GeneName.swift: public static func ", "Question.swift: public init?",
        "CaseRelease.swift: public static func record", "CaseRelease.swift: public static func holds",
        "AlleleCounts.swift: public init", "AlleleGenotype.swift: public init", "AlleleGenotype.swift: public init?",
        "FilterConfiguration.swift: public init", "IntervalSet.swift: public init",
        "IntervalSet.swift: public func contains", "IntervalSet.swift: public func subtracting",
        "ObservationList.swift: public mutating func next", "ObservationList.swift: public func makeIterator",
        "ObservationList.swift: public static func == ", "ObservationList.swift: public func hash",
        "Pseudonym.swift: public init", "Pseudonym.swift: public func pseudonym", "ReferenceContigs.swift: public init",
        "ReferenceContigs.swift: public func contig", "SequenceLocation.swift: public init",
        "TruncatedDigest.swift: public func sha512t24u", "VRSAllele+Justified.swift: public static func justified",
        "VRSAllele.swift: public init", "CisPhasedBlock.swift: public init", "Adjacency.swift: public init",
        "DerivativeMolecule.swift: public init", "CopyNumber.swift: public init",
      ])
  }

  @Test("Rows of people are written in one file alone")
  func writers() throws {
    for file in try Self.swiftFiles("KnowledgeBase") where !file.name.hasSuffix("KnowledgeBase+Adding.swift") {
      for table in ["contribution", "callable", "observation", "allele", "gene"] {
        #expect(!file.text.contains("INSERT INTO \(table)"))
      }
      #expect(!file.text.contains("UPDATE "))
    }
  }

  @Test("A permission has no public initialiser, and one place makes it")
  func minting() throws {
    let service = try Self.swiftFiles("Service")
    let permission = try #require(service.first { $0.name == "ResearchPermission.swift" }).text
    #expect(!permission.contains("public init"))
    #expect(!permission.contains("Codable") && !permission.contains("Decodable"))
    let makers = service.filter { $0.text.contains("ResearchPermission(") && $0.name != "ResearchPermission.swift" }
    #expect(makers.map(\.name) == ["ConsentDecision.swift"])
  }

  @Test("A permission of another person opens nothing")
  func anotherPerson() throws {
    var random = SplitMix64()
    let base = try KnowledgeBase(inMemory: PseudonymKey())
    let contribution = try Generated.contribution("Denied", key: base.key, using: &random).contribution
    let error = #expect(throws: PermissionError.self) {
      try ConsentedContribution(contribution, try Generated.permission("Permitted"), key: base.key)
    }
    #expect(error?.kind == .otherPerson)
    #expect(!(error?.description.contains("Permitted") ?? true))
  }

  @Test("The file of a base holds no participant's identifier")
  func identifiers() throws {
    var random = SplitMix64()
    let folder = try TemporaryFolder()
    let base = try KnowledgeBase.create(path: folder("kb"), purpose: .research)
    _ = try base.add([try Generated.contribution("UNMISTAKABLE", key: base.key, using: &random)])
    #expect(Data(try folder.read("kb")).range(of: Data("UNMISTAKABLE".utf8)) == nil)
  }
}
