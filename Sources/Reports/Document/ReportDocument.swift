/// One page: what `renderHTML` turns into a self-contained HTML file.
///
/// A document holds plain text and numbers only. Every string is text, never markup: it is escaped wherever it is shown.
public struct ReportDocument: Sendable, Equatable {
  /// The page's heading, and (after the word HOLD or PROVISIONAL where a banner says so) the browser's title.
  public var title: String
  /// One line below the title.
  public var subtitle: String?
  /// BCP 47 tag of the language that the text is written in.
  public var language: String
  /// Shown above everything else, in this order. A `hold` or `provisional` banner also stamps each printed page.
  public var banners: [Banner]
  /// The page's parts; the contents list follows them.
  public var sections: [ReportSection]
  /// Small print, one paragraph a line.
  public var footer: [String]

  /// Makes a document; everything but the title may be left out.
  public init(
    title: String, subtitle: String? = nil, language: String = "en-GB", banners: [Banner] = [],
    sections: [ReportSection] = [], footer: [String] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.language = language
    self.banners = banners
    self.sections = sections
    self.footer = footer
  }
}

/// What a reader must know before anything else on the page.
public struct Banner: Sendable, Equatable {
  /// Decides the banner's word, glyph and colour.
  public var status: Status
  /// The message in a few words; the status's own word is put before it.
  public var heading: String
  /// Reasons and next steps, one list item each.
  public var lines: [String]

  /// Makes a banner.
  public init(_ status: Status, heading: String, lines: [String] = []) {
    self.status = status
    self.heading = heading
    self.lines = lines
  }
}

/// A part of the page with a second-level heading and an entry in the contents list.
public struct ReportSection: Sendable, Equatable {
  /// Anchor of the section. Lower-case ASCII letters, digits and hyphens are kept, anything else becomes a hyphen; a
  /// second section of the same name gets `-2`, and so on.
  public var id: String
  /// The heading.
  public var heading: String
  /// Status of the section as a whole, shown beside the heading and in the contents list.
  public var status: Status?
  /// The content, from top to bottom.
  public var blocks: [ReportBlock]

  /// Makes a section.
  public init(id: String, heading: String, status: Status? = nil, blocks: [ReportBlock]) {
    self.id = id
    self.heading = heading
    self.status = status
    self.blocks = blocks
  }
}
