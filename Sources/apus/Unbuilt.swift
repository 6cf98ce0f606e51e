/// Commands and flags of the contract that this version does not have yet. Using one says so instead of "unknown".
enum Unbuilt {
  private static let commands: Set<String> = []

  private static let subcommands: [String: Set<String>] = [:]

  private static let flags: [String: Set<String>] = [
    "vcf": [
      "--rename-contigs", "-r", "-S", "--set-GTs",
    ],
    "vcf process": ["--rename-contigs", "-r", "-S", "--set-GTs", "--haplotypes"],
    "vcf stats": [
      "-c", "--collapse", "-e", "--exclude", "-E", "--exons", "-i", "--include", "-S", "--samples-file", "-u",
      "--user-tstv", "-v", "--verbose", "--regions-overlap", "--targets-overlap", "--rename-contigs",
    ],
  ]

  /// What is wrong with the arguments; nil when they use nothing that is not built.
  static func fault(in arguments: [String]) -> String? {
    guard let command = arguments.first else { return nil }
    if commands.contains(command) { return "apus \(command) is not built yet in this version; see apus --help" }
    let rest = arguments.dropFirst()
    if let next = rest.first, subcommands[command]?.contains(next) == true {
      return "apus \(command) \(next) is not built yet in this version; see apus \(command) --help"
    }
    // A subcommand's own list goes before its command's.
    let unbuilt = rest.first.flatMap { flags["\(command) \($0)"] } ?? flags[command]
    for argument in rest {
      if argument == "--" { break }
      let name = argument.hasPrefix("--") ? String(argument.prefix { $0 != "=" }) : argument
      if unbuilt?.contains(name) == true {
        return "\(name) is not built yet for apus \(command) in this version; see apus \(command) --help"
      }
    }
    return nil
  }
}
