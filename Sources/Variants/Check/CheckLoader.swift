import GenomicFiles
import Genomics

/// A batch of data lines with the reference bases of its records.
struct CheckWork: Sendable {
  let chunk: Chunk
  /// Where the data lines begin.
  let start: Int
  let views: [String: ReferenceView]
  /// Whether the file's last line is in it and had no line feed.
  let isWithoutLineFeed: Bool
}

/// Reads the header, whatever it looks like, and then batches of whole lines.
final class CheckLoader {
  private var cutter: LineCutter
  private let blocks: ReferenceBlocks?
  private var pending: (chunk: Chunk, start: Int)?
  /// The lines of the header, without line ends.
  private(set) var headerLines: [[UInt8]] = []
  /// Whether a line of the header ends with a carriage return.
  private(set) var hasReturn = false

  /// Lines that are no header's are taken for some of one as far as this, and then for records.
  private static let mostStrayLines = 1000

  init(_ text: VariantText, blocks: ReferenceBlocks?) {
    cutter = LineCutter(text, addsFinalLineFeed: true)
    self.blocks = blocks
  }

  /// Whether the last line had no line feed.
  var addedFinalLineFeed: Bool { cutter.addedFinalLineFeed }

  /// Reads the header's lines. Call once, first.
  func readHeader() async throws {
    var stray = 0
    while let chunk = try await cutter.next(line: headerLines.count + 1) {
      let start = chunk.withBytes { bytes in takeHeader(bytes, &stray) }
      if let start {
        pending = (chunk, start)
        return
      }
    }
  }

  /// Takes header lines; returns where the records begin, or nil where the header may go on.
  private func takeHeader(_ bytes: UnsafeRawBufferPointer, _ stray: inout Int) -> Int? {
    var at = 0
    while at < bytes.count {
      let feed = bytes.place(of: 10, from: at) ?? bytes.count
      var line = bytes.cut(at, feed)
      if !line.isEmpty, line[0] != UInt8(ascii: "#"), !(headerLines.isEmpty && line[0] == 0xEF) {
        stray += 1
        if line.occurrences(of: 9) >= 4 || stray > Self.mostStrayLines { return at }
      }
      if line.last == 13 {
        hasReturn = true
        line = line.cut(0, line.count - 1)
      }
      headerLines.append(Array(line))
      at = feed + 1
      if HeaderCheck.isColumnLine(line) { return at }
    }
    return nil
  }

  func next() async throws -> CheckWork? {
    let (chunk, start): (Chunk, Int)
    if let held = pending {
      pending = nil
      (chunk, start) = held
    } else if let following = try await cutter.next() {
      (chunk, start) = (following, 0)
    } else {
      return nil
    }
    let isWithoutLineFeed = cutter.addedFinalLineFeed
    guard let blocks else {
      return CheckWork(chunk: chunk, start: start, views: [:], isWithoutLineFeed: isWithoutLineFeed)
    }
    var views: [String: ReferenceView] = [:]
    for (contig, stretches) in chunk.withBytes({ Self.stretches($0, from: start) }) where blocks.contigs[contig] != nil
    {
      views[contig] = try await blocks.view(contig: contig, stretches: stretches)
    }
    return CheckWork(chunk: chunk, start: start, views: views, isWithoutLineFeed: isWithoutLineFeed)
  }

  /// What the records of each contig span, 0-based half-open, ascending, near ones joined.
  private static func stretches(_ bytes: UnsafeRawBufferPointer, from start: Int) -> [(String, [Range<Int>])] {
    var places: [[UInt8]: Int] = [:]
    var contigs: [(String, [Range<Int>])] = []
    var last: (name: Bytes, place: Int)?
    var at = start
    while at < bytes.count {
      let feed = bytes.place(of: 10, from: at) ?? bytes.count
      let line = bytes.cut(at, feed)
      at = feed + 1
      guard let chrom = line.place(of: 9), let pos = line.place(of: 9, from: chrom + 1),
        let id = line.place(of: 9, from: pos + 1), let ref = line.place(of: 9, from: id + 1),
        let position = VCFNumber.integer(line.cut(chrom + 1, pos)), position >= 0, position <= Int(Int32.max)
      else { continue }
      let name = line.cut(0, chrom)
      let place: Int
      if let last, last.name.equals(name) {
        place = last.place
      } else {
        place = places[Array(name)] ?? contigs.count
        if place == contigs.count {
          places[Array(name)] = place
          contigs.append((String(decoding: name, as: UTF8.self), []))
        }
        last = (name, place)
      }
      let first = max(0, position - 1)
      let end = first + max(1, ref - id - 1)
      if let range = contigs[place].1.last, first >= range.lowerBound,
        first - range.upperBound < 2 * ReferenceBlocks.reachBack
      {
        contigs[place].1[contigs[place].1.count - 1] = range.lowerBound..<max(range.upperBound, end)
      } else {
        contigs[place].1.append(first..<end)
      }
    }
    for place in contigs.indices { contigs[place].1.sort { $0.lowerBound < $1.lowerBound } }
    return contigs
  }
}
