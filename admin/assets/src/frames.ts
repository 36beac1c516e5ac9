// Sizes the frames of HTML mail to what is in them and folds the quoted tail. The frames run no script; the page reaches in.
const tallest = 30_000;

export function fitFrames(root: ParentNode): void {
  const own = root instanceof HTMLIFrameElement && root.matches('[data-frame]') ? [root] : [];
  for (const frame of [...own, ...root.querySelectorAll<HTMLIFrameElement>('iframe[data-frame]')]) {
    if (frame.dataset.watched) continue;
    frame.dataset.watched = 'true';
    frame.addEventListener('load', () => settle(frame));
    if (frame.contentDocument?.readyState === 'complete' && frame.contentDocument.URL !== 'about:blank') settle(frame);
  }
}

function settle(frame: HTMLIFrameElement): void {
  const inside = frame.contentDocument;
  if (!inside?.body) return;
  foldQuote(inside);
  fit(frame);
  new ResizeObserver(() => fit(frame)).observe(inside.body);
}

function fit(frame: HTMLIFrameElement): void {
  const inside = frame.contentDocument;
  if (!inside?.body) return;
  const wide = inside.documentElement.scrollWidth > inside.documentElement.clientWidth ? 16 : 0;
  const height = Math.min(tallest, Math.ceil(inside.body.getBoundingClientRect().height) + wide);
  frame.style.height = `${height}px`;
}

/** Folds from the first quote on, when nothing but quotes follows: an answer between quotes stays in sight. */
function foldQuote(inside: Document): void {
  if (inside.querySelector('details[data-quoted]')) return;
  const quote = inside.querySelector('blockquote, .gmail_quote, #divRplyFwdMsg');
  if (!quote) return;
  const tail = tailFrom(quote, inside.body);
  const after = tail.filter(node => node !== quote && !(quote.id === 'divRplyFwdMsg')).map(node => node.textContent ?? '').join('');
  if (after.trim() !== '' || before(quote, inside.body).trim() === '') return;
  const details = inside.createElement('details');
  details.dataset.quoted = 'true';
  const summary = inside.createElement('summary');
  summary.textContent = 'Show quoted text';
  details.append(summary);
  quote.before(details);
  details.append(...tail);
}

/** The quote and what follows it beside it; nothing when text follows elsewhere. */
function tailFrom(quote: Element, body: Element): Node[] {
  const tail: Node[] = [];
  for (let node: Node | null = quote; node; node = node.nextSibling) tail.push(node);
  for (let up = quote.parentElement; up && up !== body; up = up.parentElement)
    for (let node = up.nextSibling; node; node = node.nextSibling)
      if ((node.textContent ?? '').trim() !== '') return [body];
  return tail;
}

function before(quote: Element, body: Element): string {
  const range = quote.ownerDocument.createRange();
  range.setStart(body, 0);
  range.setEndBefore(quote);
  return range.toString();
}
