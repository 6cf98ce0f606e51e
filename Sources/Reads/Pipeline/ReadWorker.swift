import GenomicFiles

/// Trims, filters and counts the reads of units, one unit after the other; each worker has counts of its own.
struct ReadWorker: ~Copyable {
  let plan: ReadPlan
  let layout: ReadOutputLayout
  var overlaps: OverlapFinder
  var adapter1: AdapterFinder
  var adapter2: AdapterFinder
  var scratch = BasePlanes()
  /// Without the sequences that were cut as adapters: those go to `adapters`.
  var filter = FilterStatistics()
  /// What was cut as adapters from the unit's reads.
  var tails1 = CutTails()
  var tails2 = CutTails()
  private var mate1 = MateCounts()
  private var mate2 = MateCounts()
  private var custody = CustodyCounter()
  private var duplicateKeys: [UInt64] = []
  private var letters: [UInt8] = []
  private let encoder: QualityEncoder
  private let fastqcTables: [FastQCPublished]
  /// One for each mate, where FastQC's reports are wanted.
  private(set) var fastqc: [FastQCWorker]
  /// Counts by cycle of each mate, where nothing but FastQC's reports is wanted.
  private var columns1 = CycleColumns()
  private var columns2 = CycleColumns()
  private var clampedScores = 0
  private let adapters: AdapterCounter
  private let texts: RenderedTexts

  init(
    _ plan: ReadPlan, _ layout: ReadOutputLayout, _ encoder: QualityEncoder, _ fastqc: [FastQCPublished],
    _ adapters: AdapterCounter, _ texts: RenderedTexts
  ) {
    self.plan = plan
    self.texts = texts
    self.adapters = adapters
    self.encoder = encoder
    fastqcTables = fastqc
    self.fastqc = fastqc.map { _ in FastQCWorker() }
    self.layout = layout
    overlaps = OverlapFinder(plan.options.overlap)
    adapter1 = AdapterFinder(plan.adapter1 ?? [])
    adapter2 = AdapterFinder(plan.adapter2 ?? [])
  }

  /// Processes a unit whose records were validated.
  /// - Parameters:
  ///   - isDuplicate: which records' bases were all seen before; empty: none is dropped for that.
  ///   - duplicates: takes the keys of the unit's reads.
  mutating func process(_ unit: FASTQUnit, isDuplicate: [Bool], duplicates: DuplicateCounter) -> RenderedReads {
    var rendered = RenderedReads()
    if plan.countsAlone {
      countAlone(unit, &rendered)
      return rendered
    }
    duplicateKeys.removeAll(keepingCapacity: true)
    unit.read1.batch.withRecords { records1 in
      guard let read2 = unit.read2 else {
        return processSingles(records1, unit, isDuplicate, &rendered)
      }
      read2.batch.withRecords { records2 in processPairs(records1, records2, unit, isDuplicate, &rendered) }
    }
    duplicates.add(duplicateKeys)
    adapters.add(tails1, tails2)
    tails1.removeAll()
    tails2.removeAll()
    return rendered
  }

  private mutating func processSingles(
    _ records: FASTQRecords, _ unit: FASTQUnit, _ isDuplicate: [Bool], _ rendered: inout RenderedReads
  ) {
    // As the reads came in, so before any base is corrected.
    if !fastqc.isEmpty { rendered.heads = [fastqc[0].count(unit.read1, records, fastqcTables[0])] }
    var output = RecordText(layout == .none ? nil : texts.take(), reserving: records.bytes.count)
    let first = unit.read1.records.lowerBound
    for record in unit.read1.records {
      let text = RecordInWork(records, record)
      processSingle(
        text, UnsafeRawBufferPointer(rebasing: records.bytes[records.pairName(of: record)]),
        isDuplicate: !isDuplicate.isEmpty && isDuplicate[record - first], &output)
    }
    rendered.first = output.finished()
  }

  private mutating func processPairs(
    _ records1: FASTQRecords, _ records2: FASTQRecords, _ unit: FASTQUnit, _ isDuplicate: [Bool],
    _ rendered: inout RenderedReads
  ) {
    guard let (batch2, range2) = unit.read2 else { return }
    if !fastqc.isEmpty {
      rendered.heads = [
        fastqc[0].count(unit.read1, records1, fastqcTables[0]),
        fastqc[1].count((batch2, range2), records2, fastqcTables[1]),
      ]
    }
    var first = RecordText(
      layout == .none ? nil : texts.take(), reserving: records1.bytes.count * (layout == .interleaved ? 2 : 1))
    var second = RecordText(layout == .separate ? texts.take() : nil, reserving: records2.bytes.count)
    for (record1, record2) in zip(unit.read1.records, range2) {
      let text1 = RecordInWork(records1, record1)
      let text2 = RecordInWork(records2, record2)
      processPair(
        text1, text2, UnsafeRawBufferPointer(rebasing: records1.bytes[records1.pairName(of: record1)]),
        isDuplicate: !isDuplicate.isEmpty && isDuplicate[record1 - unit.read1.records.lowerBound], &first, &second)
    }
    rendered.first = first.finished()
    rendered.second = second.finished()
  }

  /// Moves all counts to totals.
  mutating func empty(into total: inout ReadSummary) {
    if plan.countsAlone {
      columns1.empty(into: &total.before1, &total.after1)
      columns2.empty(into: &total.before2, &total.after2)
    }
    mate1.empty(into: &total.before1, &total.after1)
    mate2.empty(into: &total.before2, &total.after2)
    total.filter.merge(filter)
    filter = FilterStatistics()
    custody.empty(into: &total.custody)
    total.joinGroups()
    if clampedScores > 0 { total.warnings[ReadSummary.clampedScores, default: 0] += clampedScores }
    clampedScores = 0
  }

  /// Counts reads for FastQC's reports and does nothing else to them.
  private mutating func countAlone(_ unit: FASTQUnit, _ rendered: inout RenderedReads) {
    rendered.heads = [
      unit.read1.batch.withRecords { fastqc[0].count(unit.read1, $0, fastqcTables[0], cycles: &columns1) }
    ]
    filter.count(.passed, reads: unit.count)
    guard let read2 = unit.read2 else { return }
    rendered.heads.append(
      read2.batch.withRecords { fastqc[1].count(read2, $0, fastqcTables[1], cycles: &columns2) })
    filter.count(.passed, reads: unit.count)
  }

  private mutating func processPair(
    _ text1: RecordInWork, _ text2: RecordInWork, _ name1: UnsafeRawBufferPointer, isDuplicate: Bool,
    _ first: inout RecordText, _ second: inout RecordText
  ) {
    let (original1, original2) = (text1.original, text2.original)
    let checksum1 = checksum(name1, original1, flag: ReadChecksum.firstMate)
    let checksum2 = checksum(name1, original2, flag: ReadChecksum.secondMate)
    duplicateKeys.append(Self.key(original1, original2))

    var pair = ReadPair(read1: original1, read2: original2)
    let identifier = takeIdentifier(&pair, text1, text2)
    let corrects = trim(&pair, original: ReadPair(read1: original1, read2: original2))

    var outcome = worse(pair.read1.outcome(plan.options), pair.read2.outcome(plan.options))
    if outcome == .passed, isDuplicate { outcome = .duplicate }
    filter.count(outcome, reads: 2)
    custody.choose(name1)
    guard outcome == .passed else {
      custody.addDropped(checksum1)
      custody.addDropped(checksum2)
      if !corrects { countBefore(ReadPair(read1: original1, read2: original2)) }
      return
    }
    custody.addKept(
      checksum1, output: outputChecksum(checksum1, name1, original1, pair.read1, identifier, ReadChecksum.firstMate))
    custody.addKept(
      checksum2, output: outputChecksum(checksum2, name1, original2, pair.read2, identifier, ReadChecksum.secondMate))
    if corrects {
      mate1.countAfter(pair.read1)
      mate2.countAfter(pair.read2)
    } else {
      mate1.countKept(original1, pair.read1)
      mate2.countKept(original2, pair.read2)
    }
    switch layout {
    case .none: break
    case .separate:
      write(text1, pair.read1, identifier, to: &first)
      write(text2, pair.read2, identifier, to: &second)
    case .interleaved:
      write(text1, pair.read1, identifier, to: &first)
      write(text2, pair.read2, identifier, to: &first)
    }
  }

  private mutating func write(
    _ text: RecordInWork, _ read: WorkingRead, _ identifier: [UInt8], to output: inout RecordText
  ) {
    if identifier.isEmpty, encoder.isIdentity, text.isUnchanged(read), let whole = text.text {
      output.append(whole)
    } else {
      clampedScores += output.append { text.append(to: &$0, read, identifier: identifier, encoder) }
    }
  }

  private mutating func processSingle(
    _ text: RecordInWork, _ name: UnsafeRawBufferPointer, isDuplicate: Bool, _ output: inout RecordText
  ) {
    let original = text.original
    let checksum = checksum(name, original, flag: ReadChecksum.single)
    duplicateKeys.append(SequenceHash.hash(original.sequence, original.length))

    var read = original
    var none: WorkingRead?
    let identifier =
      plan.options.molecularIdentifiers?.take(&read, name1: text.name, &none, name2: nil) ?? []
    trim(&read)

    var outcome = read.outcome(plan.options)
    if outcome == .passed, isDuplicate { outcome = .duplicate }
    filter.count(outcome, reads: 1)
    custody.choose(name)
    guard outcome == .passed else {
      custody.addDropped(checksum)
      mate1.countBefore(original)
      return
    }
    custody.addKept(
      checksum, output: outputChecksum(checksum, name, original, read, identifier, ReadChecksum.single))
    mate1.countKept(original, read)
    if layout != .none { write(text, read, identifier, to: &output) }
  }

  private func takeIdentifier(_ pair: inout ReadPair, _ text1: RecordInWork, _ text2: RecordInWork) -> [UInt8] {
    guard let identifiers = plan.options.molecularIdentifiers else { return [] }
    var mate: WorkingRead? = pair.read2
    let identifier = identifiers.take(&pair.read1, name1: text1.name, &mate, name2: text2.name)
    if let mate { pair.read2 = mate }
    return identifier
  }

  /// Counts a pair as it came in.
  mutating func countBefore(_ pair: ReadPair) {
    mate1.countBefore(pair.read1)
    mate2.countBefore(pair.read2)
  }

  private func worse(_ a: ReadOutcome, _ b: ReadOutcome) -> ReadOutcome { a.rawValue >= b.rawValue ? a : b }

  /// The key by which pairs of the same bases are found.
  static func key(_ read1: WorkingRead, _ read2: WorkingRead) -> UInt64 {
    SequenceHash.hash(read2.sequence, read2.length, SequenceHash.hash(read1.sequence, read1.length))
  }

  /// A read's checksums, over letters as BAM holds them.
  private mutating func checksum(_ name: UnsafeRawBufferPointer, _ read: WorkingRead, flag: UInt8) -> ReadChecksum.Read
  {
    if read.letters != .mixed {
      return ReadChecksum.Read(
        flag: flag, name: name, bases: read.sequence, qualities: read.quality, count: read.length)
    }
    letters.removeAll(keepingCapacity: true)
    for index in 0..<read.length { letters.append(ReadChecksum.letterInBAM[Int(read.sequence[index])]) }
    return letters.withUnsafeBufferPointer { buffer in
      ReadChecksum.Read(
        flag: flag, name: name, bases: buffer.baseAddress ?? UnsafePointer(read.sequence), qualities: read.quality,
        count: read.length)
    }
  }

  private mutating func outputChecksum(
    _ input: ReadChecksum.Read, _ name: UnsafeRawBufferPointer, _ original: WorkingRead, _ result: WorkingRead,
    _ identifier: [UInt8], _ flag: UInt8
  ) -> ReadChecksum.Read {
    if identifier.isEmpty {
      let isSame = result.sequence == original.sequence && result.length == original.length && !result.isCorrected
      return isSame ? input : checksum(name, result, flag: flag)
    }
    return (Array(name) + [UInt8(ascii: ":")] + identifier).withUnsafeBytes { checksum($0, result, flag: flag) }
  }
}

/// Two mates while they are trimmed.
struct ReadPair {
  var read1: WorkingRead
  var read2: WorkingRead
}
