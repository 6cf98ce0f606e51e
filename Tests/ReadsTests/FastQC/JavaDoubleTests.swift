import EngineTestSupport
import Foundation
import Testing

@testable import Reads

/// Numbers as Java 8 to 18 write them.
@Suite struct JavaDoubleTests {
  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (100, "100.0"), (9_999_999, "9999999.0"), (1e7, "1.0E7"),
    (12_345_678, "1.2345678E7"), (0.001, "0.001"), (0.000_999, "9.99E-4"), (38.5035, "38.5035"),
    (1.0 / 3, "0.3333333333333333"),
    (-3.552713678800501e-15, "-3.552713678800501E-15"), (2e-3, "0.002"), (1e23, "9.999999999999999E22"), (.nan, "NaN"),
    (.infinity, "Infinity"),
    // Digits that the shortest text would not have.
    (2.0e-3 * 1.1, "0.0022"), (0x1p-44, "5.6843418860808015E-14"), (0x1p57, "1.44115188075855872E17"),
    (2.2250738585072014e-308, "2.2250738585072014E-308"), (4.9e-324, "4.9E-324"),
    (1.1e-310, "1.1E-310"), (2e23, "1.9999999999999998E23"), (8.41e21, "8.409999999999999E21"),
  ])
  func `known numbers`(value: Double, text: String) {
    #expect(JavaDouble.text(value) == text)
  }

  @Test(arguments: seeds(4))
  func `text reads back as the number`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(Double(JavaDouble.text(value)) == value)
    }
  }

  /// A Java program, compiled and run where the machine has an older Java.
  @Test(.enabled(if: Java.isOld), arguments: seeds(2))
  func `text is Java's`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let values = (0..<40_000).map { _ -> Double in
      switch random.int(0...4) {
      case 0: Double(random.int(1...1_000_000)) / Double(random.int(1...1_000_000)) * 100
      case 1: Double(random.int(-400...400)) / 10 - Double(random.int(-400...400)) / 7
      case 2: pow(10, Double(random.int(-20...20))) * Double(random.int(1...9))
      case 3: Double(random.int(0...1 << 60))
      default: Double(bitPattern: random.next() & ~(1 << 62) | 0x3000_0000_0000_0000)
      }
    }
    let texts = try Java.texts(of: values)
    #expect(texts.count == values.count)
    let different = zip(values, texts).filter { JavaDouble.text($0) != $1 }
    #expect(different.isEmpty, "\(different.count), such as \(different.prefix(5))")
  }
}

/// Java as an oracle.
private enum Java {
  static var isOld: Bool {
    guard Peer.areInstalled("java", "javac"), let version = try? Peer.run("java", ["-version"]).errors else {
      return false
    }
    // `openjdk version "17.0.15" 2025-04-15`, `java version "1.8.0_402"`.
    let number = version.split(separator: "\"").dropFirst().first?.split(separator: ".").first.flatMap { Int($0) }
    return number.map { $0 < 19 } ?? false
  }

  static func texts(of values: [Double]) throws -> [String] {
    let folder = try ScratchFolder()
    try folder.write(
      """
      import java.nio.file.*;
      public class Texts {
        public static void main(String[] arguments) throws Exception {
          StringBuilder text = new StringBuilder();
          for (String line : Files.readAllLines(Paths.get(arguments[0])))
            text.append(Double.longBitsToDouble(Long.parseUnsignedLong(line, 16))).append('\\n');
          System.out.print(text);
        }
      }
      """, "Texts.java")
    let bits = values.map { String($0.bitPattern, radix: 16) + "\n" }.joined()
    try folder.write(bits, "bits")
    try Peer.output("javac", "--release", "8", "-d", folder.path(""), folder.path("Texts.java"))
    return try Peer.output("java", "-cp", folder.path(""), "Texts", folder.path("bits")).lines
  }
}
