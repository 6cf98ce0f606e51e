/// The page's style sheet, in the order: colours, page, text, tables, plots, paper.
package enum Stylesheet {
  package static let text = colours + page + content + table + plot + paper

  private static let colours: String = {
    var css = ":root{color-scheme:light dark;\(Palette.light.declarations)}\n"
    // On screens only, so that paper is always light.
    css += "@media screen and (prefers-color-scheme:dark){:root{\(Palette.dark.declarations)}}\n"
    for status in Status.allCases {
      let name = status.rawValue
      css += ".k-\(name){--ink:var(--\(name)-ink);--tint:var(--\(name)-tint);--edge:var(--\(name)-edge)}\n"
    }
    let dashes = ["none", "9 4", "2 3.5", "12 3 2 3", "5 3", "14 4"]
    for (index, dash) in dashes.enumerated() {
      let number = index + 1
      css += ".line.s\(number),.mark.s\(number){stroke:var(--series-\(number))}"
      css += ".mark.s\(number),.fill.s\(number){fill:var(--series-\(number))}"
      css += ".fill.f\(number){fill:url(#pattern-\(number));stroke:var(--series-\(number))}"
      css += ".d\(number){stroke-dasharray:\(dash)}\n"
    }
    return css
  }()

  private static let page = """
    *,*::before,*::after{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    body{margin:0;background:var(--background);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",\
    Roboto,"Helvetica Neue",Arial,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
    a{color:var(--link);text-underline-offset:.15em}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
    main:focus{outline:none}
    .skip{position:absolute;left:1rem;top:-5rem;padding:.6rem 1rem;background:var(--surface);border:2px solid \
    var(--link);z-index:2}
    .skip:focus{top:1rem}
    .unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .definitions{position:absolute}
    .page-head,.layout,footer{max-width:1100px;margin:0 auto;padding:0 1.5rem}
    .page-head{padding-top:2.5rem;padding-bottom:1.25rem}
    footer{padding-top:1rem;padding-bottom:3rem;color:var(--muted);font-size:.875rem}
    footer p{margin:.25rem 0}
    .contents{margin:0 0 1.5rem;font-size:.9375rem}
    .contents p{margin:0 0 .25rem;font-weight:600;color:var(--muted)}
    .contents ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 1rem}
    .contents li{display:flex;flex-wrap:wrap;align-items:center;gap:0 .5rem}
    .contents a{display:inline-block;padding:.3rem 0;min-height:24px;text-decoration:none;overflow-wrap:anywhere}
    .contents a:hover{text-decoration:underline}
    .contents .status{font-size:.8125rem}
    @media (min-width:62rem){
    .with-contents{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:2.5rem}
    .with-contents .contents{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow:auto}
    .contents ol{display:block}
    .contents li{border-left:2px solid var(--border);padding-left:.75rem}
    }

    """

  private static let content = """
    h1,h2,h3,h4,h5,h6{line-height:1.25;font-weight:650;overflow-wrap:anywhere;text-wrap:balance}
    h1{font-size:2rem;letter-spacing:-.015em;margin:0}
    .subtitle{margin:.35rem 0 0;color:var(--muted);font-size:1.0625rem;overflow-wrap:anywhere}
    h2{font-size:1.4rem;margin:0 0 1rem;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .75rem}
    h2 .status{font-size:.875rem}
    h3{font-size:1.125rem;margin:2rem 0 .75rem}
    h4,h5,h6{font-size:1rem;margin:1.5rem 0 .5rem}
    section{margin:0 0 3.5rem}
    section>h2{scroll-margin-top:1rem;padding-bottom:.5rem;border-bottom:1px solid var(--border)}
    .text{max-width:46rem;margin:0 0 1rem;white-space:pre-line;overflow-wrap:anywhere}
    ul.text{white-space:normal;padding-left:1.25rem}
    .banner{background:var(--tint);color:var(--ink);border:1px solid var(--edge);border-left-width:8px;\
    border-radius:6px;padding:1rem 1.25rem;margin:0 0 1.5rem}
    .banner h2{margin:0;font-size:1.125rem;color:inherit;flex-wrap:nowrap;gap:.5rem;align-items:flex-start}
    .banner .glyph{margin-top:.08em}
    .banner ul{margin:.6rem 0 0;padding-left:1.25rem;overflow-wrap:anywhere}
    .status{display:inline-flex;align-items:center;gap:.35em;padding:.1em .55em .1em .4em;border-radius:4px;\
    background:var(--tint);color:var(--ink);font-weight:600;line-height:1.4;font-size:.9375em}
    .status .word{white-space:nowrap}
    .glyph{flex:none;width:1.15em;height:1.15em;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;\
    stroke-linejoin:round}
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.9rem;margin:0 0 1.5rem}
    .figure-card{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:.9rem 1rem}
    .figure-card dt{color:var(--muted);font-size:.875rem;overflow-wrap:anywhere}
    .figure-card dd{margin:.15rem 0 0;overflow-wrap:anywhere}
    .figure-card .value{font-size:1.4rem;font-weight:650;letter-spacing:-.01em;line-height:1.3}
    .figure-card .value.long{font-size:1.1rem;letter-spacing:-.015em}
    .figure-card .status{display:flex;width:fit-content;margin-top:.35rem;font-size:.875rem}
    .unit{color:var(--muted);font-weight:400}
    .note{display:block;color:var(--muted);font-size:.875rem;font-weight:400}
    .pairs{background:var(--surface);border:1px solid var(--border);border-radius:8px;margin:0 0 1.5rem;padding:.25rem 1rem}
    .pairs div{display:grid;grid-template-columns:minmax(8rem,14rem) minmax(0,1fr);gap:0 1.25rem;padding:.5rem 0}
    .pairs div+div{border-top:1px solid var(--border)}
    .pairs dt{color:var(--muted);overflow-wrap:anywhere}
    .pairs dd{margin:0;overflow-wrap:anywhere}
    code{font:.875em/1.5 ui-monospace,"SF Mono","Cascadia Mono",Consolas,"DejaVu Sans Mono","Liberation Mono",\
    monospace;overflow-wrap:anywhere}
    summary{cursor:pointer;padding:.5rem 0;color:var(--link);font-weight:600;min-height:24px}
    .fold{margin:0 0 1.5rem}
    .empty{color:var(--muted);font-style:italic}
    @media (max-width:32rem){
    .page-head,.layout,footer{padding-left:1rem;padding-right:1rem}
    h1{font-size:1.6rem}
    .figures{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}
    .figure-card{padding:.8rem}
    .figure-card .value{font-size:1.15rem}
    .figure-card .value.long{font-size:.9rem}
    .pairs div{grid-template-columns:minmax(0,1fr)}
    }

    """

  private static let table = """
    .scroll{overflow-x:auto;margin:0 0 1.5rem;background:var(--surface);border:1px solid var(--border);\
    border-radius:8px}
    table{border-collapse:collapse;width:100%;font-size:.9375rem}
    caption{text-align:left;font-weight:600;padding:.75rem .8rem}
    th,td{padding:.5rem .8rem;text-align:left;vertical-align:top;border-top:1px solid var(--border)}
    tbody th{font-weight:600}
    thead th{background:var(--shade);color:var(--muted);font-size:.875rem;vertical-align:bottom}
    thead .unit{display:block}
    .sortable button{font:inherit;color:inherit;background:none;border:0;padding:0;margin:0;text-align:inherit;\
    cursor:pointer;text-decoration:underline dotted}
    .sortable [aria-sort="ascending"] button::after{content:" \\25B2"}
    .sortable [aria-sort="descending"] button::after{content:" \\25BC"}
    td code{display:inline-block;min-width:12rem}
    th a,td a{white-space:nowrap}
    @media (max-width:32rem){td.start{min-width:7rem}}
    th.end,td.end{text-align:right}
    td.end{white-space:nowrap}
    th.centre,td.centre{text-align:center}
    .cell-bar{display:inline-grid;grid-template-columns:minmax(3.25rem,auto) 5rem;align-items:center;gap:.6rem}
    .cell-bar span{text-align:right}
    .cell-bar svg{width:100%;height:.6rem;display:block}
    .track{fill:var(--shade);stroke:none}

    """

  private static let plot = """
    .plot{margin:0 0 1.75rem;background:var(--surface);border:1px solid var(--border);border-radius:8px;\
    padding:1rem 1.25rem .5rem}
    .plot .scroll{border:0;border-radius:0;margin:0}
    .plot-title{display:block;font-weight:650}
    .plot-description{display:block;color:var(--muted);font-size:.9375rem;max-width:46rem}
    .picture .scroll{margin-top:.75rem}
    .picture svg{display:block;width:100%;min-width:34rem;max-width:52rem;height:auto}
    .picture text{font-size:13px;fill:var(--text);paint-order:stroke;stroke:var(--surface);stroke-width:3px;\
    stroke-linejoin:round}
    .picture .tick,.picture .axis-title{fill:var(--muted)}
    .picture .note{font-size:12px;fill:var(--text)}
    .picture .name{font-weight:600}
    .line{fill:none;stroke-width:2;stroke-linejoin:round}
    .mark{stroke-width:1.5;stroke-linejoin:round}
    .fill.solid{fill:var(--series-1)}
    .fill{stroke-width:.75}
    .fill.group{stroke:var(--axis);stroke-width:.6}
    .whisker{fill:none;stroke:var(--text);stroke-width:1.5}
    .picture .small{font-size:7.4px;font-family:ui-monospace,"DejaVu Sans Mono","Liberation Mono",monospace;\
    fill:var(--text);stroke-width:1.5px}
    .hatch{fill:var(--surface);stroke:var(--surface);stroke-width:1.3}
    .grid{fill:none;stroke:var(--grid);stroke-width:1}
    .axis{fill:none;stroke:var(--axis);stroke-width:1.25}
    .leader{fill:none;stroke:var(--axis);stroke-width:.75}
    .reference{fill:none;stroke:var(--reference);stroke-width:1.25;stroke-dasharray:6 3}
    .band{fill:var(--band)}
    .data table{font-size:.875rem}
    .data th,.data td{padding:.25rem .8rem}
    .data .scroll{max-height:28rem;overflow:auto;border:1px solid var(--border);margin-bottom:1rem}
    @media (forced-colors:active){.picture text{fill:CanvasText;stroke:Canvas}.axis,.reference{stroke:CanvasText}}

    """

  private static let paper = """
    @page{size:A4;margin:17mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
    @media print{
    html{font-size:9.5pt}
    body{background:#fff;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .skip,.contents,summary{display:none}
    .page-head,.layout,footer{max-width:none;padding-left:0;padding-right:0}
    .page-head{padding-top:0}
    .layout.with-contents{display:block}
    h1{font-size:18pt}
    h2{font-size:14pt}
    h2,h3,h4,h5,h6,caption{break-after:avoid}
    .picture,.banner,.figure-card,.pairs div,tr{break-inside:avoid}
    .picture svg{min-width:0;max-height:225mm}
    .figures{grid-template-columns:repeat(4,1fr)}
    section{margin-bottom:10mm}
    .scroll,.data .scroll{overflow:visible;max-height:none}
    table{font-size:8.5pt}
    th,td,caption{padding:1.2mm 2mm}
    .data table{font-size:7.5pt;line-height:1.25}
    .data th,.data td{padding:.4mm 1.5mm}
    .data .narrow{columns:3;column-gap:4mm}
    .data .medium{columns:2;column-gap:4mm}
    .data .scroll{border:0}
    .picture svg{max-width:150mm}
    td code{min-width:0}
    details::details-content{content-visibility:visible;display:block;height:auto}
    }

    """
}
