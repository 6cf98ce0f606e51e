/// The colours of a page, as sRGB hexadecimal. A test computes the contrast of every pair in use, after WCAG 2.2.
package struct Palette: Sendable {
  /// Colours of a status: text and glyph on a tint, edged.
  package struct Tone: Sendable {
    /// Words and glyphs.
    package var ink: String
    /// The surface below them.
    package var tint: String
    /// Edge of a banner.
    package var edge: String
  }

  /// Page.
  package var background: String
  /// Cards, tables and plots.
  package var surface: String
  /// Heads of tables and tracks of bars.
  package var shade: String
  /// Text.
  package var text: String
  /// Remarks, units and ticks.
  package var muted: String
  /// Edges of cards and rules: decoration.
  package var border: String
  /// Grid lines: decoration, since the ticks name the values.
  package var grid: String
  /// Axes and the edges of controls.
  package var axis: String
  /// Lines at reference values.
  package var reference: String
  /// Tinted range behind lines.
  package var band: String
  /// Links and the ring round what has the focus.
  package var link: String
  /// Six series.
  package var series: [String]
  /// Tone of each status.
  package var tones: [(status: Status, tone: Tone)]

  /// On paper and light screens.
  package static let light: Palette = {
    let red = Tone(ink: "#9b1c1c", tint: "#fdeceb", edge: "#c62f2b")
    let amber = Tone(ink: "#7a4100", tint: "#fff3dc", edge: "#b86a00")
    let purple = Tone(ink: "#5b2a86", tint: "#f3ecfb", edge: "#7d48ad")
    let grey = Tone(ink: "#48535f", tint: "#eceff3", edge: "#6b7785")
    let green = Tone(ink: "#0b5a3c", tint: "#e4f5ec", edge: "#1f8a5b")
    let blue = Tone(ink: "#0a4a8a", tint: "#e6f0fa", edge: "#2070b8")
    return Palette(
      background: "#f5f7f9", surface: "#ffffff", shade: "#eef2f5", text: "#1b2733", muted: "#51606f",
      border: "#d9e0e7", grid: "#e4e9ee", axis: "#6b7785", reference: "#37424e", band: "#f2f0e6", link: "#0a5aa8",
      series: ["#0b5cad", "#b04a0c", "#0e7559", "#8438a5", "#56616d", "#a81d57"],
      tones: tones(red, amber, purple, grey, green, blue))
  }()

  /// On dark screens.
  package static let dark: Palette = {
    let red = Tone(ink: "#ffb4ab", tint: "#3d1a1a", edge: "#e2655c")
    let amber = Tone(ink: "#ffcf87", tint: "#38280f", edge: "#cf8f2e")
    let purple = Tone(ink: "#ddc1fb", tint: "#2d2140", edge: "#a87fd6")
    let grey = Tone(ink: "#c9d2db", tint: "#29323b", edge: "#8593a1")
    let green = Tone(ink: "#93e0b9", tint: "#123326", edge: "#3da878")
    let blue = Tone(ink: "#a9d2fb", tint: "#14304b", edge: "#4b95d8")
    return Palette(
      background: "#10161c", surface: "#182129", shade: "#212c36", text: "#e7edf2", muted: "#a9b6c2",
      border: "#2f3b46", grid: "#27323c", axis: "#8593a1", reference: "#cfd8e0", band: "#2a2c2a", link: "#8cc4fa",
      series: ["#6db4f7", "#f3a25c", "#4fcf9f", "#d19dee", "#b6c1cb", "#f58cb6"],
      tones: tones(red, amber, purple, grey, green, blue))
  }()

  private static func tones(
    _ red: Tone, _ amber: Tone, _ purple: Tone, _ grey: Tone, _ green: Tone, _ blue: Tone
  ) -> [(Status, Tone)] {
    Status.allCases.map { status in
      switch status {
      case .hold, .fail: (status, red)
      case .provisional, .warn: (status, amber)
      case .unknown: (status, purple)
      case .notAssessed: (status, grey)
      case .pass, .ready: (status, green)
      case .information: (status, blue)
      }
    }
  }

  /// The colours as declarations of CSS custom properties.
  package var declarations: String {
    var lines = [
      "--background:\(background)", "--surface:\(surface)", "--shade:\(shade)", "--text:\(text)", "--muted:\(muted)",
      "--border:\(border)", "--grid:\(grid)", "--axis:\(axis)", "--reference:\(reference)", "--band:\(band)",
      "--link:\(link)",
    ]
    lines += series.enumerated().map { "--series-\($0.offset + 1):\($0.element)" }
    for (status, tone) in tones {
      lines.append("--\(status.rawValue)-ink:\(tone.ink);--\(status.rawValue)-tint:\(tone.tint)")
      lines.append("--\(status.rawValue)-edge:\(tone.edge)")
    }
    return lines.joined(separator: ";")
  }
}
