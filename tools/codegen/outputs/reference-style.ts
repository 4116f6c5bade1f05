/** The look of a reference page: the contents beside the text on wide screens, in front of it on narrow ones. */
export const REFERENCE_STYLE = `:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --panel: #f1f1ee; --line: #dddcd6; --text: #1d1e20; --quiet: #62666d; --link: #0a58b0;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161a; --panel: #1c1f25; --line: #323640; --text: #e4e6ea; --quiet: #9aa1ac; --link: #7db7ff; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; display: grid; grid-template-columns: 16rem minmax(0, 1fr);
  background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: 0.9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1.25rem;
  background: var(--panel); border-right: 1px solid var(--line); font-size: 0.9rem;
}
nav > a { display: block; margin-top: 1rem; color: var(--text); font-weight: 600; }
nav > a.home { margin-top: 0; font-size: 1.05rem; }
nav ul { margin: 0.25rem 0 0; padding: 0; list-style: none; }
nav li { overflow-wrap: anywhere; }
main { max-width: 72rem; padding: 2rem 2.5rem 6rem; }
h1 { margin: 0 0 0.5rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.4rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.1rem; display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; }
h3 a { color: inherit; margin-right: 0.25rem; overflow-wrap: anywhere; }
h3 span {
  padding: 0 0.5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet);
  font-size: 0.8rem; font-weight: 400;
}
p { margin: 0.5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
section { margin: 2rem 0; scroll-margin-top: 1rem; }
section:target h3 > a { text-decoration: underline; }
dl { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin: 1.25rem 0 0; }
dt { color: var(--quiet); font-size: 0.8rem; }
dd { margin: 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-size: 0.8rem; font-weight: 400; }
td { font-variant-numeric: tabular-nums; }
td:not(:last-child) { white-space: nowrap; }
td:last-child { width: 40%; min-width: 12rem; overflow-wrap: anywhere; }
@media (max-width: 48rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1.5rem 1rem 4rem; }
}
`;
