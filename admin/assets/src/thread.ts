// A freshly opened conversation shows its newest message; a link to one message wins.
export function showNewest(loaded: Element): void {
  const messages = loaded.matches('#conversation, body') ? loaded.querySelector('#messages') : null;
  if (!messages) return;
  const wanted = location.hash.startsWith('#message-') ? document.getElementById(location.hash.slice(1)) : null;
  const cards = messages.querySelectorAll<HTMLElement>(':scope > .message');
  const shown = wanted ?? (cards.length > 1 ? cards[cards.length - 1] : null);
  if (shown) messages.scrollTop = shown.offsetTop - (messages as HTMLElement).offsetTop - 8;
  const list = document.querySelector('[data-list]');
  if (list && getComputedStyle(list).display === 'none') loaded.querySelector<HTMLElement>('#conversation')?.focus();
}
