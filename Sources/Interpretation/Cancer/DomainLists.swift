public import Genomics

/// The user's lists of genes and variants by domain.
///
/// The lists behind Genomics England's DOMAIN1 to DOMAIN4 are not public: Apus ships none.
public struct DomainLists: Sendable, Hashable {
  /// The domains of the report model that a list may name.
  public static let names = ["DOMAIN1", "DOMAIN2", "DOMAIN3", "DOMAIN4"]

  private var genes: [String: Set<String>] = [:]
  private var variants: [String: Set<String>] = [:]
  /// Lines read.
  public private(set) var entries = 0

  /// Reads a list: tab-separated with the header `domain`, and `gene` or `variant` or both; a line names a gene by its
  /// symbol or its identifier in the cache, or a variant as contig-position-ref-alt, normalised. `.` is a blank.
  /// - Throws: `InputError` for what is none.
  public init(file path: String) throws(InputError) {
    self = try DomainLists(text: try wholeFile(path), path: path)
  }

  /// Reads a list's text.
  public init(text: [UInt8], path: String) throws(InputError) {
    func refuse(_ line: Int, _ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), "the list of domains is refused: \(reason)",
        remedy: "give columns domain, and gene or variant, tab-separated")
    }
    var columns: [String: Int]?
    var number = 0
    for line in String(decoding: text, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard let places = columns else {
        var places: [String: Int] = [:]
        for (place, name) in cells.enumerated() {
          guard ["domain", "gene", "variant"].contains(name) else {
            throw refuse(number, "the column \(name) is not known")
          }
          guard places.updateValue(place, forKey: name) == nil else { throw refuse(number, "\(name) stands twice") }
        }
        guard places["domain"] != nil, places.count >= 2 else { throw refuse(number, "a column is missing") }
        columns = places
        continue
      }
      guard cells.count == places.count else { throw refuse(number, "the line has \(cells.count) columns") }
      func cell(_ name: String) -> String? {
        places[name].map { cells[$0] }.flatMap { $0.isEmpty || $0 == "." ? nil : $0 }
      }
      guard let domain = cell("domain"), Self.names.contains(domain) else {
        throw refuse(number, "the domain is none of \(Self.names.joined(separator: ", "))")
      }
      switch (cell("gene"), cell("variant")) {
      case (let gene?, nil): genes[gene, default: []].insert(domain)
      case (nil, let variant?):
        guard let key = Self.key(variant) else { throw refuse(number, "\(variant) is no contig-position-ref-alt") }
        variants[key, default: []].insert(domain)
      default: throw refuse(number, "the line names neither a gene nor a variant, or both")
      }
      entries += 1
    }
    guard columns != nil else { throw refuse(max(1, number), "it has no header") }
  }

  private static func key(_ variant: String) -> String? {
    // A contig's name may hold a dash itself.
    let parts = variant.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, let position = Int(parts[parts.count - 3]), position > 0 else { return nil }
    let contig = parts.dropLast(3).joined(separator: "-")
    let (reference, alternate) = (parts[parts.count - 2].uppercased(), parts[parts.count - 1].uppercased())
    let letters = Set("ACGT")
    guard !contig.isEmpty, !reference.isEmpty, !alternate.isEmpty, reference.allSatisfy(letters.contains),
      alternate.allSatisfy(letters.contains)
    else { return nil }
    return "\(contig)-\(position)-\(reference)-\(alternate)"
  }

  /// The domains of a variant, sorted.
  func domains(of variant: CodingVariant) -> [String] {
    var found = variants["\(variant.contig)-\(variant.position)-\(variant.reference)-\(variant.alternate)"] ?? []
    for entry in variant.consequences {
      for name in [entry.symbol, entry.gene, entry.hgnc].compactMap({ $0 }) { found.formUnion(genes[name] ?? []) }
    }
    return found.sorted()
  }
}
