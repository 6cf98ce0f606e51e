import Foundation
import TestSupport
import Testing

@Suite("The bill of materials", .enabled(if: Peer.has("python3", "readelf", "ldd", "sha256sum")))
struct BillOfMaterialsTests {
  /// CycloneDX 1.5, as far as Apus writes it.
  struct Bill: Decodable {
    struct Hash: Decodable {
      var alg: String
      var content: String
    }
    struct Licence: Decodable {
      struct Named: Decodable { var id: String }
      var license: Named?
      var expression: String?
    }
    struct Property: Decodable {
      var name: String
      var value: String
    }
    struct Component: Decodable {
      var type: String
      var name: String
      var version: String?
      var purl: String?
      var reference: String
      var hashes: [Hash]?
      var licenses: [Licence]?
      var properties: [Property]?
      var components: [Component]?

      private enum CodingKeys: String, CodingKey {
        case type, name, version, purl, hashes, licenses, properties, components
        case reference = "bom-ref"
      }
    }
    struct Metadata: Decodable {
      var timestamp: String
      var component: Component
    }
    struct Dependency: Decodable {
      var ref: String
      var dependsOn: [String]?
    }
    var bomFormat: String
    var specVersion: String
    var serialNumber: String
    var metadata: Metadata
    var components: [Component]
    var dependencies: [Dependency]
  }

  /// `licences.json`, as far as the tests read it.
  struct Data: Decodable {
    struct Package: Decodable { var licence: String }
    var packages: [String: Package]
  }

  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func data() throws -> Data {
    try JSONDecoder().decode(Data.self, from: Foundation.Data(try readFile(Release.scripts + "/licences.json")))
  }

  private func bill(_ name: String) throws -> Bill {
    try Peer.run(
      "SOURCE_DATE_EPOCH=1767225600 '\(Release.scripts)/sbom' --scratch '\(Release.scratch)' "
        + "--resolved '\(Command.package)/Package.resolved' -o \(name) '\(Command.path)'", in: folder)
    return try JSONDecoder().decode(Bill.self, from: Foundation.Data(try folder.read(name)))
  }

  @Test("Every package that Package.swift asks for, or that is resolved, has a licence")
  func licences() throws {
    let known = Set(try data().packages.keys)
    let manifest = String(decoding: try readFile(Command.package + "/Package.swift"), as: UTF8.self)
    var asked = manifest.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map { $0.1.lowercased() }
    #expect(asked.count >= 10)
    if let resolved = try? readFile(Command.package + "/Package.resolved") {
      let pins = String(decoding: resolved, as: UTF8.self).matches(of: /"identity" : "([^"]+)"/).map { String($0.1) }
      #expect(pins.count >= asked.count)
      asked += pins
    }
    for identity in asked { #expect(known.contains(identity), "\(identity) needs an entry in licences.json") }
  }

  @Test("It names the program by its digest, and every linked package with version and licence")
  func contents() throws {
    let bill = try bill("sbom.json")
    #expect(bill.bomFormat == "CycloneDX")
    #expect(bill.specVersion == "1.5")
    #expect(bill.serialNumber.wholeMatch(of: /urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
    #expect(bill.metadata.timestamp == "2026-01-01T00:00:00Z")
    let program = bill.metadata.component
    #expect(program.type == "application")
    #expect("apus \(program.version ?? "")" == (try Command.run(["--version"], in: folder)).output.dropLast())
    let digest = try Peer.run("sha256sum '\(Command.path)'", in: folder).text.prefix(64)
    #expect(program.hashes?.map(\.content) == [String(digest)])
    #expect(program.hashes?.map(\.alg) == ["SHA-256"])

    let swift = bill.components.filter { $0.purl?.hasPrefix("pkg:swift/") == true }
    #expect(Set(swift.map(\.name)).isSuperset(of: ["GRDB.swift", "Yams", "swift-crypto", "swift-argument-parser"]))
    // The server is no part of apus.
    #expect(!swift.contains { $0.name.contains("nio") || $0.name == "hummingbird" })
    let licences = try data().packages
    for part in swift {
      #expect(part.version?.isEmpty == false, "\(part.name)")
      #expect(part.purl?.hasSuffix("@\(part.version ?? "")") == true)
      let told = part.licenses?.map { $0.expression ?? $0.license?.id ?? "" }
      #expect(told == [licences[part.name.lowercased()]?.licence ?? "none"], "\(part.name)")
    }
    #expect(bill.components.contains { $0.components?.contains { $0.name == "libyaml" } == true })
    for library in ["libhts.so.3", "libsqlite3.so.0", "libpq.so.5"] {
      let part = bill.components.first { $0.properties?.contains { $0.value == library } == true }
      #expect(part?.licenses?.isEmpty == false, "\(library)")
    }
  }

  @Test("References are unique and lead somewhere; the same program gives the same bill")
  func references() throws {
    let bill = try bill("sbom.json")
    func all(_ parts: [Bill.Component]) -> [String] { parts.flatMap { [$0.reference] + all($0.components ?? []) } }
    let references = all([bill.metadata.component] + bill.components)
    #expect(Set(references).count == references.count)
    for dependency in bill.dependencies {
      #expect(references.contains(dependency.ref))
      for other in dependency.dependsOn ?? [] { #expect(references.contains(other), "\(other)") }
    }
    #expect(bill.dependencies.first { $0.ref == "apus" }?.dependsOn?.count ?? 0 > 10)
    _ = try self.bill("again.json")
    #expect(try folder.read("sbom.json") == folder.read("again.json"))
  }

  @Test("A package without a licence, and one whose text is another, are refused")
  func refused() throws {
    try Peer.run(
      "mkdir -p Scripts; cp -R '\(Release.scripts)' Scripts/Release; cp -R '\(Command.package)/Sources' .", in: folder)
    let run =
      "Scripts/Release/sbom --scratch '\(Release.scratch)' --resolved '\(Command.package)/Package.resolved' '\(Command.path)'"
    try Peer.run("\(run) >bill.json", in: folder)
    let licences = String(decoding: try folder.read("Scripts/Release/licences.json"), as: UTF8.self)
    func changed(_ from: String, to: String) throws -> Peer.Outcome {
      #expect(licences.contains(from))
      try Foundation.Data(licences.replacing(from, with: to).utf8).write(
        to: URL(fileURLWithPath: folder("Scripts/Release/licences.json")))
      return try Peer.outcome(run, in: folder)
    }
    let missing = try changed("    \"swift-log\": {\"licence\": \"Apache-2.0\"},\n", to: "")
    #expect(missing.code != 0)
    #expect(missing.errors.contains("swift-log"))
    let other = try changed("\"yams\": {\"licence\": \"MIT\"}", to: "\"yams\": {\"licence\": \"Apache-2.0\"}")
    #expect(other.code == 65)
    #expect(other.errors.contains("yams"))
  }

  @Test("Notices hold the licences of what is linked, and nothing of what is not")
  func notices() throws {
    let text = try Peer.run(
      "'\(Release.scripts)/notices' --scratch '\(Release.scratch)' --resolved '\(Command.package)/Package.resolved' apus",
      in: folder
    ).text
    for part in ["Gwendal Roué", "JP Simard", "The SwiftCrypto Project", "Runtime Library Exception", "xkcp"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("hummingbird:"))
  }
}
