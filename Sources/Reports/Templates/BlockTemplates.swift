/// Blocks of a section other than tables and plots.
enum BlockTemplates {
  static let text = """
    <p class="text">{{.text}}</p>

    """

  static let list = """
    <ul class="text">
    {{#.items}}
    <li>{{.}}</li>
    {{/.items}}
    </ul>

    """

  static let figures = """
    <dl class="figures">
    {{#.figures}}
    <div class="figure-card">
    <dt>{{.label}}</dt>
    <dd><span class="value{{#.isLong}} long{{/.isLong}}">{{.value}}{{#.isMissing}}<span aria-hidden="true">–</span><span class="unseen">no \
    value</span>{{/.isMissing}}</span>{{#.unit}} <span class="unit">{{.}}</span>{{/.unit}}
    {{#.status}}
    {{>status}}
    {{/.status}}
    {{#.note}}<span class="note">{{.}}</span>{{/.note}}
    </dd>
    </div>
    {{/.figures}}
    </dl>

    """

  static let pairs = """
    <dl class="pairs">
    {{#.pairs}}
    <div><dt>{{.label}}</dt><dd>{{#.cell}}{{>cell}}{{/.cell}}</dd></div>
    {{/.pairs}}
    </dl>

    """

  static let group = """
    <div class="group">
    <h{{.level}}>{{.heading}}</h{{.level}}>
    {{#.blocks}}
    {{>*.template}}
    {{/.blocks}}
    </div>

    """

  static let fold = """
    <details class="fold">
    <summary>{{.summary}}</summary>
    <div class="folded">
    {{#.blocks}}
    {{>*.template}}
    {{/.blocks}}
    </div>
    </details>

    """
}
