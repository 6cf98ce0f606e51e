import Foundation
import TestSupport
import Testing

/// Tiers and cascade from the command line, on the synthetic trio.
@Suite struct TierCommandTests {
  private let folder: TemporaryFolder
  private let trio: String

  init() throws {
    folder = try TemporaryFolder()
    trio = try copyOfTrio(in: folder)
    #expect(
      try run("cache", "build", "-f", trio + "/genome.fa.gz", "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    try folder.write(
      Self.panel(["SYN1": Self.monoallelic, "SYN3": Self.biallelic, "SYN4": Self.biallelic]), to: "p.json")
  }

  private static let monoallelic = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted"
  private static let biallelic = "BIALLELIC, autosomal or pseudoautosomal"

  /// A panel of green genes in PanelApp's form, with the mode of each.
  private static func panel(_ genes: [String: String]) -> String {
    let entries = genes.sorted { $0.key < $1.key }.map { gene, mode in
      """
      {"gene_data": {"gene_symbol": "\(gene)", "hgnc_symbol": "\(gene)", "alias": [], "ensembl_genes": {}},
       "entity_type": "gene", "entity_name": "\(gene)", "confidence_level": "3", "mode_of_inheritance": "\(mode)"}
      """
    }
    return """
      {"id": 90001, "name": "Synthetic", "version": "1.0", "status": "public", "types": [], "relevant_disorders": [],
       "signed_off": "2026-01-05", "genes": [\(entries.joined(separator: ","))], "regions": [], "strs": []}
      """
  }

  @discardableResult
  private func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }

  private func json(_ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(try folder.read(name))) as? [String: Any])
  }

  private func tier(_ inputs: [String], to output: String, _ more: [String] = []) throws -> Command.Result {
    try Command.run(
      ["tier"] + inputs + ["-c", "c.cache", "--ped", trio + "/SYN-001.ped", "--panel", "p.json", "-o", output] + more,
      in: folder)
  }

  /// Tiers of the variant at a position of contig 20.
  private func events(_ document: [String: Any], _ position: Int) throws -> [[String: Any]] {
    let variants = try #require(document["variants"] as? [[String: Any]])
    return variants.first { $0["position"] as? Int == position }?["tiers"] as? [[String: Any]] ?? []
  }

  private func labels(_ document: [String: Any], _ position: Int) throws -> [String] {
    let variants = try #require(document["variants"] as? [[String: Any]])
    let one = variants.first { $0["position"] as? Int == position }
    return ["nearMisses", "warnings"].flatMap { one?[$0] as? [[String: Any]] ?? [] }.compactMap {
      $0["label"] as? String
    }
  }

  private var own: [String] { ["P", "M", "F"].map { "\(trio)/SYN-001-\($0).vcf.gz" } }

  private static let format = "GT:AD:DP:GQ"
  private static let header =
    "##fileformat=VCFv4.2\n##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n"
    + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
    + "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"q\">\n"
    + "##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"m\">\n##contig=<ID=20,length=24000>\n"
    + "##contig=<ID=X,length=5000>\n##contig=<ID=Y,length=2500>\n##contig=<ID=MT,length=1200>\n"
    + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"

  /// The family's planted variants (truth.tsv) as a joint caller would write them.
  private func writeJoint() throws {
    func call(_ genotype: String) -> String {
      let copies = genotype.split(separator: "/").count { $0 == "1" }
      return "\(genotype):\(30 - 15 * copies),\(15 * copies):30:60"
    }
    let rows = [
      ("20\t2920\t.\tG\tT", ["0/1", "0/0", "0/0"]), ("20\t11032\t.\tAT\tA", ["0/1", "0/1", "0/0"]),
      ("20\t11641\t.\tC\tG", ["0/1", "0/0", "0/1"]), ("20\t15487\t.\tG\tT", ["1/1", "0/1", "0/1"]),
    ]
    try folder.write(
      Self.header + "SYN-001-P\tSYN-001-M\tSYN-001-F\n"
        + rows.map { "\($0.0)\t50\tPASS\t.\t\(Self.format)\t" + $0.1.map(call).joined(separator: "\t") + "\n" }.joined(),
      to: "joint.vcf")
  }

  @Test("Three VCFs of one person each give no de novo; the family as a joint VCF does, and so do reference blocks")
  func deNovo() throws {
    #expect(try tier(own, to: "own.json").code == 0)
    let own = try json("own.json")
    #expect(!(try events(own, 2920)).contains { $0["filter"] as? String == "deNovo" })
    #expect(try labels(own, 2920).contains("de-novo-not-assessable"))

    try writeJoint()
    #expect(try tier(["joint.vcf"], to: "joint.json").code == 0)
    let joint = try json("joint.json")
    #expect(
      try events(joint, 2920).contains { $0["filter"] as? String == "deNovo" && $0["tier"] as? String == "TIER1" })
    // The pair that came from both parents, and the homozygous change.
    for position in [11032, 11641] {
      #expect(try events(joint, position).contains { $0["filter"] as? String == "CompoundHeterozygous" })
    }
    #expect(try events(joint, 15487).contains { $0["filter"] as? String == "SimpleRecessive" })

    // The parents' files with blocks between their records.
    for (name, records) in [("M", ["20\t11032\t.\tAT\tA"]), ("F", ["20\t11641\t.\tC\tG"])] {
      var text = Self.header + "SYN-001-\(name)\n"
      text += "20\t1\t.\tN\t<NON_REF>\t.\t.\tEND=11000\tGT:DP:GQ:MIN_DP\t0/0:30:60:25\n"
      text += records.map { "\($0),<NON_REF>\t50\tPASS\t.\t\(Self.format)\t0/1:15,15,0:30:60\n" }.joined()
      try folder.write(text, to: "\(name).g.vcf")
    }
    #expect(try tier([self.own[0], "M.g.vcf", "F.g.vcf"], to: "blocks.json").code == 0)
    #expect(try events(try json("blocks.json"), 2920).contains { $0["filter"] as? String == "deNovo" })
  }

  @Test("The same bytes at any number of threads and size of batch; the table names the same tiers")
  func sameBytes() throws {
    for inputs in [own, ["joint.vcf"]] {
      try writeJoint()
      #expect(
        try tier(inputs, to: "1.json", ["--threads", "1", "--tsv", "1.tsv", "--all", "--show-incomplete"]).code == 0)
      for (threads, batch) in [("2", "1M"), ("7", "4K")] {
        #expect(
          try tier(
            inputs, to: "n.json",
            ["--threads", threads, "--batch-size", batch, "--tsv", "n.tsv", "--all", "--show-incomplete", "--force"]
          ).code == 0)
        #expect(try folder.read("n.json") == folder.read("1.json"))
        #expect(try folder.read("n.tsv") == folder.read("1.tsv"))
      }
      let document = try json("1.json")
      #expect(document["schema"] as? String == "apus-tiers/1")
      let counts = try #require(document["counts"] as? [String: Any])
      let dropped = try #require(counts["dropped"] as? [String: Int])
      #expect(counts["allelesIn"] as? Int == (counts["candidates"] as? Int ?? 0) + dropped.values.reduce(0, +))
      let table = String(decoding: try folder.read("1.tsv"), as: UTF8.self)
      #expect(
        table.contains("\tTIER1\t") == String(decoding: try folder.read("1.json"), as: UTF8.self).contains("\"TIER1\""))
      for text in [table, String(decoding: try folder.read("1.json"), as: UTF8.self)] {
        #expect(!text.lowercased().contains("negative"))
      }
      for name in ["1.json", "1.tsv", "n.json", "n.tsv"] { try FileManager.default.removeItem(atPath: folder(name)) }
    }
  }

  @Test("A FASTA gives what the cache's own bases give; BCF gives what VCF gives")
  func otherInputs() throws {
    try writeJoint()
    #expect(try tier(["joint.vcf"], to: "a.json").code == 0)
    #expect(try tier(["joint.vcf"], to: "b.json", ["-f", trio + "/genome.fa.gz"]).code == 0)
    #expect(try folder.read("a.json") == folder.read("b.json"))
    #expect(try run("vcf", "norm", "joint.vcf", "-f", trio + "/genome.fa.gz", "-o", "joint.bcf").code == 0)
    #expect(try tier(["joint.bcf"], to: "c.json").code == 0)
    #expect(try folder.read("a.json") == folder.read("c.json"))
  }

  @Test("Refusals have their exit codes and leave nothing behind")
  func refusals() throws {
    try writeJoint()
    try folder.write("1\tA\t0\t0\t1\t2\n", to: "other.ped")
    // A father who is female; a child that is its own parent.
    try folder.write("1\tSYN-001-P\tSYN-001-F\t0\t1\t2\n1\tSYN-001-F\t0\t0\t2\t1\n", to: "sex.ped")
    func code(_ inputs: [String], ped: String? = nil, _ more: [String] = []) throws -> Int32 {
      let result = try Command.run(
        ["tier"] + inputs
          + ["-c", "c.cache", "--ped", ped ?? trio + "/SYN-001.ped", "--panel", "p.json", "-o", "r.json"] + more,
        in: folder)
      #expect(!FileManager.default.fileExists(atPath: folder("r.json")))
      return result.code
    }
    #expect(try code(["joint.vcf"], ped: "other.ped") == 65)
    #expect(try code(["joint.vcf"], ped: "sex.ped") == 65)
    #expect(try code(["joint.vcf", own[1]]) == 65)
    #expect(try code(["joint.vcf"], ["--proband", "nobody"]) == 65)
    #expect(try code(["joint.vcf"], ["--x-copies", "SYN-001-P=3"]) == 64)
    #expect(try code(["joint.vcf"], ["--depth", "SYN-001-P=joint.vcf"]) == 65)
    #expect(try code(["absent.vcf"]) == 66)
    #expect(try code(["joint.vcf"], ["--sv", "joint.vcf"]) == 64)
    #expect(try code(["-"]) == 64)
    // Another reference: its contig has another length.
    let text = String(decoding: try folder.read("joint.vcf"), as: UTF8.self)
    try folder.write(text.replacing("ID=20,length=24000", with: "ID=20,length=24001"), to: "long.vcf")
    #expect(try code(["long.vcf"]) == 78)
    try folder.write(text.replacing("20\t2920\t.\tG\tT", with: "20\t2920\t.\tA\tT"), to: "ref.vcf")
    #expect(try code(["ref.vcf"]) == 65)
    try folder.write("{}", to: "r2.json")
    #expect(try tier(["joint.vcf"], to: "r2.json").code == 73)
    #expect(try folder.read("r2.json") == Array("{}".utf8))
  }

  @Test("Cascade finds a variant, tells an absent record from a called reference, and asks the alignments")
  func cascade() throws {
    func find(_ input: String, _ variant: String, _ more: [String] = []) throws -> [String: Any] {
      let result = try Command.run(
        ["cascade", input, "-c", "c.cache", "--familial", variant, "-o", "cascade.json", "--force"] + more, in: folder)
      #expect(result.code == 0, "\(result.errors)")
      return try #require((try json("cascade.json")["findings"] as? [[String: Any]])?.first)
    }
    let child = try find(own[0], "20-2920-G-T")
    #expect(child["status"] as? String == "present" && child["zygosity"] as? String == "heterozygous")
    #expect(try find(own[0], "20:g.2920G>T")["status"] as? String == "present")
    let mother = try find(own[1], "20-2920-G-T")
    #expect(mother["status"] as? String == "not-callable")
    let read = try find(own[1], "20-2920-G-T", ["--bam", trio + "/SYN-001-M.bam"])
    #expect(["absent", "not-callable"].contains(read["status"] as? String))
    if read["status"] as? String == "absent" {
      #expect(read["basis"] as? String == "reads" && read["depth"] as? Int ?? 0 >= 10)
      #expect(read["alternateDepth"] as? Int == 0)
    }
    func code(_ variant: String) throws -> Int32 {
      try run("cascade", own[0], "-c", "c.cache", "--familial", variant, "-o", "no.json").code
    }
    #expect(try code("SYNT000010:c.5A>G") == 64)
    #expect(try code("20-2920-A-T") == 65)
    #expect(!FileManager.default.fileExists(atPath: folder("no.json")))
  }
}
