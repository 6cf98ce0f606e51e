public import Genomics

/// A gene's call by another program, in PharmCAT's format: gene, diplotype, phenotype, activity score, with tabs.
public struct OutsideCall: Sendable, Hashable, Encodable {
  /// The gene's symbol.
  public var gene: String
  /// The diplotype or single allele.
  public var diplotype: String?
  /// The phenotype or other result.
  public var phenotype: String?
  /// The activity score, as written.
  public var activityScore: String?

  /// A call.
  public init(gene: String, diplotype: String? = nil, phenotype: String? = nil, activityScore: String? = nil) {
    self.gene = gene
    self.diplotype = diplotype
    self.phenotype = phenotype
    self.activityScore = activityScore
  }

  /// Reads a file of calls: a line a gene; lines that begin with `#` are remarks.
  ///
  /// A gene may stand on several lines where each gives a phenotype alone (HLA-B).
  /// - Throws: `InputError` of kind `malformed` with the line.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> [OutsideCall] {
    func refuse(_ line: Int?, _ reason: String) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), reason,
        remedy: "give gene, diplotype, phenotype and activity score, separated by tabs")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw refuse(nil, "the file is not UTF-8") }
    var calls: [OutsideCall] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { field -> String? in
        let trimmed = field.drop { $0 == " " }
        return trimmed.isEmpty ? nil : String(trimmed)
      }
      guard (2...4).contains(fields.count), let gene = fields[0], fields.dropFirst().contains(where: { $0 != nil })
      else { throw refuse(index + 1, "the line does not name a gene and a result") }
      func field(_ index: Int) -> String? { index < fields.count ? fields[index] : nil }
      let call = OutsideCall(gene: gene, diplotype: field(1), phenotype: field(2), activityScore: field(3))
      let others = calls.filter { $0.gene == gene }
      guard others.isEmpty || (call.diplotype == nil && others.allSatisfy { $0.diplotype == nil }) else {
        throw refuse(index + 1, "\(gene) has a call on an earlier line")
      }
      calls.append(call)
    }
    return calls
  }

  /// The alleles of the diplotype (`*1/*3`); nil where it is none.
  var alleles: [String]? {
    guard let diplotype else { return nil }
    let parts = diplotype.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty } ? parts : nil
  }
}
