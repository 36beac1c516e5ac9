// Sizes the frames of HTML mail to what is in them. The frames run no script; the page reaches in.
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
