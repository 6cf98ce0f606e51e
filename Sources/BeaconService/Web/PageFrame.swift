import Reports

/// A page, and what stands round every page.
struct Page: Sendable {
  /// The status of HTTP.
  var status = 200
  /// The heading.
  var title: String
  /// What stands below the heading.
  var subtitle: Markup?
  /// The way to the page, from the search on.
  var trail: [(name: String, address: String)] = []
  /// The content.
  var content: Markup
}

extension BeaconSite {
  /// Puts the frame round a page.
  func frame(_ page: Page, caller: Caller?) -> WebResponse {
    let release = manifest.release
    let trail: Markup? =
      page.trail.isEmpty
      ? nil
      : """
      <nav class="trail" aria-label="Way to this page"><ol>\(page.trail.map { step -> Markup in
        #"<li><a href="\#(step.address)">\#(step.name)</a></li>"#
      }.joined())<li aria-current="page">\(page.title)</li></ol></nav>
      """
    let account: Markup =
      caller?.token.map {
        """
        <form class="account" method="post" action="/browse/sign-out"><span class="role">\($0.role.rawValue)</span>\
        <button type="submit" class="plain">Sign out</button></form>
        """
      } ?? #"<a class="account" href="/browse/sign-in">Sign in</a>"#
    let html: Markup = """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(page.title) · \(configuration.name)</title>
      <link rel="stylesheet" href="\(PageStyle.address)"/>
      <link rel="icon" href="data:,"/>
      </head>
      <body>
      <a class="skip" href="#content">Skip to content</a>
      \(Self.definitions)
      <header class="top"><div class="top-inner">
      <a class="brand" href="/browse"><svg class="swift" viewBox="0 0 32 32" aria-hidden="true">\
      <path d="M2 7c6 1 10 4 13 8l2-1c3-5 7-8 13-9-4 3-7 7-9 11 0 1 0 2-1 3l3 6-5-4-5 3 3-6c-3-5-8-9-14-11z"/></svg>\
      <span>\(configuration.name)</span></a>
      <nav aria-label="Main"><a href="/browse">Search</a><a href="/browse/release">Release</a></nav>
      \(account)
      </div></header>
      \(trail)
      <div class="page-head"><h1>\(page.title)</h1>\(page.subtitle.map { #"<p class="subtitle">\#($0)</p>"# as Markup })</div>
      <div class="layout"><main id="content" tabindex="-1">
      \(page.content)
      </main></div>
      <footer><p>Release <a href="/browse/release"><code>\(release)</code></a> of \(manifest.created), \(manifest.assembly). \
      Counts are suppressed and rounded after the policy \(manifest.policyName).</p>
      <p>For research: evidence of how often an allele was seen, not a statement about anybody's health.</p></footer>
      </body>
      </html>

      """
    var headers = Self.pageHeaders
    if page.status == 401 { headers.append(("www-authenticate", "Bearer realm=\"beacon\"")) }
    return WebResponse(page.status, type: "text/html; charset=utf-8", headers: headers, body: Array(html.text.utf8))
  }

  /// No script, nothing from elsewhere, in nobody's frame.
  static let pageHeaders: [(name: String, value: String)] = [
    (
      "content-security-policy",
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"), ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
  ]

  /// Glyphs that pages point to.
  private static let definitions: Markup = """
    <svg class="definitions" width="0" height="0" aria-hidden="true">
    <symbol id="glyph-fail" viewBox="0 0 16 16"><path d="M5 1.5h6l3.5 3.5v6l-3.5 3.5h-6l-3.5-3.5v-6zM5.5 5.5l5 5M10.5 5.5l-5 5"/></symbol>
    <symbol id="glyph-warn" viewBox="0 0 16 16"><path d="M8 1.5l7 13h-14zM8 6v4M8 11.8v.8"/></symbol>
    <symbol id="glyph-unknown" viewBox="0 0 16 16"><path d="M8 .8l7.2 7.2-7.2 7.2-7.2-7.2zM6.2 6.4a1.8 1.8 0 1 1 2.6 1.6q-.8.4-.8 1.3M8 11v.8"/></symbol>
    <symbol id="glyph-notAssessed" viewBox="0 0 16 16"><path d="M2.5 4v-2h2M11.5 2h2v2M13.5 12v2h-2M4.5 14h-2v-2M5 8h6"/></symbol>
    <symbol id="glyph-pass" viewBox="0 0 16 16"><path d="M8 1.2a6.8 6.8 0 1 0 .01 0zM4.8 8.3l2.3 2.3 4.2-4.8"/></symbol>
    <symbol id="glyph-information" viewBox="0 0 16 16"><path d="M8 1.2a6.8 6.8 0 1 0 .01 0zM8 7v4.5M8 4.2v.9"/></symbol>
    </svg>
    """

  /// A word with a glyph of its own shape, so that it does not depend on colour.
  static func chip(_ kind: Status, _ word: String) -> Markup {
    """
    <span class="status k-\(kind.rawValue)"><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">\
    <use href="#glyph-\(kind.rawValue)"/></svg><span class="word">\(word)</span></span>
    """
  }

  /// A remark that stands out.
  static func banner(_ kind: Status, _ heading: String, _ lines: [String] = []) -> Markup {
    """
    <div class="banner k-\(kind.rawValue)"><h2><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">\
    <use href="#glyph-\(kind.rawValue)"/></svg><span>\(heading)</span></h2>\(lines.isEmpty ? nil : """
      <ul>\(lines.map { "<li>\($0)</li>" as Markup }.joined())</ul>
      """ as Markup)</div>
    """
  }

  /// A figure on a card.
  static func card(_ name: String, _ value: Markup, note: String? = nil) -> Markup {
    """
    <div class="figure-card"><dt>\(name)</dt><dd><span class="value">\(value)</span>\(note.map { #"<span class="note">\#($0)</span>"# as Markup })</dd></div>
    """
  }

  /// What stands in the place of a suppressed figure.
  static let suppressed: Markup = #"<span class="suppressed">suppressed</span>"#
}
