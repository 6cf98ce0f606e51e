/// Finds which alleles of one haplotype change a codon or a frame together.
struct HaplotypeGrouping {
  let map: CodingMap
  /// All alleles of the transcript, in `HaplotypeAllele.isBefore`'s order.
  let alleles: [HaplotypeAllele]

  /// Why an allele cannot be told with others of its haplotype.
  enum Obstacle: String {
    /// It reaches over an end of an exon or of the CDS, or is put in between two exons.
    case overExonEnd
    /// Another allele of the haplotype replaces the same bases.
    case contradictory
    /// It shares a codon or frame with one of those.
    case besideObstacle
  }

  /// What one haplotype's alleles come to; alleles by their indices.
  struct Result {
    /// Alleles that are told together: two or more, in order.
    var groups: [[Int]] = []
    var obstacles: [Int: Obstacle] = [:]
    var grouped: Set<Int> = []
  }

  /// Alleles of a haplotype that stand as one in the walk: one allele, or several that contradict one another.
  private struct Element {
    var members: [Int]
    var span: Range<Int>
    var obstacle: Obstacle?
  }

  /// Groups a haplotype's alleles.
  /// - Parameter haplotype: ascending indices.
  func group(_ haplotype: [Int]) -> Result {
    var result = Result()
    var walk = Walk(map: map)
    for element in elements(haplotype) {
      if walk.isOpen, !walk.reaches(element.span.lowerBound) { close(&walk, into: &result) }
      if let obstacle = element.obstacle {
        for member in element.members { result.obstacles[member] = obstacle }
        walk.add(element.span)
      } else {
        walk.add(element.members[0], alleles[element.members[0]])
      }
    }
    close(&walk, into: &result)
    return result
  }

  private func close(_ walk: inout Walk, into result: inout Result) {
    if walk.hasObstacle {
      for member in walk.members { result.obstacles[member] = .besideObstacle }
    } else if walk.members.count > 1 {
      result.groups.append(walk.members)
      result.grouped.formUnion(walk.members)
    }
    walk = Walk(map: map)
  }

  private func elements(_ haplotype: [Int]) -> [Element] {
    var elements: [Element] = []
    for index in haplotype {
      let allele = alleles[index]
      let element = Element(members: [index], span: allele.span, obstacle: allele.isOverEnd ? .overExonEnd : nil)
      guard let last = elements.last, contradicts(last.span, allele.span) else {
        elements.append(element)
        continue
      }
      elements[elements.count - 1] = Element(
        members: last.members + [index],
        span: last.span.lowerBound..<max(last.span.upperBound, allele.span.upperBound), obstacle: .contradictory)
    }
    return elements
  }

  /// Whether two alleles, in order, cannot both be on one haplotype, or not be put in an order.
  private func contradicts(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    other.lowerBound < one.upperBound || one.isEmpty && other.isEmpty && one.lowerBound == other.lowerBound
  }

  /// Parts of a sample's alleles of which no two, on whatever haplotypes, can change a codon or a frame together.
  /// - Parameter indices: ascending.
  func stretches(_ indices: [Int]) -> [[Int]] {
    var stretches: [[Int]] = []
    var end = 0
    var shifts = false
    for index in indices {
      let allele = alleles[index]
      if stretches.isEmpty || allele.span.lowerBound > end {
        stretches.append([index])
        end = 0
        shifts = false
      } else {
        stretches[stretches.count - 1].append(index)
      }
      shifts = shifts || allele.shifts
      let reach = shifts ? map.shiftedEnd(from: allele.span.upperBound) : CodingMap.codonEnd(allele.span.upperBound)
      end = max(end, reach)
    }
    return stretches
  }
}

/// Reads a haplotype codon by codon from the first allele of a group on.
private struct Walk {
  let map: CodingMap
  private(set) var members: [Int] = []
  private(set) var hasObstacle = false
  /// The changed bases from the first member's codon on.
  private var changed: [UInt8] = []
  /// Up to where in the CDS `changed` goes.
  private var end = 0
  private var difference = 0
  /// Codons of `changed` that are known to be no stops.
  private var read = 0
  private(set) var isOpen = false

  init(map: CodingMap) { self.map = map }

  /// Whether a change at `place`, not before what was added, is read in a codon or frame that the group changes.
  mutating func reaches(_ place: Int) -> Bool {
    guard difference % 3 != 0 else { return place < CodingMap.codonEnd(end) }
    while end < place {
      changed.append(map.base(end))
      end += 1
    }
    while 3 * read + 3 <= changed.count {
      if map.code.aminoAcid(changed[3 * read], changed[3 * read + 1], changed[3 * read + 2]) == UInt8(ascii: "*") {
        return false
      }
      read += 1
    }
    return true
  }

  mutating func add(_ member: Int, _ allele: HaplotypeAllele) {
    members.append(member)
    open(allele.span.lowerBound)
    changed += allele.alternate
    end = allele.span.upperBound
    difference += allele.difference
  }

  /// Adds a stretch of which it is not known what becomes of it.
  mutating func add(_ obstacle: Range<Int>) {
    hasObstacle = true
    open(obstacle.lowerBound)
    for place in obstacle { changed.append(map.base(place)) }
    end = obstacle.upperBound
  }

  private mutating func open(_ place: Int) {
    if !isOpen {
      isOpen = true
      end = CodingMap.codonStart(place)
    }
    while end < place {
      changed.append(map.base(end))
      end += 1
    }
  }
}
