import Batching
public import Genomics

/// One feature line of a GFF3 file.
public struct GFF3Feature: Sendable, Hashable {
  /// Where it is, 0-based and half-open; the file counts from 1 and includes the end.
  public var region: Region
  /// The second column: who made the annotation; nil for `.`.
  public var source: String?
  /// The third column: a Sequence Ontology term, such as `exon`.
  public var type: String
  /// The sixth column; nil for `.`.
  public var score: Double?
  /// The strand; nil for `.` (none) and `?` (unknown).
  public var strand: Strand?
  /// For a CDS, the number of bases before its first whole codon, 0 to 2; nil for `.`.
  public var phase: Int?
  /// The ninth column.
  public var attributes: GFF3Attributes
  /// The line, counted from 1, for errors.
  public var line: Int
}

/// What a GFF3 file says besides its features.
public struct GFF3Summary: Sendable, Hashable {
  /// Feature lines in the file, those of unwanted types included.
  public var featureLines = 0
  /// The stretches that `##sequence-region` lines declare, in order.
  public var sequenceRegions: [Region] = []
}

/// Reads a GFF3 file (plain, gzip or bgzip) a batch at a time; batches are parsed in parallel, `body` gets them in order.
///
/// `##FASTA`, or a line that begins with `>`, ends the annotation; the rest is read for its checksums alone.
/// Source: Sequence Ontology "Generic Feature Format Version 3", version 1.26.
/// - Parameters:
///   - types: the types that are wanted; nil for all. Of other lines only the number of columns is checked.
///   - body: gets the features of one batch, in the file's order; may be called with none.
/// - Throws: `InputError` with line and offset of the first line at fault; what reading found; what `body` throws.
@discardableResult
public func readGFF3(
  _ input: InputFile, types: Set<String>? = nil, resources: RunResources, _ body: ([GFF3Feature]) throws -> Void
) async throws -> GFF3Summary {
  let path = input.path
  return try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    var summary = GFF3Summary()
    let loader = GFF3Loader(source)
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await loader.next() },
      transform: { (work: GFF3Work) in
        var parser = GFF3Parser(types: types)
        try work.chunk.forEachLine(firstLine: work.firstLine, path: path) { line in
          try parser.take(line)
          return true
        }
        return (parser.features, parser.summary)
      },
      sink: { (part: ([GFF3Feature], GFF3Summary)) in
        summary.featureLines += part.1.featureLines
        summary.sequenceRegions += part.1.sequenceRegions
        try body(part.0)
      })
    return summary
  }
}

/// Whole lines on their way to a worker.
private struct GFF3Work: Sendable {
  let chunk: Chunk
  let firstLine: Int
}

/// Counts lines and finds the end of the annotation, which workers cannot know of one another.
private final class GFF3Loader {
  private var cutter: LineCutter
  private var nextLine = 1
  private var isInSequence = false

  init(_ source: ChunkSource) { cutter = LineCutter(source) }

  func next() async throws -> GFF3Work? {
    while let chunk = try await cutter.next(line: nextLine) {
      // Sequence is not parsed, but its bytes are still read, so that a damaged tail is found.
      if isInSequence { continue }
      let firstLine = nextLine
      var end: Int?
      nextLine += chunk.forEachLine(firstLine: firstLine, path: "") { line in
        guard line.starts(with: ">") || line.starts(with: "##FASTA") else { return true }
        end = line.offset - chunk.dataOffset
        return false
      }
      if let end {
        isInSequence = true
        chunk.data.truncate(to: end)
      }
      return GFF3Work(chunk: chunk, firstLine: firstLine)
    }
    return nil
  }
}
