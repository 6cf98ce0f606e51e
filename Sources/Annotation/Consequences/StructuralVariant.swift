import GenomicFiles
import Genomics

/// A structural allele: what VCF writes as `<DEL>`, `<DUP>`, `<INV>`, `<INS>`, `<CNV>` or a breakend. Positions count
/// from 0, half-open.
struct StructuralVariant: Equatable {
  /// What happens to the bases.
  enum Kind: String {
    case deletion, duplication, insertion, inversion
    /// A copy number that the allele does not tell.
    case copyNumber = "CNV"
    case breakend = "BND"
  }

  var kind: Kind
  /// The bases that are affected: empty at the place of an insertion (before the base at its start), and the two that a
  /// breakend lies between.
  var range: Range<Int>
  /// Whether the ends are known to the base.
  var isPrecise: Bool

  /// Whether sequence is lost.
  var isLoss: Bool { kind == .deletion }
  /// Whether sequence is gained.
  var isGain: Bool { kind == .duplication || kind == .insertion }

  /// Reads an ALT.
  /// - Parameters:
  ///   - position: POS, counted from 1: the base before the event.
  ///   - info: INFO as written; END, SVLEN, IMPRECISE and CIPOS are looked for.
  ///   - number: the place of the allele in ALT, from 0, for SVLEN of several.
  /// - Returns: nil for an allele whose kind or end cannot be told.
  init?(position: Int, alternate: UnsafeRawBufferPointer, info: UnsafeRawBufferPointer, number: Int) {
    let fields = StructuralFields(info, number: number)
    isPrecise = !fields.isImprecise
    switch AlternateAlleleKind(alternate) {
    case .breakend:
      kind = .breakend
      range = max(0, position - 1)..<(position + 1)
      return
    case .symbolic: break
    default: return nil
    }
    let name = UnsafeRawBufferPointer(rebasing: alternate[1..<(alternate.count - 1)])
    let end = name.firstIndex(of: UInt8(ascii: ":")) ?? name.count
    switch String(decoding: name[..<end], as: UTF8.self) {
    case "DEL", "CN0": kind = .deletion
    case "DUP": kind = .duplication
    case "INV": kind = .inversion
    case "INS":
      kind = .insertion
      range = position..<position
      return
    case "CNV": kind = .copyNumber
    case let other where other.hasPrefix("CN") && Int(other.dropFirst(2)) != nil:
      let copies = Int(other.dropFirst(2)) ?? 2
      // An allele of one copy is the reference's.
      kind = copies > 1 ? .duplication : .copyNumber
    default: return nil
    }
    guard let last = fields.end ?? fields.length.map({ position + $0 }), last > position else { return nil }
    range = position..<last
  }
}

/// What INFO tells of a structural allele.
private struct StructuralFields {
  /// The last base, counted from 1.
  var end: Int?
  /// Bases, without sign.
  var length: Int?
  var isImprecise = false

  init(_ info: UnsafeRawBufferPointer, number: Int) {
    for entry in info.split(separator: UInt8(ascii: ";")) {
      let parts = entry.split(separator: UInt8(ascii: "="), maxSplits: 1)
      let value = parts.count > 1 ? UnsafeRawBufferPointer(rebasing: parts[1]) : nil
      switch String(decoding: parts[0], as: UTF8.self) {
      case "END": end = value.flatMap(VCFNumber.integer)
      case "SVLEN":
        let lengths = value?.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) ?? []
        let own = lengths.count == 1 ? lengths.first : lengths.dropFirst(number).first
        length = own.flatMap { VCFNumber.integer(UnsafeRawBufferPointer(rebasing: $0)) }.map(abs)
      case "IMPRECISE": isImprecise = true
      case "CIPOS", "CIEND":
        if let value, !value.elementsEqual("0,0".utf8) { isImprecise = true }
      default: break
      }
    }
  }
}
