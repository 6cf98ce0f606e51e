/// How many quality levels the sequencer reports.
public enum QualityLevels: String, Sendable, CaseIterable {
  /// 2, 12, 23 and 37, as NovaSeq's RTA3.
  case four
  /// 2…41, as older instruments.
  case full
}

/// Draws qualities that decline along the read, and errors at the rates that the qualities state.
struct QualityModel {
  let levels: QualityLevels
  let readLength: Int
  /// Lengths of runs of 37, by class of read, mate, 16-cycle bucket and 8 random bits.
  private let runs: [UInt8]
  private let buckets: Int
  /// Error thresholds of 32 bits by quality.
  private let thresholds: [UInt32]

  init(levels: QualityLevels, readLength: Int) {
    self.levels = levels
    self.readLength = readLength
    buckets = readLength / 16 + 1
    var runs: [UInt8] = []
    // Mean run lengths at the first cycle, of good, middling and bad reads; mate 2 is worse, and every read declines.
    for first in [95.0, 24.0, 7.0] {
      for mate in [1.0, 0.6] {
        for bucket in 0..<buckets {
          let mean = max(2, first * mate * (1 - 0.75 * Double(bucket) / Double(buckets)))
          for i in 0..<256 {
            runs.append(UInt8(min(255, 1 + Int(-mean * naturalLogarithm(1 - (Double(i) + 0.5) / 256)))))
          }
        }
      }
    }
    self.runs = runs
    thresholds = (0...60).map { UInt32(min(0.75, errorProbability(quality: $0)) * 4_294_967_295) }
  }

  /// Fills `qualities` (Phred, not ASCII) and puts errors and N into `bases`, both in the order of sequencing.
  @inline(__always)
  func apply(
    bases: UnsafeMutablePointer<UInt8>, qualities: UnsafeMutablePointer<UInt8>, mate: Int,
    _ random: inout SeededGenerator
  ) {
    switch levels {
    case .four: applyFour(bases, qualities, mate, &random)
    case .full: applyFull(bases, qualities, mate, &random)
    }
  }

  private func applyFour(
    _ bases: UnsafeMutablePointer<UInt8>, _ qualities: UnsafeMutablePointer<UInt8>, _ mate: Int,
    _ random: inout SeededGenerator
  ) {
    let draw = random.next()
    // 85 % good, 12 % middling, 3 % bad.
    let kind = draw & 1023 < 870 ? 0 : draw & 1023 < 993 ? 1 : 2
    // Some bad reads end in nothing but quality 2.
    let end =
      kind == 2 && draw & 0x400 != 0 ? readLength / 3 + Int(draw >> 32) % (readLength - readLength / 3) : readLength
    let table = (kind * 2 + mate) * buckets
    runs.withUnsafeBufferPointer { runs in
      var cycle = 0
      while cycle < end {
        let r = random.next()
        let length = min(Int(runs[(table + cycle >> 4) << 8 | Int(r & 255)]), end - cycle)
        (qualities + cycle).update(repeating: 37, count: length)
        // At most one error a run: at 2e-4 a base the difference is below 2 % of the errors.
        if UInt32(truncatingIfNeeded: r >> 32) < thresholds[37] &* UInt32(length) {
          substitute(bases + cycle + (Int((r >> 8) & 0xff) * length) >> 8, Int((r >> 16) & 0xff))
        }
        cycle += length
        guard cycle < end else { break }
        var low = random.next()
        let count = min(1 + Int(low & 3) * Int((low >> 2) & 1), end - cycle)
        for _ in 0..<count {
          low = random.next()
          let level = low & 1023
          if level < 640 {
            qualities[cycle] = 23
          } else if level < 1000 {
            qualities[cycle] = 12
          } else {
            qualities[cycle] = 2
            bases[cycle] = DNA.n
          }
          if bases[cycle] != DNA.n, UInt32(truncatingIfNeeded: low >> 32) < thresholds[Int(qualities[cycle])] {
            substitute(bases + cycle, Int((low >> 16) & 0xff))
          }
          cycle += 1
        }
      }
    }
    for cycle in end..<readLength {
      let r = random.next()
      qualities[cycle] = 2
      if r & 15 == 0 {
        bases[cycle] = DNA.n
      } else if UInt32(truncatingIfNeeded: r >> 32) < thresholds[2] / 4 {
        // Illumina's 2 means "do not use", not 63 % wrong; a quarter of that is nearer to what is seen.
        substitute(bases + cycle, Int((r >> 16) & 0xff))
      }
    }
  }

  private func applyFull(
    _ bases: UnsafeMutablePointer<UInt8>, _ qualities: UnsafeMutablePointer<UInt8>, _ mate: Int,
    _ random: inout SeededGenerator
  ) {
    let draw = random.next()
    let drop = (draw & 1023 < 870 ? 0 : draw & 1023 < 993 ? 5 : 14) + mate * 2
    var quality = 32
    for cycle in 0..<readLength {
      let r = random.next()
      // The first cycles rise, the rest decline, in sixteenths.
      let rise = cycle < 5 ? (5 - cycle) * 16 : 0
      let target = 39 - drop - (rise + cycle * 128 / readLength) / 16
      let pull = (target - quality) / 3
      quality = min(41, max(3, quality + pull + Int(r & 7) - 3))
      if (r >> 3) & 4095 == 0 {
        qualities[cycle] = 2
        bases[cycle] = DNA.n
        continue
      }
      qualities[cycle] = UInt8(quality)
      if UInt32(truncatingIfNeeded: r >> 32) < thresholds[quality] { substitute(bases + cycle, Int((r >> 16) & 0xff)) }
    }
  }

  /// One of the other three bases.
  @inline(__always)
  private func substitute(_ base: UnsafeMutablePointer<UInt8>, _ draw: Int) {
    guard let index = DNA.index(base.pointee) else { return }
    base.pointee = DNA.letters[(index + 1 + draw % 3) & 3]
  }
}
