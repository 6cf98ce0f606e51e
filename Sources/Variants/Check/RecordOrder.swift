import GenomicFiles
import Genomics

/// What is checked from record to record: order, contigs, variants and identifiers that stand twice. Batches come in order.
struct RecordOrder {
  private let header: CheckedHeader
  private let reference: ContigDictionary?
  private let path: String
  private(set) var problems: ProblemList
  private(set) var records = 0
  /// The line of the next batch's first line, counted from 1.
  private(set) var line: Int
  private(set) var firstReturn: Int?
  /// How many lines the header has; those behind it are records.
  private let headerLines: Int
  /// Whether records are told by their number and not by their line.
  private let isByRecord: Bool
  /// How bad a contig is that the header lacks.
  private let undeclaredContigs: CheckSeverity

  private var contig: [UInt8]?
  private var position: Int?
  private var met: Set<[UInt8]> = []
  private var isDeclaredChecked: Set<[UInt8]> = []
  private var recent = RecentAlleles()
  private var identifiers = IdentifierSet()

  init(
    _ header: CheckedHeader, reference: ContigDictionary?, path: String, problems: ProblemList, headerLines: Int,
    isByRecord: Bool, undeclaredContigs: CheckSeverity = .error
  ) {
    self.undeclaredContigs = undeclaredContigs
    self.header = header
    self.reference = reference
    self.path = path
    self.problems = problems
    self.headerLines = headerLines
    self.isByRecord = isByRecord
    line = headerLines + 1
  }

  /// What was found.
  func report(isStrict: Bool) -> CheckReport {
    CheckReport(
      path: path, version: header.version, records: records, problems: problems, isStrict: isStrict,
      headerLines: isByRecord ? headerLines : nil)
  }

  /// A place as a message tells it.
  private func told(_ line: Int) -> String { isByRecord ? "record \(line - headerLines)" : "line \(line)" }

  private mutating func report(
    _ severity: CheckSeverity, _ code: CheckCode, at line: Int, _ field: String, _ topic: SpecTopic,
    _ message: @autoclosure () -> String
  ) {
    let version = header.version
    problems.add(
      severity, code, line: self.line + line, field: field, section: topic.section(in: version), message())
  }

  mutating func add(_ outcome: CheckOutcome) {
    // Before the batch's own problems, so that those of one kind stay in the order of lines.
    if let first = outcome.runs.first, first.name == contig, let position, let next = first.firstPosition,
      next < position
    {
      report(
        .error, .posOrder, at: first.line, "POS", .pos, "POS \(next) stands behind \(position): positions must ascend")
    }
    problems.add(outcome.problems, firstLine: line)
    records += outcome.records
    if firstReturn == nil, let place = outcome.firstReturn { firstReturn = line + place }
    var start = 0
    for run in outcome.runs {
      begin(run)
      for key in outcome.alleles[start..<run.alleleEnd] {
        recent.advance(to: key.recordPosition)
        if let earlier = recent.insert(key, line: line + key.line), earlier != line + key.line {
          let place = told(earlier)
          report(
            .error, .recordTwice, at: key.line, "line", .alt,
            "the variant stands in \(place) already, with the same or other bases round it")
        }
      }
      start = run.alleleEnd
    }
    for (hash, place) in outcome.identifiers {
      if !identifiers.insert(hash) {
        report(
          .warning, .idInOtherRecord, at: place, "ID", .id, "an identifier stands in an earlier record already")
      }
    }
    line += outcome.lines
  }

  private mutating func begin(_ run: ContigRun) {
    if run.name != contig {
      if !met.insert(run.name).inserted {
        report(
          .error, .contigScattered, at: run.line, "CHROM", .chrom,
          "records of '\(Self.shown(run.name))' stand in two places; they must stand together")
      }
      contig = run.name
      position = nil
      recent.removeAll()
    }
    position = run.lastPosition ?? position
    if let place = run.plainLine, isDeclaredChecked.insert(run.name).inserted { checkDeclared(run.name, at: place) }
  }

  private static func shown(_ name: [UInt8]) -> String { name.withUnsafeBytes { $0.shown } }

  private mutating func checkDeclared(_ bytes: [UInt8], at place: Int) {
    let name = String(decoding: bytes, as: UTF8.self)
    let declared = header.contigs[name]
    if header.contigs.isEmpty {
      // Optional in every version, so a file without any is valid; one that declares contigs but not this one errs.
      if isDeclaredChecked.count == 1 {
        report(.warning, .contigsUndeclared, at: place, "##contig", .contig, "the header declares no contig at all")
      }
    } else if declared == nil {
      report(
        undeclaredContigs, .contigUndeclared, at: place, "CHROM", .contig,
        "the header does not declare contig '\(Self.shown(bytes))'")
    }
    guard let reference else { return }
    let location = InputLocation(file: path)
    if let refusal = reference.disagreement(name, declaredLength: declared.flatMap { $0 }, at: location) {
      let code: CheckCode = reference[name] == nil ? .contigNotInReference : .contigLength
      report(.error, code, at: place, "CHROM", .contig, refusal.reason)
    } else if reference[name] == nil {
      report(
        .error, .contigNotInReference, at: place, "CHROM", .contig, "contig \(Self.shown(bytes)) is not in the FASTA")
    }
  }

  /// Notes what cannot be read to its end.
  mutating func note(_ error: InputError) {
    // The line that the reader names, where it names one.
    let named = error.location.record.map { isByRecord ? headerLines + $0 : $0 }
    let place = max(0, (named ?? line) - line)
    report(.error, .dataDamaged, at: place, "line", .dataLines, "the rest cannot be read: \(error.reason)")
  }

  /// Notes how the file ends.
  mutating func finish(addedLineFeed: Bool, hasReturn: Bool) {
    let isNew = header.version >= .v43
    if addedLineFeed {
      report(
        isNew ? .error : .warning, .finalLineFeed, at: -1, "line", .dataLines,
        "the last line does not end with a line feed")
    }
    if !isNew, let first = hasReturn ? 1 : firstReturn {
      report(
        .warning, .carriageReturn, at: first - line, "line", .dataLines,
        "lines end with carriage return and line feed, which readers take for certain only since 4.3")
    }
  }
}

/// The alleles of late whose change no record has passed yet.
struct RecentAlleles {
  private var keys: [(position: Int, hash: UInt64, line: Int)] = []
  private var lines: [UInt64: Int] = [:]
  private var lowest = Int.max
  private var highest = Int.min
  /// Above this many a table is kept beside the list.
  private static let few = 32

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    if !lines.isEmpty { lines.removeAll(keepingCapacity: true) }
    (lowest, highest) = (.max, .min)
  }

  /// Forgets what no record from `position` on can be the same as.
  @inline(__always)
  mutating func advance(to position: Int) {
    guard lowest < position else { return }
    // Mostly all of it: a record of one base changes no base of the next.
    if highest < position { removeAll() } else { forget(before: position) }
  }

  private mutating func forget(before position: Int) {
    keys.removeAll { $0.position < position }
    lowest = keys.min { $0.position < $1.position }?.position ?? .max
    if !lines.isEmpty { fill() }
  }

  private mutating func fill() {
    lines.removeAll(keepingCapacity: true)
    guard keys.count > Self.few else { return }
    for key in keys { lines[Self.mixed(key.position, key.hash)] = key.line }
  }

  private static func mixed(_ position: Int, _ hash: UInt64) -> UInt64 {
    (UInt64(truncatingIfNeeded: position) &* 0x9E37_79B9_7F4A_7C15) ^ hash
  }

  /// Adds a key.
  /// - Returns: the line where the same key stands already; it is then not added.
  @inline(__always)
  mutating func insert(_ key: AlleleKey, line: Int) -> Int? {
    if keys.count > Self.few {
      if lines.isEmpty { fill() }
      if let earlier = lines.updateValue(line, forKey: Self.mixed(key.position, key.hash)) {
        lines[Self.mixed(key.position, key.hash)] = earlier
        return earlier
      }
    } else {
      for other in keys where other.position == key.position && other.hash == key.hash { return other.line }
    }
    keys.append((key.position, key.hash, line))
    lowest = min(lowest, key.position)
    highest = max(highest, key.position)
    return nil
  }
}

/// Hashes of identifiers, as many as fit a fixed amount of memory; further ones are compared but not added.
struct IdentifierSet {
  private var slots = [UInt64](repeating: 0, count: 1 << 12)
  private var count = 0
  /// The identifiers that are kept: 32 MiB of hashes in 64 MiB of slots.
  static let most = 1 << 22

  /// Adds a hash.
  /// - Returns: false where it is there already.
  @inline(__always)
  mutating func insert(_ value: UInt64) -> Bool {
    let hash = value == 0 ? 1 : value
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot + 1) & mask
    }
    guard count < Self.most else { return true }
    slots[slot] = hash
    count += 1
    if 2 * count > slots.count, slots.count < 2 * Self.most { grow() }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: 2 * old.count)
    let mask = slots.count - 1
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash
    }
  }
}
