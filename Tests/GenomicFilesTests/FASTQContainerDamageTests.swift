import Genomics
import TestSupport
import Testing

@testable import GenomicFiles

/// Damage of the compressed bytes of reads: named by its kind, with the place in the file as stored.
@Suite struct FASTQContainerDamageTests {
  enum Wrapping: String, CaseIterable, Sendable {
    case gzip, bgzf

    func wrap(_ text: [UInt8]) throws -> [UInt8] {
      switch self {
      case .gzip: gzipMember(text, header: GzipHeader(name: "reads.fq"))
      case .bgzf: try bgzfBlocks([text])
      }
    }
  }

  struct Damage: CustomTestStringConvertible, Sendable {
    var name: String
    var kind: InputError.Kind
    /// Whether the place is that of the damaged block; else the end of the file.
    var isAtBlock = true
    /// Changes a block or member.
    var apply: @Sendable ([UInt8]) -> [UInt8]
    var testDescription: String { name }

    init(
      _ name: String, _ kind: InputError.Kind, isAtBlock: Bool = true, _ apply: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
      self.name = name
      self.kind = kind
      self.isAtBlock = isAtBlock
      self.apply = apply
    }
  }

  static let damages = [
    Damage("CRC-32", .checksum) { change($0, at: $0.count - 8) },
    Damage("size", .checksum) { change($0, at: $0.count - 4) },
    Damage("not deflate", .malformed) { change($0, at: 2) },
    Damage("cut in the trailer", .truncated, isAtBlock: false) { Array($0.dropLast(3)) },
    Damage("cut in the data", .truncated, isAtBlock: false) { Array($0.prefix($0.count / 2)) },
    Damage("cut in the header", .truncated, isAtBlock: false) { Array($0.prefix(11)) },
  ]

  private static func change(_ bytes: [UInt8], at place: Int) -> [UInt8] {
    var bytes = bytes
    bytes[place] ^= 1
    return bytes
  }

  @Test(arguments: Wrapping.allCases, damages)
  func damageIsNamedWithItsPlace(wrapping: Wrapping, damage: Damage) async throws {
    var random = SplitMix64("damage(\(wrapping), \(damage.name))")
    let folder = try TemporaryFolder()
    let whole = try wrapping.wrap(random.fastq(records: 60))
    let damaged = damage.apply(try wrapping.wrap(random.fastq(records: 60)))
    // What is cut is at the end; other damage has more behind it.
    let rest = damage.kind == .truncated ? [] : whole + (wrapping == .bgzf ? bgzfEndOfFileBlock : [])
    let path = try folder.write(whole + damaged + rest, to: "reads.fq.gz")
    for setting in Setting.all {
      let error = await failure { try await readFASTQ(path, FASTQOptions(), to: .phred33, setting.resources) }
      let found = try #require(error as? InputError)
      #expect(found.kind == damage.kind)
      #expect(found.location.file == path)
      #expect(found.location.offsetBase == .file)
      // A cut BGZF block is known by its header, a cut gzip member by the end of the file alone.
      let isAtBlock = damage.isAtBlock || wrapping == .bgzf
      #expect(found.location.offset == whole.count + (isAtBlock ? 0 : damaged.count))
    }
  }

  @Test(arguments: Wrapping.allCases)
  func aPairWithOneDamagedFileIsRefused(wrapping: Wrapping) async throws {
    var random = SplitMix64("pair(\(wrapping))")
    let folder = try TemporaryFolder()
    let (text1, text2) = random.pairs(3000)
    let whole = [try wrapping.wrap(text1), try wrapping.wrap(text2)]
    for damagedFile in 0...1 {
      var stored = whole
      stored[damagedFile].removeLast(wrapping == .bgzf ? 5 : 2000)
      let paths = try stored.enumerated().map { try folder.write($0.element, to: "\($0.offset).fq.gz") }
      for setting in Setting.all {
        let error = await failure { try await readPairs(paths[0], paths[1], setting.resources) } as? InputError
        #expect(error?.kind == .truncated)
        #expect(error?.location.file == paths[damagedFile])
      }
    }
  }
}
