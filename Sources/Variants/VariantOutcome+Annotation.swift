import Genomics

/// Keys that an annotator writes, and with which bytes they begin: most entries of INFO begin otherwise.
private struct InfoKeys {
  let all: [[UInt8]]
  private let first: [Bool]

  init(_ keys: [[UInt8]]) {
    all = keys
    var first = [Bool](repeating: false, count: 256)
    for key in keys { if let byte = key.first { first[Int(byte)] = true } }
    self.first = first
  }

  @inline(__always)
  func mayHold(_ byte: UInt8, isEmpty: Bool) -> Bool { !isEmpty && first[Int(byte)] }
}

extension VariantOutcome {
  /// Writes the lines again with an annotator's fields at the end of INFO; everything else stays as it is.
  /// - Parameters:
  ///   - text: how the records are written in place of lines of VCF; nil for those.
  ///   - notes: what a scout found of the records, each of which is then one line.
  ///   - tap: what sees the records; where it alone does, no lines are left.
  mutating func annotate(
    with annotator: any VariantAnnotator, as text: AnnotationText? = nil, notes: VariantNotes? = nil,
    tap: VariantTapPoint? = nil
  ) throws {
    let writes = tap?.hasOutput ?? true
    var writer = text.map { AnnotationTextWriter($0, AnnotationLayout(annotator.fields)) }
    var annotated: [UInt8] = []
    if writes { annotated.reserveCapacity(bytes.count + bytes.count / 2) }
    let keys = InfoKeys(annotator.fields.map { Array($0.key.utf8) })
    var fields: [UInt8] = []
    var counts = AnnotationCounts()
    var start = 0
    try bytes.withUnsafeBytes { bytes in
      for run in runs {
        var part = annotator.begin(contig: run.contig)
        var tapped = tap?.begin(contig: run.contig)
        for index in run.lines {
          let line = UnsafeRawBufferPointer(rebasing: bytes[start..<lines[index].end])
          start = lines[index].end
          // REF and ALT are the fourth and fifth column, INFO the eighth.
          let ref = Self.column(line, after: Self.column(line, after: Self.column(line, after: -1).end).end)
          let reference = Self.column(line, after: ref.end)
          let alternates = Self.column(line, after: reference.end)
          fields.removeAll(keepingCapacity: true)
          let filter = Self.column(line, after: Self.column(line, after: alternates.end).end)
          let info = Self.column(line, after: filter.end)
          try part.annotate(
            position: lines[index].position, reference: line.slice(reference.start..<reference.end),
            alternates: line.slice(alternates.start..<alternates.end), info: line.slice(info.start..<info.end),
            into: &fields)
          if let entries = notes?.entries[index] {
            if !fields.isEmpty { fields.append(UInt8(ascii: ";")) }
            fields += entries
          }
          if let tap {
            let shown = TappedLine(
              lines[index], reference: line.slice(reference.start..<reference.end),
              alternates: line.slice(alternates.start..<alternates.end), filter: line.slice(filter.start..<filter.end))
            try fields.withUnsafeBytes { try tap.look(at: shown, $0, marks: part.marks, &tapped) }
            if !writes { continue }
          }
          if writer != nil {
            writer?.append(line, fields, to: &annotated)
          } else {
            annotated.append(bytes: line.slice(0..<info.start))
            Self.appendInfo(line.slice(info.start..<info.end), keys: keys, fields: fields, to: &annotated)
            annotated.append(bytes: line.slice(info.end..<line.count))
          }
          lines[index].end = annotated.count
        }
        if let tapped { self.tapped.append(tapped) }
        counts.merge(part.counts)
      }
    }
    if let notes { counts.haplotypes = notes.counts }
    bytes = annotated
    if !writes { forgetLines() }
    annotation = counts
  }

  /// The column that begins behind `end` and ends before a tab or with the line.
  @inline(__always)
  static func column(_ line: UnsafeRawBufferPointer, after end: Int) -> (start: Int, end: Int) {
    (end + 1, min(line.end(from: end + 1, before: UInt8(ascii: "\t")), line.count - 1))
  }

  private static func appendInfo(
    _ info: UnsafeRawBufferPointer, keys: InfoKeys, fields: [UInt8], to output: inout [UInt8]
  ) {
    let start = output.count
    if !info.isMissing {
      // A field of an earlier annotation is not kept beside the new one; what stands before and behind it is copied.
      var copied = 0
      var entry = 0
      while entry < info.count {
        let end = info.end(from: entry, before: UInt8(ascii: ";"))
        if keys.mayHold(info[entry], isEmpty: end == entry), keys.all.contains(where: { isOld(info, entry, end, $0) }) {
          appendEntries(info.slice(copied..<max(copied, entry - 1)), from: start, to: &output)
          copied = min(end + 1, info.count)
        }
        entry = end + 1
      }
      appendEntries(info.slice(copied..<info.count), from: start, to: &output)
    }
    if !fields.isEmpty {
      if output.count > start { output.append(UInt8(ascii: ";")) }
      output += fields
    }
    if output.count == start { output.append(UInt8(ascii: ".")) }
  }

  @inline(__always)
  private static func appendEntries(_ entries: UnsafeRawBufferPointer, from start: Int, to output: inout [UInt8]) {
    if entries.isEmpty { return }
    if output.count > start { output.append(UInt8(ascii: ";")) }
    output.append(bytes: entries)
  }

  /// Whether the entry is `key` alone or with a value.
  @inline(__always)
  private static func isOld(_ info: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ key: [UInt8]) -> Bool {
    guard end - start >= key.count, info[start] == key[0] else { return false }
    for place in key.indices where info[start + place] != key[place] { return false }
    return end - start == key.count || info[start + key.count] == UInt8(ascii: "=")
  }
}
