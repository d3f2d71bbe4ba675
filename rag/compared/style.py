"""The looks of the HTML page: light and dark, wide and narrow, on paper. All colours reach a contrast of 4.5."""

STYLE = """
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --tint: #f4f6f8;
  --old: #8c1d18; --old-back: #fdeceb; --new: #0b4f1e; --new-back: #e3f5e6; --mark: #5c3d00; --mark-back: #fff1cc;
  --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --back: #14181d; --text: #e6e9ed; --soft: #a3adb8; --line: #3a434d;
  --tint: #1d232a; --old: #ffc9c4; --old-back: #4a1c1c; --new: #b4f0c2; --new-back: #123d22; --mark: #ffdf94;
  --mark-back: #463500; --link: #8ec5ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 3rem; background: var(--back); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 0; }
p { margin: .5rem 0; }
dl.documents { margin: .5rem 0 1rem; } dl.documents dt { font-weight: 600; } dl.documents dd { margin: 0 0 .35rem; }
.soft { color: var(--soft); font-size: .9rem; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .4rem .9rem .6rem;
  display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
legend { padding: 0 .4rem; font-weight: 600; }
label { display: inline-flex; align-items: center; gap: .4rem; min-height: 1.75rem; }
article { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .9rem 1rem; }
.status { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem;
  font-size: .85rem; font-weight: 600; margin: .35rem 0 0; }
.added { color: var(--new); } .removed { color: var(--old); } .changed { color: var(--mark); }
.unchanged, .not_addressed { color: var(--soft); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-top: .6rem; }
.side { background: var(--tint); border-radius: .4rem; padding: .6rem .8rem; min-width: 0; }
.side h4 { font-size: .9rem; margin: 0 0 .3rem; }
figure { margin: 0 0 .8rem; } figure:last-child { margin-bottom: 0; }
figcaption { color: var(--soft); font-size: .85rem; }
blockquote { margin: 0; }
del { color: var(--old); background: var(--old-back); text-decoration: line-through; }
ins { color: var(--new); background: var(--new-back); text-decoration: underline; }
mark { color: var(--mark); background: var(--mark-back); font-weight: 600; }
del, ins, mark { border-radius: .2rem; padding: 0 .1em; }
.number, .date, .modal { font-weight: 700; }
details { margin-top: .6rem; } summary { cursor: pointer; color: var(--link); min-height: 1.75rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 44rem; font-size: .9rem;
  overflow-wrap: break-word; }
tbody th { min-width: 10rem; }
th, td { border: 1px solid var(--line); padding: .45rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--tint); }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .6rem; }
@media (max-width: 44rem) { .sides { grid-template-columns: 1fr; } body { padding: 1rem .7rem 2rem; } }
@media print { fieldset { display: none; } article { break-inside: avoid; } body { max-width: none; padding: 0; }
  .scroll { overflow: visible; } table { min-width: 0; }
  :root { --back: #fff; --text: #000; --soft: #444; --line: #999; --tint: #fff; --old: #8c1d18;
    --old-back: #fff; --new: #0b4f1e; --new-back: #fff; --mark: #000; --mark-back: #fff; --link: #000; } }
"""


def hiding(statuses: list[str]) -> str:
    """Rules by which a box that is not ticked hides the rows of its status; no script is needed."""
    return "\n".join(
        f"body:has(#show-{status}:not(:checked)) article.row-{status} {{ display: none; }}" for status in statuses
    )
