import GenomicFiles

/// A value of a node for the record at hand.
struct FilterCell {
  /// Numbers: one, a list, or `perSample` a sample.
  var values: UnsafeMutablePointer<Double>
  /// What `values` points to where the cell owns them.
  var owned: UnsafeMutablePointer<Double>
  var capacity: Int
  /// 0 where the value is missing as a whole.
  var count = 0
  var perSample = 0
  /// Conditions: of the site, and of each sample.
  var passes = false
  let samples: UnsafeMutablePointer<Bool>
  /// Text of the site; empty where missing.
  var text = UnsafeRawBufferPointer(start: nil, count: 0)

  init(samples count: Int) {
    capacity = 4
    owned = .allocate(capacity: capacity)
    owned.initialize(repeating: 0, count: capacity)
    values = owned
    samples = .allocate(capacity: max(1, count))
    samples.initialize(repeating: false, count: max(1, count))
  }

  /// Makes room for numbers of the cell's own.
  @inline(__always)
  mutating func reserve(_ count: Int) {
    if count > capacity { grow(count) }
    values = owned
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    owned.deallocate()
    capacity = 2 * count
    owned = .allocate(capacity: capacity)
    owned.initialize(repeating: 0, count: capacity)
  }

  /// One number.
  @inline(__always)
  mutating func set(_ value: Double) {
    values = owned
    values[0] = value
    count = 1
  }

  func deallocate() {
    owned.deallocate()
    samples.deallocate()
  }
}

/// A record to which an expression cannot be applied.
struct FilterRecordFault: Error {
  var reason: String
}

/// Applies a program to records, one after the other. One evaluator serves one thread; its memory is used again for
/// every record.
///
/// What changes from record to record is `@exclusivity(unchecked)`: nothing is read while it is written, and the checks
/// at run time were a third of the instructions of an expression with two comparisons.
final class FilterEvaluator {
  let program: FilterProgram
  let sampleCount: Int
  let nodes: UnsafeMutablePointer<FilterNode>
  let cells: UnsafeMutablePointer<FilterCell>
  let columns: FilterSampleColumns
  let infoKeys: FilterInfoKeys
  let patterns: [FilterRegex]
  /// Texts of the expression, kept where pointers to them stay good.
  let texts: [UnsafeRawBufferPointer]
  let masks: [UnsafeMutablePointer<Bool>]
  /// For sorting and joining.
  @exclusivity(unchecked) var numbers: [Double] = []
  @exclusivity(unchecked) var joined: [UInt8] = []

  @exclusivity(unchecked) var view: VariantRecords?
  @exclusivity(unchecked) var record = 0
  @exclusivity(unchecked) var bytes: UnsafePointer<UInt8>
  private let noBytes: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var hasSamples = false
  @exclusivity(unchecked) private var hasInfo = false
  @exclusivity(unchecked) var fault: String?
  @exclusivity(unchecked) var alleleCounts: [Int] = []
  private let shortcut: FilterTerms?

  /// - Parameter isWhole: whether every node gets its value for every record, though the site's answer needs fewer.
  init(_ program: FilterProgram, isWhole: Bool = false) {
    self.program = program
    shortcut = isWhole ? nil : FilterShortcut(program).map(FilterTerms.init)
    sampleCount = program.sampleCount
    nodes = .allocate(capacity: program.nodes.count)
    cells = .allocate(capacity: program.nodes.count)
    for (index, node) in program.nodes.enumerated() {
      (nodes + index).initialize(to: node)
      (cells + index).initialize(to: FilterCell(samples: node.isSample ? program.sampleCount : 0))
    }
    columns = FilterSampleColumns(program)
    infoKeys = FilterInfoKeys(program.infoKeys)
    // The binder compiled them once already.
    patterns = program.patterns.compactMap { FilterRegex($0) }
    precondition(patterns.count == program.patterns.count, "patterns that compiled before compile again")
    texts = program.texts.map { text in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
      copy.copyBytes(from: text)
      return UnsafeRawBufferPointer(copy)
    }
    masks = program.masks.map { mask in
      let copy = UnsafeMutablePointer<Bool>.allocate(capacity: mask.count)
      for (index, isUsed) in mask.enumerated() { (copy + index).initialize(to: isUsed) }
      return copy
    }
    noBytes = .allocate(capacity: 1)
    noBytes.initialize(to: 0)
    bytes = UnsafePointer(noBytes)
  }

  deinit {
    for index in program.nodes.indices { cells[index].deallocate() }
    cells.deallocate()
    nodes.deallocate()
    for text in texts { text.deallocate() }
    for mask in masks { mask.deallocate() }
    shortcut?.deallocate()
    noBytes.deallocate()
  }

  /// Whether a record passes.
  func evaluate(_ view: VariantRecords, _ record: Int) throws(FilterRecordFault) -> Bool {
    self.view = view
    self.record = record
    bytes = view.bytes.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) } ?? UnsafePointer(noBytes)
    hasSamples = false
    hasInfo = false
    let passes: Bool
    if let shortcut {
      passes = takeShortcut(view, shortcut)
    } else {
      evaluate(program.root)
      passes = cells[program.root].passes
    }
    if let fault {
      self.fault = nil
      throw FilterRecordFault(reason: fault)
    }
    return passes
  }

  /// Whether a sample passes the record that was evaluated last, as a whole.
  func samplePasses(_ sample: Int) -> Bool {
    nodes[program.root].isSample ? cells[program.root].samples[sample] : cells[program.root].passes
  }

  /// The samples' fields, read when first asked for.
  @inline(__always)
  func loadSamples() {
    guard !hasSamples, let view else { return }
    hasSamples = true
    columns.load(view, record, bytes)
  }

  /// The text of an INFO field; nil where the record does not have it.
  @inline(__always)
  func info(_ slot: Int32) -> UnsafeRawBufferPointer? {
    guard let view else { return nil }
    if !hasInfo {
      hasInfo = true
      infoKeys.find(in: view.column(.info, of: record), bytes)
    }
    let start = infoKeys.starts[Int(slot)]
    guard start >= 0 else { return nil }
    return UnsafeRawBufferPointer(start: bytes + start, count: infoKeys.counts[Int(slot)])
  }

  @inline(__always)
  func isUsed(_ mask: Int32, _ sample: Int) -> Bool { mask < 0 || masks[Int(mask)][sample] }

  @inline(__always)
  func column(_ column: VCFColumn) -> UnsafeRawBufferPointer {
    guard let view else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return view[view.column(column, of: record)]
  }

  /// Notes what makes the record unfit, unless something did before.
  func refuse(_ reason: @autoclosure () -> String) {
    if fault == nil { fault = reason() }
  }

  func evaluate(_ index: Int) {
    let node = nodes[index]
    switch node.value {
    case .number: evaluateNumber(index, node)
    case .text: evaluateText(index, node)
    case .condition: evaluateCondition(index, node)
    }
  }
}
