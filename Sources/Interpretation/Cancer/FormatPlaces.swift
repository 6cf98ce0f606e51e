import GenomicFiles

/// Where the fields of one FORMAT text stand; -1 for one that is not there. Small, because every record hands it on.
struct FormatPlaces {
  /// A place in FORMAT, counted from 0.
  typealias Place = Int16

  var genotype: Place = -1
  var alleleDepths: Place = -1
  var fraction: Place = -1
  var depth: Place = -1
  var referenceDepth: Place = -1
  var percentage: Place = -1
  /// AU, CU, GU, TU.
  var bases: (Place, Place, Place, Place) = (-1, -1, -1, -1)
  /// TAR and TIR.
  var indel: (Place, Place) = (-1, -1)
  var phaseSet: Place = -1
  var phaseName: Place = -1
  var phasedGenotype: Place = -1
  var somaticQuality: Place = -1

  init() {}

  init(_ view: VariantRecords, _ format: Range<Int>) {
    var place: Place = 0
    view.forEachPart(of: format, separator: UInt8(ascii: ":")) { part in
      set(String(decoding: view[part], as: UTF8.self), place)
      place += 1
      return place < Place.max
    }
  }

  private mutating func set(_ key: String, _ place: Place) {
    switch key {
    case "GT": genotype = place
    case "AD": alleleDepths = place
    case "AF": fraction = place
    case "DP": depth = place
    case "RD": referenceDepth = place
    case "FREQ": percentage = place
    case "AU": bases.0 = place
    case "CU": bases.1 = place
    case "GU": bases.2 = place
    case "TU": bases.3 = place
    case "TAR": indel.0 = place
    case "TIR": indel.1 = place
    case "PS": phaseSet = place
    case "PID": phaseName = place
    case "PGT": phasedGenotype = place
    case "SQ": somaticQuality = place
    default: return
    }
  }

  func base(_ code: UInt8) -> Place {
    switch code {
    case 0: bases.0
    case 1: bases.1
    case 2: bases.2
    default: bases.3
    }
  }
}

/// The FORMAT texts of a batch, each read once: the same bytes are the same places.
struct KnownFormats {
  private var known: [(text: Range<Int>, places: FormatPlaces)] = []
  private var current = 0

  /// A caller writes a handful of FORMAT texts; a file of many is still read right, and its texts are read again.
  private static let kept = 8

  /// The places of a record's FORMAT. Ranges are of the batch, so that one value serves one batch.
  @inline(__always)
  mutating func places(_ view: VariantRecords, _ record: Int) -> FormatPlaces {
    let text = view.column(.format, of: record)
    if current < known.count, view.equals(text, view[known[current].text]) { return known[current].places }
    return find(view, text)
  }

  private mutating func find(_ view: VariantRecords, _ text: Range<Int>) -> FormatPlaces {
    if let index = known.firstIndex(where: { view.equals(text, view[$0.text]) }) {
      current = index
      return known[index].places
    }
    let places = FormatPlaces(view, text)
    if known.count < Self.kept {
      current = known.count
      known.append((text, places))
    } else {
      current = (current + 1) % Self.kept
      known[current] = (text, places)
    }
    return places
  }
}
