/// The bases and qualities of one barcode tag, by position.
///
/// samtools takes a barcode's length from the first record that has one, and the place of its separator from the first
/// one that holds another letter than `ACGTN`. So that the result does not depend on how records were split, barcodes
/// are counted by their form, each form with the first record that has it.
struct BarcodeCounts: Sendable, Equatable {
  /// Barcode tags and the tags of their qualities, in the order of output.
  static let tags = [("BC", "QT"), ("CR", "CY"), ("OX", "BZ"), ("RX", "QX")]
  /// Longer barcodes are not counted.
  private static let longest = 1024
  /// Further forms are not counted: barcodes have few, and each takes memory.
  private static let mostForms = 1024

  private struct Form: Hashable, Sendable {
    var length: Int
    /// The first position with another letter than `ACGTN`.
    var firstOther: Int?
    /// The second such position, where counting ends.
    var secondOther: Int?
  }

  private struct Counts: Sendable, Equatable {
    var firstRecord: Int
    /// A, C, G, T, N by position.
    var bases: [[Int]]
    /// By position, `qualityCount` each; empty where no barcode of the form has qualities.
    var qualities: [Int] = []
  }

  /// Of the characters from `!` to DEL.
  private static let qualityCount = 95
  private var forms: [Form: Counts] = [:]

  /// Counts a barcode.
  /// - Parameter record: the record's number in the file.
  mutating func add(_ barcode: UnsafeRawBufferPointer, _ quality: UnsafeRawBufferPointer?, record: Int) {
    guard barcode.count > 0, barcode.count <= Self.longest else { return }
    var form = Form(length: barcode.count)
    var codes = [Int](repeating: 5, count: barcode.count)
    for (index, letter) in barcode.enumerated() {
      guard let code = Self.code(letter) else {
        if form.firstOther == nil {
          form.firstOther = index
          continue
        }
        form.secondOther = index
        break
      }
      codes[index] = code
    }
    guard forms[form] != nil || forms.count < Self.mostForms else { return }
    var counts =
      forms.removeValue(forKey: form)
      ?? Counts(firstRecord: record, bases: Array(repeating: Array(repeating: 0, count: 6), count: barcode.count))
    counts.firstRecord = min(counts.firstRecord, record)
    for (index, code) in codes.enumerated() { counts.bases[index][code] += 1 }
    if let quality, quality.count == barcode.count {
      if counts.qualities.isEmpty { counts.qualities = Array(repeating: 0, count: barcode.count * Self.qualityCount) }
      for (index, letter) in quality.enumerated() where letter >= 33 && letter < 128 {
        counts.qualities[index * Self.qualityCount + Int(letter) - 33] += 1
      }
    }
    forms[form] = counts
  }

  /// Adds another's counts.
  mutating func merge(_ other: BarcodeCounts) {
    for (form, added) in other.forms {
      guard var counts = forms.removeValue(forKey: form) else {
        forms[form] = added
        continue
      }
      counts.firstRecord = min(counts.firstRecord, added.firstRecord)
      for index in counts.bases.indices {
        for code in 0..<6 { counts.bases[index][code] += added.bases[index][code] }
      }
      if counts.qualities.isEmpty {
        counts.qualities = added.qualities
      } else {
        for index in added.qualities.indices { counts.qualities[index] += added.qualities[index] }
      }
      forms[form] = counts
    }
  }

  /// What samtools would have counted, record by record.
  struct Summary {
    /// A, C, G, T, N by position.
    var bases: [[Int]]
    /// By position and quality.
    var qualities: [[Int]]
    /// The largest quality; -1 where there is none.
    var largestQuality = -1
    /// The position of the separator.
    var separator: Int?
  }

  /// nil where no record has the tag.
  var summary: Summary? {
    let inOrder = forms.sorted { $0.value.firstRecord < $1.value.firstRecord }
    guard let length = inOrder.first?.key.length else { return nil }
    let counted = inOrder.filter { $0.key.length <= length }
    let separator = counted.lazy.compactMap(\.key.firstOther).first
    var summary = Summary(
      bases: Array(repeating: Array(repeating: 0, count: 5), count: length),
      qualities: Array(repeating: Array(repeating: 0, count: Self.qualityCount), count: length), separator: separator)
    for (form, counts) in counted {
      let isWhole = form.firstOther == nil || form.firstOther == separator && form.secondOther == nil
      let end = (form.firstOther == separator ? form.secondOther : form.firstOther) ?? form.length
      for index in 0..<end {
        for code in 0..<5 { summary.bases[index][code] += counts.bases[index][code] }
      }
      guard isWhole, !counts.qualities.isEmpty else { continue }
      for index in 0..<form.length {
        for quality in 0..<Self.qualityCount {
          let count = counts.qualities[index * Self.qualityCount + quality]
          summary.qualities[index][quality] += count
          if count > 0 { summary.largestQuality = max(summary.largestQuality, quality) }
        }
      }
    }
    return summary
  }

  private static func code(_ letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    case UInt8(ascii: "N"): 4
    default: nil
    }
  }
}
