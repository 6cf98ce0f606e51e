/// One copy of a contig as a person has it, and how its positions lie on the reference.
struct Haplotype {
  /// Upper case; N where the reference has N.
  let bases: [UInt8]
  /// Insertions and deletions, ascending.
  private let edits: [Edit]

  /// Bases `haplotype ..< haplotype + inserted` stand for `reference ..< reference + deleted`; one of the two is empty.
  private struct Edit {
    var haplotype: Int
    var inserted: Int
    var reference: Int
    var deleted: Int
  }

  /// Applies the alleles of one copy (0 or 1) of a member to the contig. Indels are placed leftmost, as an aligner
  /// would place them, whatever their spelling in the VCF.
  init(contig: Contig, sites: [Site], member: FamilyMember, copy: Int) {
    var bases: [UInt8] = []
    bases.reserveCapacity(contig.bases.count + 4096)
    var edits: [Edit] = []
    var cursor = 0
    for site in sites {
      let pair = site.alleles[member]
      let allele = copy == 0 ? pair.0 : pair.1
      guard allele != 0, allele != FamilyAlleles.absent else { continue }
      let alternate = site.alternates[Int(allele) - 1]
      if alternate.count == site.reference.count {
        bases.append(contentsOf: contig.bases[cursor..<site.position])
        bases.append(contentsOf: alternate)
        cursor = site.position + site.reference.count
        continue
      }
      var indel = Indel(reference: site.reference, alternate: alternate, at: site.position)
      indel.shiftLeft(on: contig, limit: max(cursor + 1, site.footprint.lowerBound))
      bases.append(contentsOf: contig.bases[cursor..<indel.position])
      edits.append(
        Edit(
          haplotype: bases.count, inserted: indel.inserted.count, reference: indel.position, deleted: indel.deleted))
      bases.append(contentsOf: indel.inserted)
      cursor = indel.position + indel.deleted
    }
    bases.append(contentsOf: contig.bases[cursor...])
    bases.withUnsafeMutableBufferPointer { buffer in
      for i in buffer.indices { buffer[i] &= 0xdf }
    }
    self.bases = bases
    self.edits = edits
  }

  /// Index of the first edit whose haplotype position is at or after `position`.
  private func firstEdit(atOrAfter position: Int) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].haplotype < position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where a 0-based reference position lies on this copy; a deleted base lies where the deletion is.
  func position(ofReference reference: Int) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].reference <= reference { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return reference }
    let edit = edits[low - 1]
    let past = reference - edit.reference - edit.deleted
    return past < 0 ? edit.haplotype + edit.inserted : edit.haplotype + edit.inserted + past
  }

  /// The alignment of a part of this copy: its CIGAR, with inserted bases at either end soft-clipped, and its 0-based
  /// position; nil when nothing of it lies on the reference.
  func align(_ range: Range<Int>, into cigar: inout [UInt32]) -> Int? {
    cigar.removeAll(keepingCapacity: true)
    var index = firstEdit(atOrAfter: range.lowerBound)
    var position = range.lowerBound
    var reference = position
    if index > 0 {
      let edit = edits[index - 1]
      let inside = range.lowerBound - edit.haplotype
      if inside < edit.inserted {
        // Begins within an insertion.
        let clipped = min(edit.inserted - inside, range.count)
        CIGAR.append(clipped, .softClip, to: &cigar)
        position += clipped
        reference = edit.reference
        guard position < range.upperBound else { return nil }
      } else {
        reference = edit.reference + edit.deleted + inside - edit.inserted
      }
    }
    // An edit right at the start: its insertion is clipped, its deletion has nothing before it.
    if index < edits.count, edits[index].haplotype == position {
      let edit = edits[index]
      let clipped = min(edit.inserted, range.upperBound - position)
      if clipped > 0 { CIGAR.append(clipped, .softClip, to: &cigar) }
      position += clipped
      reference = edit.reference + edit.deleted
      index += 1
      guard position < range.upperBound else { return nil }
    }
    let start = reference
    while position < range.upperBound {
      guard index < edits.count, edits[index].haplotype < range.upperBound else {
        CIGAR.append(range.upperBound - position, .match, to: &cigar)
        break
      }
      let edit = edits[index]
      CIGAR.append(edit.haplotype - position, .match, to: &cigar)
      position = edit.haplotype
      let inserted = min(edit.inserted, range.upperBound - position)
      if inserted > 0 {
        CIGAR.append(inserted, position + inserted == range.upperBound ? .softClip : .insertion, to: &cigar)
        position += inserted
      }
      if edit.deleted > 0, position < range.upperBound { CIGAR.append(edit.deleted, .deletion, to: &cigar) }
      index += 1
    }
    return start
  }
}

extension Indel {
  /// The pure indel of a VCF spelling. Spellings here always differ by one insertion or one deletion.
  init(reference: [UInt8], alternate: [UInt8], at start: Int) {
    var prefix = 0
    let shorter = min(reference.count, alternate.count)
    while prefix < shorter, reference[prefix] == alternate[prefix] { prefix += 1 }
    let suffix = shorter - prefix
    self.init(
      position: start + prefix, deleted: reference.count - prefix - suffix,
      inserted: Array(alternate[prefix..<alternate.count - suffix]))
  }
}

/// CIGAR operations as BAM encodes them (SAM specification 4.2): length · 16 + operation.
public enum CIGAR {
  /// The operations used here, by their BAM number.
  public enum Operation: UInt32, Sendable {
    case match = 0
    case insertion = 1
    case deletion = 2
    case softClip = 4
    case hardClip = 5
  }

  /// Appends an operation, or lengthens the last when it is the same.
  static func append(_ length: Int, _ operation: Operation, to cigar: inout [UInt32]) {
    guard length > 0 else { return }
    if let last = cigar.last, last & 15 == operation.rawValue {
      cigar[cigar.count - 1] = last + UInt32(length) << 4
    } else {
      cigar.append(UInt32(length) << 4 | operation.rawValue)
    }
  }

  /// Clips the front.
  static func prepend(softClip length: Int, to cigar: inout [UInt32]) {
    guard length > 0 else { return }
    if let first = cigar.first, first & 15 == Operation.softClip.rawValue {
      cigar[0] = first + UInt32(length) << 4
    } else {
      cigar.insert(UInt32(length) << 4 | Operation.softClip.rawValue, at: 0)
    }
  }

  /// Reference bases from the first to the last aligned one.
  static func referenceLength(_ cigar: [UInt32]) -> Int {
    cigar.reduce(0) { $0 + ($1 & 15 == 0 || $1 & 15 == 2 ? Int($1 >> 4) : 0) }
  }

  /// As SAM text.
  static func text(_ cigar: [UInt32]) -> String {
    cigar.map { "\($0 >> 4)" + ["M", "I", "D", "N", "S", "H"][Int($0 & 15)] }.joined()
  }
}
