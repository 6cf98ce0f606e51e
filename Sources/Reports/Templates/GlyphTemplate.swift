/// Drawings that a page defines once: a glyph for each status, each of another shape, and a fill pattern for each series.
enum GlyphTemplate {
  static let definitions: String = {
    var text = #"<svg class="definitions" width="0" height="0" aria-hidden="true">"# + "\n"
    for status in Status.allCases {
      text += #"<symbol id="glyph-\#(status.rawValue)" viewBox="0 0 16 16"><path d="\#(outline(status))"/></symbol>"#
      text += "\n"
    }
    for number in 1...SeriesMark.count {
      text +=
        #"<pattern id="pattern-\#(number)" width="8" height="8" patternUnits="userSpaceOnUse">"#
        + #"<path class="fill s\#(number)" d="M0 0h8v8h-8z"/><path class="hatch" d="\#(hatch(number))"/></pattern>"#
      text += "\n"
    }
    return text + "</svg>\n"
  }()

  static let status =
    ##"<span class="status k-{{.kind}}"><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">"##
    + ##"<use href="#glyph-{{.kind}}"/></svg><span><span class="word">{{.word}}</span>{{#.remark}}: {{.}}{{/.remark}}</span></span>"##

  private static func outline(_ status: Status) -> String {
    switch status {
    case .hold: "M2 2h12v12h-12zM6 5v6M10 5v6"
    case .provisional: "M3 1.5h10M3 14.5h10M4.5 1.5v2.5l7 8v2.5M11.5 1.5v2.5l-7 8v2.5"
    case .fail: "M5 1.5h6l3.5 3.5v6l-3.5 3.5h-6l-3.5-3.5v-6zM5.5 5.5l5 5M10.5 5.5l-5 5"
    case .warn: "M8 1.5l7 13h-14zM8 6v4M8 11.8v.8"
    case .unknown: "M8 .8l7.2 7.2-7.2 7.2-7.2-7.2zM6.2 6.4a1.8 1.8 0 1 1 2.6 1.6q-.8.4-.8 1.3M8 11v.8"
    case .notAssessed: "M2.5 4v-2h2M11.5 2h2v2M13.5 12v2h-2M4.5 14h-2v-2M5 8h6"
    case .pass: "M8 1.2a6.8 6.8 0 1 0 .01 0zM4.8 8.3l2.3 2.3 4.2-4.8"
    case .ready: "M1.5 2.5h8l5 5.5-5 5.5h-8zM4.5 8h5M7.5 5.8l2.2 2.2-2.2 2.2"
    case .information: "M8 1.2a6.8 6.8 0 1 0 .01 0zM8 7v4.5M8 4.2v.9"
    }
  }

  /// Lines in the colour of the page over the colour of the series.
  private static func hatch(_ number: Int) -> String {
    switch number {
    case 1: "M0 0"
    case 2: "M-2 2l4-4M0 8l8-8M6 10l4-4"
    case 3: "M2 2h2v2h-2zM6 6h2v2h-2z"
    case 4: "M0 2h8M0 6h8"
    case 5: "M-2 6l4 4M0 0l8 8M6-2l4 4"
    default: "M0 4h8M4 0v8"
    }
  }
}
