import GenomicFiles
import Genomics

/// A source of known variants as a person names it: `NAME=FILE[:FIELD,…]`.
public struct KnownSourceSpec: Sendable, Hashable {
  /// What a file holds.
  public enum Layout: Sendable, Hashable {
    /// VCF or BCF.
    case variants
    /// Columns separated by tabs or commas: contig, position, REF, ALT, then scores.
    case scores
  }

  /// The name, with which the INFO keys of annotated records begin.
  public var name: String
  /// The file.
  public var path: String
  /// The fields wanted, in order; empty for none named.
  public var fields: [String]
  /// What the file holds.
  public var layout: Layout

  /// Reads `NAME=FILE[:FIELD,…]`; nil where it is not of that form, or the name is not letters, digits and `_`.
  public init?(_ text: String, layout: Layout) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    name = String(text[..<equals])
    guard name.utf8.allSatisfy(Self.isWordByte), name.utf8.first.map({ $0 > UInt8(ascii: "9") }) == true else {
      return nil
    }
    let rest = text[text.index(after: equals)...]
    let folder = rest.lastIndex(of: "/") ?? rest.startIndex
    if let colon = rest[folder...].lastIndex(of: ":") {
      path = String(rest[..<colon])
      fields = rest[rest.index(after: colon)...].split(separator: ",").map(String.init)
    } else {
      path = String(rest)
      fields = []
    }
    guard !path.isEmpty, Set(fields).count == fields.count else { return nil }
    self.layout = layout
  }

  /// The file's name without its folder.
  var fileName: String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

/// A field of a source's VCF, and how an allele's value is taken from it.
struct KnownField: Sendable {
  enum Place: Sendable {
    case id, quality, filter
    case info(key: [UInt8], FieldDefinition)
  }

  var place: Place
  var build: KnownSourceBuild.Field

  /// The fields of a VCF that a source asks for; ID where it names none. FILTER always comes last, so that an allele
  /// that its source doubts never looks like one that it does not.
  static func all(_ spec: KnownSourceSpec, _ header: VCFHeader) throws(InputError) -> [KnownField] {
    var fields: [KnownField] = []
    for name in (spec.fields.isEmpty ? ["ID"] : spec.fields) where name != "FILTER" {
      switch name {
      case "ID": fields.append(KnownField(place: .id, build: field("ID", "String", "Identifiers")))
      case "QUAL": fields.append(KnownField(place: .quality, build: field("QUAL", "Float", "QUAL")))
      default:
        guard let definition = header.info[name] else {
          throw InputError(
            .malformed, at: InputLocation(file: spec.path), "the header declares no INFO field \(name)",
            remedy: "name a field of the file: see bcftools view -h")
        }
        let isOne = definition.number != .count(1) && definition.number != .perAlternate
        let type = isOne || definition.type == .character ? FieldType.string : definition.type
        fields.append(
          KnownField(
            place: .info(key: Array(name.utf8), definition),
            build: field(name, type == .flag ? "Integer" : type.rawValue, header.infoDescription(of: name) ?? name)))
      }
    }
    fields.append(KnownField(place: .filter, build: field("FILTER", "String", "Filters that are not PASS")))
    return fields
  }

  private static func field(_ key: String, _ type: String, _ description: String) -> KnownSourceBuild.Field {
    KnownSourceBuild.Field(key: key, number: "A", type: type, description: description)
  }

  /// Appends an allele's value; nothing where it has none. What would end an INFO value becomes `&` or `_`.
  /// - Parameter allele: the ALT's place, from 0.
  func append(_ records: VariantRecords, _ record: Int, allele: Int, to output: inout [UInt8]) {
    switch place {
    case .id: append(records, records.column(.id, of: record), to: &output)
    case .quality: append(records, records.column(.qual, of: record), to: &output)
    case .filter:
      let filter = records.column(.filter, of: record)
      if records[filter].elementsEqual("PASS".utf8) { return }
      append(records, filter, to: &output)
    case .info(let key, let definition):
      guard let entry = key.withUnsafeBytes({ records.info($0, of: record) }) else { return }
      guard let value = entry.value else {
        output.append(UInt8(ascii: "1"))
        return
      }
      switch definition.number {
      case .perAlternate: appendPart(records, value, allele, to: &output)
      case .perAllele: appendPart(records, value, allele + 1, to: &output)
      default: append(records, value, to: &output)
      }
    }
  }

  private func appendPart(_ records: VariantRecords, _ value: Range<Int>, _ index: Int, to output: inout [UInt8]) {
    var left = index
    var found: Range<Int>?
    records.forEachPart(of: value, separator: UInt8(ascii: ",")) { part in
      if left == 0 { found = part }
      left -= 1
      return left >= 0
    }
    if let found { append(records, found, to: &output) }
  }

  private func append(_ records: VariantRecords, _ value: Range<Int>, to output: inout [UInt8]) {
    Self.append(records[value], to: &output)
  }

  /// Appends a value; nothing for `.`.
  static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    if bytes.count == 1, bytes[0] == UInt8(ascii: ".") { return }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: ";"): output.append(UInt8(ascii: "&"))
      case UInt8(ascii: " "), UInt8(ascii: "="): output.append(UInt8(ascii: "_"))
      default: output.append(byte)
      }
    }
  }
}
