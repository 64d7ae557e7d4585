/** Readable on paper too: colours are only a second sign beside the label. */
export const style = `body { font: 1.1rem/2 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; }
.cognate-text { white-space: pre-wrap; }
.cognate-entity { background: var(--colour); border-radius: 0.35em; color: inherit; padding: 0.15em 0.35em; }
.cognate-label { font-size: 0.65em; font-weight: 700; margin-inline-start: 0.5em; opacity: 0.75; vertical-align: middle; }
@media (prefers-color-scheme: dark) {
  body { background: #1b1b1b; color: #eee; }
  .cognate-entity { color: #111; }
}
`;
