import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';

const home = 'https://github.com/cognate-nlp/cognate';

/** Stands for the root of the site in links of Markdown, where nobody knows how deep the page will lie. */
const siteScheme = 'site:';

/**
 * A page of the repository as the site has it: links to what is on the site lead there, links to other files to the repository's home.
 *
 * @param {string} markdown
 * @param {string} page path of the page from the root of the repository, with `/`
 * @param {string} root of the repository
 * @param {ReadonlyMap<string, string>} onSite path from the root -> page of the site; pages that are documents themselves are '' and
 *   keep their links
 */
export function linksForSite(markdown, page, root, onSite) {
  return mapLinks(markdown, (target) => {
    if (target === '' || target.startsWith('#') || /^[a-z]+:/i.test(target)) return target;
    const [file, fragment] = target.split('#', 2);
    const anchor = fragment === undefined ? '' : `#${fragment}`;
    const path = posix.normalize(posix.join(posix.dirname(page), decodeURI(file))).replace(/\/$/, '');
    const found = onSite.get(path) ?? onSite.get(path.replace(/\/README\.md$/, ''));
    if (found === '') return target;
    if (found !== undefined) return `${siteScheme}${found}${anchor}`;
    if (!existsSync(join(root, path))) throw new Error(`${page}: a link to ${target}, which is not there`);
    const kind = statSync(join(root, path)).isDirectory() ? 'tree' : 'blob';
    return `${home}/${kind}/main/${path}${anchor}`;
  });
}

/** Changes the targets of the links of a Markdown text; images, which the site takes along, and code are left alone. */
function mapLinks(markdown, change) {
  const code = /^```[\s\S]*?^```$|`[^`\n]*`/gm;
  const parts = [];
  let at = 0;
  for (const match of markdown.matchAll(code)) {
    parts.push(inProse(markdown.slice(at, match.index)), match[0]);
    at = match.index + match[0].length;
  }
  parts.push(inProse(markdown.slice(at)));
  return parts.join('');

  function inProse(text) {
    return text.replace(/(?<!!\[[^\]]*)\]\(\s*<?([^)\s>]+)/g, (_, target) => `](${change(target)}`);
  }
}

/** A page of the built site with links to the root of the site made relative. */
export function resolveSiteLinks(html, page) {
  const depth = page.split('/').length - 1;
  return html.replaceAll(`href="${siteScheme}`, `href="${'../'.repeat(depth)}`);
}

/**
 * The links of a built site that lead nowhere: to a page or file that is not there, or to a place that the page does not have.
 *
 * @param {string} folder
 * @returns {string[]} as `page: target`
 */
export function brokenLinks(folder) {
  const pages = new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files) {
    if (file.endsWith('.html')) pages.set(join(folder, file), readFileSync(join(folder, file), 'utf8'));
  }
  const ids = new Map();
  const idsOf = (path) => {
    if (!ids.has(path)) {
      const found = [...(pages.get(path) ?? '').matchAll(/\s(?:id|name)="([^"]*)"/g)];
      ids.set(path, new Set(found.map(([, id]) => unescape(id))));
    }
    return ids.get(path);
  };
  const broken = [];
  for (const [path, html] of pages) {
    for (const [, raw] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      const target = unescape(raw);
      if (/^(?!site:)[a-z][a-z+.-]*:/i.test(target)) continue;
      const [file, fragment = ''] = target.split('#', 2);
      const goal = file === '' ? path : resolve(dirname(path), decodeURI(file));
      const page = existsSync(goal) && statSync(goal).isDirectory() ? join(goal, 'index.html') : goal;
      const there =
        existsSync(page) &&
        (fragment === '' || !pages.has(page) || idsOf(page).has(decodeURIComponent(fragment)));
      if (!there) broken.push(`${relative(folder, path).split(sep).join('/')}: ${target}`);
    }
  }
  return [...new Set(broken)].sort();
}

const unescape = (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
