import Batching
import GenomicFiles
import Genomics

/// Reads the alleles of a score file and hands its chunks to `emit`, in order.
///
/// Lines of a contig stand together; within it they may stand in any order, since tables with the positions of two
/// assemblies are in the order of one.
/// - Throws: `InputError` with the line.
func readScores(
  _ spec: KnownSourceSpec, into started: KnownSourceAssembler?, reference: FASTAReference, assembly: Assembly?,
  resources: RunResources, emit: ([UInt8]) async throws -> Void
) async throws -> KnownSourceAssembler {
  let input = InputFile(path: spec.path, hashes: true)
  var assembler = try await withLines(of: input, resources: resources) { reader in
    let loader = ScoreLoader(
      reader: reader, spec: spec, assembly: assembly,
      blocks: ReferenceBlocks(reference, blocking: resources.blocking))
    let columns = try await loader.readHeader()
    var build = started?.build ?? KnownSourceBuild(name: spec.name)
    let fields = columns.scores.map {
      KnownSourceBuild.Field(key: $0.name, number: "A", type: "String", description: "\($0.name)")
    }
    if started == nil { build.fields = fields }
    guard build.fields == fields else {
      throw InputError(
        .mismatch, at: InputLocation(file: spec.path),
        "the files of source \(spec.name) are given with different fields", remedy: "name the same fields for each")
    }
    var assembler = started ?? KnownSourceAssembler(build, contigs: reference.contigs, isSorted: false)
    try await orderedMap(
      inFlight: resources.window, budget: resources.budget,
      source: { try await loader.next() },
      transform: { (work: ScoreBatch) in try work.rows(columns) },
      sink: { (rows: KnownRows) in
        try assembler.take(rows, path: spec.path)
        for chunk in assembler.takeFinished() { try await emit(chunk) }
      })
    return assembler
  }
  assembler.add(file: CacheBuild.Source(name: spec.fileName, sha256: input.summary?.sha256 ?? ""))
  return assembler
}

/// Lines of a score file with the reference's bases around their positions, contig by contig.
private struct ScoreBatch: Sendable {
  var batch: LineBatch
  /// Lines before the first that holds scores.
  var skippedLines: Int
  /// By contig; nil where the reference lacks it.
  var views: [String: ReferenceView?]

  func rows(_ columns: ScoreColumns) throws -> KnownRows {
    var rows = KnownRows()
    var cells: [UnsafeRawBufferPointer] = []
    var number = 0
    var contig: String?
    var view: ReferenceView?
    try batch.forEachLine { line, location in
      number += 1
      guard number > skippedLines, !line.isEmpty, line[0] != UInt8(ascii: "#") else { return true }
      guard columns.cells(line, into: &cells) else {
        throw InputError(
          .malformed, at: location(), "the line has \(cells.count) columns, the header \(columns.count)",
          remedy: "correct the line, or make the file again")
      }
      let name = cells[columns.contig]
      if contig.map({ !$0.utf8.elementsEqual(name) }) ?? true {
        if let contig { rows.endRun(contig: contig) }
        let own = String(decoding: name, as: UTF8.self)
        contig = own
        view = views[own] ?? nil
      }
      let position = cells[columns.position]
      if position.count == 1, position[0] == UInt8(ascii: ".") {
        rows.skip(records: 1, alleles: 1, why: "noPosition")
        return true
      }
      guard let position = VCFNumber.integer(position), position > 0 else {
        throw InputError(
          .malformed, at: location(), "the position is not a whole number from 1",
          remedy: "correct the line, or make the file again")
      }
      guard let view else {
        rows.skip(records: 1, alleles: 1, why: "contigNotInReference")
        return true
      }
      rows.take(
        position: position, cells[columns.reference], cells[columns.alternate], view,
        values: columns.scores.map { cells[$0.column] }, at: location)
      return true
    }
    if let contig { rows.endRun(contig: contig) }
    return rows
  }
}

/// Reads batches of a score file and loads the reference around their positions.
private final class ScoreLoader {
  private let reader: LineReader
  private let spec: KnownSourceSpec
  private let assembly: Assembly?
  private let blocks: ReferenceBlocks
  private var columns: ScoreColumns?
  private var pending: (batch: LineBatch, skippedLines: Int)?

  init(reader: LineReader, spec: KnownSourceSpec, assembly: Assembly?, blocks: ReferenceBlocks) {
    self.reader = reader
    self.spec = spec
    self.assembly = assembly
    self.blocks = blocks
  }

  func readHeader() async throws -> ScoreColumns {
    guard let batch = try await reader.next() else {
      throw InputError(.empty, at: InputLocation(file: spec.path), "the file is empty", remedy: "give a whole table")
    }
    var header: ScoreColumns?
    var lines = 0
    try batch.forEachLine { line, location in
      let isComment = line.first == UInt8(ascii: "#")
      if isComment, line.starts(with: "##".utf8) || !line.contains(UInt8(ascii: "\t")) {
        lines += 1
        return true
      }
      guard header == nil else { return false }
      lines += 1
      header = try ScoreColumns(line, spec, assembly: assembly, at: location())
      return true
    }
    guard let header else {
      throw InputError(
        .malformed, at: InputLocation(file: spec.path), "the file has no header line",
        remedy: "give a table with the columns chrom, pos, ref, alt and scores")
    }
    columns = header
    pending = (batch, lines)
    return header
  }

  func next() async throws -> ScoreBatch? {
    let work: (batch: LineBatch, skippedLines: Int)
    if let held = pending {
      pending = nil
      work = held
    } else if let batch = try await reader.next() {
      work = (batch, 0)
    } else {
      return nil
    }
    guard let columns else { preconditionFailure("the header is read first") }
    var stretches: [String: [Range<Int>]] = [:]
    var locations: [String: InputLocation] = [:]
    var cells: [UnsafeRawBufferPointer] = []
    var number = 0
    work.batch.forEachLine { line, location in
      number += 1
      guard number > work.skippedLines, columns.cells(line, into: &cells),
        let position = VCFNumber.integer(cells[columns.position])
      else { return true }
      let contig = String(decoding: cells[columns.contig], as: UTF8.self)
      if locations[contig] == nil { locations[contig] = location() }
      let start = max(0, position - 1)
      let end = start + cells[columns.reference].count + ReferenceBlocks.reachAhead
      if let last = stretches[contig]?.indices.last, let stretch = stretches[contig]?[last],
        start >= stretch.lowerBound, start - stretch.upperBound < 2 * ReferenceBlocks.reachBack
      {
        stretches[contig]?[last] = stretch.lowerBound..<max(stretch.upperBound, end)
      } else {
        stretches[contig, default: []].append(start..<end)
      }
      return true
    }
    var views: [String: ReferenceView?] = [:]
    for (contig, found) in stretches.sorted(by: { $0.key < $1.key }) {
      let location = locations[contig] ?? InputLocation(file: spec.path)
      if let refusal = blocks.contigs.disagreement(contig, declaredLength: nil, at: location) { throw refusal }
      guard blocks.contigs[contig] != nil else { continue }
      let ascending = found.sorted { $0.lowerBound < $1.lowerBound }
      views[contig] = try await blocks.view(contig: contig, stretches: ascending)
    }
    return ScoreBatch(batch: work.batch, skippedLines: work.skippedLines, views: views)
  }
}
