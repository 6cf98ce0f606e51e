import GenomicFiles
import Genomics

/// The fields that splitting adds to its parts, so that nothing is lost and joining has the original's bytes again.
enum SplitFields {
  /// INFO: the original record and the part's allele.
  static let origin = "APUS_ORIG"
  /// INFO and FORMAT of the first part: the original's values that the parts together do not hold.
  static let rest = "APUS_REST"
  /// FORMAT, behind AD: the depth of the other alternates.
  static let otherDepth = "AD_OTHER"
  /// INFO: the record that an atom was taken from.
  static let atom = "APUS_ATOM"

  /// The header lines of the fields that splitting adds.
  static let headerLines = [
    "##INFO=<ID=APUS_ORIG,Number=1,Type=String,Description=\"Multi-allelic record that this one was split from: CHROM|POS|REF|ALT alleles joined by &|index of this allele, counted from 1\">",
    "##INFO=<ID=APUS_REST,Number=.,Type=String,Description=\"INFO of the record that was split which its parts do not hold: KEY|values, joined by |\">",
    "##FORMAT=<ID=AD_OTHER,Number=1,Type=Integer,Description=\"Reads of the other alternate alleles of the record that was split\">",
    "##FORMAT=<ID=APUS_REST,Number=.,Type=String,Description=\"Values of the record that was split which its parts do not hold: KEY|values, joined by |\">",
  ]
  /// The header line of the field that taking apart adds.
  static let atomHeaderLine =
    "##INFO=<ID=APUS_ATOM,Number=1,Type=String,Description=\"Record that this atom was taken from: CHROM|POS|REF|ALT|index of this atom, counted from 1|number of atoms\">"

  /// Appends bytes of a value; what would end or divide it (VCF 4.3, section 1.2), and the separators of these fields, are
  /// percent-encoded.
  static func appendEncoded(_ text: UnsafeRawBufferPointer, commas: Bool = true, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: ";"): output.append(ascii: "%3B")
      case UInt8(ascii: "="): output.append(ascii: "%3D")
      case UInt8(ascii: ",") where commas: output.append(ascii: "%2C")
      case UInt8(ascii: "%"): output.append(ascii: "%25")
      case UInt8(ascii: "|"): output.append(ascii: "%7C")
      case UInt8(ascii: "&"): output.append(ascii: "%26")
      default: output.append(byte)
      }
    }
  }

  /// Undoes `appendEncoded`.
  static func decoded(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
      case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
      default: nil
      }
    }
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = digit(text[index + 1]),
        let low = digit(text[index + 2])
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }
}

extension VCFHeader {
  /// Declares the fields that a job adds, and none that it takes away.
  mutating func declareSplitFields(_ job: VariantJob) {
    var lines = job.splits || job.atomizes ? SplitFields.headerLines : []
    if job.atomizes { lines.append(SplitFields.atomHeaderLine) }
    for line in lines {
      // A field is declared once, also where another program rewrote the line.
      guard let comma = line.firstIndex(of: ","), !metaLines.contains(where: { $0.hasPrefix(line[...comma]) }) else {
        continue
      }
      add(line)
    }
  }
}

/// What `APUS_ORIG` says.
struct SplitOrigin {
  var contig: [UInt8]
  /// POS, counted from 1.
  var position: Int
  var reference: [UInt8]
  /// ALT as it stood.
  var alternates: [UInt8]
  /// For each alternate allele, its length where it is bases: the others have no part.
  var lengths: [Int?]

  /// Cuts a value of `APUS_ORIG` into what all parts of a record share, and the part's allele.
  static func cut(_ value: UnsafeRawBufferPointer) -> (record: UnsafeRawBufferPointer, allele: Int)? {
    var bar = value.count - 1
    var allele = 0
    var scale = 1
    while bar >= 0, value[bar] != UInt8(ascii: "|") {
      let digit = value[bar] &- UInt8(ascii: "0")
      guard digit < 10, scale < 1_000_000_000 else { return nil }
      allele += Int(digit) * scale
      scale *= 10
      bar -= 1
    }
    guard bar > 0, allele > 0 else { return nil }
    return (value.slice(0..<bar), allele)
  }

  /// Reads what the parts share; nil where it is not what splitting writes.
  init?(_ record: UnsafeRawBufferPointer) {
    let columns = record.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map {
      UnsafeRawBufferPointer(rebasing: $0)
    }
    guard columns.count == 4 else { return nil }
    contig = SplitFields.decoded(columns[0])
    guard let position = Int(String(decoding: columns[1], as: UTF8.self)), position >= 0 else { return nil }
    self.position = position
    reference = SplitFields.decoded(columns[2])
    guard !reference.isEmpty, reference.allSatisfy(Base.isVCFBase) else { return nil }
    alternates = []
    lengths = []
    for part in columns[3].split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      let allele = SplitFields.decoded(UnsafeRawBufferPointer(rebasing: part))
      guard let kind = AlternateAlleleKind(allele) else { return nil }
      lengths.append(kind == .bases ? allele.count : nil)
      if lengths.count > 1 { alternates.append(UInt8(ascii: ",")) }
      alternates += allele
    }
    guard lengths.count > 1 else { return nil }
  }
}
