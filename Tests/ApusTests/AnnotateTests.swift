import Foundation
import TestSupport
import Testing

/// Caches and annotation from the command line.
@Suite struct AnnotateTests {
  @Test("A cache is made, looked at, and annotates; process does what filter, norm and annotate do one after the other")
  func wholeWay() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    let vcf = trio + "/SYN-001-P.vcf.gz"
    func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 73)
    let info = try run("cache", "info", "c.cache", "--json")
    #expect(info.code == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any])
    #expect(json["verified"] as? Bool == true)
    #expect((json["build"] as? [String: Any])?["translates"] as? Int == 8)

    #expect(
      try run("vcf", "process", vcf, "-f", fasta, "-c", "c.cache", "--pass", "-o", "one.vcf", "--json", "one.json").code
        == 0)
    #expect(try run("vcf", "filter", vcf, "--pass", "-o", "a.vcf").code == 0)
    #expect(try run("vcf", "norm", "a.vcf", "-f", fasta, "--split", "-o", "b.vcf").code == 0)
    #expect(try run("vcf", "annotate", "b.vcf", "-c", "c.cache", "-o", "two.vcf").code == 0)
    #expect(try folder.read("one.vcf") == folder.read("two.vcf"))
    // Without a cache nothing is annotated.
    #expect(try run("vcf", "process", vcf, "-f", fasta, "--pass", "-o", "plain.vcf").code == 0)
    #expect(try folder.read("plain.vcf") == folder.read("b.vcf"))
    let metrics = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.read("one.json"))) as? [String: Any])
    let annotation = try #require(metrics["annotation"] as? [String: Any])
    #expect((annotation["allelesByMostSevere"] as? [String: Int])?["stop_gained"] ?? 0 >= 1)
  }

  @Test("Tables and JSON lines are written by annotate, without an index and without genotypes, and by nothing else")
  func texts() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    let vcf = trio + "/SYN-001-P.vcf.gz"
    func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    #expect(try run("vcf", "annotate", vcf, "-c", "c.cache", "-o", "a.vcf").code == 0)
    let records = String(decoding: try folder.read("a.vcf"), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    for name in ["a.tsv", "a.jsonl", "a.tsv.gz", "a.jsonl.gz"] {
      #expect(try run("vcf", "annotate", vcf, "-c", "c.cache", "-o", name).code == 0)
      #expect(try folder.names.isDisjoint(with: ["\(name).tbi", "\(name).csi"]))
    }
    let lines = String(decoding: try folder.read("a.jsonl"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == records.count)
    let table = String(decoding: try folder.read("a.tsv"), as: UTF8.self)
    #expect(table.hasPrefix("#CHROM\tPOS\t") && !table.contains("0/1") && !table.contains("SYN-001"))
    let process = try run("vcf", "process", vcf, "-f", fasta, "-c", "c.cache", "-o", "p.tsv")
    let filter = try run("vcf", "filter", vcf, "-i", "QUAL>0", "-o", "f.jsonl.gz")
    for result in [process, filter] {
      #expect(result.code == 64)
      #expect(result.firstError.contains("apus vcf annotate alone writes .tsv and .jsonl"))
    }
    #expect(try folder.names.isDisjoint(with: ["p.tsv", "f.jsonl.gz"]))
  }

  @Test("Sources of known variants are put into a cache, told by info, and looked up")
  func sources() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }
    func build(_ source: String) throws -> Command.Result {
      try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "--source", source, "-o", "c.cache", "--force")
    }
    #expect(try build("mother").code == 64)
    #expect(try build("mother=\(trio)/SYN-001-M.vcf.gz:NOPE").code == 65)
    #expect(try build("mother=\(trio)/SYN-001-M.vcf.gz:AF").code == 0)
    #expect(try run("cache", "info", "c.cache").output.contains("source\tmother\t"))
    // A source finds each of its own alleles.
    #expect(
      try run(
        "vcf", "annotate", trio + "/SYN-001-M.vcf.gz", "-c", "c.cache", "-o", "m.vcf", "--json", "m.json"
      ).code == 0)
    let metrics = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.read("m.json"))) as? [String: Any])
    let annotation = try #require(metrics["annotation"] as? [String: Any])
    let counts = try #require((annotation["sources"] as? [String: Any])?["mother"] as? [String: Any])
    let hits = try #require(counts["allelesHit"] as? Int)
    #expect(hits > 90 && counts["allelesAbsent"] as? Int == 0 && counts["allelesIn"] as? Int == hits)
    let lines = String(decoding: try folder.read("m.vcf"), as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("#") }.allSatisfy { $0.contains(";mother_AF=") })
  }

  @Test("Fields are chosen, transcripts too, and a name that is none is a usage error that lists the names")
  func entries() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    let vcf = trio + "/SYN-001-P.vcf.gz"
    func run(_ arguments: [String]) throws -> Command.Result { try Command.run(arguments, in: folder) }
    #expect(try run(["cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache"]).code == 0)
    let annotate = ["vcf", "annotate", vcf, "-c", "c.cache", "-o", "o.vcf", "--force"]
    for (arguments, words) in [
      (["--fields", "Allele,NOPE"], "NOPE is no field of CSQ; the fields are Allele,Consequence,IMPACT,SYMBOL"),
      (["--fields", "Allele,"], "an empty name"), (["--fields", "Allele,Allele"], "stands twice"),
      (["--fields", "Allele,PICK"], "PICK needs one of"), (["--pick-list", "l.txt"], "--pick-list needs"),
      (["--pick", "--flag-pick"], "--pick goes with neither"), (["--profile", "some"], "some"),
      (["--fields", "Allele", "--profile", "minimal"], "say the same"),
    ] {
      let result = try run(annotate + arguments)
      #expect(result.code == 64 && result.errors.contains(words), "\(arguments) \(result.errors)")
    }
    func lines() throws -> [Substring] {
      String(decoding: try folder.read("o.vcf"), as: UTF8.self).split(separator: "\n")
    }
    #expect(try run(annotate + ["--fields", "Feature,Consequence,ALLELE_NUM"]).code == 0)
    #expect(
      try lines().contains {
        $0.hasPrefix("##INFO=<ID=CSQ,") && $0.hasSuffix("Format: Feature|Consequence|ALLELE_NUM\">")
      })
    #expect(try run(annotate + ["--profile", "minimal", "--flag-pick"]).code == 0)
    #expect(try lines().contains { $0.hasSuffix("|HGVSc|HGVSp|ALLELE_NUM|PICK\">") })
    try folder.write("SYNT000011\nSYNT000099\n", to: "list.txt")
    let picked = try run(annotate + ["--pick", "--pick-list", "list.txt", "--fields", "Feature,PICK_REASON"])
    #expect(picked.code == 0 && picked.errors.contains("1 of the list's transcripts are not in the cache: SYNT000099"))
    let records = try lines().filter { !$0.hasPrefix("#") }
    #expect(records.contains { $0.contains("CSQ=SYNT000011|pick_list") })
    // One entry of each allele.
    for record in records {
      let columns = record.split(separator: "\t")
      let entries = columns[7].split(separator: ";").first { $0.hasPrefix("CSQ=") }?.split(separator: ",") ?? []
      #expect(entries.count <= columns[4].split(separator: ",").count)
    }
    #expect(try run(annotate + ["--pick", "--pick-list", "missing.txt"]).code == 66)
    // process does the same.
    let process = ["vcf", "process", vcf, "-f", fasta, "-c", "c.cache", "--pick-gene", "--pick-list", "list.txt"]
    #expect(try run(process + ["-o", "p.vcf"]).code == 0)
    #expect(String(decoding: try folder.read("p.vcf"), as: UTF8.self).contains("|PICK_REASON\">"))
  }

  @Test("The main job annotates in the same pass, tells of it, and goes on only with the same cache")
  func mainJob() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    func run(_ arguments: [String]) throws -> Command.Result { try Command.run(arguments, in: folder) }
    let build = ["cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache"]
    #expect(try run(build).code == 0)
    let job = ["run", "--samplesheet", trio + "/samplesheet.csv", "-f", fasta, "-c", "c.cache", "--out", "out"]
    let result = try run(job)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      try run(["vcf", "process", trio + "/SYN-001-P.vcf.gz", "-f", fasta, "-c", "c.cache", "-o", "p.vcf.gz"]).code == 0)
    #expect(try folder.read("out/SYN-001/SYN-001-P/variants.vcf.gz") == folder.read("p.vcf.gz"))
    let manifest = String(decoding: try folder.read("out/SYN-001/manifest.json"), as: UTF8.self)
    let info = try run(["cache", "info", "c.cache"]).output
    let digest = try #require(info.split(separator: "\n").first?.split(separator: "\t").last)
    #expect(manifest.contains("\"cache\": \"\(digest)\""))
    #expect(String(decoding: try folder.read("out/SYN-001/case.html"), as: UTF8.self).contains("stop_gained"))

    var damaged = try folder.read("c.cache")
    damaged[damaged.count - 70] ^= 1
    try folder.write(damaged, to: "c.cache")
    #expect(try run(job + ["--resume"]).code == 78)
  }

  @Test("A changed byte, another reference and an empty annotation are refused by name")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    let fasta = trio + "/genome.fa.gz"
    let vcf = trio + "/SYN-001-P.vcf.gz"
    func run(_ arguments: String...) throws -> Command.Result { try Command.run(arguments, in: folder) }
    #expect(try run("cache", "build", "-f", fasta, "-g", trio + "/genes.gff3", "-o", "c.cache").code == 0)
    var bytes = try folder.read("c.cache")
    bytes[bytes.count / 2] ^= 4
    try folder.write(bytes, to: "damaged.cache")
    for arguments in [
      ["cache", "info", "damaged.cache"], ["vcf", "annotate", vcf, "-c", "damaged.cache", "-o", "o.vcf"],
    ] {
      let result = try Command.run(arguments, in: folder)
      #expect(result.code == 78)
      #expect(result.firstError.hasPrefix("apus: error: damaged.cache: the cache is damaged"))
    }
    try folder.write(
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr20\t5\t.\tA\tC\t.\t.\t.\n", to: "chr.vcf"
    )
    let renamed = try run("vcf", "annotate", "chr.vcf", "-c", "c.cache", "-o", "o.vcf")
    #expect(renamed.code == 78)
    #expect(renamed.firstError.contains("chr20") && renamed.firstError.contains("named 20"))
    try folder.write("##gff-version 3\n", to: "empty.gff3")
    let empty = try run("cache", "build", "-f", fasta, "-g", "empty.gff3", "-o", "e.cache")
    #expect(empty.code == 65)
    #expect(empty.firstError.contains("empty.gff3"))
    #expect(try folder.names.isDisjoint(with: ["o.vcf", "e.cache"]))
    #expect(try run("vcf", "annotate", vcf, "-c", "missing.cache", "-o", "o.vcf").code == 66)
  }
}
