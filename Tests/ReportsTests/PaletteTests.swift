import Foundation
import Reports
import Testing

/// WCAG 2.2: 1.4.3 asks for 4.5:1 for text, 1.4.11 for 3:1 for what must be seen to understand a picture or control.
@Suite struct PaletteTests {
  static let palettes = [Palette.light, Palette.dark]

  @Test(arguments: [0, 1]) func textCanBeReadOnEverySurface(_ index: Int) {
    let palette = Self.palettes[index]
    for surface in [palette.background, palette.surface, palette.shade, palette.band] {
      for text in [palette.text, palette.muted, palette.link] {
        #expect(contrast(text, surface) >= 4.5, "\(text) on \(surface)")
      }
    }
    for (status, tone) in palette.tones {
      #expect(contrast(tone.ink, tone.tint) >= 4.5, "\(status)")
      for surface in [palette.background, palette.surface] {
        #expect(contrast(tone.edge, surface) >= 3, "edge of \(status) on \(surface)")
      }
    }
  }

  @Test(arguments: [0, 1]) func marksCanBeSeenOnEverySurface(_ index: Int) {
    let palette = Self.palettes[index]
    #expect(palette.series.count == SeriesMark.count)
    for mark in palette.series + [palette.axis, palette.reference] {
      for surface in [palette.surface, palette.band] { #expect(contrast(mark, surface) >= 3, "\(mark) on \(surface)") }
    }
    // The filled and the empty part of a bar in a cell.
    #expect(contrast(palette.series[0], palette.shade) >= 3)
    // The ring round what has the focus.
    for surface in [palette.background, palette.surface] { #expect(contrast(palette.link, surface) >= 3) }
  }

  @Test func contrastIsThatOfTheStandard() {
    #expect(contrast("#000000", "#ffffff") == 21)
    #expect(abs(contrast("#777777", "#ffffff") - 4.48) < 0.01)
  }

  @Test func everyColourOfTheStyleSheetIsThePalettes() {
    for name in Stylesheet.text.matches(of: /var\(--([a-z0-9-]+)\)/).map({ String($0.output.1) }) {
      let isAlias = ["ink", "tint", "edge"].contains(name)
      #expect(isAlias || Palette.light.declarations.contains("--\(name):"), "\(name)")
    }
    // Names with capitals would not be found above.
    #expect(Palette.light.declarations.contains("--notAssessed-ink:"))
  }

  @Test func seriesDifferInDashesAndMarkers() {
    let outlines = (0..<SeriesMark.count).map { SeriesMark(index: $0).outline(0, 0) }
    #expect(Set(outlines).count == SeriesMark.count)
    #expect(SeriesMark(index: 0).outline(0, 0) != SeriesMark(index: SeriesMark.count).outline(0, 0))
  }

  private func contrast(_ first: String, _ second: String) -> Double {
    let luminances = [luminance(first), luminance(second)].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  private func luminance(_ hexadecimal: String) -> Double {
    let value = Int(hexadecimal.dropFirst(), radix: 16) ?? 0
    let linear = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel -> Double in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
