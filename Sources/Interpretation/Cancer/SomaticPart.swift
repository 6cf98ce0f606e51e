/// A small somatic variant as the worker hands it on; what is counted of it waits for the order of the file.
struct SomaticSite {
  var allele: SmallAllele
  var type: SomaticType
  /// The bases' numbers, of a substitution of one base; REF's first two and ALT's first two of one of two.
  var bases: (r1: UInt8, r2: UInt8, a1: UInt8, a2: UInt8) = (0, 0, 0, 0)
  /// The class of a substitution; -1 where a side is unknown.
  var index: Int16 = -1
  var isBiallelic = true
  /// A substitution that its record tells with bases that do not change: it may stand behind the record's own place.
  var isTrimmed = false
  var phase: HaplotypePhase?
  /// The fine bin of the fraction; -1 where it is unknown.
  var bin: Int16 = -1
  var isDeep = false
  var isFallback = false
  /// The index of its coding variant in the part; -1 for none.
  var coding: Int32 = -1
}

/// What the records of one batch hold.
struct SomaticPart: Sendable {
  struct Run {
    var contig: SomaticContig
    var sites: Range<Int>
  }

  var records = 0
  var alleles = 0
  var drops = [Int](repeating: 0, count: SomaticDrop.allCases.count)
  var runs: [Run] = []
  var sites: [SomaticSite] = []
  var coding: [CodingVariant] = []
  /// Passed alleles with known fractions in tumour and normal.
  var paired = 0
  /// Those with more in the normal.
  var moreInNormal = 0

  mutating func drop(_ reason: SomaticDrop, _ count: Int = 1) { drops[reason.rawValue] += count }
}

extension SomaticSite: Sendable {}
extension SomaticPart.Run: Sendable {}
