public import Genomics

/// The header of a SAM or BAM file: its text, and what records and checks need of it.
public struct SAMHeader: Sendable {
  /// The header's text as it stands, each line with its line feed.
  public let text: String
  /// The same as stored; `text` shows bytes that are not UTF-8 as U+FFFD, writers repeat them.
  let bytes: [UInt8]
  /// The reference sequences in order; a record's `refID` indexes them.
  public let contigs: ContigDictionary
  /// The read groups in order.
  public let readGroups: [ReadGroup]
  /// The sort order that `@HD SO` declares, such as `coordinate`; nil where it is not declared.
  public let sortOrder: String?

  /// A read group (`@RG`).
  public struct ReadGroup: Sendable, Hashable {
    /// Its identifier.
    public var id: String
    /// The sample that it names (`SM`), if any.
    public var sample: String?
  }

  /// The samples that the read groups name, each once, in order.
  public var samples: [String] {
    var seen: Set<String> = []
    return readGroups.compactMap(\.sample).filter { seen.insert($0).inserted }
  }

  /// What was odd in it but changes no result, with its count.
  public let warnings: [String: Int]

  /// `M5` of `@SQ` lines, by contig index: MD5 of the upper-case bases, lower-case hexadecimal.
  let md5s: [Int: String]

  /// The MD5 of a contig's upper-case bases that the header declares (`M5`); nil where it declares none.
  /// - Parameter contig: its index.
  public func md5(ofContig contig: Int) -> String? { md5s[contig] }

  /// As much of the header as htslib needs to decode records: names, lengths and the identifiers of read groups.
  ///
  /// Without `M5` and `UR` it has nothing to look for a CRAM's reference by, neither in REF_PATH nor anywhere else; and it
  /// does not refuse what our own checks take.
  var decodingText: String {
    var text = "@HD\tVN:1.6\n"
    for contig in contigs.contigs { text += "@SQ\tSN:\(contig.name)\tLN:\(contig.length ?? 0)\n" }
    for group in readGroups { text += "@RG\tID:\(group.id)\n" }
    return text
  }

  /// Parses a header's text and holds it against the specification.
  /// - Parameters:
  ///   - binaryContigs: the reference list of a BAM, which counts where the text has no `@SQ` lines.
  ///   - isText: whether the file is SAM text.
  ///   - textOffset: where the text stands in the decompressed data; nil where it does not stand there as it is.
  /// - Throws: `InputError` of kind `malformed` with the header's line, also where text and list disagree.
  init(bytes: [UInt8], binaryContigs: [Contig]?, path: String, isText: Bool = false, textOffset: Int? = 0)
    throws(InputError)
  {
    func refuse(_ reason: String, line: Int? = nil, offset: Int? = nil) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line, offset: offset), reason,
        remedy: "make the header again with samtools reheader")
    }
    var checks = SAMHeaderChecks(isText: isText)
    var starts: [Int] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      starts.append(start)
      let line = bytes[start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)]
      // Behind the last line BAM may be padded.
      if !line.isEmpty {
        do {
          try checks.take(line, number: starts.count)
        } catch {
          throw refuse(error.reason, line: starts.count, offset: textOffset.map { $0 + start })
        }
      }
      start = end + 1
    }
    if let (line, reason) = checks.danglingLink() {
      throw refuse(reason, line: line, offset: textOffset.map { $0 + starts[line - 1] })
    }
    var contigs = checks.contigs
    if let binaryContigs {
      guard contigs.isEmpty || contigs == binaryContigs else {
        throw refuse("the header's @SQ lines differ from the file's own list of reference sequences")
      }
      contigs = binaryContigs
    }
    guard let dictionary = ContigDictionary(contigs) else { throw refuse("a reference sequence is declared twice") }
    text = String(decoding: bytes, as: UTF8.self)
    self.bytes = bytes
    self.contigs = dictionary
    md5s = checks.md5s
    warnings = checks.warnings
    readGroups = checks.readGroups
    sortOrder = checks.sortOrder
  }
}
