public import Genomics

/// The Number of an INFO or FORMAT field (VCF 4.5, section 1.4.2).
public enum FieldNumber: Sendable, Hashable {
  /// This many values.
  case count(Int)
  /// One value an alternate allele (`A`).
  case perAlternate
  /// One value an allele, the reference first (`R`).
  case perAllele
  /// One value a genotype (`G`).
  case perGenotype
  /// Anything else: `.`, `LA`, `LR`, `LG`, `P`, `M`.
  case other(String)

  /// Reads the text of a Number; what is none of the numbers and letters above becomes `other`.
  public init(_ text: String) {
    switch text {
    case "A": self = .perAlternate
    case "R": self = .perAllele
    case "G": self = .perGenotype
    default: self = Int(text).map(FieldNumber.count) ?? .other(text)
    }
  }
}

/// The Type of an INFO or FORMAT field (VCF 4.5, section 1.4.2).
public enum FieldType: String, Sendable, Hashable {
  case integer = "Integer"
  case float = "Float"
  case flag = "Flag"
  case character = "Character"
  case string = "String"
}

/// How a header declares an INFO or FORMAT field.
public struct FieldDefinition: Sendable, Hashable {
  /// How many values the field has.
  public var number: FieldNumber
  /// What the values are; a Type that the specification does not know is read as String.
  public var type: FieldType

  /// A definition.
  public init(number: FieldNumber, type: FieldType) {
    self.number = number
    self.type = type
  }
}

/// A VCF header: its lines as they stand, and what records need of them.
public struct VCFHeader: Sendable {
  /// The meta lines (`##…`), in order, without line ends.
  public var metaLines: [String]
  /// The sample columns, in order.
  public let samples: [String]
  /// The version that the file declares, such as `VCFv4.2`.
  public let version: String
  /// The contigs that the header declares, in order.
  public let contigs: ContigDictionary
  /// INFO keys and how they are declared.
  public private(set) var info: [String: FieldDefinition]
  /// FORMAT keys and how they are declared.
  public private(set) var format: [String: FieldDefinition]
  /// The names of filters, in the order declared; `PASS` only where the header declares it.
  public private(set) var filters: [String]
  /// Whether the column line has FORMAT.
  public let hasFormat: Bool

  /// Parses header lines.
  /// - Parameter lines: all lines from `##fileformat` to `#CHROM`, without line ends.
  /// - Throws: `InputError` of kind `malformed` with the line.
  public init(lines: [String], path: String) throws(InputError) {
    func refuse(_ line: Int, _ reason: String, _ remedy: String) -> InputError {
      InputError(.malformed, at: InputLocation(file: path, record: line), reason, remedy: remedy)
    }
    guard let first = lines.first, first.hasPrefix("##fileformat=VCFv4.") else {
      throw refuse(1, "the first line is not ##fileformat=VCFv4.x", "give a VCF of version 4.1 to 4.5")
    }
    guard let columns = lines.last, columns.hasPrefix("#CHROM") else {
      throw refuse(lines.count, "the #CHROM line is missing", "give a whole VCF")
    }
    version = String(first.dropFirst("##fileformat=".count))
    metaLines = Array(lines.dropLast())
    let names = columns.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    let fixed = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    guard names.count >= fixed.count, Array(names[..<fixed.count]) == fixed,
      names.count == fixed.count || names[fixed.count] == "FORMAT"
    else {
      throw refuse(
        lines.count, "the #CHROM line does not hold the fixed columns in order",
        "check that its columns are separated by tabs")
    }
    hasFormat = names.count > fixed.count
    samples = Array(names.dropFirst(fixed.count + 1))
    guard Set(samples).count == samples.count else {
      throw refuse(lines.count, "a sample name stands twice", "give each sample a name of its own")
    }
    var contigs: [Contig] = []
    var places: [String: Int] = [:]
    var info: [String: FieldDefinition] = [:]
    var format: [String: FieldDefinition] = [:]
    var filters: [String] = []
    for (index, line) in metaLines.enumerated() {
      guard let meta = VCFMetaLine(line) else { continue }
      guard let id = meta["ID"], !id.isEmpty else {
        throw refuse(index + 1, "a ##\(meta.key) line has no ID", "correct the header")
      }
      switch meta.key {
      case "contig":
        let contig = Contig(name: id, length: meta["length"].flatMap { Int($0) })
        // A line may stand twice (the specification's own examples have it), as long as both say the same.
        if let place = places[id] {
          guard contigs[place].length == nil || contig.length == nil || contigs[place].length == contig.length else {
            throw refuse(
              index + 1, "contig \(id) is declared twice, with two lengths", "remove one of its ##contig lines")
          }
          contigs[place].length = contigs[place].length ?? contig.length
        } else {
          places[id] = contigs.count
          contigs.append(contig)
        }
      case "INFO": info[id] = info[id] ?? meta.definition
      case "FORMAT": format[id] = format[id] ?? meta.definition
      case "FILTER": if !filters.contains(id) { filters.append(id) }
      default: break
      }
    }
    guard let dictionary = ContigDictionary(contigs) else {
      throw refuse(1, "a contig is declared twice", "remove one of its ##contig lines")
    }
    self.contigs = dictionary
    self.info = info
    self.format = format
    self.filters = filters
  }

  /// The Description of an INFO field; nil where the header does not declare it.
  public func infoDescription(of key: String) -> String? {
    metaLines.lazy.compactMap { VCFMetaLine($0) }.first { $0.key == "INFO" && $0["ID"] == key }?["Description"]
  }

  /// The header as text, each line with its line feed.
  public var text: String {
    var columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    if hasFormat { columns += "\tFORMAT" }
    for sample in samples { columns += "\t" + sample }
    return (metaLines + [columns, ""]).joined(separator: "\n")
  }

  /// Adds a meta line unless the same line stands already; an INFO, FORMAT or FILTER that it declares is declared then.
  public mutating func add(_ metaLine: String) {
    if metaLines.contains(metaLine) { return }
    metaLines.append(metaLine)
    guard let meta = VCFMetaLine(metaLine), let id = meta["ID"] else { return }
    switch meta.key {
    case "INFO": info[id] = meta.definition
    case "FORMAT": format[id] = meta.definition
    case "FILTER": if !filters.contains(id) { filters.append(id) }
    default: break
    }
  }
}

/// A structured meta line, `##KEY=<ID=…,Description="…">`; nil for unstructured ones.
struct VCFMetaLine {
  let key: String
  private let fields: [String: String]

  init?(_ line: String) {
    guard line.hasPrefix("##"), line.hasSuffix(">"), let equals = line.firstIndex(of: "=") else { return nil }
    let open = line.index(after: equals)
    guard open < line.endIndex, line[open] == "<" else { return nil }
    key = String(line[line.index(line.startIndex, offsetBy: 2)..<equals])
    guard ["contig", "INFO", "FORMAT", "FILTER", "ALT"].contains(key) else { return nil }
    var fields: [String: String] = [:]
    var name = ""
    var value = ""
    var inValue = false
    var inQuotes = false
    var isEscaped = false
    for character in line[line.index(after: open)...].dropLast() {
      if isEscaped {
        value.append(character)
        isEscaped = false
      } else if inQuotes, character == "\\" {
        isEscaped = true
      } else if character == "\"", inValue {
        inQuotes.toggle()
      } else if character == ",", !inQuotes {
        fields[name] = value
        name = ""
        value = ""
        inValue = false
      } else if character == "=", !inValue {
        inValue = true
      } else if inValue {
        value.append(character)
      } else {
        name.append(character)
      }
    }
    fields[name] = value
    self.fields = fields
  }

  subscript(name: String) -> String? { fields[name] }

  /// Number and Type.
  var definition: FieldDefinition {
    FieldDefinition(number: FieldNumber(self["Number"] ?? "."), type: self["Type"].flatMap(FieldType.init) ?? .string)
  }
}
