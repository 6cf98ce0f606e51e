import Mustache

/// A node of what the templates are filled with. Templates name every key with a leading dot, so that a key that is
/// absent is absent, instead of being looked for in the nodes around it.
typealias View = [String: Any]

extension View {
  /// Sets the key unless the value is nil: an `Optional` inside `Any` would count as present.
  mutating func set(_ key: String, _ value: (some Any)?) {
    if let value { self[key] = value }
  }
}

/// The page's templates, parsed once.
package enum TemplateLibrary {
  /// Name and text of each template.
  package static let sources: [(name: String, text: String)] = [
    ("page", PageTemplate.page), ("stylesheet", Stylesheet.text), ("script", PageTemplate.script),
    ("definitions", GlyphTemplate.definitions),
    ("status", GlyphTemplate.status), ("banner", PageTemplate.banner), ("section", PageTemplate.section),
    ("text", BlockTemplates.text), ("list", BlockTemplates.list), ("figures", BlockTemplates.figures),
    ("pairs", BlockTemplates.pairs), ("group", BlockTemplates.group), ("fold", BlockTemplates.fold),
    ("table", TableTemplate.table), ("cell", TableTemplate.cell), ("plot", PlotTemplate.plot),
    ("image", PlotTemplate.image),
  ]

  private static let parsed: Result<MustacheLibrary, any Error> = Result {
    MustacheContentTypes.register(ScalarEscaping(), named: ScalarEscaping.name)
    var library = MustacheLibrary()
    for (name, text) in sources {
      // Every template by itself: swift-mustache returns to its own escaping in each partial.
      try library.register("{{% CONTENT_TYPE:\(ScalarEscaping.name)}}" + text, named: name)
    }
    return library
  }

  /// Fills the page.
  static func page(_ view: View) throws(ReportError) -> String {
    let library: MustacheLibrary
    do { library = try parsed.get() } catch { throw ReportError.template("\(error)") }
    guard let page = library.render(view, withTemplate: "page") else { throw ReportError.template("no page") }
    return page
  }
}
