import GenomicFiles

/// What a sample's fields need of each other.
private struct SampleState {
  var ploidy = 2
  /// GT is a lone `.`: of any ploidy.
  var hasOpenPloidy = false
  var localAlternates = 0
  /// Where GT stands.
  var genotype = 0..<0
  var hasPhaseSet = false
  var hasPhaseSetList = false
}

extension LineCheck {
  /// Checks the sample columns.
  /// - Returns: how many there are.
  mutating func checkSamples(_ text: Bytes, _ plan: CheckedFormatPlan) -> Int {
    guard let p = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      report(.error, .sampleEmpty, "FORMAT", .genotype, "sample 1 is empty; a missing value is '.'")
      return 1
    }
    let end = text.count
    // What can be read from the first sample on: to the end of the batch.
    let room = columns.bytes.count - Int(columns.ends[8]) - 1
    plainSample.prepare(plan, alternates: alternates.count)
    let plain = plainSample
    var at = 0
    var sample = 0
    return withExtendedLifetime(plan) {
      plan.format.fields.withUnsafeBufferPointer { fields in
        plain.separators.withUnsafeBufferPointer { separators in
          while true {
            sample += 1
            let plainEnd = plain.end(p, at, end, room: room, separators)
            if let plainEnd, plain.isWhole {
              at = plainEnd
            } else {
              at = checkSample(p, at, end, fields, plan, sample, plain, plainEnd)
            }
            guard at < end else { return sample }
            at += 1
          }
        }
      }
    }
  }

  /// Checks the sample that starts at `start`.
  /// - Parameter plainEnd: where the fields end that were looked at already, if any were.
  /// - Returns: where it ends: at a tab or the end.
  @inline(__always)
  private mutating func checkSample(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ fields: UnsafeBufferPointer<CheckedFormat.Field>,
    _ plan: CheckedFormatPlan, _ sample: Int, _ plain: PlainSample, _ plainEnd: Int?
  ) -> Int {
    var state = SampleState()
    var at = start
    var field = 0
    if let plainEnd {
      state.genotype = start..<start + plain.genotypeCount
      at = plainEnd + 1
      field = plain.fieldCount
    }
    while true {
      at = checkValue(p, at, end, fields[field], plan, field, sample, &state)
      guard at < end, p[at] == UInt8(ascii: ":") else { break }
      at += 1
      field += 1
      if field == fields.count {
        reportSample(.error, .sampleFields, "FORMAT", sample, "has more fields than FORMAT has keys")
        while at < end, p[at] != UInt8(ascii: "\t") { at += 1 }
        break
      }
    }
    if state.hasPhaseSet, state.hasPhaseSetList {
      reportSample(.error, .phaseSets, "FORMAT/PSL", sample, "has both PS and PSL")
    }
    return at
  }

  @inline(never)
  private mutating func reportSample(
    _ severity: CheckSeverity, _ code: CheckCode, _ field: @autoclosure () -> String, _ sample: Int,
    _ message: @autoclosure () -> String
  ) {
    report(severity, code, field(), .genotype, "sample \(sample) \(message())")
  }

  /// Checks the value that starts at `at`.
  /// - Returns: where it ends: at a colon, a tab or the end.
  @inline(__always)
  private mutating func checkValue(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ field: CheckedFormat.Field, _ plan: CheckedFormatPlan,
    _ place: Int,
    _ sample: Int, _ state: inout SampleState
  ) -> Int {
    if field.isQuick, let count = field.count.plainCount(alternates: alternates.count, isDiploid: state.ploidy == 2),
      let next = ByteWord.plainListEnd(p, at, end, count: count, SampleEnd.self)
    {
      return next
    }
    let scanned: ScannedValues
    switch field.reading {
    case .genotype:
      let next = checkGenotype(p, at, end, sample, &state)
      state.genotype = at..<next
      return next
    case .integer: scanned = .integers(p, at, end, SampleEnd.self)
    case .float: scanned = .floats(p, at, end, SampleEnd.self)
    case .character: scanned = .characters(p, at, end, SampleEnd.self)
    case .string: scanned = .strings(p, at, end, SampleEnd.self)
    }
    if scanned.isMissing { return scanned.next }
    if field.role != .none { note(p, at, scanned, field, sample, &state) }
    if !scanned.faults.isDisjoint(with: field.watched) { reportFaults(scanned, field, plan, place, sample) }
    if field.count != .any, !isExpected(scanned.count, field.count, state) {
      let key = plan.format.keys[place]
      let number = plan.format.numbers[place]
      // 4.5's own example drops the value of LAA.
      if scanned.faults != .empty || scanned.count > 1 {
        reportSample(
          field.isFreeText ? .warning : .error, .sampleCount, "FORMAT/\(key)", sample,
          "has \(scanned.count) values, not what Number \(number) wants")
      }
    }
    return scanned.next
  }

  private mutating func note(
    _ p: UnsafePointer<UInt8>, _ at: Int, _ scanned: ScannedValues, _ field: CheckedFormat.Field, _ sample: Int,
    _ state: inout SampleState
  ) {
    let value = Bytes(start: p + at, count: scanned.next - at)
    switch field.role {
    case .phaseSet: state.hasPhaseSet = true
    case .phaseSetList:
      state.hasPhaseSetList = true
      checkPhaseSets(value, Bytes(start: p + state.genotype.lowerBound, count: state.genotype.count), sample)
    case .localAlternates:
      if value.isEmpty { return }
      state.localAlternates = scanned.count
      var met: Set<Int> = []
      var isGood = true
      let most = alternates.count
      value.forEachPart(separator: UInt8(ascii: ",")) { part in
        guard let allele = VCFNumber.integer(part) else { return }
        if allele > most || !met.insert(allele).inserted { isGood = false }
      }
      if !isGood {
        reportSample(
          .error, .formatLocalAlleles, "FORMAT/LAA", sample, "names an alternate twice, or one that ALT lacks")
      }
    case .filterText:
      if value.equals("PASS") { return }
      if value.contains(where: NameGrammar.isBlank) || value.equals("0") {
        reportSample(.error, .sampleType, "FORMAT/FT", sample, "has a filter that no name can be")
      }
    default: break
    }
  }

  /// Unphased alleles have no phase set. The mark of the first allele may be left out, and is then not looked at.
  private mutating func checkPhaseSets(_ sets: Bytes, _ genotype: Bytes, _ sample: Int) {
    var marks = genotype.filter { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "|") }
    if let first = genotype.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "|") { marks.insert(0, at: 0) }
    var place = 0
    var isGood = true
    sets.forEachPart(separator: UInt8(ascii: ",")) { set in
      if place < marks.count, marks[place] == UInt8(ascii: "/"), !set.isMissing { isGood = false }
      place += 1
    }
    if !isGood {
      reportSample(.error, .phaseSets, "FORMAT/PSL", sample, "names a phase set of an allele that is not phased")
    }
  }

  @inline(never)
  private mutating func reportFaults(
    _ scanned: ScannedValues, _ field: CheckedFormat.Field, _ plan: CheckedFormatPlan, _ place: Int, _ sample: Int
  ) {
    let key = "FORMAT/" + plan.format.keys[place]
    let faults = scanned.faults
    let isNew = version >= .v43
    let isNumber = field.reading == .integer || field.reading == .float
    if faults.contains(.notNumber) {
      reportSample(.error, .sampleType, key, sample, "has a value that is not of the key's Type")
    }
    if faults.contains(.empty) {
      let isAllowed = version >= .v45 && field.role == .localAlternates && scanned.count == 1
      if !isAllowed { reportSample(.error, .sampleEmpty, key, sample, "has an empty value; a missing one is '.'") }
    }
    guard isNumber else { return }
    if faults.contains(.tooLarge) {
      reportSample(isNew ? .error : .warning, .sampleType, key, sample, "has a value that does not fit 32 bits")
    }
    if faults.contains(.pointLast), isNew {
      reportSample(.error, .sampleType, key, sample, "has a value without a digit behind its point")
    }
    if let fault = field.range.fault(faults) {
      reportSample(
        isNew && field.range != .logarithm ? .error : .warning, .sampleRange, key, sample,
        "has a value that is \(fault)")
    }
  }

  @inline(__always)
  private func isExpected(_ values: Int, _ count: ValueCount, _ state: SampleState) -> Bool {
    let number = alternates.count
    let isBare = alternates.isMissing
    switch count {
    case .any: return true
    case .fixed(let wanted): return values == wanted
    case .alternates: return values == number || (isBare && values == 1)
    case .alleles: return values == number + 1 || (isBare && values == 2)
    case .genotypes:
      let isBareCount = isBare && GenotypeCount.isIt(values, alleles: 2, ploidy: state.ploidy)
      if isBareCount || GenotypeCount.isIt(values, alleles: number + 1, ploidy: state.ploidy) { return true }
      return state.hasOpenPloidy && GenotypeCount.isIt(values, alleles: isBare ? 2 : number + 1, ploidy: 2)
    case .ploidy: return values == state.ploidy || state.hasOpenPloidy
    case .localAlternates: return values == state.localAlternates
    case .localAlleles: return values == state.localAlternates + 1
    case .localGenotypes:
      return GenotypeCount.isIt(values, alleles: state.localAlternates + 1, ploidy: state.ploidy)
        || (state.hasOpenPloidy && GenotypeCount.isIt(values, alleles: state.localAlternates + 1, ploidy: 2))
    }
  }

  /// Checks GT and says of what ploidy it is.
  @inline(__always)
  private mutating func checkGenotype(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sample: Int, _ state: inout SampleState
  ) -> Int {
    // Two alleles of one digit each, as nearly all are.
    if start + 3 <= end, start + 3 == end || p[start + 3] == UInt8(ascii: ":") || p[start + 3] == UInt8(ascii: "\t"),
      p[start + 1] == UInt8(ascii: "/") || p[start + 1] == UInt8(ascii: "|")
    {
      let first = p[start] &- 48
      let second = p[start + 2] &- 48
      let most = UInt8(truncatingIfNeeded: min(alternates.count, 9))
      if first <= most || p[start] == UInt8(ascii: "."), second <= most || p[start + 2] == UInt8(ascii: ".") {
        return start + 3
      }
    }
    return checkRareGenotype(p, start, end, sample, &state)
  }

  @inline(never)
  private mutating func checkRareGenotype(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sample: Int, _ state: inout SampleState
  ) -> Int {
    var next = start
    while next < end, p[next] != UInt8(ascii: ":"), p[next] != UInt8(ascii: "\t") { next += 1 }
    let genotype = GenotypeText(Bytes(start: p + start, count: next - start))
    guard genotype.isGood else {
      reportSample(.error, .gtSyntax, "FORMAT/GT", sample, "has no genotype: alleles with / or | between them")
      return next
    }
    state.ploidy = genotype.ploidy
    state.hasOpenPloidy = genotype.ploidy == 1 && genotype.highest == nil
    if let highest = genotype.highest, highest > alternates.count {
      // With ALT `.` the specification's valid examples of 4.1 and 4.2 have allele 1.
      let isHabit = alternates.isMissing && highest == 1
      reportSample(isHabit ? .warning : .error, .gtAllele, "FORMAT/GT", sample, "has an allele that ALT lacks")
    }
    if version <= .v43 {
      if genotype.hasLeadingMark {
        reportSample(.error, .gtSyntax, "FORMAT/GT", sample, "begins with / or |, which it may only since 4.4")
      } else if genotype.isMixed {
        reportSample(.warning, .gtPhasing, "FORMAT/GT", sample, "has both / and |, which mean something only since 4.4")
      }
    }
    return next
  }
}
