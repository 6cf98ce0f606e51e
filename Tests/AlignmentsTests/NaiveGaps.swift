@testable import Alignments

/// Depth and what was not counted, one array a contig: the independent truth of the tests of gaps.
struct NaiveGaps {
  /// By contig and base: depth, then mapping quality, base quality, duplicates, overlap, clipping, quality fail.
  private(set) var counts: [[[Int]]]

  init(_ file: SAMFile, _ qualities: [Int: [UInt8]]) {
    counts = file.contigs.map { [[Int]](repeating: [Int](repeating: 0, count: 7), count: $0.length) }
    // By name: where the first mate stands, and its bases that counted.
    var mates: [String: (contig: String, position: Int, matePosition: Int, bases: Set<Int>)] = [:]
    for (number, line) in file.lines.enumerated()
    where line.contig != "*" && line.position > 0 && line.flag & 0x104 == 0 {
      guard let contig = file.contigs.firstIndex(where: { $0.name == line.contig }) else { continue }
      func note(_ place: Int, _ row: Int) {
        if counts[contig].indices.contains(place) { counts[contig][place][row] += 1 }
      }
      let filter = line.flag & 0x200 != 0 ? 6 : line.flag & 0x400 != 0 ? 3 : line.quality < 20 ? 1 : 0
      let isMate = line.flag & 0x801 == 1 && line.mateContig == line.contig
      var seen: Set<Int> = []
      if filter == 0, isMate, let mate = mates[line.name], mate.contig == line.contig,
        mate.matePosition == line.position, mate.position == line.matePosition
      {
        seen = mate.bases
        mates[line.name] = nil
      }
      let wasFirst = seen.isEmpty
      var (place, base) = (line.position - 1, 0)
      let quality = qualities[number].flatMap { $0 == [42] ? nil : $0 }
      let operations = line.operations.filter { $0.code != "H" }
      var counted: Set<Int> = []
      for (index, operation) in operations.enumerated() {
        let (length, code) = operation
        if "M=X".contains(code) {
          for offset in 0..<length {
            if filter > 0 {
              note(place + offset, filter)
            } else if let quality, quality[base + offset] - 33 < 20 {
              note(place + offset, 2)
            } else {
              counted.insert(place + offset)
              note(place + offset, seen.contains(place + offset) ? 4 : 0)
            }
          }
        } else if code == "S", filter == 0, operations.count > 1 {
          let start = index == 0 ? line.position - 1 - length : line.end
          for offset in 0..<length { note(start + offset, 5) }
        }
        if "MDN=X".contains(code) { place += length }
        if "MIS=X".contains(code) { base += length }
      }
      if filter == 0, isMate, wasFirst, line.matePosition >= line.position, line.matePosition - 1 < line.end,
        !counted.isEmpty
      {
        mates[line.name] = (line.contig, line.position, line.matePosition, counted)
      }
    }
  }

  func reason(_ contig: Int, _ place: Int) -> GapReason {
    let counts = counts[contig][place]
    for row in 1...6 where counts[0] + counts[row] >= 20 { return GapReason.allCases[row - 1] }
    let all = counts.reduce(0, +)
    return all >= 20 ? .several : all > 0 ? .fewReads : .noReads
  }
}
