import Foundation
import Reports
import Testing

@Suite("JSON")
struct JSONValueTests {
  private struct Sample: Codable, Equatable {
    var zebra: Int
    var apple: [Double]
    var map: [String: Int]
    var none: String?
    var text: String
    var nested: [[Int]]
  }

  @Test("Members keep their order, dictionaries are sorted, absent optionals are left out")
  func order() throws {
    let sample = Sample(
      zebra: 1, apple: [0.5, 2, 1e-7], map: ["b": 2, "a": 1], none: nil, text: "\"\\\n\u{1}é", nested: [[1, 2], [3]])
    let text = String(decoding: try JSONValue(encoding: sample).bytes, as: UTF8.self)
    #expect(
      text == """
        {
          "zebra": 1,
          "apple": [0.5, 2, 1e-07],
          "map": {
            "a": 1,
            "b": 2
          },
          "text": "\\"\\\\\\n\\u0001é",
          "nested": [
            [1, 2],
            [3]
          ]
        }

        """)
    #expect(try JSONDecoder().decode(Sample.self, from: Data(text.utf8)) == sample)
  }

  @Test("Numbers that are not finite are null")
  func notFinite() throws {
    #expect(
      String(decoding: JSONValue.array([.number(.nan), .number(.infinity)]).bytes, as: UTF8.self) == "[null, null]\n")
  }

  @Test("A long list is encoded in a time that grows with its length alone", .timeLimit(.minutes(20)))
  func longList() throws {
    guard case .array(let values) = try JSONValue(encoding: (0..<500_000).map(Double.init)) else {
      Issue.record("not a list")
      return
    }
    #expect(values.count == 500_000 && values.last == .number(499_999))
  }
}
