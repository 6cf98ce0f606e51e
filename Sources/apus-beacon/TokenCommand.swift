import ArgumentParser
import BeaconService

/// `apus-beacon token`.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and revoke tokens.",
    discussion: """
      Examples:
        apus-beacon token new --tokens tokens.json --role count --expires 2027-03-31 --label 'cancer registry'
        apus-beacon token list --tokens tokens.json
        apus-beacon token revoke --tokens tokens.json t-0123456789

      A service that runs takes the change within seconds.
      """,
    subcommands: [TokenNewCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// `apus-beacon token new`.
struct TokenNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a token, print it once, and keep its hash.",
    discussion: """
      Example:
        apus-beacon token new --tokens tokens.json --role record --expires 2027-03-31
      """)

  @Option(help: ArgumentHelp("The file of tokens; made where it is missing.", valueName: "FILE"))
  var tokens = "tokens.json"

  @Option(help: "How much it may be told at most: boolean, count or record.")
  var role: Role

  @Option(help: ArgumentHelp("The last day on which it is good (UTC).", valueName: "YYYY-MM-DD"))
  var expires: String

  @Option(help: "Whom or what it is for; kept in the file.")
  var label: String?

  @Option(help: "Questions a day (UTC).")
  var budget = Tokens.usualBudget

  @Option(help: "Questions a minute.")
  var rate = Tokens.usualRate

  func run() throws {
    let text = try Tokens.make(
      file: tokens, role: role.rawValue, expires: expires, label: label, budget: budget, rate: rate)
    print(text)
  }

  enum Role: String, ExpressibleByArgument, CaseIterable { case boolean, count, record }
}

/// `apus-beacon token list`.
struct TokenListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List tokens: identifier, role, last day, budget, rate and label.",
    discussion: """
      Example:
        apus-beacon token list --tokens tokens.json
      """)

  @Option(help: ArgumentHelp("The file of tokens.", valueName: "FILE"))
  var tokens = "tokens.json"

  func run() throws { for line in try Tokens.list(file: tokens) { print(line) } }
}

/// `apus-beacon token revoke`.
struct TokenRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a token's hash out of the file.",
    discussion: """
      Example:
        apus-beacon token revoke --tokens tokens.json t-0123456789
      """)

  @Option(help: ArgumentHelp("The file of tokens.", valueName: "FILE"))
  var tokens = "tokens.json"

  @Argument(help: "The identifier that token list shows.")
  var id: String

  func run() throws { try Tokens.revoke(id, file: tokens) }
}
