import CCompression
import GenomicFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The plain numbers of `samtools stats`.
struct StatsCounts: Sendable, Equatable {
  /// CRC-32 of names, of packed bases, and of the first half of the qualities, each summed over records, with overflow.
  private(set) var checksums = SIMD3<UInt32>()
  var secondary = 0
  var supplementary = 0
  /// Primary records by ``SamtoolsStats/Fragment``.
  private(set) var reads = SIMD3<Int>()
  /// Their bases.
  private(set) var bases = SIMD3<Int>()
  /// The longest read with its hard-clipped bases, by ``SamtoolsStats/Fragment``.
  var longest = SIMD3<Int>()
  private(set) var unmapped = 0
  private(set) var mappedPaired = 0
  private(set) var mappedSingle = 0
  private(set) var properlyPaired = 0
  private(set) var paired = 0
  /// On other contigs than their mates.
  private(set) var apart = 0
  private(set) var mappingQuality0 = 0
  private(set) var failed = 0
  private(set) var mappedBases = 0
  var duplicates = 0
  var duplicateBases = 0
  /// The sum of NM.
  var mismatches = 0
  /// Records with NM.
  var withDistance = 0
  /// Of CIGAR operations M, I, = and X.
  var alignedBases = 0
  /// Bases of quality 30 or more in reads with the QC-fail flag.
  var failedBasesQ30 = 0
  /// Primary records without the QC-fail flag, those with SEQ `*` too: all, mapped, properly paired.
  private(set) var passed = SIMD3<Int>()
  /// Primary mapped records, those with SEQ `*` too.
  private(set) var primaryMapped = 0

  /// All primary reads with bases.
  var sequences: Int { reads.wrappedSum() }
  /// Their bases.
  var totalBases: Int { bases.wrappedSum() }

  @inline(__always)
  mutating func addChecksums(_ record: AlignmentRecord) {
    let name = record.name
    let nameLength = name.baseAddress.map { strnlen($0.assumingMemoryBound(to: CChar.self), name.count) } ?? 0
    checksums.x &+= libdeflate_crc32(0, name.baseAddress, nameLength)
    guard record.sequenceLength > 0 else { return }
    let packed = record.packedSequence
    checksums.y &+= libdeflate_crc32(0, packed.baseAddress, packed.count)
    // As many bytes as the bases take, which is half of the qualities.
    checksums.z &+= libdeflate_crc32(0, record.qualities.baseAddress, packed.count)
  }

  /// Counts a primary record for the shares that are of all primary records.
  @inline(__always)
  mutating func addShares(_ flags: AlignmentFlags) {
    let isMapped = !flags.contains(.unmapped)
    if isMapped { primaryMapped += 1 }
    guard !flags.contains(.qualityFail) else { return }
    passed.x += 1
    if isMapped { passed.y += 1 }
    if SamtoolsStats.isMappedPair(flags), flags.contains(.properPair) { passed.z += 1 }
  }

  /// Counts a primary record with bases.
  @inline(__always)
  mutating func addPrimary(_ record: AlignmentRecord, _ flags: AlignmentFlags, _ fragment: SamtoolsStats.Fragment) {
    let length = record.sequenceLength
    reads[fragment.rawValue] += 1
    bases[fragment.rawValue] += length
    if flags.contains(.qualityFail) { failed += 1 }
    if flags.contains(.paired) { paired += 1 }
    guard !flags.contains(.unmapped) else {
      unmapped += 1
      return
    }
    mappedBases += length
    if record.mappingQuality == 0 { mappingQuality0 += 1 }
    guard SamtoolsStats.isMappedPair(flags) else {
      mappedSingle += 1
      return
    }
    mappedPaired += 1
    if flags.contains(.properPair) { properlyPaired += 1 }
    if record.contig != record.mateContig { apart += 1 }
  }

  /// Adds another's numbers.
  mutating func merge(_ other: StatsCounts) {
    checksums &+= other.checksums
    secondary += other.secondary
    supplementary += other.supplementary
    reads &+= other.reads
    bases &+= other.bases
    longest = pointwiseMax(longest, other.longest)
    unmapped += other.unmapped
    mappedPaired += other.mappedPaired
    mappedSingle += other.mappedSingle
    properlyPaired += other.properlyPaired
    paired += other.paired
    apart += other.apart
    mappingQuality0 += other.mappingQuality0
    failed += other.failed
    mappedBases += other.mappedBases
    duplicates += other.duplicates
    duplicateBases += other.duplicateBases
    mismatches &+= other.mismatches
    withDistance += other.withDistance
    alignedBases += other.alignedBases
    failedBasesQ30 += other.failedBasesQ30
    passed &+= other.passed
    primaryMapped += other.primaryMapped
  }
}
