import Foundation
import TestSupport
import Testing

@Suite("The README's commands")
struct ReadmeTests {
  @Test("Every command of the tour runs, in order, and makes what it names")
  func tour() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Command.package + "/TestData", toPath: folder("TestData"))
    let readme = String(decoding: try readFile(Command.package + "/README.md"), as: UTF8.self)
    var script = ""
    var isShell = false
    for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, !line.hasPrefix("make "), !line.hasPrefix("export PATH") {
        // `make demo` and `make test` are parts of Scripts/test themselves; the binary under test takes the installed one's place.
        script += line + "\n"
      }
    }
    let commands = script.split(separator: "\n").filter { $0.hasPrefix("apus ") }
    #expect(commands.count >= 6)
    let bin = URL(fileURLWithPath: Command.path).deletingLastPathComponent().path
    let outcome = try Peer.outcome("set -e; PATH='\(bin)':\"$PATH\"\n\(script)", in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    for made in [
      "demo/tour/reads.json", "demo/tour/reads.html", "demo/tour/SYN-001-P.flagstat.txt",
      "demo/tour/SYN-001-P.norm.vcf.gz.tbi", "demo/tour/SYN-001-P.pass.bcf", "demo/tour/results/batch.html",
    ] {
      #expect(FileManager.default.fileExists(atPath: folder(made)), "\(made)")
    }
  }
}
