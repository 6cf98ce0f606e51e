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
        // Takes people out, and never in.
        "KnowledgeBase+Withdrawing.swift: public func withdraw", "WithdrawalList.swift: public init",
        "WithdrawalCertificate.swift: public func json",
        // Changes what is known of people's choices, and takes people out.
        "KnowledgeBase+Rechecking.swift: public func recheck", "KnowledgeBase+Rechecking.swift: public func staleness",
        // Adds what somebody said of a variant; a person is none of it.
        "KnowledgeBase+Classifying.swift: public func classify",
        "ClassificationEvent+Reading.swift: public static func read",
        // Read a base, and write its ledger alone.
        "KnowledgeBase+Release.swift: public static func release", "KnowledgeBase+Release.swift: public func releases",
        "KnowledgeBase+ClassificationVCF.swift: public func exportClassifications",
        "KnowledgeBase+Lake.swift: public func exportLake", "KnowledgeBase+Lake.swift: public func verifyLake",
        "ReleaseOptions.swift: public init", "ReleasePolicy.swift: public init",
        "CentralSuppression.swift: public static func text",
        // Read a base, or no base at all: figures of variation.
        "KnowledgeBase+Yield.swift: public func yield", "BinomialInterval.swift: public init",
        "BinomialInterval.swift: public init?", "FunnelLimits.swift: public init",
        "VariationObservation.swift: public init", "VariationFigures.swift: public func position",
        "VariationTable.swift: public func figures", "VariationTable.swift: public init",
        "ReferralOutcome.swift: public init", "VariationReport.swift: public init",
        "CaseReferralFile.swift: public init", "CaseReferralFile.swift: public func outcome",
        // What is needed to make a ConsentedContribution: a permission, which only Service makes.
        "ConsentedContribution.swift: public init", "Contribution.swift: public init",
        // Nothing that follows writes people's data.
        "KnowledgeBase+Adding.swift: public func requireWritable", "KnowledgeBase.swift: public convenience init",
        "KnowledgeBase.swift: public static func create", "KnowledgeBase+Reading.swift: public func info",
        "KnowledgeBase+Verifying.swift: public func verify", "KnowledgeBase+BackingUp.swift: public func backUp",
        // Changes the format of a base, and nobody's data: the digest is what it was.
        "KnowledgeBase+Migrating.swift: public static func migrate",
        "KnowledgeBase+Classifying.swift: public func classifications",
        "KnowledgeBase+Classifying.swift: public func latest", "KnowledgeBase+Classifying.swift: public func totals",
        "KnowledgeBase+Classifying.swift: public func isContested",
        "ClassificationEvent.swift: public static func classes", "KnowledgeBase+Reading.swift: public func digest",
        "KnowledgeBase+Query.swift: public func answers",
        "KnowledgeBase+Genes.swift: public func scope", "GeneName.swift: public init", "GeneName.swift: public init?",
        "GeneName.swift: public static func ", "Question.swift: public init?",
        "Question.swift: public static func refusal",
        "PostgreSQLAddress.swift: public static func name",
        "CaseRelease.swift: public static func record", "CaseRelease.swift: public static func holds",
        "AlleleCounts.swift: public init", "AlleleGenotype.swift: public init", "AlleleGenotype.swift: public init?",
        "AlleleForm.swift: public init", "ContributionDetails.swift: public init",
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
    for file in try Self.swiftFiles("KnowledgeBase") {
      let isAdding = file.name.hasSuffix("KnowledgeBase+Adding.swift")
      // Rows of people: each store has one way to write them, which adding uses, and copying a base whole.
      let isCopying = file.name.hasSuffix("KnowledgeBase+BackingUp.swift")
      #expect(file.text.contains(".writeRows(of:") == (isAdding || isCopying), "\(file.name)")
      let isSQLite = file.name.hasSuffix("SQLiteConnection.swift")
      #expect(file.text.contains("INSERT INTO \\(PersonTable") == isSQLite, "\(file.name)")
      let isPostgreSQL = file.name.hasSuffix("PostgreSQLConnection+People.swift")
      #expect(file.text.contains("COPY person_row") == isPostgreSQL, "\(file.name)")
      // A person's row: written when the person enters, and again as it was when another one leaves.
      let mayWrite = [
        "KnowledgeBase+Adding.swift", "KnowledgeBase+Withdrawing.swift", "KnowledgeBase+Rechecking.swift",
      ]
      let writes = file.text.contains(".insert(into: ")
      #expect(!writes || mayWrite.contains { file.name.hasSuffix($0) }, "\(file.name)")
      #expect(!file.text.contains("INSERT INTO contribution") && !file.text.contains("UPDATE person"))
      #expect(!file.text.contains("PersonRecord(\n") || isAdding || file.name.hasSuffix("PersonRecord.swift"))
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
