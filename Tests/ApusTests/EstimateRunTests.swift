#if os(Linux)
  import Foundation
  import TestSupport
  import Testing

  @Suite("Estimates hold")
  struct EstimateRunTests {
    /// The most memory that a process held, in MiB, and the bytes below a folder.
    private struct Use {
      var memory: Int
      var disk: Int
    }

    /// Runs a command to its end and looks on: the kernel's high-water mark of its resident memory (proc(5), VmHWM).
    private func use(_ arguments: [String], out: String, in folder: TemporaryFolder) throws -> Use {
      let name = UUID().uuidString
      let process = try Command.start(arguments, in: folder, name: name)
      var peak = 0
      while process.isRunning {
        if let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
          let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
          let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        {
          peak = max(peak, kilobytes >> 10)
        }
        usleep(2000)
      }
      let result = try Command.finish(process, in: folder, name: name)
      #expect(result.code == 0, "\(result.errors)")
      return Use(memory: peak, disk: try Command.files(below: out).values.map(\.count).reduce(0, +) >> 20)
    }

    @Test("Memory and disk of the trio stay below what was told before", arguments: ["1", "2", "4"], [false, true])
    func trio(threads: String, isAnnotated: Bool) throws {
      let folder = try TemporaryFolder()
      let trio = try copyOfTrio(in: folder)
      var arguments = [
        "run", "--samplesheet", "\(trio)/samplesheet.csv", "-f", "\(trio)/genome.fa.gz", "--out", folder("out"),
        "--threads", threads,
      ]
      if isAnnotated {
        let built = try Command.run(
          ["cache", "build", "-f", "\(trio)/genome.fa.gz", "-g", "\(trio)/genes.gff3", "-o", folder("trio.cache")],
          in: folder)
        #expect(built.code == 0, "\(built.errors)")
        arguments += ["-c", folder("trio.cache"), "--tier-panel", testData("case/panel.json")]
      }
      let told = try Command.run(arguments + ["--estimate"], in: folder)
      #expect(told.code == 0, "\(told.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder("out")))
      let fields = try #require(told.output.split(separator: "\n").last).split(separator: "\t").map(String.init)
      #expect(fields.count == 9 && fields[0] == "SYN-001" && fields[2] == "3")
      let given = try #require(Int(fields[4]))
      #expect(given <= (Int(threads) ?? 0))
      let used = try use(arguments, out: folder("out"), in: folder)
      let (memory, disk) = (try #require(Int(fields[5])), try #require(Int(fields[6])))
      print("estimate at \(threads) threads: memory \(memory) of \(used.memory) MB, disk \(disk) of \(used.disk) MB")
      #expect(used.memory > 0 && used.memory <= memory)
      #expect(used.disk <= disk)
    }

    @Test("A file that is missing is 66, and --estimate takes nothing that runs")
    func refused() throws {
      let folder = try TemporaryFolder()
      try folder.write("case,sample,bam\nA,S,none.bam\n", to: "s.csv")
      let sheet = ["run", "--samplesheet", folder("s.csv"), "--out", folder("out"), "--estimate"]
      #expect(try Command.run(sheet, in: folder).code == 66)
      #expect(try Command.run(sheet + ["--resume"], in: folder).code == 64)
      #expect(try Command.run(sheet + ["--report-only"], in: folder).code == 64)
    }
  }
#endif
