import Foundation
import TestSupport
import Testing

@Suite("apus case crate, on the synthetic trio")
struct CaseCrateTests {
  let folder: TemporaryFolder
  let files = testData("case")
  var caseFolder: String { folder("out/SYN-001") }
  var path: String { caseFolder + "/ro-crate-metadata.json" }

  init() throws {
    folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    // Variants and a referral are enough for every kind of unit but reads; one sample has these.
    let rows = [
      "case,sample,fastq_1,fastq_2,vcf,sex,role,affected,father,mother,referral",
      "SYN-001,SYN-001-P,SYN-001-P_R1.fastq.gz,SYN-001-P_R2.fastq.gz,SYN-001-P.vcf.gz,female,proband,yes,SYN-001-F,SYN-001-M,referral.json",
      "SYN-001,SYN-001-M,,,SYN-001-M.vcf.gz,female,mother,no,,,",
      "SYN-001,SYN-001-F,,,SYN-001-F.vcf.gz,male,father,no,,,",
    ]
    try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: trio + "/sheet.csv"))
    try FileManager.default.copyItem(atPath: files + "/referral.json", toPath: trio + "/referral.json")
    for arguments in [
      ["cache", "build", "-f", "\(trio)/genome.fa.gz", "-g", "\(trio)/genes.gff3", "-o", "trio.cache"],
      ["directory", "import", "\(files)/directory.east.json", "-o", "directory.json"],
      [
        "run", "--samplesheet", "\(trio)/sheet.csv", "-f", "\(trio)/genome.fa.gz", "-c", "trio.cache", "--directory",
        "directory.json", "--test-numbers", "--as-of", "2026-03-10T09:00:00+00:00", "--tier-panel",
        "\(files)/panel.json",
        "--policy", "ga4gh-wgs", "--out", "out",
      ],
    ] {
      let result = try Command.run(arguments, in: folder)
      try #require(result.code == 0, "\(arguments[0]): \(result.errors)")
    }
  }

  private func crate(_ more: String...) throws -> Command.Result {
    try Command.run(["case", "crate", caseFolder] + more, in: folder)
  }

  private func object(_ path: String) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
  }

  /// The entities by their ids; an id that stands twice is an issue.
  private func graph() throws -> [String: [String: Any]] {
    let entities = try #require(try object(path)["@graph"] as? [[String: Any]])
    var byID: [String: [String: Any]] = [:]
    for entity in entities {
      let id = try #require(entity["@id"] as? String)
      #expect(byID.updateValue(entity, forKey: id) == nil, "\(id) stands twice")
    }
    return byID
  }

  /// Every id that a value refers to.
  private func links(_ value: Any) -> [String] {
    if let list = value as? [Any] { return list.flatMap(links) }
    guard let members = value as? [String: Any] else { return [] }
    if members.count == 1, let id = members["@id"] as? String { return [id] }
    return members.values.flatMap(links)
  }

  private func linked(_ entity: [String: Any]?, _ name: String) -> Set<String> {
    Set(entity?[name].map(links) ?? [])
  }

  @Test("The crate has what RO-Crate 1.1 and Process Run Crate 0.5 ask for, and no link leads nowhere")
  func structure() throws {
    let result = try crate("--date", "2026-03-10", "--laboratory", "Example Genomic Laboratory Hub")
    #expect(result.code == 0, "\(result.errors)")
    let graph = try graph()
    let descriptor = graph["ro-crate-metadata.json"]
    #expect(descriptor?["@type"] as? String == "CreativeWork")
    #expect(
      linked(descriptor, "conformsTo") == ["https://w3id.org/ro/crate/1.1"] && linked(descriptor, "about") == ["./"])
    let root = graph["./"]
    #expect(root?["@type"] as? String == "Dataset" && root?["datePublished"] as? String == "2026-03-10")
    #expect(root?["name"] is String && root?["description"] is String && linked(root, "license").count == 1)
    #expect(linked(root, "conformsTo") == ["https://w3id.org/ro/wfrun/process/0.5"])
    #expect(graph["https://w3id.org/ro/wfrun/process/0.5"]?["@type"] as? String == "CreativeWork")
    for (id, entity) in graph {
      #expect(entity["@type"] is String, "\(id)")
      for target in entity.filter({ $0.key != "@id" }).values.flatMap(links) {
        if id != "ro-crate-metadata.json" || target == "./" { #expect(graph[target] != nil, "\(id) names \(target)") }
      }
      if entity["@type"] as? String == "File" {
        #expect(linked(root, "hasPart").contains(id), "\(id) is no part")
        #expect(entity["name"] is String && entity["encodingFormat"] is String)
      }
    }
    let actions = graph.filter { ["CreateAction", "ActivateAction"].contains($0.value["@type"] as? String) }
    #expect(linked(root, "mentions") == Set(actions.keys) && actions.count == 6)
    for (id, action) in actions {
      #expect(linked(action, "instrument") == ["#apus"], "\(id)")
      #expect(linked(action, "agent") == ["#laboratory"], "\(id)")
      #expect((action["@type"] as? String == "CreateAction") == !linked(action, "result").isEmpty, "\(id)")
    }
    #expect(graph["#apus"]?["@type"] as? String == "SoftwareApplication")
    let version = try Command.run(["--version"], in: folder).output.split(separator: " ").last?.dropLast()
    #expect(graph["#apus"]?["softwareVersion"] as? String == version.map(String.init))
  }

  @Test("Every unit of the manifest is an action with its inputs, options, reference and outputs")
  func units() throws {
    #expect(try crate().code == 0)
    let graph = try graph()
    let manifest = try object(caseFolder + "/manifest.json")
    let units = try #require(manifest["units"] as? [[String: Any]])
    #expect(units.count == 6)
    for (index, unit) in units.enumerated() {
      let name = try #require(unit["name"] as? String)
      let action = graph["#action-\(index + 1)"]
      #expect(action?["name"] as? String == name)
      let objects = linked(action, "object").compactMap { graph[$0] }
      let inputs = try #require(unit["inputs"] as? [[String: Any]])
      let told = Set(objects.filter { $0["@type"] as? String == "File" }.compactMap { $0["sha256"] as? String })
      #expect(told == Set(inputs.compactMap { $0["sha256"] as? String }), "\(name)")
      let options = try #require(unit["options"] as? [String: String])
      let values = objects.filter { $0["@type"] as? String == "PropertyValue" }
      #expect(
        Dictionary(
          uniqueKeysWithValues: values.compactMap { value in
            (value["name"] as? String).map { ($0, value["value"] as? String ?? "") }
          })
          == options, "\(name)")
      #expect(linked(action, "object").contains("#reference") == !name.hasSuffix("/reads"), "\(name)")
      let outputs = try #require(unit["outputs"] as? [[String: Any]])
      #expect(linked(action, "result") == Set(outputs.compactMap { $0["path"] as? String }), "\(name)")
      for output in outputs {
        let entity = try graph[#require(output["path"] as? String)]
        #expect(entity?["sha256"] as? String == output["sha256"] as? String)
        #expect(entity?["contentSize"] as? String == (output["bytes"] as? Int).map(String.init))
      }
    }
    #expect(linked(graph["#action-6"], "object").contains("#policy"))
    // Neither folders of inputs nor people stand in it.
    let text = String(decoding: try readFile(path), as: UTF8.self)
    for secret in [folder.path, "Ample", "999000", "2018-05-05", "20:15487"] {
      #expect(!text.contains(secret), "\(secret)")
    }
  }

  @Test("The same case and day give the same bytes; an existing crate stays without --force")
  func repeated() throws {
    #expect(try crate("--date", "2026-03-10").code == 0)
    let first = try readFile(path)
    #expect(try crate("--date", "2026-03-11").code == 73)
    #expect(try readFile(path) == first)
    #expect(try crate("--date", "2026-03-10", "--force", "--threads", "1").code == 0)
    #expect(try readFile(path) == first)
    #expect(try crate("--date", "10.3.2026", "--force").code == 64)
    #expect(try crate("--laboratory", "9434765919", "--force").code == 64)
  }

  @Test("What does not match the manifest is refused with its name, and leaves no crate")
  func refusals() throws {
    let manifest = try readFile(caseFolder + "/manifest.json")
    func refused(_ code: Int32, _ words: String) throws {
      let result = try crate()
      #expect(result.code == code && result.firstError.contains(words), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
    func edited(_ from: String, _ to: String) throws {
      let text = String(decoding: manifest, as: UTF8.self)
      #expect(text.contains(from))
      try Data(text.replacing(from, with: to, maxReplacements: 1).utf8)
        .write(to: URL(fileURLWithPath: caseFolder + "/manifest.json"))
    }
    try edited("\"complete\": true", "\"complete\": false")
    try refused(65, "did not end")
    try edited("\"SYN-001-P/reads.json\"", "\"../reads.json\"")
    try refused(65, "leads out")
    try edited("apus-manifest/2", "apus-manifest/1")
    try refused(65, "no manifest")
    try Data(manifest).write(to: URL(fileURLWithPath: caseFolder + "/manifest.json"))
    let damaged = caseFolder + "/SYN-001-P/variants.json"
    var bytes = try readFile(damaged)
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: damaged))
    try refused(65, "variants.json")
    try FileManager.default.removeItem(atPath: damaged)
    try refused(65, "variants.json")
    try FileManager.default.removeItem(atPath: caseFolder + "/manifest.json")
    try refused(66, "manifest.json")
  }

  @Test("An authorised report is told as a step after the run; a report that somebody changed by hand is refused")
  func afterwards() throws {
    let report = caseFolder + "/report.html"
    let drafted = try readFile(report)
    try Data(drafted + Array("<!-- edited -->".utf8)).write(to: URL(fileURLWithPath: report))
    #expect(try crate().code == 65)
    try Data(drafted).write(to: URL(fileURLWithPath: report))
    let authorised = try Command.run(["case", "report", caseFolder, "--final", "--by", "A. Scientist"], in: folder)
    #expect(authorised.code == 0, "\(authorised.errors)")
    #expect(try crate().code == 0)
    let graph = try graph()
    let results = linked(graph["#after-run"], "result")
    #expect(results.isSuperset(of: ["report.json", "report.html", "report.v1.json", "report.v1.html"]))
    let digest = try Peer.run("sha256sum '\(report)'", in: folder).text.prefix(64)
    #expect(graph["report.html"]?["sha256"] as? String == String(digest))
    #expect(!String(decoding: try readFile(path), as: UTF8.self).contains("A. Scientist"))
  }
}
