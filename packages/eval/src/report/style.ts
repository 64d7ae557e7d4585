/** Of a report: legible on light ground and dark, and on paper. */
export const style = `:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; background: #fff; }
h1 { font-size: 1.6rem; margin-bottom: 0.2rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc; } h3 { font-size: 1rem; margin-top: 1.6rem; }
.note { color: #666; font-size: 0.9rem; }
.tiles { display: flex; flex-wrap: wrap; gap: 0.8rem; padding: 0; list-style: none; }
.tiles li { border: 1px solid #ccc; border-radius: 0.4rem; padding: 0.5rem 0.9rem; min-width: 7rem; }
.tiles b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.8rem 0; font-size: 0.92rem; }
th, td { padding: 0.25rem 0.7rem; text-align: end; font-variant-numeric: tabular-nums; border-bottom: 1px solid #ddd; vertical-align: top; }
th:first-child, td:first-child { text-align: start; } th.words, td.words { text-align: start; }
.sum td { font-weight: 600; }
td.cell { --share: 0%; background: color-mix(in srgb, #0072b2 var(--share), transparent); } td.wrong { background: color-mix(in srgb, #d55e00 var(--share), transparent); }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; border: 1px solid #ddd; border-radius: 0.4rem; }
mark { background: none; color: inherit; border-radius: 0.25em; padding: 0.05em 0.2em; }
.gold { box-shadow: inset 0 -0.22em #009e73; } .predicted { background: #d55e0038; }
.label { font-size: 0.72em; font-weight: 700; opacity: 0.85; margin-inline-start: 0.3em; }
.label.g { color: #00795a; } .label.p { color: #b34700; }
ul.examples { margin: 0; padding-inline-start: 1.1rem; } pre { background: #8881; padding: 0.8rem; overflow-x: auto; border-radius: 0.4rem; font-size: 0.85rem; }
@media (prefers-color-scheme: dark) { body { color: #e4e4e4; background: #1b1b1b; } .note { color: #aaa; } .label.g { color: #4fd1ab; } .label.p { color: #ff9c5a; } th, td { border-color: #444; } }
`;
