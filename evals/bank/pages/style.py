"""How the page of a run looks: light and dark, on screen and on paper."""

LIGHT = {
    "paper": "#ffffff", "ink": "#1b1f24", "quiet": "#57606a", "line": "#d0d7de", "panel": "#f3f5f8",
    "link": "#0b5cad", "bar": "#4a86c8", "track": "#e6eaef", "good": "#116329", "bad": "#a40e26",
}  # fmt: skip
DARK = {
    "paper": "#14181d", "ink": "#e6e9ed", "quiet": "#a3adb8", "line": "#3a424c", "panel": "#1e242b",
    "link": "#84bcf5", "bar": "#4a86c8", "track": "#2b323b", "good": "#7ee296", "bad": "#ffa3a3",
}  # fmt: skip


def _named(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


STYLE = f"""
:root {{ color-scheme: light dark; {_named(LIGHT)} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ {_named(DARK)} }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }}
main {{ max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; }}
h2 {{ font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }}
h3 {{ font-size: 1.05rem; margin: 1.5rem 0 .5rem; }}
h4 {{ font-size: 1rem; margin: 1.25rem 0 .25rem; }}
a {{ color: var(--link); }}
:focus-visible {{ outline: 2px solid var(--link); outline-offset: 2px; }}
p, li, dd {{ max-width: 46rem; }}
small, .quiet, caption {{ color: var(--quiet); }}
small {{ display: block; font-weight: 400; font-size: .85rem; line-height: 1.35; }}
dl {{ display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; }}
dt {{ color: var(--quiet); }}
dd {{ margin: 0; overflow-wrap: anywhere; }}
.scroll {{ overflow-x: auto; margin: .75rem 0; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
caption {{ text-align: left; padding-bottom: .25rem; }}
th, td {{ padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }}
td small {{ white-space: nowrap; }}
thead th {{ max-width: 10rem; }}
tbody th {{ font-weight: 500; min-width: 9rem; max-width: 26rem; }}
.charts {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem 2rem; }}
figure {{ margin: 0; }}
figcaption {{ font-weight: 600; margin-bottom: .25rem; }}
svg {{ display: block; overflow: hidden; }}
svg text {{ fill: var(--ink); font-size: 13px; }}
svg .numbers {{ font-size: 12px; font-variant-numeric: tabular-nums; }}
.track {{ fill: var(--track); }}
.bar {{ fill: var(--bar); }}
.whisker, .cap {{ stroke: var(--ink); stroke-width: 1.5; }}
.index {{ columns: 18rem; column-gap: 2rem; padding-left: 1.75rem; }}
.index li {{ break-inside: avoid; }}
details {{ border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: 0 .9rem; }}
details[open] {{ padding-bottom: .75rem; }}
summary {{ cursor: pointer; padding: .6rem 0; }}
summary small {{ display: inline; margin-left: .5rem; }}
blockquote {{ margin: .25rem 0 .5rem; padding: .4rem .75rem; background: var(--panel);
  border-left: 3px solid var(--line); max-width: 46rem; }}
.place {{ margin: .75rem 0 0; }}
.points {{ list-style: none; padding: 0; }}
.points > li {{ padding: .35rem 0 .35rem .75rem; border-left: 3px solid var(--line); margin: .35rem 0; }}
.points > li:has(> .good) {{ border-color: var(--good); }}
.points > li:has(> .bad) {{ border-color: var(--bad); }}
.good {{ color: var(--good); font-weight: 600; }}
.bad {{ color: var(--bad); font-weight: 600; }}
.alarm {{ border: 1px solid var(--bad); border-radius: .4rem; padding: .5rem .75rem; white-space: pre-line; }}
@media (max-width: 34rem) {{ dl {{ display: block; }} dd {{ margin-bottom: .5rem; }}
  table {{ font-size: .9rem; }} th, td {{ padding-right: .5rem; }} tbody th {{ min-width: 7rem; }}
  td small {{ white-space: normal; }}
  details {{ padding: 0 .6rem; }} }}
@media print {{
  body {{ font-size: 10pt; }} main {{ max-width: none; padding: 0; }} nav {{ display: none; }}
  details {{ border: 0; padding: 0; }} details::details-content {{ content-visibility: visible; block-size: auto; }}
  h2, h3, h4, summary {{ break-after: avoid; }} tr, blockquote, .points > li, figure {{ break-inside: avoid; }}
  .track, .bar {{ print-color-adjust: exact; }} .scroll {{ overflow: visible; }}
}}
"""
