import Genomics
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Attacks on histories of releases: the attacker reads every figure and knows who was in the base when")
struct ReleaseHistoryTests {
  /// A history: people who came and left between releases.
  struct History: CustomStringConvertible {
    /// Each group of people: how many, the first release they are there for, and the first they are not.
    var groups: [(people: Int, from: Int, until: Int)]
    var releases: Int
    var description: String { "\(groups) \(releases)" }
  }

  /// Plays a history with given genotypes, and gives the figures of each release.
  private func play(_ history: History, _ kinds: [[Int]], _ options: ReleaseOptions) throws -> [[GroupFigures]] {
    var world = try ReleaseWorld()
    var ids: [[Int64]] = []
    var seen: [[GroupFigures]] = []
    for release in 0..<history.releases {
      for (index, group) in history.groups.enumerated() {
        if group.from == release {
          let people = kinds[index].enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
          ids.append([])
          for kind in people {
            world.people.append(ReleaseWorld.Person(id: world.nextID, sex: .female, kinds: [kind]))
            ids[index].append(world.nextID)
            world.nextID += 1
          }
        }
        if group.until == release { try world.withdraw(ids[index]) }
      }
      do {
        let rows = try world.release(options).rows
        seen.append(rows.map { $0.strata[0].figures })
      } catch let error as ReleaseError where error.kind == .withheld {
        seen.append([GroupFigures()])
      }
    }
    return seen
  }

  @Test(
    "Two and three releases with groups that come and go, through the ledger: no number of any group is pinned",
    arguments: [
      // One more person, one fewer: nothing may come of it.
      History(groups: [(6, 0, 9), (1, 1, 9)], releases: 2), History(groups: [(6, 0, 9), (1, 0, 1)], releases: 2),
      // A group comes; a group goes; a group comes that another's leaving would uncover.
      History(groups: [(6, 0, 9), (6, 1, 9)], releases: 2), History(groups: [(7, 0, 9), (3, 0, 1)], releases: 2),
      History(groups: [(6, 0, 9), (3, 1, 2)], releases: 3),
      History(groups: [(4, 0, 9), (3, 0, 1), (3, 1, 9)], releases: 2),
      // S, S + Y, S + Y + W, S + W.
      History(groups: [(5, 0, 9), (3, 1, 3), (3, 2, 9)], releases: 4),
    ])
  func smallHistories(history: History) throws {
    for isExact in history.releases == 2 ? [false, true] : [false] {
      let options = ReleaseOptions(policy: try .small(3, 3, exact: isExact))
      var search = Adversary.Search<[[GroupFigures]]>(minimum: 3)
      // Without people who are not known: the labels' own tests have them.
      var worlds: [[[Int]]] = [[]]
      for group in history.groups {
        let choices = Adversary.splits(group.people, kinds: 3)
        worlds = worlds.flatMap { world in choices.map { world + [$0] } }
      }
      for world in worlds {
        let unions = (1..<(1 << world.count)).map { bits in
          world.enumerated().filter { bits >> $0.offset & 1 == 1 }.reduce([0, 0, 0]) { sum, one in
            zip(sum, one.element).map { $0 + $1 }
          }
        }
        search.add(try play(history, world, options), unions)
      }
      #expect(search.pinned == [], "\(history)")
    }
  }
}
