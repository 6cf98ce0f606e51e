import GenomicFiles
import Synchronization

/// What workers count, each in a part of its own; the sum does not depend on who counted what.
final class RecordParts: Sendable {
  private typealias Part = [any RecordCollector]
  private let types: [any RecordCollector.Type]
  private let setting: CollectorSetting
  private let idle = Mutex<[Part]>([])

  init(_ types: [any RecordCollector.Type], _ setting: CollectorSetting) {
    self.types = types
    self.setting = setting
  }

  private func makePart() -> Part { types.compactMap { $0.init(setting) } }

  /// Counts a batch. Called by any worker.
  func count(_ batch: AlignmentBatch) {
    var part = idle.withLock { $0.popLast() } ?? makePart()
    for index in part.indices { part[index].add(batch) }
    idle.withLock { [part] in $0.append(part) }
  }

  /// The sum of all parts.
  func total() -> [any RecordCollector] {
    idle.withLock { parts in
      var total = parts.popLast() ?? makePart()
      for part in parts { for index in total.indices { total[index].merge(any: part[index]) } }
      parts = []
      return total
    }
  }
}
