import CCompression
import EngineTestSupport
import Foundation
import Genomics
import Testing

@testable import Service

/// The committed workbooks of TestData/directory.
enum DirectoryFixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("TestData/directory").path

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
  }

  static func directory(_ name: String) throws -> TestDirectory {
    try DirectoryImport(path: name, sha256: "0").read(try bytes(name))
  }

  /// The error that reading gives.
  static func error(_ name: String) throws -> InputError {
    let bytes = try bytes(name)
    return try #require(throws: InputError.self) { try DirectoryImport(path: name, sha256: "0").read(bytes) }
  }
}

/// Writes ZIP archives, right and wrong ones.
struct ZipBuilder {
  /// What an entry tells, which may differ from what it holds.
  struct Entry {
    var name: String
    var content: [UInt8]
    var method = 8
    var flags = 0
    var toldInflated: Int?
    var toldCRC: UInt32?
    var localName: String?
  }

  var entries: [Entry] = []
  var comment: [UInt8] = []

  mutating func add(_ name: String, _ content: [UInt8]) { entries.append(Entry(name: name, content: content)) }

  static func deflate(_ content: [UInt8]) throws -> [UInt8] {
    let compressor = try #require(libdeflate_alloc_compressor(6))
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_deflate_compress_bound(compressor, content.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { room, count in
      count = content.withUnsafeBytes {
        libdeflate_deflate_compress(compressor, $0.baseAddress, $0.count, room.baseAddress, room.count)
      }
    }
  }

  static func little(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) } }

  var bytes: [UInt8] {
    get throws {
      var archive: [UInt8] = []
      var directory: [UInt8] = []
      for entry in entries {
        let data = entry.method == 8 ? try Self.deflate(entry.content) : entry.content
        let crc = entry.toldCRC ?? entry.content.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
        let local = archive.count
        let told =
          Self.little(entry.flags, 2) + Self.little(entry.method, 2) + Self.little(0, 4) + Self.little(Int(crc), 4)
          + Self.little(data.count, 4) + Self.little(entry.toldInflated ?? entry.content.count, 4)
        let localName = Array((entry.localName ?? entry.name).utf8)
        archive += Self.little(0x0403_4b50, 4) + Self.little(20, 2) + told + Self.little(localName.count, 2)
        archive += Self.little(0, 2) + localName + data
        let name = Array(entry.name.utf8)
        directory += Self.little(0x0201_4b50, 4) + Self.little(20, 2) + Self.little(20, 2) + told
        directory += Self.little(name.count, 2) + Self.little(0, 12) + Self.little(local, 4) + name
      }
      let start = archive.count
      archive += directory
      archive += Self.little(0x0605_4b50, 4) + Self.little(0, 4) + Self.little(entries.count, 2)
      archive += Self.little(entries.count, 2) + Self.little(directory.count, 4) + Self.little(start, 4)
      return archive + Self.little(comment.count, 2) + comment
    }
  }
}

/// A workbook of one sheet written by hand, as an inline or shared string, a number or raw XML for each cell.
struct HandMadeWorkbook {
  var sheet = "R&amp;ID indications"
  var rows = ""
  var shared: String?
  var styles: String?
  var after = ""
  var prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

  static let headings = ["Test ID", "Clinical Indication", "Target/Genes", "Test Method"]

  static func row(_ number: Int, _ texts: [String], attributes: String = "") -> String {
    let cells = texts.enumerated().map { index, text in
      "<c r=\"\(CellReference.letters(index + 1))\(number)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
    return "<row r=\"\(number)\"\(attributes)>\(cells.joined())</row>"
  }

  var bytes: [UInt8] {
    get throws {
      var zip = ZipBuilder()
      let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
      func add(_ name: String, _ text: String) { zip.add(name, Array((prologue + text).utf8)) }
      add(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      )
      add(
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(office)\"><sheets><sheet name=\"\(sheet)\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
      )
      var relations = "<Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/>"
      if let shared {
        relations += "<Relationship Id=\"r2\" Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
        add("xl/sharedStrings.xml", "<sst>\(shared)</sst>")
      }
      if let styles {
        relations += "<Relationship Id=\"r3\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
        add("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>")
      }
      add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>")
      add("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>")
      return try zip.bytes
    }
  }
}
