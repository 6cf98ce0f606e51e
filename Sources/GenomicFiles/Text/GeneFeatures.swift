import Batching
import Genomics

/// Features of genes, in the format that their file has.
public enum GeneFeatures: Sendable {
  /// Of GFF3, in the file's order.
  case gff3([GFF3Feature])
  /// Of GTF, in the file's order.
  case gtf([GTFFeature])
}

/// Reads an annotation in GFF3 or GTF (plain, gzip or bgzip) a batch at a time, as `readGFF3` does.
///
/// The content tells the format: a `##gff-version` line, or else the attributes of the first feature. A line of the
/// other format below it is refused.
/// - Throws: `InputError` with line and offset of the first line at fault; what reading found; what `body` throws.
public func readGeneFeatures(
  _ input: InputFile, resources: RunResources, _ body: (GeneFeatures) throws -> Void
) async throws {
  let path = input.path
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    let loader = GeneFeatureLoader(source)
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await loader.next() },
      transform: { (work: GeneFeatureWork) -> GeneFeatures in
        if work.isGTF {
          var parser = GTFParser()
          try work.chunk.forEachLine(firstLine: work.firstLine, path: path) { line in
            try parser.take(line)
            return true
          }
          return .gtf(parser.features)
        }
        var parser = GFF3Parser(types: nil)
        try work.chunk.forEachLine(firstLine: work.firstLine, path: path) { line in
          try parser.take(line)
          return true
        }
        return .gff3(parser.features)
      },
      sink: { (features: GeneFeatures) in try body(features) })
  }
}

/// Whole lines on their way to a worker.
private struct GeneFeatureWork: Sendable {
  let chunk: Chunk
  let firstLine: Int
  let isGTF: Bool
}

/// Counts lines, tells the format and finds the end of the annotation, which workers cannot know of one another.
private final class GeneFeatureLoader {
  private var cutter: LineCutter
  private var nextLine = 1
  private var isInSequence = false
  /// nil as long as no line told.
  private var isGTF: Bool?

  init(_ source: ChunkSource) { cutter = LineCutter(source) }

  func next() async throws -> GeneFeatureWork? {
    while let chunk = try await cutter.next(line: nextLine) {
      // Sequence is not parsed, but its bytes are still read, so that a damaged tail is found.
      if isInSequence { continue }
      let firstLine = nextLine
      var end: Int?
      var format = isGTF
      nextLine += chunk.forEachLine(firstLine: firstLine, path: "") { line in
        if format == nil { format = Self.format(line) }
        guard format != true, line.starts(with: ">") || line.starts(with: "##FASTA") else { return true }
        end = line.offset - chunk.dataOffset
        return false
      }
      isGTF = format
      if let end {
        isInSequence = true
        chunk.data.truncate(to: end)
      }
      return GeneFeatureWork(chunk: chunk, firstLine: firstLine, isGTF: format ?? false)
    }
    return nil
  }

  /// Whether a line tells GTF; nil where it tells nothing. What is neither is left to the parser of GFF3 to refuse.
  private static func format(_ line: TextLine) -> Bool? {
    if line.isBlank { return nil }
    if line.starts(with: "#") { return line.starts(with: "##gff-version") ? false : nil }
    guard let tab = line.bytes.lastIndex(of: UInt8(ascii: "\t")) else { return false }
    let column = line.bytes[(tab + 1)...]
    // `tag "value"` or `tag 5`; a tag of GFF3 has its `=` before any blank.
    let tag = column.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "=") }
    return tag.endIndex < column.endIndex && column[tag.endIndex] == UInt8(ascii: " ") && !tag.isEmpty
      && !tag.contains(UInt8(ascii: ";"))
  }
}
