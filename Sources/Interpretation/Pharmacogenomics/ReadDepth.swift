import Batching
import GenomicFiles
import Genomics

/// The least depth over spans, read from per-base depth as `apus bam --per-base` and mosdepth write it.
struct SpanDepths: Sendable {
  private struct Span: Sendable {
    var contig: String
    var range: Range<Int>
    var covered = 0
    var least = Int.max
  }

  private var spans: [String: [Span]] = [:]

  init(_ ranges: [String: Set<Range<Int>>]) {
    for (contig, ranges) in ranges {
      spans[contig] = ranges.sorted { $0.lowerBound < $1.lowerBound }.map { Span(contig: contig, range: $0) }
    }
  }

  /// Counts a stretch of one depth.
  mutating func add(_ contig: String, _ stretch: Range<Int>, depth: Int) {
    guard let first = spans[contig]?.firstIndex(where: { $0.range.upperBound > stretch.lowerBound }) else { return }
    var index = first
    while let span = spans[contig]?[index], span.range.lowerBound < stretch.upperBound {
      spans[contig]?[index].covered += span.range.clamped(to: stretch).count
      spans[contig]?[index].least = min(span.least, depth)
      index += 1
      if index == spans[contig]?.count { break }
    }
  }

  /// The least depth over a span; nil where the file does not tell it of every base.
  func least(_ contig: String, _ range: Range<Int>) -> Int? {
    spans[contig]?.first { $0.range == range && $0.covered == range.count }?.least
  }
}

/// Reads per-base depth (BED with an integer depth in the fourth column, plain or compressed) over spans.
/// - Parameter stated: the depth of lines without a fourth column; nil refuses them.
/// - Throws: `InputError` with the line.
func readDepth(
  of input: InputFile, stated: Int? = nil, over ranges: [String: Set<Range<Int>>],
  reference: PharmacogenomicReference, resources: RunResources
) async throws -> SpanDepths {
  try await withLines(of: input, resources: resources) { reader in
    var depths = SpanDepths(ranges)
    var checked: Set<String> = []
    while let batch = try await reader.next() {
      try batch.forEachLine { line, location in
        if line.isEmpty || line[0] == UInt8(ascii: "#") { return true }
        let fields = line.split(separator: UInt8(ascii: "\t"))
        func refuse(_ reason: String) -> InputError {
          InputError(
            .malformed, at: location(), reason, remedy: "give per-base depth: contig, start, end and depth, with tabs")
        }
        guard fields.count == 4 || fields.count == 3 && stated != nil else {
          throw refuse("the line has \(fields.count) columns and not 4")
        }
        let contig = String(decoding: fields[0], as: UTF8.self)
        guard let start = VCFNumber.integer(UnsafeRawBufferPointer(rebasing: fields[1])),
          let end = VCFNumber.integer(UnsafeRawBufferPointer(rebasing: fields[2])),
          let depth = fields.count == 3 ? stated : VCFNumber.integer(UnsafeRawBufferPointer(rebasing: fields[3])),
          0 <= start, start <= end, depth >= 0
        else { throw refuse("start, end or depth is not a number of 0 or more") }
        if checked.insert(contig).inserted {
          try reference.require(contig, declaredLength: nil, at: location())
        }
        depths.add(contig, start..<end, depth: depth)
        return true
      }
    }
    return depths
  }
}
