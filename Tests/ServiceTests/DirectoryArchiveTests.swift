import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

@Suite("Workbooks that mean harm, or came to it")
struct DirectoryArchiveTests {
  private func error(_ bytes: [UInt8]) throws -> InputError {
    try #require(throws: InputError.self) { try DirectoryImport(path: "b-v1.xlsx", sha256: "0").read(bytes) }
  }

  private func zip(_ entry: ZipBuilder.Entry) throws -> [UInt8] {
    var zip = ZipBuilder()
    zip.entries.append(entry)
    return try zip.bytes
  }

  @Test("An entry that inflates to more than is taken is refused by what it tells, before memory is taken")
  func bomb() throws {
    let zeros = [UInt8](repeating: 0x20, count: (128 << 20) + 1)
    let bytes = try zip(.init(name: "xl/workbook.xml", content: zeros))
    #expect(bytes.count < 1 << 20)
    #expect(try error(bytes).kind == .unsupported)
    let small = try zip(.init(name: "_rels/.rels", content: Array(zeros.prefix(1 << 20)), toldInflated: 1000))
    let lie = try error(small)
    #expect(lie.reason.contains("does not inflate"))
    var many = ZipBuilder()
    for index in 0..<3 { many.entries.append(.init(name: "a\(index)", content: [1], toldInflated: 100 << 20)) }
    #expect(try error(try many.bytes).reason.contains("more than is taken"))
  }

  @Test("Too many entries are refused")
  func entries() throws {
    var zip = ZipBuilder()
    for index in 0..<5000 { zip.entries.append(.init(name: "\(index)", content: [], method: 0)) }
    #expect(try error(try zip.bytes).reason.contains("5000 entries"))
  }

  @Test(
    "Names that lead out of the archive are refused",
    arguments: ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:\\evil", "a\\b", "xl/..", "a\u{0}b"])
  func names(name: String) throws {
    #expect(try error(try zip(.init(name: name, content: [1]))).reason.contains("name"))
  }

  @Test("An entry under another name in its own header, twice, encrypted, or compressed in another way is refused")
  func entryFaults() throws {
    #expect(try error(try zip(.init(name: "a", content: [1], localName: "b"))).reason.contains("another name"))
    var twice = ZipBuilder()
    twice.add("xl/A", [1])
    twice.add("xl/a", [2])
    #expect(try error(try twice.bytes).reason.contains("one name"))
    #expect(try error(try zip(.init(name: "a", content: [1], flags: 1))).reason.contains("encrypted"))
    #expect(try error(try zip(.init(name: "_rels/.rels", content: [1], method: 12))).reason.contains("method 12"))
    #expect(try error(try zip(.init(name: "_rels/.rels", content: [1], toldCRC: 7))).kind == .checksum)
  }

  @Test("Entries that share bytes are refused")
  func overlap() throws {
    var bytes = try zip(.init(name: "a", content: Array("aaaa".utf8), method: 0))
    // A second directory entry for the same data, under the same name's length: "b" and its header differ, so the
    // header's name is changed too by sharing an enclosing entry.
    var zip = ZipBuilder()
    let inner = bytes.prefix(30 + 1 + 4)
    zip.entries.append(.init(name: "o", content: Array(inner), method: 0))
    zip.entries.append(.init(name: "p", content: [1], method: 0))
    bytes = try zip.bytes
    // The last directory entry is pointed at the header inside the first entry's data.
    let name = try #require(bytes.lastIndex(of: UInt8(ascii: "p")))
    bytes[name] = UInt8(ascii: "a")
    bytes.replaceSubrange(name - 4..<name, with: ZipBuilder.little(31, 4))
    bytes.replaceSubrange(name - 26..<name - 22, with: ZipBuilder.little(4, 4))
    #expect(try error(bytes).reason.contains("share bytes"))
  }

  @Test("A document type, an entity and a foreign encoding are refused")
  func entities() throws {
    var book = HandMadeWorkbook()
    book.prologue = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]>"
    #expect(try error(try book.bytes).reason.contains("type or entities"))
    book.prologue = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
    #expect(try error(try book.bytes).reason.contains("UTF-8"))
    book.prologue = ""
    book.rows = HandMadeWorkbook.row(1, ["&c;"])
    #expect(try error(try book.bytes).reason.contains("entity"))
    book.rows = String(repeating: "<a>", count: 100)
    #expect(try error(try book.bytes).reason.contains("deep"))
  }

  @Test("A workbook that is cut anywhere is refused")
  func cut() throws {
    let bytes = try DirectoryFixtures.bytes("cancer-v3.xlsx")
    for length in stride(from: 0, to: bytes.count, by: 13) + [bytes.count - 1] {
      let error = try error(Array(bytes.prefix(length)))
      #expect([.truncated, .malformed, .empty].contains(error.kind), "\(length): \(error)")
    }
  }

  @Test("Older and protected workbooks, and files of other kinds, are told from damaged ones")
  func otherKinds() throws {
    let old = try error([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600))
    #expect(old.kind == .unsupported && old.remedy.contains(".xlsx"))
    #expect(try error(Array("Test ID,Clinical Indication\n".utf8)).reason.contains("no ZIP archive"))
    #expect(try error([]).kind == .empty)
    #expect(try error(Array("PK".utf8)).kind == .truncated)
  }

  @Test("Cells: shared, inline, formula, boolean, error, escaped, entity and number by format")
  func cells() throws {
    var book = HandMadeWorkbook()
    book.sheet = "S"
    book.shared =
      "<si><t>one</t></si><si><r><t>t</t></r><r><t xml:space=\"preserve\">wo </t></r><rPh><t>X</t></rPh></si>"
    book.styles =
      "<numFmts><numFmt numFmtId=\"170\" formatCode=\"&quot;day &quot;dd\\-mmm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
      + "<xf numFmtId=\"170\"/><xf numFmtId=\"4\"/><xf numFmtId=\"10\"/><xf numFmtId=\"22\"/></cellXfs>"
    book.rows =
      "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"str\"><f>A1</f><v>a_x000D_b &amp;&#x41;</v></c>"
      + "<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c/><c><v>149.10000000000002</v></c>"
      + "<c s=\"1\"><v>45078</v></c><c s=\"2\"><v>1234567.891</v></c><c s=\"3\"><v>0.125</v></c>"
      + "<c s=\"4\"><v>45078.75</v></c><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c></row>"
    let sheet = try #require(try Workbook(try book.bytes, file: "b").sheets.first)
    let row = try #require(sheet.rows.first)
    let texts = (1...14).map { row.cells[$0]?.text }
    #expect(
      texts == [
        "one", "two ", "a\rb &A", "TRUE", "#N/A", nil, "149.1", "2023-06-01", "1,234,567.89", "12.50%",
        "2023-06-01T18:00:00", "1900-01-01", "1900-02-28", "1900-03-01",
      ])
    #expect(row.cells[5]?.kind == .error)
    #expect(row.cells[8]?.kind == .date)
  }

  @Test("A raw archive with one byte changed gives the same tests or an error", arguments: seeds(20))
  func mutatedArchive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let name = random.pick(["rare-disease-v9.2.xlsx", "rare-disease-shuffled-v9.2.xlsx", "cancer-v3.xlsx"])
    let original = try DirectoryFixtures.bytes(name)
    let truth = try DirectoryImport(path: name, sha256: "0").read(original)
    for _ in 0..<60 {
      var bytes = original
      bytes[random.int(0...bytes.count - 1)] ^= 1 << UInt8(random.int(0...7))
      do throws(InputError) {
        #expect(try DirectoryImport(path: name, sha256: "0").read(bytes) == truth)
      } catch {
        #expect(!error.reason.isEmpty)
      }
    }
  }

  @Test(
    "A workbook whose parts were changed behind right checksums never crashes and never contradicts itself",
    arguments: seeds(20))
  func mutatedParts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let name = random.pick(["rare-disease-v9.2.xlsx", "rare-disease-shuffled-v9.2.xlsx", "cancer-v3.xlsx"])
    let archive = try ZipArchive(try DirectoryFixtures.bytes(name), file: name)
    let parts = try archive.names.map { (name: $0, bytes: try #require(try archive.bytes(of: $0))) }
    var refused = 0
    for _ in 0..<40 {
      var zip = ZipBuilder()
      let victim = random.pick(parts.indices.map { $0 })
      for (index, part) in parts.enumerated() {
        var content = part.bytes
        if index == victim {
          for _ in 0...random.int(0...3) where !content.isEmpty {
            let place = random.int(0...content.count - 1)
            switch random.int(0...3) {
            case 0: content[place] = UInt8(random.int(0...255))
            case 1: content.remove(at: place)
            case 2:
              content.insert(
                contentsOf: Array(random.pick(["<", ">", "&", "\"", "r=", "9", "<c", "/>"]).utf8), at: place)
            default: content.removeSubrange(place..<min(content.count, place + random.int(1...40)))
            }
          }
        }
        zip.add(part.name, content)
      }
      do throws(InputError) {
        let directory: TestDirectory
        do { directory = try DirectoryImport(path: name, sha256: "0").read(try zip.bytes) } catch let error
          as InputError
        { throw error } catch { continue }
        #expect(try TestDirectory(json: directory.json, file: "d") == directory)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0, "changes that break a part are refused")
  }
}

private func + (a: StrideTo<Int>, b: [Int]) -> [Int] { Array(a) + b }
