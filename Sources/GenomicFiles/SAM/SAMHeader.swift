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

  /// Parses a header's text.
  /// - Parameter binaryContigs: the reference list of a BAM, which counts where the text has no `@SQ` lines.
  /// - Throws: `InputError` of kind `malformed`, also where text and list disagree.
  init(bytes: [UInt8], binaryContigs: [Contig]?, path: String) throws(InputError) {
    let text = String(decoding: bytes, as: UTF8.self)
    func refuse(_ reason: String, line: Int? = nil) -> InputError {
      InputError(
        .malformed, at: InputLocation(file: path, record: line), reason,
        remedy: "make the header again with samtools reheader")
    }
    var contigs: [Contig] = []
    var groups: [ReadGroup] = []
    var order: String?
    // By scalars: as a Character, CR LF is one and equals neither.
    for (number, scalars) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let fields = String(scalars).trimmingReturn.split(separator: "\t")
      guard let kind = fields.first else { continue }
      func value(_ tag: String) -> String? {
        fields.dropFirst().first { $0.hasPrefix(tag + ":") }.map { String($0.dropFirst(3)) }
      }
      switch kind {
      case "@HD": order = value("SO")
      case "@SQ":
        guard let name = value("SN"), let length = value("LN").flatMap({ Int($0) }), length > 0 else {
          throw refuse("a header line @SQ lacks SN or a positive LN", line: number + 1)
        }
        contigs.append(Contig(name: name, length: length))
      case "@RG":
        guard let id = value("ID") else { throw refuse("a header line @RG lacks ID", line: number + 1) }
        groups.append(ReadGroup(id: id, sample: value("SM")))
      default: break
      }
    }
    if let binaryContigs {
      guard contigs.isEmpty || contigs == binaryContigs else {
        throw refuse("the header's @SQ lines differ from the file's own list of reference sequences")
      }
      contigs = binaryContigs
    }
    guard let dictionary = ContigDictionary(contigs) else { throw refuse("a reference sequence is declared twice") }
    self.text = text
    self.bytes = bytes
    self.contigs = dictionary
    readGroups = groups
    sortOrder = order
  }
}

extension String {
  fileprivate var trimmingReturn: String { utf8.last == UInt8(ascii: "\r") ? String(dropLast()) : self }
}
