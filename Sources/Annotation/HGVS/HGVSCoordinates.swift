/// A transcript's own coordinates: places of its sequence, which may differ from the reference's bases, and the numbers
/// that names give them.
struct HGVSCoordinates {
  let transcript: Transcript
  /// The CDS in the transcript's own sequence; nil for a non-coding transcript.
  let coding: Range<Int>?

  /// A base as names tell it: a place of the transcript's own sequence, and how far into the intron beside it.
  struct Position: Equatable {
    var place: Int
    var offset: Int
  }

  /// nil where the transcript cannot be numbered: its CDS is irregular or unknown, or an end of it lies in an edit.
  init?(_ transcript: Transcript) {
    guard transcript.flags.isDisjoint(with: [.unlikeReference]) else { return nil }
    self.transcript = transcript
    guard transcript.hasCoding else {
      coding = nil
      return
    }
    guard let range = transcript.coding else { return nil }
    if transcript.editCount == 0 {
      coding = range
    } else {
      guard let first = Self.place(of: range.lowerBound, transcript),
        let last = Self.place(of: range.upperBound - 1, transcript)
      else { return nil }
      coding = first..<(last + 1)
    }
  }

  /// The place, in the transcript's own sequence, of one of its bases; nil for a base that it lacks.
  private static func place(of base: Int, _ transcript: Transcript) -> Int? {
    var shift = 0
    for number in 0..<transcript.editCount {
      let edit = transcript.edit(number)
      if edit.place + edit.skipped <= base {
        shift += edit.letters.count - edit.skipped
      } else if edit.place <= base {
        return edit.letters.count == edit.skipped ? base + shift : nil
      } else {
        break
      }
    }
    return base + shift
  }

  /// The place of one of the bases in the transcript's own sequence; nil for a base that it lacks.
  @inline(__always)
  func place(of base: Int) -> Int? { transcript.editCount == 0 ? base : Self.place(of: base, transcript) }

  /// Whether an edit lies in a stretch of the bases or beside an insertion between two of them.
  func hasEdit(in range: Range<Int>) -> Bool {
    for number in 0..<transcript.editCount {
      let edit = transcript.edit(number)
      let end = edit.place + edit.skipped
      if range.isEmpty {
        if edit.place <= range.lowerBound, range.lowerBound <= end { return true }
      } else if edit.place < range.upperBound, end > range.lowerBound {
        return true
      }
    }
    return false
  }

  /// The place in the bases of the contig's base at `position`, which lies in `exon`.
  @inline(__always)
  func base(at position: Int, in exon: Exon) -> Int {
    exon.offset + (transcript.isReverse ? exon.end - 1 - position : position - exon.start)
  }

  /// The position of the contig's base at `position`, which lies in the transcript's span.
  func position(at position: Int) -> Position? {
    let number = HGVSPlacement.exon(at: position, of: transcript)
    let left = transcript.exon(number)
    if position < left.end { return place(of: base(at: position, in: left)).map { Position(place: $0, offset: 0) } }
    guard number + 1 < transcript.exonCount else { return nil }
    let right = transcript.exon(number + 1)
    let (fromLeft, fromRight) = (position - left.end + 1, right.start - position)
    // The middle base of an intron is counted from the exon before it on the transcript's strand.
    let isLeft = transcript.isReverse ? fromLeft < fromRight : fromLeft <= fromRight
    let anchor = isLeft ? base(at: left.end - 1, in: left) : base(at: right.start, in: right)
    let offset = isLeft ? fromLeft : -fromRight
    return place(of: anchor).map { Position(place: $0, offset: transcript.isReverse ? -offset : offset) }
  }

  /// Appends a position: `88`, `-14`, `*37`, `88+2`, `-14-1`.
  @inline(__always)
  func append(_ position: Position, to output: inout [UInt8]) {
    if let coding {
      if position.place < coding.lowerBound {
        output.append(UInt8(ascii: "-"))
        HGVSText.append(coding.lowerBound - position.place, to: &output)
      } else if position.place >= coding.upperBound {
        output.append(UInt8(ascii: "*"))
        HGVSText.append(position.place - coding.upperBound + 1, to: &output)
      } else {
        HGVSText.append(position.place - coding.lowerBound + 1, to: &output)
      }
    } else {
      HGVSText.append(position.place + 1, to: &output)
    }
    if position.offset > 0 {
      output.append(UInt8(ascii: "+"))
      HGVSText.append(position.offset, to: &output)
    } else if position.offset < 0 {
      output.append(UInt8(ascii: "-"))
      HGVSText.append(-position.offset, to: &output)
    }
  }

  /// Appends the transcript's own sequence.
  func copyBases(into letters: inout [UInt8]) {
    var copied = 0
    for number in 0..<transcript.editCount {
      let edit = transcript.edit(number)
      letters.append(contentsOf: transcript.bases[copied..<edit.place])
      letters.append(contentsOf: edit.letters)
      copied = edit.place + edit.skipped
    }
    letters.append(contentsOf: transcript.bases[copied...])
  }
}
