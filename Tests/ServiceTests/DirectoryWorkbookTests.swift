import Foundation
import Genomics
import Testing

@testable import Service

@Suite("The test directory from NHS England's workbooks (fixtures by openpyxl)")
struct DirectoryWorkbookTests {
  @Test("A rare disease workbook gives every test with what its row says")
  func rareDisease() throws {
    let directory = try DirectoryFixtures.directory("rare-disease-v9.2.xlsx")
    #expect(directory.kind == .rareDisease)
    #expect(directory.version == "9.2")
    #expect(directory.published == CalendarDate("2026-07-10"))
    #expect(directory.effectiveFrom == nil)
    #expect(
      directory.tests.map(\.code.description) == [
        "R901.1", "R901.2", "R902.1", "R903.1", "R904.1", "R904.4", "R905.1",
      ])
    #expect(directory.indicationCount == 5)
    let test = try #require(directory.test(code: "r901.1"))
    #expect(test.method.id == "wes-or-medium-panel")
    #expect(test.panels == ["130"])
    #expect(test.specialty == "Endocrinology")
    #expect(test.eligibility == "BMI of 3 SD above the mean & onset before 5 years")
    #expect(test.commissioning == "Specialised")
    #expect(test.fields == ["Optimal Family Structure": "Singleton"])
    #expect(test.changes == "No change")
    #expect(test.place == "R&ID indications!4")
    #expect(directory.tests(indication: "R904").map(\.code.description) == ["R904.1", "R904.4"])
    #expect(directory.tests(indication: "R904.1").isEmpty)
    #expect(directory.test(code: "R904") == nil)
    #expect(directory.test(code: "R902.1")?.method.id == "wes-or-large-panel")
    #expect(directory.test(code: "R902.1")?.methodAsWritten == "WES or Large penel")
    #expect(directory.test(code: "R904.4")?.eligibility == nil)
  }

  @Test("Merged cells count for each row; hidden rows, columns and sheets, and what was not read, are told")
  func notes() throws {
    let directory = try DirectoryFixtures.directory("rare-disease-v9.2.xlsx")
    #expect(directory.test(code: "R901.2")?.name == "Synthetic obesity")
    #expect(directory.test(code: "R902.1")?.isHidden == true)
    #expect(directory.tests.count { $0.isHidden } == 1)
    let counts = Dictionary(grouping: directory.notes, by: \.code).mapValues(\.count)
    #expect(
      counts == [
        "hidden-sheet": 1, "sheet-not-read": 2, "hidden-column": 1, "merged-cells": 1, "row-without-test": 1,
        "hidden-row": 1, "target-as-text": 2,
      ])
    let column = try #require(directory.notes.first { $0.code == "hidden-column" })
    #expect(column.place == "R&ID indications!F")
    #expect(directory.notes.first { $0.code == "merged-cells" }?.place == "R&ID indications!C4")
    #expect(directory.notes.first { $0.code == "row-without-test" }?.place == "R&ID indications!A12")
  }

  @Test("Columns in another order, headings lower down and in capitals, rich text: the same tests")
  func shuffled() throws {
    let plain = try DirectoryFixtures.directory("rare-disease-v9.2.xlsx")
    let shuffled = try DirectoryFixtures.directory("rare-disease-shuffled-v9.2.xlsx")
    #expect(shuffled.tests.map(\.code) == plain.tests.map(\.code))
    #expect(shuffled.tests.map(\.name) == plain.tests.map(\.name))
    #expect(shuffled.tests.map(\.method) == plain.tests.map(\.method))
    #expect(shuffled.tests.map(\.targets) == plain.tests.map(\.targets))
    #expect(shuffled.tests.map(\.eligibility) == plain.tests.map(\.eligibility))
    let test = try #require(shuffled.test(code: "R901.1"))
    #expect(test.fields["Reviewed"] == "2026-02-01", "a day is text as it is shown")
    #expect(test.fields["Rank"] == "001.10", "zeros that a format shows stay")
    #expect(shuffled.test(code: "R902.1")?.fields["Rank"] == "3.3", "a binary number's remainder does not show")
  }

  @Test("A cancer workbook is read sheet by sheet")
  func cancer() throws {
    let directory = try DirectoryFixtures.directory("cancer-v3.xlsx")
    #expect(directory.kind == .cancer)
    #expect(directory.version == "3")
    #expect(directory.tests.map(\.code.description) == ["M901.1", "M901.2", "M902.1"])
    let test = try #require(directory.test(code: "M901.1"))
    #expect(test.genes == ["KRAS", "NRAS", "BRAF"])
    #expect(test.testName == "Multi-target NGS panel")
    #expect(test.fields == ["Test scope": "Small variants"])
    #expect(directory.test(code: "M902.1")?.otherTargets == ["BCR::ABL1"])
    #expect(directory.notes.contains { $0.code == "sheet-not-read" && $0.place == "Notes" })
  }

  @Test("A pharmacogenomics workbook is told by its sheet's name")
  func pharmacogenomics() throws {
    let directory = try DirectoryFixtures.directory("pharmacogenomics-v1.xlsx")
    #expect(directory.kind == .pharmacogenomics)
    #expect(directory.test(code: "PGX901.1")?.genes == ["DPYD"])
  }

  @Test(
    "What cannot be meant is an error that names the cell",
    arguments: [
      ("dirty-method-v1.xlsx", "R&ID indications!E4", "WES or Enormous panel"),
      ("dirty-gene-date-v1.xlsx", "R&ID indications!D3", "2026-09-01"),
      ("dirty-code-number-v1.xlsx", "R&ID indications!B3", "901.2"),
      ("dirty-code-text-v1.xlsx", "R&ID indications!B5", "R9O3.1"),
      ("dirty-code-twice-v1.xlsx", "R&ID indications!3", "R901.1"),
      ("dirty-indication-v1.xlsx", "R&ID indications!A3", "R902"),
      ("dirty-error-v1.xlsx", "R&ID indications!D2", "#REF!"),
      ("dirty-no-code-v1.xlsx", "R&ID indications!B6", "no test code"),
      ("dirty-footer-v1.xlsx", "R&ID indications!A10", "287"),
      ("dirty-heading-v1.xlsx", "R&ID indications", "headings"),
    ])
  func dirty(name: String, place: String, what: String) throws {
    let error = try DirectoryFixtures.error(name)
    #expect(error.location.file == name)
    #expect(error.reason.contains(place), "\(error)")
    #expect(error.reason.contains(what), "\(error)")
    #expect(!error.remedy.isEmpty)
  }

  @Test("A spelling that the user adds is taken, and one that means another method is not")
  func methods() throws {
    var rules = DirectoryImport(path: "dirty-method-v1.xlsx", sha256: "0")
    let heading = "# own/1: mine\nid\tgroup\tname\taliases\tsource\n"
    rules.methods = try TestMethods.builtIn.adding(
      tsv: Array((heading + "wes-enormous\tpanel\tWES or Enormous panel\t\tlocal\n").utf8), file: "own.tsv")
    let directory = try rules.read(try DirectoryFixtures.bytes("dirty-method-v1.xlsx"))
    #expect(directory.test(code: "R902.1")?.method.id == "wes-enormous")
    #expect(directory.methods == "test-methods/1+own/1")
    #expect(try TestDirectory(json: directory.json, file: "d").tests == directory.tests)
    #expect(throws: InputError.self) {
      try TestMethods.builtIn.adding(tsv: Array((heading + "x\tpanel\tWGS\t\tlocal\n").utf8), file: "own.tsv")
    }
  }

  @Test("What is told beside the file wins over nothing, and a file that tells two versions is refused")
  func told() throws {
    let bytes = try DirectoryFixtures.bytes("rare-disease-v9.2.xlsx")
    #expect(throws: InputError.self) { try DirectoryImport(path: "rare-v9.3.xlsx", sha256: "0").read(bytes) }
    var rules = DirectoryImport(path: "/some/where/rare-v9.3.xlsx", sha256: "0")
    rules.version = "9.2"
    rules.effectiveFrom = CalendarDate("2026-10-01")
    let directory = try rules.read(bytes)
    #expect(directory.version == "9.2")
    #expect(directory.effectiveFrom == CalendarDate("2026-10-01"))
    #expect(directory.source.file == "rare-v9.3.xlsx", "no folder of this machine is kept")
    let untold = try DirectoryImport(path: "p.xlsx", sha256: "0").read(
      try DirectoryFixtures.bytes("pharmacogenomics-v1.xlsx"))
    #expect(untold.version == nil)
    #expect(untold.notes.contains { $0.code == "version-not-told" })
    rules.sheets = ["Retired"]
    #expect(try rules.read(bytes).tests.map(\.code.description) == ["R901.1"])
    rules.sheets = ["None"]
    #expect(throws: InputError.self) { try rules.read(bytes) }
  }

  @Test(
    "Versions in names and titles",
    arguments: [
      ("rare-and-inherited-disease-national-genomic-test-directory-v4.xlsx", "4"),
      ("National-genomic-test-directory-for-rare-and-inherited-disease-version-5.xlsx", "5"),
      ("rare-and-inherited-disease-national-gnomic-test-directory-v5.1.xlsx", "5.1"),
      ("Version 8.1, published 10 July 2025.", "8.1"), ("directory_V7_2.xlsx", "7"), ("cancer.xlsx", nil),
      ("dev4.xlsx", nil), ("v1-to-v2.xlsx", nil),
    ] as [(String, String?)])
  func versions(text: String, version: String?) { #expect(DirectoryImport.version(in: text) == version) }

  @Test("The same workbook gives the same bytes, which read back as the same directory")
  func roundTrip() throws {
    for name in [
      "rare-disease-v9.2.xlsx", "rare-disease-shuffled-v9.2.xlsx", "cancer-v3.xlsx", "pharmacogenomics-v1.xlsx",
    ] {
      let directory = try DirectoryFixtures.directory(name)
      #expect(try DirectoryFixtures.directory(name).json == directory.json)
      #expect(try TestDirectory(json: directory.json, file: "D.json") == directory)
      #expect((try JSONSerialization.jsonObject(with: Data(directory.json))) is [String: Any])
    }
  }

  @Test("A directory file that was changed by hand is refused where it contradicts itself")
  func readBack() throws {
    let text = String(decoding: try DirectoryFixtures.directory("rare-disease-v9.2.xlsx").json, as: UTF8.self)
    for (from, to, word) in [
      ("apus-test-directory/1", "apus-test-directory/2", "schema"),
      ("\"kind\": \"rare-disease\"", "\"kind\": \"x\"", "kind"),
      ("\"panels\": [\"130\"]", "\"panels\": [\"131\"]", "panels"), ("\"R901.2\"", "\"R901.1\"", "twice"),
      ("\"indication\": \"R901\"", "\"indication\": \"R902\"", "indication"),
      ("\"published\": \"2026-07-10\"", "\"published\": \"2026-07-32\"", "day"),
      ("\"testName\": null,", "", "testName"), ("\"hidden\": true", "\"hidden\": true, \"more\": 1", "more"),
      ("\"version\": \"9.2\"", "\"version\": \"9.2\", \"version\": \"9.3\"", "twice"),
      ("\"methodName\": \"WGS\"", "\"methodName\": \"WXS\"", "method"),
    ] {
      #expect(text.contains(from), "\(from)")
      let changed = text.replacing(from, with: to, maxReplacements: 1)
      let error = try #require(throws: InputError.self) { try TestDirectory(json: Array(changed.utf8), file: "D.json") }
      #expect(error.reason.contains(word), "\(error)")
    }
  }
}
