/// Renders a document as one HTML page that needs nothing else: no network, font, image or script.
///
/// The same document gives the same bytes. The page is also well-formed XML.
///
/// - Throws: `ReportError` where a table or plot does not fit together.
public func renderHTML(_ document: ReportDocument) throws(ReportError) -> String {
  var views = ViewMaker()
  return try TemplateLibrary.page(views.page(document))
}
