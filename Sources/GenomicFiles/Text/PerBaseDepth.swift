public import Genomics

/// Reads depth by stretches: mosdepth's `per-base.bed.gz`, or our own, four columns `contig start end depth`, plain or
/// compressed, from 0 and half-open. Lines are given one after the other; none is kept.
/// - Parameter least: the depth of lines of three columns, which tell where depth suffices; nil refuses them.
/// - Throws: what `body` throws; `InputError` with line and offset of a line that has no depth.
public func readPerBaseDepth(
  _ input: InputFile, least: Int? = nil, resources: RunResources,
  _ body: (_ contig: UnsafeRawBufferPointer, _ range: Range<Int>, _ depth: Int) throws -> Void
) async throws {
  try await withChunks(of: input, endOfFile: .required, resources: resources) { source in
    var cutter = LineCutter(source)
    var nextLine = 1
    while let chunk = try await cutter.next(line: nextLine) {
      nextLine += try chunk.forEachLine(firstLine: nextLine, path: input.path) { line in
        if line.isBlank || line.starts(with: "#") { return true }
        let columns = line.columns()
        guard columns.count >= 3, let start = decimal(columns[1]), let end = decimal(columns[2]), start <= end,
          let depth = columns.count >= 4 ? decimal(columns[3]) : least
        else {
          throw line.refusal(
            "the line is not contig, start, end and depth", remedy: "give the per-base output of mosdepth or apus bam")
        }
        try body(columns[0], start..<end, depth)
        return true
      }
    }
  }
}
