import Batching
public import GenomicFiles
public import Genomics

/// Genes whose reads may come from elsewhere, or go elsewhere, so that depth alone does not prove that they were assessed.
public struct DifficultGenes: Sendable, Hashable {
  /// One gene.
  public struct Entry: Sendable, Hashable {
    /// Its symbol; a former symbol has an entry of its own.
    public var symbol: String
    /// What makes it difficult.
    public var reason: String
    /// Who says so.
    public var source: String
    /// Where it is found: `NBK…` of GeneReviews, `doi:…`, `PMC…`, `PMID…`.
    public var reference: String

    /// Reason, source and reference as one text.
    public var text: String { "\(reason) (\(source); \(reference))" }
  }

  /// The list's name and version; for a list of the user's own its digest.
  public let id: String
  /// All of them, in the list's order.
  public let entries: [Entry]
  private let bySymbol: [String: Entry]

  /// The list that comes with Apus: `Data/difficult-genes.tsv`.
  public static let builtIn: DifficultGenes = {
    do {
      return try DifficultGenes(
        tsv: PackageResources.difficult_genes_tsv, id: "difficult-genes/2", path: "difficult-genes.tsv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// The columns of a list, which its first line that is no remark names.
  public static let columns = ["gene", "reason", "source", "reference"]

  /// Reads a list: tab-separated, a line a gene, all four columns filled; lines that begin with `#` are remarks.
  /// - Throws: `InputError` of kind `malformed` with the line.
  init(tsv bytes: [UInt8], id: String, path: String) throws(InputError) {
    func refuse(_ reason: String, line: Int? = nil) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), reason,
        remedy: "give the columns \(Self.columns.joined(separator: ", ")), separated by tabs, a line a gene")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refuse("the list is not UTF-8") }
    var entries: [Entry] = []
    var bySymbol: [String: Entry] = [:]
    var hasHeading = false
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard hasHeading else {
        guard fields == Self.columns else { throw refuse("the first line does not name the columns", line: number + 1) }
        hasHeading = true
        continue
      }
      guard fields.count == Self.columns.count, fields.allSatisfy({ $0.contains { $0 != " " } }) else {
        throw refuse("the line has not four columns, each filled", line: number + 1)
      }
      let entry = Entry(symbol: fields[0], reason: fields[1], source: fields[2], reference: fields[3])
      guard bySymbol.updateValue(entry, forKey: entry.symbol) == nil else {
        throw refuse("gene \(entry.symbol) stands twice", line: number + 1)
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw refuse("the list names no gene") }
    self.id = id
    self.entries = entries
    self.bySymbol = bySymbol
  }

  /// What makes a gene difficult; nil for one that is not in the list.
  public func entry(_ symbol: String) -> Entry? { bySymbol[symbol] }
}

/// Reads a list of difficult genes of the user's own, which takes the place of the one that comes with Apus.
/// - Throws: `InputError` for a file that is missing or no such list.
public func readDifficultGenes(_ path: String, resources: RunResources) async throws -> DifficultGenes {
  try await resources.blocking.run {
    let bytes = try readWhole(path)
    return try DifficultGenes(tsv: bytes, id: "sha256:\(digest(ofBytes: bytes))", path: path)
  }
}
