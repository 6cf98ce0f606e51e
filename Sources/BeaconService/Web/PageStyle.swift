import Crypto
import Foundation
import Reports

/// The style sheet of the pages: that of the reports, and what only pages with forms and ways between them have.
enum PageStyle {
  static let text = Stylesheet.text + chrome + forms + variants

  /// The address changes with the text, so that browsers may keep it.
  static let address = "/browse/style-\(hexadecimal(SHA256.hash(data: Data(text.utf8)).prefix(6))).css"

  private static let chrome = """
    .top{background:var(--surface);border-bottom:1px solid var(--border)}
    .top-inner{max-width:1100px;margin:0 auto;padding:.7rem 1.5rem;display:flex;flex-wrap:wrap;align-items:center;\
    gap:.25rem 1.75rem}
    .brand{display:inline-flex;align-items:center;gap:.6rem;font-weight:700;font-size:1.0625rem;color:var(--text);\
    text-decoration:none;letter-spacing:-.01em;min-height:2.25rem}
    .swift{width:1.9rem;height:1.9rem;fill:var(--link)}
    .top nav{display:flex;gap:.25rem 1.25rem;flex:1}
    .top nav a,a.account{display:inline-flex;align-items:center;min-height:2.25rem;text-decoration:none}
    .top nav a:hover,a.account:hover{text-decoration:underline}
    .account{display:flex;align-items:center;gap:.75rem;margin:0}
    .role{border:1px solid var(--border);border-radius:999px;padding:.1rem .65rem;font-size:.8125rem;color:var(--muted)}
    .trail{max-width:1100px;margin:0 auto;padding:1.1rem 1.5rem 0;font-size:.875rem}
    .trail ol{list-style:none;display:flex;flex-wrap:wrap;margin:0;padding:0;color:var(--muted)}
    .trail li+li::before{content:"›";padding:0 .5rem;color:var(--muted)}
    .trail a{display:inline-block;min-height:24px}
    .trail+.page-head{padding-top:1rem}
    .page-head h1 code{font-size:.82em;letter-spacing:0}
    section{margin-bottom:2.75rem}

    """

  private static let forms = """
    .search{background:var(--surface);border:1px solid var(--border);border-radius:10px;padding:1.5rem 1.5rem 1.25rem;\
    margin:0 0 2rem;box-shadow:0 1px 2px rgb(16 22 28/.05),0 8px 24px -16px rgb(16 22 28/.25)}
    .search label{display:block;font-weight:650;margin:0 0 .5rem}
    .search .row{display:flex;flex-wrap:wrap;gap:.6rem}
    .search input{flex:1 1 18rem;min-width:0;font:inherit;color:inherit;background:var(--background);\
    border:1px solid var(--axis);border-radius:7px;padding:.65rem .9rem;min-height:2.9rem}
    .search input::placeholder{color:var(--muted);opacity:1}
    button{font:inherit;font-weight:600;cursor:pointer;border-radius:7px;padding:.65rem 1.4rem;min-height:2.9rem;\
    border:1px solid var(--link);background:var(--link);color:var(--surface)}
    button:hover{filter:brightness(1.08)}
    button.plain{background:none;color:var(--link);border-color:transparent;padding:.25rem .5rem;min-height:2.25rem;\
    font-weight:400}
    button.plain:hover{text-decoration:underline;filter:none}
    .hint{color:var(--muted);font-size:.9375rem;margin:.9rem 0 0}
    .hint code{background:var(--shade);border-radius:4px;padding:.1em .4em;white-space:nowrap}
    .chips{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1.5rem;padding:0}
    .chips a{display:inline-flex;align-items:center;min-height:2.25rem;padding:.15rem .85rem;background:var(--surface);\
    border:1px solid var(--border);border-radius:999px;text-decoration:none}
    .chips a:hover{border-color:var(--link)}
    .pages{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;margin:0 0 1.5rem}
    .pages a{display:inline-flex;align-items:center;min-height:2.25rem}

    """

  private static let variants = """
    .allele{overflow-wrap:anywhere}
    .figures.many{grid-template-columns:repeat(auto-fit,minmax(9.25rem,1fr))}
    .frequency svg,.along svg{max-width:none;min-width:46rem}
    .status{vertical-align:middle}
    .arrow{color:var(--muted);padding:0 .15em}
    .suppressed{color:var(--muted);font-style:italic;font-weight:400;letter-spacing:0}
    .value .suppressed{font-size:1.0625rem}
    .frequency .bar{fill:var(--series-1)}
    .frequency .everybody{fill:var(--series-3)}
    .frequency .none{fill:none;stroke:var(--axis);stroke-dasharray:2 3}
    .frequency .group-name{font-weight:650;text-transform:capitalize}
    .frequency .absent{font-style:italic;fill:var(--muted)}
    .along a:hover .mark,.along a:focus .mark{stroke:var(--text);stroke-width:2.5}
    .along .hidden-count{fill:none;stroke:var(--muted);stroke-width:1.5}
    .along .mark{fill-opacity:.75}
    .history{list-style:none;margin:0 0 1rem;padding:0}
    .history li{display:grid;grid-template-columns:minmax(9rem,14rem) minmax(0,1fr) 3rem;gap:.25rem 1rem;\
    align-items:center;padding:.4rem 0}
    .history li>svg{width:100%;height:.9rem;display:block}
    .history .count{text-align:right;font-weight:600}
    .answer{font-size:3rem;font-weight:700;letter-spacing:-.02em;margin:0 0 .25rem;line-height:1.1}
    td .status{white-space:nowrap}
    .two{display:grid;gap:0 2rem}
    @media (min-width:52rem){.two{grid-template-columns:1fr 1fr}}
    @media (max-width:32rem){.top-inner,.trail{padding-left:1rem;padding-right:1rem}\
    .history li{grid-template-columns:minmax(0,1fr) 3rem}.history li>svg{grid-column:1/-1}.search{padding:1.1rem}}
    @media print{.top nav,.account,.trail,.search,.pages{display:none}}
    @media (forced-colors:active){.frequency .bar,.along .mark{fill:CanvasText}}

    """
}
