import GenomicFiles

/// The parts of split records that wait for the others of their record.
struct PartJoining {
  /// The parts that were met of a record, by allele.
  struct Group {
    var parts: [Int: VariantOrder.Waiting] = [:]
  }

  var joiner: RecordJoiner
  /// By what the parts share of `APUS_ORIG`. Two records may share it: a part goes to the first that lacks its allele.
  var groups: [[UInt8]: [Group]] = [:]

  init(_ fields: ListFields) {
    joiner = RecordJoiner(fields: fields)
  }

  mutating func forget() { groups = [:] }
}

// Joining, among the lines that wait.
extension VariantOrder {
  /// Takes a part, and where it is its record's last puts the record in the place of its parts.
  mutating func collect(_ entry: Waiting) {
    guard let (key, allele) = origin(entry) else { return }
    var groups = joining?.groups[key] ?? []
    let place = groups.firstIndex { $0.parts[allele] == nil } ?? groups.count
    if place == groups.count { groups.append(PartJoining.Group()) }
    groups[place].parts[allele] = entry
    if let record = key.withUnsafeBytes({ SplitOrigin($0) }),
      groups[place].parts.count == record.lengths.count(where: { $0 != nil })
    {
      join(record, groups.remove(at: place).parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    joining?.groups[key] = groups.isEmpty ? nil : groups
  }

  /// Forgets the group of a part that is written as it is.
  mutating func giveUp(_ entry: Waiting) {
    emitter.counts.partsNotJoined += 1
    guard let (key, _) = origin(entry) else { return }
    joining?.groups[key]?.removeAll { $0.parts.values.contains { $0.sequence == entry.sequence } }
    if joining?.groups[key]?.isEmpty == true { joining?.groups[key] = nil }
  }

  private func origin(_ entry: Waiting) -> (key: [UInt8], allele: Int)? {
    held.withUnsafeBytes { held in
      guard let value = LineColumns(line(entry, held))?.info(SplitFields.origin), let cut = SplitOrigin.cut(value)
      else { return nil }
      return (Array(cut.record), cut.allele)
    }
  }

  /// A line that waits, without its line feed.
  private func line(_ entry: Waiting, _ held: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    held.slice((entry.bytes.lowerBound - heldStart)..<(entry.bytes.upperBound - heldStart - 1))
  }

  private mutating func join(_ record: SplitOrigin, _ parts: [(allele: Int, entry: Waiting)]) {
    // What was moved or trimmed by more than lines wait for cannot be put in order.
    let reach = ReferenceBlocks.reachBack
    guard parts.allSatisfy({ abs($0.entry.position - record.position) <= reach }) else { return }
    var joined: [UInt8] = []
    guard var state = joining else { return }
    joining = nil
    let isJoined = held.withUnsafeBytes { held in
      state.joiner.join(parts.map { ($0.allele, line($0.entry, held)) }, record, into: &joined)
    }
    joining = state
    guard isJoined else { return }
    for part in parts {
      let place = waiting[head...].partitioningIndex {
        (part.entry.position, part.entry.sequence) <= ($0.position, $0.sequence)
      }
      waiting[head + place].bytes = 0..<0
    }
    // A part's span may be told by INFO/END, which stays where it is.
    let end = parts.map { $0.entry.position + $0.entry.span }.max() ?? 0
    let start = heldStart + held.count
    held += joined
    held.append(UInt8(ascii: "\n"))
    insert(
      Waiting(
        position: record.position, sequence: parts.map(\.entry.sequence).min() ?? 0,
        span: max(record.reference.count, end - record.position), bytes: start..<(heldStart + held.count)))
    emitter.counts.recordsJoined += 1
    emitter.counts.recordsRemovedByJoining += parts.count - 1
    emitter.counts.recordsOut -= parts.count - 1
    let others = record.lengths.count(where: { $0 == nil })
    if others > 0 { emitter.counts.allelesByClass[AlleleClass.overlappingDeletion.name, default: 0] += others }
  }
}
