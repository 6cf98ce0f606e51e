/// Buffers of one record on its way into the BAM.
struct AlignedScratch {
  var bases: [UInt8] = []
  var qualities: [UInt8] = []
  var leftCigar: [UInt32] = []
  var rightCigar: [UInt32] = []
  var otherCigar: [UInt32] = []
}

/// SAM flags (SAM specification 1.4).
enum Flag {
  static let paired: UInt16 = 0x1
  static let proper: UInt16 = 0x2
  static let unmapped: UInt16 = 0x4
  static let mateUnmapped: UInt16 = 0x8
  static let reverse: UInt16 = 0x10
  static let mateReverse: UInt16 = 0x20
  static let first: UInt16 = 0x40
  static let second: UInt16 = 0x80
  static let secondary: UInt16 = 0x100
  static let failed: UInt16 = 0x200
  static let duplicate: UInt16 = 0x400
  static let supplementary: UInt16 = 0x800
}

extension Sequencer {
  /// Sequences a fragment, `insert` bases from `start` on a haplotype; false when it cannot be placed.
  func emit(
    _ haplotype: Haplotype, start: Int, insert: Int, contig: Int, duplicate: Bool
  ) throws(WorkloadError) -> Bool {
    let length = options.readLength
    let genomic = min(length, insert)
    guard start + insert <= haplotype.bases.count,
      let leftPosition = haplotype.align(start..<start + genomic, into: &scratch.leftCigar),
      let rightPosition = haplotype.align(start + insert - genomic..<start + insert, into: &scratch.rightCigar)
    else { return false }
    CIGAR.append(length - genomic, .softClip, to: &scratch.leftCigar)
    CIGAR.prepend(softClip: length - genomic, to: &scratch.rightCigar)

    let serial = made
    made += 1
    let name = names.name(serial)
    // Most duplicates are copies of one strand of the molecule: tools that look at bases alone find only those.
    let leftIsFirst = duplicate && random.chance(0.8) ? lastLeftIsFirst : random.chance(0.5)
    lastLeftIsFirst = leftIsFirst
    let failed = random.chance(options.failedQC)
    let special = random.unit()
    let halfMapped = special < options.halfMapped
    let secondary = !halfMapped && special < options.halfMapped + options.secondary
    let chimeric =
      !halfMapped && !secondary && special < options.halfMapped + options.secondary + options.supplementary
    let (left, right) = leftIsFirst ? (one, two) : (two, one)
    let remote = chimeric ? chimera(haplotype, after: start, genomic: genomic) : nil

    haplotype.bases.withUnsafeBufferPointer { bases in
      copyForward(bases, from: start, genomic, into: left)
      if let remote {
        for i in remote.kept..<length { left.bases[i] = bases[remote.start + i - remote.kept] }
      }
      copyReverse(bases, end: start + insert, genomic, into: right)
    }
    if halfMapped {
      for i in 0..<length { right.bases[i] = random.base() }
    }
    addAdapter(to: one, Adapter.first)
    addAdapter(to: two, Adapter.second)
    model.apply(bases: one.bases, qualities: one.qualities, mate: 0, &random)
    model.apply(bases: two.bases, qualities: two.qualities, mate: 1, &random)
    let lane = names.lane(serial)
    if !fastq.isEmpty {
      try fastq[lane].append(name: name, comments: names.comments(failed: failed), one, two)
    }

    let leftQuality = secondary ? 0 : mappingQuality(contig, leftPosition)
    let rightQuality = mappingQuality(contig, rightPosition)
    let otherPosition = leftPosition + 500 + random.below(5000)
    guard let alignments else { return true }

    var cut = scratch.leftCigar
    if let remote {
      cut = [UInt32(remote.kept) << 4]
      CIGAR.append(length - remote.kept, .softClip, to: &cut)
    }
    let common =
      Flag.paired | (failed ? Flag.failed : 0) | (duplicate ? Flag.duplicate : 0)
    let leftOrder = leftIsFirst ? Flag.first : Flag.second
    let rightOrder = leftIsFirst ? Flag.second : Flag.first
    let begin = min(leftPosition, rightPosition)
    let end = max(
      leftPosition + CIGAR.referenceLength(cut), rightPosition + CIGAR.referenceLength(scratch.rightCigar))
    var record = AlignmentOutput.Record(flag: common | leftOrder, contig: contig, position: leftPosition)
    record.lane = lane
    record.mateContig = contig
    let terminated = name + [0]

    if halfMapped {
      record.flag |= Flag.mateUnmapped
      record.matePosition = leftPosition
      record.mappingQuality = leftQuality
      try append(record, left, reversed: false, cigar: cut, name: terminated, to: alignments)
      record.flag = common | rightOrder | Flag.unmapped
      record.mappingQuality = 0
      try append(record, right, reversed: false, cigar: [], name: terminated, to: alignments)
      return true
    }
    // Leftmost is positive; equal starts go by the strand.
    let sign = leftPosition <= rightPosition ? 1 : -1
    record.flag |= Flag.proper | Flag.mateReverse
    record.mappingQuality = leftQuality
    record.matePosition = rightPosition
    record.templateLength = sign * (end - begin)
    let supplement = remote.flatMap { chimericPart($0, haplotype) }
    if let supplement {
      record.other =
        "\(genome.contigs[contig].name),\(supplement.position + 1),+,\(CIGAR.text(supplement.cigar)),30,0;"
    }
    try append(record, left, reversed: false, cigar: cut, name: terminated, to: alignments)
    if let supplement, let remote {
      var part = record
      part.flag |= Flag.supplementary
      part.flag &= ~Flag.proper
      part.position = supplement.position
      part.mappingQuality = 30
      part.templateLength = 0
      part.other = "\(genome.contigs[contig].name),\(leftPosition + 1),+,\(CIGAR.text(cut)),\(leftQuality),0;"
      try append(
        part, left, reversed: false, cigar: supplement.cigar, name: terminated, from: remote.kept, to: alignments)
    }
    if secondary, otherPosition + length < genome.contigs[contig].bases.count {
      var second = record
      second.flag |= Flag.secondary
      second.flag &= ~Flag.proper
      second.position = otherPosition
      second.templateLength = 0
      let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      try alignments.append(
        second, name: terminated, cigar: [UInt32(length) << 4], bases: empty, qualities: empty)
    }
    record.flag = common | rightOrder | Flag.proper | Flag.reverse
    record.position = rightPosition
    record.mappingQuality = rightQuality
    record.matePosition = leftPosition
    record.templateLength = -sign * (end - begin)
    record.other = nil
    try append(record, right, reversed: true, cigar: scratch.rightCigar, name: terminated, to: alignments)
    return true
  }

  /// Where the rest of a chimeric read comes from: at least 1 kb further on the same haplotype.
  private func chimera(_ haplotype: Haplotype, after start: Int, genomic: Int) -> (kept: Int, start: Int)? {
    let length = options.readLength
    let kept = random.within(length / 3...2 * length / 3)
    let remote = start + 1000 + random.below(19_000)
    guard genomic == length, remote + length < haplotype.bases.count,
      scratch.leftCigar.count == 1, scratch.leftCigar[0] & 15 == 0,
      !haplotype.bases[remote..<remote + length].contains(DNA.n),
      haplotype.align(remote..<remote + length - kept, into: &scratch.otherCigar) != nil,
      // Only plain matches: a supplementary part starting with a clip of its own would be clipped twice.
      scratch.otherCigar.count == 1, scratch.otherCigar[0] & 15 == 0
    else { return nil }
    return (kept, remote)
  }

  private func chimericPart(
    _ remote: (kept: Int, start: Int), _ haplotype: Haplotype
  ) -> (position: Int, cigar: [UInt32])? {
    let rest = options.readLength - remote.kept
    guard let position = haplotype.align(remote.start..<remote.start + rest, into: &scratch.otherCigar) else {
      return nil
    }
    return (position, [UInt32(remote.kept) << 4 | CIGAR.Operation.hardClip.rawValue] + scratch.otherCigar)
  }

  func copyForward(_ bases: UnsafeBufferPointer<UInt8>, from start: Int, _ genomic: Int, into read: SequencedRead) {
    guard let base = bases.baseAddress else { return }
    read.genomic = genomic
    read.bases.update(from: base + start, count: genomic)
  }

  func copyReverse(_ bases: UnsafeBufferPointer<UInt8>, end: Int, _ genomic: Int, into read: SequencedRead) {
    read.genomic = genomic
    for i in 0..<genomic { read.bases[i] = DNA.complement(bases[end - 1 - i]) }
  }

  /// The adapter, and then no signal: G on two-colour machines.
  func addAdapter(to read: SequencedRead, _ adapter: [UInt8]) {
    for i in read.genomic..<read.length {
      let place = i - read.genomic
      read.bases[i] = place < adapter.count ? adapter[place] : 71
    }
  }

  /// Mostly 60; lower more often in masked repeats.
  func mappingQuality(_ contig: Int, _ position: Int) -> UInt8 {
    let masked = genome.contigs[contig].bases[position] & 0x20 != 0
    let draw = random.next()
    let part = Int(draw & 0xff)
    if part < (masked ? 30 : 2) { return 0 }
    if part < (masked ? 80 : 8) { return UInt8(1 + (draw >> 8) % 59) }
    return 60
  }

  /// Queues a read, turned to the reference's direction, from its base `from` on.
  func append(
    _ record: AlignmentOutput.Record, _ read: SequencedRead, reversed: Bool, cigar: [UInt32], name: [UInt8],
    from: Int = 0, to alignments: AlignmentOutput
  ) throws(WorkloadError) {
    let length = read.length - from
    scratch.bases.removeAll(keepingCapacity: true)
    scratch.qualities.removeAll(keepingCapacity: true)
    if reversed {
      for i in stride(from: read.length - 1, through: from, by: -1) {
        scratch.bases.append(DNA.complement(read.bases[i]))
        scratch.qualities.append(read.qualities[i])
      }
    } else {
      scratch.bases.append(contentsOf: UnsafeBufferPointer(start: read.bases + from, count: length))
      scratch.qualities.append(contentsOf: UnsafeBufferPointer(start: read.qualities + from, count: length))
    }
    var record = record
    if !cigar.isEmpty {
      record.editDistance = Self.editDistance(
        cigar, bases: scratch.bases, contig: genome.contigs[record.contig].bases, position: record.position)
    }
    // The closures of `withUnsafeBufferPointer` cannot throw this typed error through.
    let bases = scratch.bases
    let qualities = scratch.qualities
    let result = bases.withUnsafeBufferPointer { bases in
      qualities.withUnsafeBufferPointer { qualities in
        Result { () throws(WorkloadError) in
          try alignments.append(record, name: name, cigar: cigar, bases: bases, qualities: qualities)
        }
      }
    }
    try result.get()
  }

  /// NM: mismatches (N included, as samtools counts) and inserted and deleted bases.
  static func editDistance(_ cigar: [UInt32], bases: [UInt8], contig: [UInt8], position: Int) -> Int {
    var distance = 0
    var read = 0
    var reference = position
    contig.withUnsafeBufferPointer { contig in
      bases.withUnsafeBufferPointer { bases in
        for operation in cigar {
          let length = Int(operation >> 4)
          switch operation & 15 {
          case 0:
            for i in 0..<length where bases[read + i] != contig[reference + i] & 0xdf || bases[read + i] == DNA.n {
              distance += 1
            }
            read += length
            reference += length
          case 1:
            distance += length
            read += length
          case 2:
            distance += length
            reference += length
          case 4:
            read += length
          default:
            break
          }
        }
      }
    }
    return distance
  }
}
