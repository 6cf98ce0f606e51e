import ArgumentParser
import Batching
import GenomicFiles
import Genomics
import Service
import Workflow

extension ReferralCommand {
  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A referral to fill in, with the eligibility text of its test.",
      discussion: """
        It names the people that the test asks for, with a sample and, for whole genome sequencing, a Record of Discussion
        each. It is not acceptable as it is: apus referral check says what is missing.

        Example:
          apus referral new R14.1 -d directory.json -o referral.json
        """)

    @Argument(help: "The test code, such as R14.1.")
    var code: String

    @Option(name: .customShort("d"), help: "The test directory (apus-test-directory/1).")
    var directory: String

    @Option(help: "Who is tested: singleton, duo, trio, quad; default what the test takes.")
    var structure: String?

    @Option(name: .shortAndLong, help: "The referral; - is standard output.")
    var output: String = "-"

    @OptionGroup var shared: SharedOptions

    func validate() throws {
      if let structure, ReferralFamily.Structure(rawValue: structure) == nil {
        throw ValidationError("--structure takes singleton, duo, trio, quad or other")
      }
    }

    func run() async throws {
      let resources = shared.resources
      let command = self
      if output != "-" { try Outputs.refuse([output], inputs: [directory], force: shared.force) }
      try await interruptible(resources) {
        let bytes = try await resources.blocking.run {
          let lookup = ReferralDirectory(
            try TestDirectory(json: try readWhole(command.directory), file: command.directory))
          guard let entry = lookup.entry(testCode: command.code) else {
            let known = lookup.testCodes(indication: command.code)
            let advice =
              known.isEmpty ? "look it up with apus directory search" : "give one of \(known.joined(separator: ", "))"
            throw RunError(.usage, "version \(lookup.version) of the directory has no test \(command.code); \(advice)")
          }
          return Referral.skeleton(
            entry, directoryVersion: lookup.version,
            structure: command.structure.flatMap { ReferralFamily.Structure(rawValue: $0) }
          ).file()
        }
        if command.output == "-" {
          print(String(decoding: bytes, as: UTF8.self), terminator: "")
        } else {
          try await Outputs.write(command.output, bytes, command.shared.force, resources)
        }
      }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the JSON Schema of a referral.",
      discussion: """
        Example:
          apus referral schema > apus-referral.schema.json
        """)

    func run() throws { print(String(decoding: Referral.jsonSchema, as: UTF8.self), terminator: "") }
  }
}
