import Genomics

extension VariantOutcome {
  /// Writes the lines again with an annotator's field at the end of INFO; everything else stays as it is.
  mutating func annotate(with annotator: any VariantAnnotator) throws {
    var annotated: [UInt8] = []
    annotated.reserveCapacity(bytes.count + bytes.count / 2)
    let key = Array(annotator.key.utf8)
    var field: [UInt8] = []
    var counts = AnnotationCounts()
    var start = 0
    try bytes.withUnsafeBytes { bytes in
      for run in runs {
        var part = annotator.begin(contig: run.contig)
        for index in run.lines {
          let line = UnsafeRawBufferPointer(rebasing: bytes[start..<lines[index].end])
          start = lines[index].end
          let tabs = FixedColumns(line)
          field.removeAll(keepingCapacity: true)
          let hasField = try part.annotate(
            position: lines[index].position, reference: tabs[3, line], alternates: tabs[4, line], into: &field)
          let info = tabs[7, line]
          annotated.append(contentsOf: UnsafeRawBufferPointer(rebasing: line[..<tabs.start(7)]))
          Self.appendInfo(info, key: key, field: hasField ? field : nil, to: &annotated)
          annotated.append(contentsOf: UnsafeRawBufferPointer(rebasing: line[tabs.ends[7]...]))
          lines[index].end = annotated.count
        }
        counts.merge(part.counts)
      }
    }
    bytes = annotated
    annotation = counts
  }

  private static func appendInfo(
    _ info: UnsafeRawBufferPointer, key: [UInt8], field: [UInt8]?, to output: inout [UInt8]
  ) {
    let start = output.count
    if info.count != 1 || info[0] != UInt8(ascii: ".") {
      for entry in info.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
        // A field of an earlier annotation is not kept beside the new one.
        let isOld =
          entry.starts(with: key)
          && (entry.count == key.count || entry[entry.startIndex + key.count] == UInt8(ascii: "="))
        if isOld { continue }
        if output.count > start { output.append(UInt8(ascii: ";")) }
        output.append(contentsOf: entry)
      }
    }
    if let field {
      if output.count > start { output.append(UInt8(ascii: ";")) }
      output += key
      output.append(UInt8(ascii: "="))
      output += field
    }
    if output.count == start { output.append(UInt8(ascii: ".")) }
  }
}

/// Where the first eight columns of a line end.
private struct FixedColumns {
  var ends: [Int]

  init(_ line: UnsafeRawBufferPointer) {
    ends = []
    ends.reserveCapacity(8)
    var position = 0
    while ends.count < 8, position < line.count {
      let byte = line[position]
      if byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") { ends.append(position) }
      position += 1
    }
  }

  func start(_ column: Int) -> Int { column == 0 ? 0 : ends[column - 1] + 1 }

  subscript(column: Int, line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: line[start(column)..<ends[column]])
  }
}
