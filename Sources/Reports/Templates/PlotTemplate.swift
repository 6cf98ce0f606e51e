/// A plot: its words, its picture, and the table behind it.
enum PlotTemplate {
  static let plot = """
    <figure class="plot">
    <div class="picture">
    <figcaption><span class="plot-title">{{.title}}</span>
    {{#.description}}<span class="plot-description">{{.}}</span>{{/.description}}
    {{#.notes}}
    <span class="plot-description">{{.}}</span>
    {{/.notes}}
    </figcaption>
    {{#.image}}
    {{>image}}
    {{/.image}}
    {{^.image}}<p class="empty">There are no values to draw.</p>{{/.image}}
    </div>
    {{#.data}}
    <details class="data">
    <summary>Table of values<span class="unseen">: {{.title}}</span></summary>
    <div class="scroll {{.columnsOnPaper}}" role="region" aria-labelledby="{{.id}}-table" tabindex="0">
    <table>
    <caption id="{{.id}}-table">{{.title}}: values{{#.note}}<span class="note">{{.}}</span>{{/.note}}</caption>
    <thead><tr><th scope="col">{{.rowTitle}}</th>\
    {{#.columns}}<th scope="col" class="end">{{.}}</th>{{/.columns}}</tr></thead>
    <tbody>
    {{#.rows}}
    <tr><th scope="row">{{.name}}</th>{{#.values}}<td class="end">{{.text}}{{#.isMissing}}<span \
    aria-hidden="true">–</span><span class="unseen">no value</span>{{/.isMissing}}</td>{{/.values}}</tr>
    {{/.rows}}
    </tbody>
    </table>
    </div>
    </details>
    {{/.data}}
    </figure>

    """

  static let image = """
    <div class="scroll" role="group" aria-labelledby="{{.id}}-title" tabindex="0">
    <svg role="img" aria-labelledby="{{.id}}-title {{.id}}-desc" viewBox="0 0 {{.width}} {{.height}}" \
    width="{{.width}}" height="{{.height}}">
    <title id="{{.id}}-title">{{.title}}</title>
    <desc id="{{.id}}-desc">{{.description}}</desc>
    <clipPath id="{{.id}}-clip"><rect x="{{.clipX}}" y="{{.clipY}}" width="{{.clipWidth}}" height="{{.clipHeight}}"/>\
    </clipPath>
    {{#.shapes}}
    <path class="{{.classes}}"{{#.colour}} fill="{{.}}"{{/.colour}}{{#.clip}} clip-path="url(#{{.}}-clip)"{{/.clip}} \
    d="{{.path}}"/>
    {{/.shapes}}
    {{#.labels}}
    <text class="{{.classes}}" x="{{.x}}" y="{{.y}}" text-anchor="{{.anchor}}"\
    {{#.rotation}} transform="{{.}}"{{/.rotation}}>{{.text}}</text>
    {{/.labels}}
    </svg>
    </div>

    """
}
