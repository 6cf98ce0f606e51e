import Foundation
import TestSupport
import Testing

@Suite("apus fastq")
struct FastqCommandTests {
  let folder: TemporaryFolder
  let first: String
  let second: String

  init() throws {
    folder = try TemporaryFolder()
    let trio = try copyOfTrio(in: folder)
    first = "\(trio)/SYN-001-P_R1.fastq.gz"
    second = "\(trio)/SYN-001-P_R2.fastq.gz"
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(["fastq"] + arguments, in: folder)
  }

  @Test("Merged states are the metrics of the lanes in one file")
  func merge() throws {
    #expect(try run("-i", first, "-I", second, "--state", "a.state", "--json", "a.json").code == 0)
    #expect(try run("-i", second, "-I", first, "--state", "swapped.state").code == 65)
    // The same reads again stand for a second lane: every pair is then a duplicate of another.
    #expect(try run("-i", first, "-I", second, "--state", "b.state").code == 0)
    #expect(try run("merge", "a.state", "b.state", "--json", "merged.json", "--html", "merged.html").code == 0)
    try Peer.run("cat '\(first)' '\(first)' > c1.fastq.gz; cat '\(second)' '\(second)' > c2.fastq.gz", in: folder)
    #expect(try run("-i", "c1.fastq.gz", "-I", "c2.fastq.gz", "--json", "whole.json").code == 0)
    #expect(try folder.read("merged.json") == folder.read("whole.json"))
    #expect(try folder.read("merged.json") != folder.read("a.json"))
    #expect(String(decoding: try folder.read("merged.html"), as: UTF8.self).contains("</html>"))
  }

  @Test("States of other options, damaged ones and other files are refused, and leave nothing")
  func refusedMerges() throws {
    #expect(try run("-i", first, "-I", second, "--state", "a.state").code == 0)
    #expect(try run("-i", first, "-I", second, "--state", "b.state", "--cut-right").code == 0)
    try folder.write(folder.read("a.state").dropLast(100), to: "cut.state")
    for other in ["b.state", "cut.state", first] {
      let result = try run("merge", "a.state", other, "--json", "merged.json")
      #expect(result.code == 65)
      #expect(result.firstError.contains(other))
    }
    #expect(try run("merge", "a.state", "a.state", "--json", "merged.json").code == 64)
    #expect(try run("merge", "a.state").code == 64)
    #expect(try !folder.names.contains("merged.json"))
  }

  @Test("FastQC's files stand in a folder for each input, and do not depend on what else is asked for")
  func fastqc() throws {
    #expect(try run("-i", first, "-I", second, "--fastqc", "alone").code == 0)
    #expect(try run("-i", first, "-I", second, "--fastqc", "beside", "--json", "a.json", "--correct").code == 0)
    for name in ["SYN-001-P_R1_fastqc", "SYN-001-P_R2_fastqc"] {
      for file in ["fastqc_data.txt", "summary.txt"] {
        #expect(try folder.read("alone/\(name)/\(file)") == folder.read("beside/\(name)/\(file)"))
      }
      let text = String(decoding: try folder.read("alone/\(name)/fastqc_data.txt"), as: UTF8.self)
      #expect(text.hasPrefix("##FastQC\t0.11.9\n"))
    }
    #expect(try run("-i", first, "-I", second, "--fastqc", "alone").code == 73)
    #expect(try run("-i", first, "--contaminants", "x").code == 64)
  }

  @Test("Interleaved, from a pipe to a pipe, is what two files give")
  func interleaved() throws {
    #expect(try run("-i", first, "-I", second, "-o", "1.fastq", "-O", "2.fastq", "--json", "two.json").code == 0)
    #expect(try run("-i", first, "-I", second, "-o", "both.fastq").code == 0)
    #expect(try run("-i", "both.fastq", "--interleaved", "-o", "again.fastq", "--no-trim-poly-g").code == 0)
    let lines1 = String(decoding: try folder.read("1.fastq"), as: UTF8.self).split(separator: "\n")
    let lines2 = String(decoding: try folder.read("2.fastq"), as: UTF8.self).split(separator: "\n")
    let both = String(decoding: try folder.read("both.fastq"), as: UTF8.self).split(separator: "\n")
    #expect(lines1.count > 100 && lines1.count == lines2.count && both.count == 2 * lines1.count)
    for record in stride(from: 0, to: lines1.count, by: 4) {
      #expect(both[(2 * record)..<(2 * record + 4)].elementsEqual(lines1[record..<(record + 4)]))
      #expect(both[(2 * record + 4)..<(2 * record + 8)].elementsEqual(lines2[record..<(record + 4)]))
    }
    #expect(try folder.read("again.fastq") == folder.read("both.fastq"))
  }

  @Test("Qualities go from one encoding to another and back")
  func encodings() throws {
    try folder.write(Data("@a\nACGTN\n+\n!+5?I\n@b\nACGTA\n+\nIIIII\n".utf8), to: "33.fastq")
    let all = ["--no-quality-filter", "--no-length-filter", "--no-trim-poly-g"]
    #expect(
      try Command.run(["fastq", "-i", "33.fastq", "-o", "64.fastq", "--out-phred", "64"] + all, in: folder).code == 0)
    #expect(
      String(decoding: try folder.read("64.fastq"), as: UTF8.self) == "@a\nACGTN\n+\n@JT^h\n@b\nACGTA\n+\nhhhhh\n")
    #expect(try Command.run(["fastq", "-i", "64.fastq", "-o", "b.fastq", "--phred", "64"] + all, in: folder).code == 0)
    #expect(try folder.read("b.fastq") == folder.read("33.fastq"))
    #expect(
      try Command.run(["fastq", "-i", "33.fastq", "-o", "c.fastq", "--phred", "64"] + all, in: folder).code == 65)
  }
}
