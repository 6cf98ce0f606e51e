@testable import KnowledgeBase

/// An attacker who knows the rule, every label, and how many people are in every group, and who goes through all worlds:
/// all ways in which the people could carry the allele. Nothing here knows why the labels are as they are.
///
/// A set of worlds that look alike is *pinned* where, for some group of people and some kinds of genotype, every world of
/// the set has a number within 1 to minimum − 1.
enum Adversary {
  /// The kinds of person at a site with one alternate allele: heterozygous, homozygous, reference, not known.
  static let kinds = 4

  /// Every way to split `people` among `kinds`.
  static func splits(_ people: Int, kinds: Int = kinds) -> [[Int]] {
    guard kinds > 1 else { return [[people]] }
    return (0...people).flatMap { first in splits(people - first, kinds: kinds - 1).map { [first] + $0 } }
  }

  static func counts(_ world: [Int], ploidy: Int, isOnlyAllele: Bool = true) -> GroupCounts {
    // With one copy there are no homozygous people: the second kind then is not used.
    GroupCounts(
      people: world.reduce(0, +), known: world[0] + world[1] + world[2], carriers: world[0] + world[1],
      het: ploidy == 1 ? 0 : world[0], hom: ploidy == 1 ? 0 : world[1],
      copies: world[0] + (ploidy == 1 ? 0 : 2 * world[1]), isOnlyAllele: isOnlyAllele)
  }

  /// Worlds that look alike, group by group and kind by kind.
  struct Alike {
    /// Bit by bit: whether some world has nobody, or the minimum or more, in a sum of kinds.
    var isOpen: [Bool]
    var example: [[Int]]
  }

  /// Groups' worlds by what is seen, and finds those that pin a number.
  struct Search<Seen: Hashable> {
    var alike: [Seen: Alike] = [:]
    let minimum: Int

    /// Adds a world.
    /// - Parameter groups: the number of people of each kind, in each group that an attacker may ask of.
    mutating func add(_ seen: Seen, _ groups: [[Int]]) {
      let kinds = groups[0].count
      // The sum of all kinds is the size of the group, which is no secret.
      let sums = (1 << kinds) - 2
      var known = alike[seen] ?? Alike(isOpen: [Bool](repeating: false, count: groups.count * sums), example: groups)
      for (index, group) in groups.enumerated() {
        for sum in 1...sums where !known.isOpen[index * sums + sum - 1] {
          var number = 0
          for kind in 0..<kinds where sum >> kind & 1 == 1 { number += group[kind] }
          if number == 0 || number >= minimum { known.isOpen[index * sums + sum - 1] = true }
        }
      }
      alike[seen] = known
    }

    /// The sets that pin a number, each by an example.
    var pinned: [String] {
      alike.compactMap { seen, alike in
        alike.isOpen.allSatisfy { $0 } ? nil : "\(seen): \(alike.example)"
      }
    }
  }
}

struct SeenPair<One: Hashable, Two: Hashable>: Hashable {
  var one: One
  var two: Two
}
