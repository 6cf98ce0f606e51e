/// The page round everything. Tags that stand for another template begin their line, because swift-mustache would pass
/// an indentation on to every line of it.
package enum PageTemplate {
  static let page = """
    <!DOCTYPE html>
    <html lang="{{.language}}">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    script-src '\(scriptDigest)'; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>{{.windowTitle}}</title>
    <style>
    {{>stylesheet}}
    {{#.stamp}}@page { @top-right { content: "{{.}}"; font: bold 10pt sans-serif; color: #9b1c1c } }{{/.stamp}}
    </style>
    </head>
    <body>
    <a class="skip" href="#content">Skip to content</a>
    {{>definitions}}
    <header class="page-head">
    <h1>{{.title}}</h1>
    {{#.subtitle}}<p class="subtitle">{{.}}</p>{{/.subtitle}}
    </header>
    <div class="layout{{#.contents}} with-contents{{/.contents}}">
    {{#.contents}}
    <nav class="contents" aria-labelledby="contents-heading">
    <p id="contents-heading">Contents</p>
    <ol>
    {{#.entries}}
    <li><a href="#{{.id}}">{{.heading}}</a>
    {{#.status}}
    {{>status}}
    {{/.status}}
    </li>
    {{/.entries}}
    </ol>
    </nav>
    {{/.contents}}
    <main id="content" tabindex="-1">
    {{#.banners}}
    {{>banner}}
    {{/.banners}}
    {{#.sections}}
    {{>section}}
    {{/.sections}}
    </main>
    </div>
    {{#.hasFooter}}
    <footer>
    {{#.footer}}
    <p>{{.}}</p>
    {{/.footer}}
    </footer>
    {{/.hasFooter}}
    {{>script}}
    </body>
    </html>

    """

  static let banner = """
    <div class="banner k-{{.kind}}">
    <h2><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><use href="#glyph-{{.kind}}"/></svg>\
    <span>{{.word}}: {{.heading}}</span></h2>
    {{#.lines}}
    <ul>
    {{#.items}}
    <li>{{.}}</li>
    {{/.items}}
    </ul>
    {{/.lines}}
    </div>

    """

  static let section = """
    <section aria-labelledby="{{.id}}">
    <h2 id="{{.id}}">{{.heading}}
    {{#.status}}
    {{>status}}
    {{/.status}}
    </h2>
    {{#.blocks}}
    {{>*.template}}
    {{/.blocks}}
    </section>

    """

  /// What a page does beside being read. The page's security policy allows this script, by its digest, and no other; it
  /// holds no `<` and no `&`, for the page is also XML.
  package static let scriptText = printing + sorting

  /// Browsers without `::details-content` print only what is open.
  private static let printing =
    #"addEventListener("beforeprint",function(){document.querySelectorAll("details:not([open])")"#
    + #".forEach(function(d){d.open=true;d.dataset.closed=""})});"#
    + #"addEventListener("afterprint",function(){document.querySelectorAll("details[data-closed]")"#
    + #".forEach(function(d){d.open=false;delete d.dataset.closed})});"#

  /// Turns the headings of a sortable table into buttons, so that keyboards and screen readers reach them. Numbers
  /// (columns that end on the right) sort as numbers, with what has none last either way; rows that are equal keep their
  /// order. Without scripts there are no buttons, and the rows stay as they were written.
  private static let sorting =
    #"document.querySelectorAll("table.sortable").forEach(function(t){"#
    + #"var heads=Array.from(t.tHead.rows[0].cells),body=t.tBodies[0];"#
    + #"heads.forEach(function(h,i){var b=document.createElement("button");b.type="button";"#
    + #"while(h.firstChild)b.appendChild(h.firstChild);h.appendChild(b);"#
    + #"var key=function(r){var s=r.cells[i].textContent.trim();if(!h.classList.contains("end"))return s;"#
    + #"var n=parseFloat(s.replace(/,/g,""));return isNaN(n)?null:n};"#
    + #"b.addEventListener("click",function(){"#
    + #"var up=h.getAttribute("aria-sort")!=="ascending",c=new Intl.Collator("en",{numeric:true});"#
    + #"heads.forEach(function(o){o.removeAttribute("aria-sort")});"#
    + #"h.setAttribute("aria-sort",up?"ascending":"descending");"#
    + #"Array.from(body.rows).map(function(r){return{r:r,k:key(r)}}).sort(function(x,y){"#
    + #"if(x.k===null||y.k===null)return(x.k===null)-(y.k===null);"#
    + #"var d=typeof x.k==="number"?x.k-y.k:c.compare(x.k,y.k);return up?d:-d"#
    + #"}).forEach(function(e){body.appendChild(e.r)})})})});"#

  /// SHA-256 of `scriptText` in the form of a Content-Security-Policy; a test computes it.
  package static let scriptDigest = "sha256-T/XB3QrPTDkhcvOplUc6h5FobFvaQ5UtVu0KV/wL4SA="

  static let script = "<script>\(scriptText)</script>\n"
}
