/// Tables and the cells of tables and of pairs.
enum TableTemplate {
  static let table = """
    <div class="scroll" role="region" aria-labelledby="{{.id}}" tabindex="0">
    <table{{#.isSortable}} class="sortable"{{/.isSortable}}>
    <caption id="{{.id}}">{{.caption}}</caption>
    <thead><tr>
    {{#.columns}}
    <th scope="col" class="{{.alignment}}">{{.title}}{{#.unit}} <span class="unit">{{.}}</span>{{/.unit}}</th>
    {{/.columns}}
    </tr></thead>
    <tbody>
    {{#.rows}}
    <tr>
    {{#.cells}}
    {{#.isHeader}}<th scope="row" class="{{.alignment}}">{{/.isHeader}}{{^.isHeader}}<td class="{{.alignment}}">\
    {{/.isHeader}}{{>cell}}{{#.isHeader}}</th>{{/.isHeader}}{{^.isHeader}}</td>{{/.isHeader}}
    {{/.cells}}
    </tr>
    {{/.rows}}
    {{#.empty}}
    <tr><td colspan="{{.span}}" class="empty">{{.text}}</td></tr>
    {{/.empty}}
    </tbody>
    </table>
    </div>

    """

  /// Exactly one of the keys is set; no line ends, so that a cell's text has no space round it.
  static let cell =
    "{{.text}}{{#.code}}<code>{{.}}</code>{{/.code}}"
    + #"{{#.link}}<a href="{{.href}}">{{.text}}</a>{{/.link}}{{#.status}}{{>status}}{{/.status}}"#
    + #"{{#.bar}}<span class="cell-bar"><span>{{.text}}</span><svg viewBox="0 0 100 8" preserveAspectRatio="none" "#
    + #"aria-hidden="true"><path class="track" d="M0 0h100v8h-100z"/>"#
    + #"<path class="fill solid" d="M0 0h{{.width}}v8h-{{.width}}z"/></svg></span>{{/.bar}}"#
    + #"{{#.isMissing}}<span aria-hidden="true">–</span><span class="unseen">no value</span>{{/.isMissing}}"#
}
