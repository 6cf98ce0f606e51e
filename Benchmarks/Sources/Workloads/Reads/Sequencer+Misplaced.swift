/// A pair whose mates lie on different contigs: planned before the pass, since the second contig comes later.
struct CrossContigPair {
  var number: Int
  var serial: Int
  /// Contig and 0-based position of the forward mate and of the reverse mate.
  var places: [(contig: Int, position: Int)]

  struct End {
    var number: Int
    var side: Int
    var contig: Int
    var position: Int
  }

  var ends: [End] {
    places.enumerated().map {
      End(number: number, side: $0.offset, contig: $0.element.contig, position: $0.element.position)
    }
  }
}

extension Sequencer {
  /// Draws the cross-contig pairs. Both mates are read from the reference, not from a haplotype.
  func planCrossContig(pairs: Int) -> [CrossContigPair] {
    let length = options.readLength
    let runs = genome.contigs.indices.filter { weight($0) > 0 }.compactMap { index in
      genome.contigs[index].known.first { $0.count > 4 * length }.map { (contig: index, run: $0) }
    }
    guard runs.count > 1 else { return [] }
    var random = SeededGenerator(seed: seed, stream: "cross-contig")
    return (0..<Int(Double(pairs) * options.crossContig)).map { number in
      let first = random.below(runs.count)
      let second = (first + 1 + random.below(runs.count - 1)) % runs.count
      let places = [runs[first], runs[second]].map {
        (contig: $0.contig, position: $0.run.lowerBound + random.below($0.run.count - length))
      }
      // Serial numbers from the top of a lane's range stay clear of those counted from 0.
      return CrossContigPair(number: number, serial: (1 << 30) - 1 - number, places: places)
    }
  }

  /// Makes the pair (the same again for its other end), and writes the end that lies here; FASTQ with the first.
  func emitCrossContig(_ pair: CrossContigPair, end: Int) throws(WorkloadError) {
    let length = options.readLength
    var random = SeededGenerator(seed: seed, stream: "cross-contig.pair", index: UInt64(pair.number))
    for (side, read) in [one, two].enumerated() {
      let place = pair.places[side]
      let bases = genome.contigs[place.contig].bases[place.position..<place.position + length].map { DNA.upper($0) }
      bases.withUnsafeBufferPointer { bases in
        if side == 0 {
          copyForward(bases, from: 0, length, into: read)
        } else {
          copyReverse(bases, end: length, length, into: read)
        }
      }
      model.apply(bases: read.bases, qualities: read.qualities, mate: side, &random)
    }
    let name = names.name(pair.serial)
    let lane = names.lane(pair.serial)
    let isEarlier = pair.places[end].contig < pair.places[1 - end].contig
    if isEarlier {
      made += 1
      crossingMade += 1
      if !fastq.isEmpty { try fastq[lane].append(name: name, comments: names.comments(failed: false), one, two) }
    }
    guard let alignments else { return }
    var record = AlignmentOutput.Record(
      flag: Flag.paired | (end == 0 ? Flag.first | Flag.mateReverse : Flag.second | Flag.reverse),
      contig: pair.places[end].contig, position: pair.places[end].position)
    record.mappingQuality = pair.number % 3 == 0 ? 13 : 60
    record.mateContig = pair.places[1 - end].contig
    record.matePosition = pair.places[1 - end].position
    record.lane = lane
    try append(
      record, end == 0 ? one : two, reversed: end == 1, cigar: [UInt32(length) << 4], name: name + [0], to: alignments)
  }

  /// A pair from no known sequence: FASTQ now, the end of the BAM later.
  func emitUnmappedPair() throws(WorkloadError) {
    let pair = UnmappedPair(number: unmapped.count, serial: made)
    made += 1
    unmapped.append(pair)
    guard !fastq.isEmpty else { return }
    makeUnmapped(pair)
    try fastq[names.lane(pair.serial)].append(
      name: names.name(pair.serial), comments: names.comments(failed: false), one, two)
  }

  private func makeUnmapped(_ pair: UnmappedPair) {
    var random = SeededGenerator(seed: seed, stream: "unmapped", index: UInt64(pair.number))
    for (mate, read) in [one, two].enumerated() {
      for i in 0..<read.length { read.bases[i] = random.base() }
      model.apply(bases: read.bases, qualities: read.qualities, mate: mate, &random)
    }
  }

  func writeUnmappedPairs() throws(WorkloadError) {
    guard let alignments else { return }
    for (count, pair) in unmapped.enumerated() {
      makeUnmapped(pair)
      var record = AlignmentOutput.Record(
        flag: Flag.paired | Flag.unmapped | Flag.mateUnmapped | Flag.first, contig: -1, position: -1)
      record.lane = names.lane(pair.serial)
      let name = names.name(pair.serial) + [0]
      try append(record, one, reversed: false, cigar: [], name: name, to: alignments)
      record.flag = Flag.paired | Flag.unmapped | Flag.mateUnmapped | Flag.second
      try append(record, two, reversed: false, cigar: [], name: name, to: alignments)
      if count % 4096 == 4095 { try alignments.flush() }
    }
  }
}
