import Foundation
import GenomicFiles
import TestSupport
import Testing

@testable import Annotation
@testable import Variants

/// Annotated records as tables and JSON lines, against the same records as VCF.
@Suite struct AnnotationTextTests {
  /// Records of every kind over a gene and two sources.
  private func files() async throws -> (folder: TemporaryFolder, cache: String) {
    var random = SplitMix64(seed: 7)
    let gene = SyntheticGene(&random)
    let folder = try TemporaryFolder()
    try folder.write(gene.fasta, to: "a.fa")
    try folder.write(gene.gff3, to: "a.gff3")
    let header = """
      ##fileformat=VCFv4.3
      ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
      ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Significance">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n
      """
    func base(_ place: Int) -> String { String(decoding: [gene.genome[place]], as: UTF8.self) }
    func others(_ place: Int) -> [String] { ["A", "C", "G", "T"].filter { $0 != base(place) } }
    var (source, asked) = (header, "")
    for place in gene.coding.lowerBound..<gene.coding.upperBound {
      let alleles = others(place)
      if random.chance(0.5) {
        source += "c\t\(place + 1)\t.\t\(base(place))\t\(alleles[0])\t.\tPASS\tAF=0.\(place);CLNSIG=Benign|x%22\n"
      }
      let alternates = random.pick([[alleles[0]], alleles, [alleles[1], "<DEL>"], ["*"], ["\(base(place))GAT"], ["."]])
      let (id, filter) = (random.pick([".", "rs1;rs\"2", "a\\b"]), random.pick(["PASS", ".", "low;q10"]))
      asked += "c\t\(place + 1)\t\(id)\t\(base(place))\t\(alternates.joined(separator: ","))\t"
      asked += "\(random.pick([".", "5", "1e3", "007"]))\t\(filter)\tDP=3\tGT\t0/1\n"
    }
    try folder.write(source, to: "source.vcf")
    try folder.write(header.replacing("\tINFO\n", with: "\tINFO\tFORMAT\tNAME\n") + asked, to: "in.vcf")
    try await buildCache(
      fasta: folder("a.fa"), annotation: folder("a.gff3"),
      sources: [try #require(KnownSourceSpec("cv=\(folder("source.vcf")):AF,CLNSIG", layout: .variants))],
      output: folder("a.cache"), force: true, resources: RunResources(threads: 2))
    return (folder, folder("a.cache"))
  }

  private func write(_ name: String, _ folder: TemporaryFolder, cache: String, threads: Int = 2, batch: Int = 1 << 20)
    async throws -> String
  {
    var job = VariantJob(
      input: InputFile(path: folder("in.vcf")),
      output: OutputPlan(path: folder(name), container: .plain, force: true))
    job.annotator = try ConsequenceAnnotator(try AnnotationCache(path: cache), input: folder("in.vcf"))
    let resources = RunResources(threads: threads, batchBytes: batch)
    let result = try await processVariants(job, reference: nil, resources: resources)
    if let pending = result.pending { _ = try await pending.commit() }
    return String(decoding: try folder.read(name), as: UTF8.self)
  }

  private func info(_ record: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for entry in record[7].split(separator: ";") {
      let parts = entry.split(separator: "=", maxSplits: 1)
      values[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    return values
  }

  private func lists(_ text: String?, _ separator: Character = ",") -> [String] {
    text?.split(separator: separator, omittingEmptySubsequences: false).map(String.init) ?? []
  }

  private func decoded(_ text: String) -> String {
    text.replacing("%3D", with: "=").replacing("%22", with: "\"")
  }

  private func records(_ vcf: String) -> [[String]] {
    vcf.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { lists(String($0), "\t") }
  }

  @Test func aTableHasALineAnEntryAndNoneIsLost() async throws {
    let (folder, cache) = try await files()
    let records = records(try await write("out.vcf", folder, cache: cache))
    let table = try await write("out.tsv", folder, cache: cache)
    let lines = table.split(separator: "\n").map { lists(String($0), "\t") }
    let columns = lines[0]
    #expect(columns.prefix(8) == ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "ALLELE"])
    #expect(lines.allSatisfy { $0.count == columns.count })
    let names = ConsequenceOptions().fields.map(\.rawValue)
    let alleleNumber = try #require(names.firstIndex(of: "ALLELE_NUM"))
    var expected: [[String]] = []
    for record in records {
      let info = info(record)
      let entries = lists(info["CSQ"]).map { lists($0, "|") }
      for (number, allele) in lists(record[4]).enumerated() {
        let own = entries.filter { $0[alleleNumber] == "\(number + 1)" }
        for entry in own.isEmpty ? [[String](repeating: "", count: names.count)] : own {
          var cells = Array(record.prefix(7)) + [allele] + entry
          for key in columns.dropFirst(8 + names.count) {
            let isList = key.hasPrefix("cv_SAME")
            let all = lists(info[key])
            cells.append(isList ? info[key] ?? "" : number < all.count ? all[number] : "")
          }
          expected.append(cells.map { $0.isEmpty ? "." : decoded($0) })
        }
      }
    }
    #expect(Array(lines.dropFirst()) == expected)
    #expect(expected.contains { $0[7] == "<DEL>" } && expected.contains { $0[7] == "." })
    #expect(!table.contains("0/1") && !table.contains("NAME"))
  }

  @Test func everyLineOfJSONIsItsRecord() async throws {
    let (folder, cache) = try await files()
    let records = records(try await write("out.vcf", folder, cache: cache))
    let text = try await write("out.jsonl", folder, cache: cache)
    let lines = text.split(separator: "\n")
    try #require(lines.count == records.count)
    var neighbours = 0
    for (line, record) in zip(lines, records) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["contig"] as? String == "c" && object["position"] as? Int == Int(record[1]))
      #expect(object["reference"] as? String == record[3])
      #expect(object["alternates"] as? [String] == (record[4] == "." ? [] : lists(record[4])))
      #expect(object["identifiers"] as? [String] ?? ["."] == lists(record[2], ";"))
      #expect(object["filters"] as? [String] ?? ["."] == lists(record[6], ";"))
      #expect(object["quality"] as? Double == (record[5] == "." || record[5] == "007" ? nil : Double(record[5])))
      let info = info(record)
      let entries = lists(info["CSQ"]).map { lists($0, "|") }
      let consequences = object["consequences"] as? [[String: Any]] ?? []
      try #require(consequences.count == entries.count)
      for (found, entry) in zip(consequences, entries) {
        for (name, value) in zip(ConsequenceOptions().fields.map(\.rawValue), entry) {
          switch name {
          case "Consequence", "FLAGS":
            #expect(found[name] as? [String] ?? [] == lists(value.isEmpty ? nil : value, "&"))
          default: #expect(found[name].map { "\($0)" } ?? "" == decoded(value), "\(name)")
          }
        }
      }
      let frequencies = lists(info["cv_AF"]).map { Double($0) }
      #expect((object["cv_AF"] as? [Any])?.map { $0 as? Double } ?? [] == frequencies)
      let significances = lists(info["cv_CLNSIG"]).map { $0 == "." ? nil : decoded($0) }
      #expect((object["cv_CLNSIG"] as? [Any])?.map { $0 as? String } ?? [] == significances)
      let residue = object["cv_SAME_RESIDUE"] as? [[String: Any]] ?? []
      #expect(residue.count == lists(info["cv_SAME_RESIDUE"]).count)
      neighbours += residue.count
      #expect(
        residue.allSatisfy { ($0["HGVSp"] as? String)?.hasPrefix("p.(") == true && $0["Feature"] as? String == "T1" })
    }
    #expect(neighbours > 0)
    #expect(!text.contains("0/1") && !text.contains("NAME"))
  }

  @Test(arguments: ["out.tsv", "out.jsonl"]) func bytesAreTheSameAtAnyThreadCount(name: String) async throws {
    let (folder, cache) = try await files()
    let expected = try await write(name, folder, cache: cache, threads: 1)
    for (threads, batch) in [(2, 4096), (7, 4096), (7, 1 << 20)] {
      #expect(try await write(name, folder, cache: cache, threads: threads, batch: batch) == expected)
    }
  }

  @Test(arguments: [
    ("0", true), ("-1.50", true), ("1e-5", true), ("12E+3", true), ("01", false), (".5", false), ("5.", false),
    ("nan", false), ("inf", false), ("", false), ("-", false), ("1e", false), ("1 ", false), ("+1", false),
  ])
  func aNumberIsWhatJSONTakesForOne(text: String, isNumber: Bool) {
    #expect(Array(text.utf8).withUnsafeBytes(AnnotationTextWriter.isNumber) == isNumber)
  }
}
