import BeaconService
import Crypto
import Foundation
import GRDB
import Reports
import TestSupport

/// A release folder made by a seeded generator, in the format that `apus kb release` writes.
struct SyntheticRelease {
  /// A row, as it was made.
  struct Variant {
    var contig: String
    var start: Int
    var reference: String
    var alternate: String
    var type: String
    var vrs: String
    var gene: String
    var count: Int?
    var number: Int?
    var indications: [String]

    var end: Int { start + reference.utf8.count }
  }

  let path: String
  private(set) var variants: [Variant] = []

  static let release = "0123456789abcdef01234567"
  static let contigs = [
    ("20", 64_444_167, "SQ.-A1QmD_MatoqxvgVxBLZTONHz9-c7nQo"),
    ("21", 46_709_983, "SQ.5ZUqxCmDDgN4xTRbaSjN8LwgZironmB8"),
    ("X", 156_040_895, "SQ.w0WZEvgJF0zf_P4yyTzjjv9oW1z61HHP"),
  ]
  static let indications = ["R149.1", "R67.1"]

  /// Makes one.
  /// - Parameter changing: changes the manifest before it is written.
  init(
    in folder: TemporaryFolder, name: String = "release", variants count: Int = 3_000, seed: UInt64 = 11,
    applicationID: Int = 0x4150_524C,
    changing: (inout [JSONValue.Member]) -> Void = { _ in }
  ) throws {
    path = folder(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var random = SplitMix64(seed: seed)
    variants = Self.generate(count, &random)
    var members = Self.manifest(count)
    changing(&members)
    try Self.write(variants, manifest: JSONValue.object(members), to: path + "/release.sqlite", applicationID, &random)
    let bytes = try readFile(path + "/release.sqlite")
    members.append(
      .init(
        "files",
        [
          [
            "path": "release.sqlite", "sha256": .string(hexadecimal(SHA256.hash(data: bytes))),
            "bytes": .integer(bytes.count),
          ]
        ]))
    try Data(JSONValue.object(members).bytes).write(to: URL(fileURLWithPath: path + "/release.json"))
  }

  private static func manifest(_ count: Int) -> [JSONValue.Member] {
    let json: JSONValue = [
      "schema": "apus-release/1", "release": .string(release), "created": "2026-11-20", "purpose": "research",
      "policy": ["id": "nhs-central", "version": "1", "minimum": 8, "rounding": 5], "assembly": "GRCh38",
      "assemblyDigest": "SQCOL.synthetic",
      "contigs": .array(contigs.map { ["name": .string($0.0), "length": .integer($0.1), "refget": .string($0.2)] }),
      "people": ["all": 2_000],
      "dimensions": [
        ["dimension": "sex", "strata": [["stratum": "XX", "people": 1_005], ["stratum": "XY", "people": 995]]],
        [
          "dimension": "indication",
          "strata": [["stratum": "R149.1", "people": 120], ["stratum": "R67.1", "people": 45]],
        ],
      ],
      "withheldDimensions": ["ancestry"], "variants": .integer(count), "suppressedCells": 17, "supersedes": [],
      "notices": ["Synthetic: nobody's data"], "annotations": [],
    ]
    return json.members ?? []
  }

  private static func generate(_ count: Int, _ random: inout SplitMix64) -> [Variant] {
    var variants: [Variant] = []
    let share = [0.5, 0.3, 0.2]
    for (index, contig) in contigs.enumerated() {
      let rows = index == contigs.count - 1 ? count - variants.count : Int(Double(count) * share[index])
      var start = 100_000
      for row in 0..<rows {
        start += random.int(1...30)
        let (reference, alternate, type) = alleles(&random)
        let suppressed = random.chance(0.3)
        variants.append(
          Variant(
            contig: contig.0, start: start, reference: reference, alternate: alternate, type: type,
            vrs: "ga4gh:VA." + String(decoding: random.letters(32, of: "ABCDEFGHabcdefgh0123456789_-"), as: UTF8.self),
            gene: "GENE\(contig.0)X\(row / 50)", count: suppressed ? nil : 5 * random.int(2...380), number: 4_000,
            indications: indications.filter { _ in random.chance(0.2) }))
        start += reference.utf8.count
      }
    }
    return variants
  }

  private static func alleles(_ random: inout SplitMix64) -> (String, String, String) {
    func bases(_ count: Int) -> String { String(decoding: random.letters(count, of: "ACGT"), as: UTF8.self) }
    let first = bases(1)
    let other = random.pick(["A", "C", "G", "T"].filter { $0 != first })
    switch random.int(0...9) {
    case 0: return (first, first + other + bases(random.int(0...6)), "INS")
    case 1: return (first + other + bases(random.int(0...6)), first, "DEL")
    case 2:
      // Nothing is shared at either end.
      let last = random.pick(["A", "C", "G", "T"].filter { $0 != other })
      return (first + last, other + random.pick(["A", "C", "G", "T"].filter { $0 != last }), "INDEL")
    default: return (first, other, "SNP")
    }
  }

  private static func write(
    _ variants: [Variant], manifest: JSONValue, to path: String, _ applicationID: Int, _ random: inout SplitMix64
  ) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(applicationID);
          CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT);
          CREATE TABLE variant(id INTEGER PRIMARY KEY, contig TEXT, start INTEGER, "end" INTEGER, reference TEXT,
            alternate TEXT, type TEXT, vrs TEXT, counts TEXT, classifications TEXT);
          CREATE INDEX variant_place ON variant(contig, start);
          CREATE INDEX variant_vrs ON variant(vrs);
          CREATE TABLE gene(symbol TEXT COLLATE NOCASE, gene TEXT, variant INTEGER);
          CREATE INDEX gene_symbol ON gene(symbol);
          CREATE INDEX gene_gene ON gene(gene);
          CREATE TABLE indication(code TEXT, variant INTEGER);
          CREATE INDEX indication_code ON indication(code);
          """)
      try db.execute(
        sql: "INSERT INTO meta VALUES ('release', ?)", arguments: [String(decoding: manifest.bytes, as: UTF8.self)])
      let insert = try db.makeStatement(sql: "INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      for (index, variant) in variants.enumerated() {
        let row = index + 1
        try insert.execute(arguments: [
          row, variant.contig, variant.start, variant.end, variant.reference, variant.alternate, variant.type,
          variant.vrs, String(decoding: counts(variant).compact, as: UTF8.self), classifications(&random),
        ])
        try db.execute(
          sql: "INSERT INTO gene VALUES (?, ?, ?)", arguments: [variant.gene, "HGNC:\(variant.gene.hashDigits)", row])
        for code in variant.indications {
          try db.execute(sql: "INSERT INTO indication VALUES (?, ?)", arguments: [code, row])
        }
      }
    }
    try queue.close()
  }

  private static func counts(_ variant: Variant) -> JSONValue {
    var strata: [JSONValue] = []
    for (dimension, stratum, part) in [("all", "all", 1), ("sex", "XX", 2), ("sex", "XY", 2)] {
      guard let count = variant.count, let number = variant.number else {
        strata.append(
          [
            "dimension": .string(dimension), "stratum": .string(stratum), "AN": .integer((variant.number ?? 0) / part),
            "suppressed": ["AC", "het", "hom", "hemi"],
          ])
        continue
      }
      strata.append(
        [
          "dimension": .string(dimension), "stratum": .string(stratum), "AC": .integer(count / part),
          "AN": .integer(number / part), "het": .integer(count / part), "hom": 0, "hemi": 0,
        ])
    }
    return .array(strata)
  }

  private static func classifications(_ random: inout SplitMix64) -> String? {
    guard random.chance(0.2) else { return nil }
    let names = ["Pathogenic", "Likely_pathogenic", "Uncertain_significance", "Likely_benign", "Benign"]
    let json: JSONValue = [
      "latest": .string(random.pick(names)), "latestDate": "2026-05-01",
      "totals": .object([.init(random.pick(names), .integer(random.int(8...60)))]),
    ]
    return String(decoding: json.compact, as: UTF8.self)
  }
}

extension String {
  /// Digits that stand for the text, for identifiers that only have to differ.
  var hashDigits: Int { utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFF_FFFF } }
}
