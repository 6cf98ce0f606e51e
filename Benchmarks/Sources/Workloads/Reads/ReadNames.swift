/// Illumina-like read names, `SYN:1:FLOWCELL:lane:tile:x:y`, unique by construction.
struct ReadNames {
  let options: SequencingOptions
  private let prefix: [UInt8]
  private let comments: [([UInt8], [UInt8])]

  init(options: SequencingOptions) {
    self.options = options
    prefix = Array("SYN:1:\(options.flowcell):".utf8)
    comments = ["N", "Y"].map { filter in
      (Array(" 1:\(filter):0:\(options.index)\n".utf8), Array(" 2:\(filter):0:\(options.index)\n".utf8))
    }
  }

  /// 0-based lane of the pair with a serial number.
  func lane(_ serial: Int) -> Int { serial % options.lanes }

  /// The name, without `@` and comment.
  func name(_ serial: Int) -> [UInt8] {
    // An odd multiplier permutes 30 bits: neighbours on the genome lie anywhere on the flow cell, and none collide
    // below 2^30 pairs a lane.
    let place = (serial / options.lanes) &* 0x2545_f491 & 0x3fff_ffff
    let tile = place >> 24
    var name: [UInt8] = []
    name.reserveCapacity(48)
    name.append(contentsOf: prefix)
    name.append(decimal: lane(serial) + 1)
    name.append(58)
    // Surface, swath and tile as on a patterned flow cell: 1101…2408.
    name.append(decimal: (tile >> 5 + 1) * 1000 + ((tile >> 3) & 3 + 1) * 100 + tile & 7 + 1)
    name.append(58)
    name.append(decimal: 1000 + ((place >> 12) & 4095) * 7)
    name.append(58)
    name.append(decimal: 1000 + (place & 4095) * 9)
    return name
  }

  /// What follows the name in FASTQ, with the line's end.
  func comments(failed: Bool) -> ([UInt8], [UInt8]) { comments[failed ? 1 : 0] }
}
