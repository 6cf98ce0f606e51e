import Genomics
import KnowledgeBase
import Service
import SyntheticBase

extension HotLoopData {
  func fillBase() throws {
    guard let today = CalendarDate(secondsSince1970: 1_767_571_200) else { throw HotLoopError("no such day") }
    // One contig: a person's callable stretches would take more than their alleles.
    let people = SyntheticPeople(contigs: 1)
    let made = try KnowledgeBase.create(path: base, purpose: .research)
    for number in 0..<2 { _ = try made.add([people.person(number, alleles: 3_000, key: made.key, today: today)]) }
  }
}

extension HotLoop {
  static let base = [
    HotLoop(name: "kb-digest", summary: "makes two people's contributions again from a base's rows") { data in
      try KnowledgeBase(path: data.base).digest().utf8.count
    }
  ]
}
