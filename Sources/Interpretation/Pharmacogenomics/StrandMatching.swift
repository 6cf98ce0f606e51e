/// The strands of one gene: which copies are known to lie together, and which order is not known.
///
/// A homozygous position is the same on both strands. Heterozygous positions of one phase set are a block whose two
/// sides are known; every other heterozygous position is a block of its own. With b blocks, 2^(b−1) assignments of sides
/// to strands are possible (section 10.1, step 4). They are never enumerated: a pair of alleles fits one of them exactly
/// if it fits each block in one of its two orders, and blocks are independent. So there is no bound on b.
struct GeneStrands: Sendable, Hashable {
  /// A position with its bases on the two sides of its block.
  struct Site: Sendable, Hashable {
    /// The place among the gene's positions.
    var place: Int
    var first: String
    var second: String
  }

  /// Heterozygous positions whose sides belong together.
  struct Block: Sendable, Hashable {
    var sites: [Site]
  }

  /// 1 or 2 copies.
  var ploidy: Int
  /// Positions with one kind of bases, and these.
  var homozygous: [(place: Int, bases: String)]
  /// The blocks, in the order of their first positions.
  var blocks: [Block]

  /// Groups complete calls.
  /// - Parameter calls: by their place among the gene's positions; all of `ploidy` copies.
  init(ploidy: Int, calls: [(place: Int, copies: [String], phase: PositionCall.Phase)]) {
    self.ploidy = ploidy
    homozygous = []
    blocks = []
    var blockOfSet: [String?: Int] = [:]
    for call in calls {
      guard ploidy == 2, call.copies[0] != call.copies[1] else {
        homozygous.append((call.place, call.copies[0]))
        continue
      }
      let site = Site(place: call.place, first: call.copies[0], second: call.copies[1])
      switch call.phase {
      case .phased(let set):
        if let block = blockOfSet[set] {
          blocks[block].sites.append(site)
        } else {
          blockOfSet[set] = blocks.count
          blocks.append(Block(sites: [site]))
        }
      case .unphased: blocks.append(Block(sites: [site]))
      }
    }
  }

  static func == (a: Self, b: Self) -> Bool {
    a.ploidy == b.ploidy && a.blocks == b.blocks
      && a.homozygous.elementsEqual(b.homozygous) { $0.place == $1.place && $0.bases == $1.bases }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ploidy)
    hasher.combine(blocks)
    for (place, bases) in homozygous {
      hasher.combine(place)
      hasher.combine(bases)
    }
  }

  /// Whether both strands are known: at most one block.
  var isEffectivelyPhased: Bool { blocks.count <= 1 }

  /// How many assignments of sides to strands there are, as text: `1`, `4`, `2^70`.
  var assignments: String {
    let free = max(0, blocks.count - 1)
    return free < 62 ? String(1 << free) : "2^\(free)"
  }
}
