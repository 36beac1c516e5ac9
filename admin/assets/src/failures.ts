// Says in words what did not work; the status region is read out by screen readers.
let quiet = 0;

export function say(words: string): void {
  const place = document.getElementById('say');
  if (!place) return;
  place.textContent = words;
  clearTimeout(quiet);
  quiet = window.setTimeout(() => { place.textContent = ''; }, 6_000);
}

const words: Record<number, string> = {
  401: 'You were signed out. Sign in in another tab, then send again.',
  400: 'This page is too old. Reload it and try again.',
  403: 'Your role does not allow this.',
  404: 'It is no longer there. It may have been deleted.',
  413: 'Too large: attachments may have 25 MB together.',
};

document.addEventListener('htmx:responseError', event => {
  const { elt, xhr } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest }>).detail;
  if (elt.matches('[data-polled]') && xhr.status >= 500) say('The gateway does not answer. What you see may be old.');
  else if (!xhr.getResponseHeader('HX-Redirect')) say(words[xhr.status] ?? 'That did not work. Nothing was lost; try again.');
});
document.addEventListener('htmx:sendError', event => {
  const { elt } = (event as CustomEvent<{ elt: Element }>).detail;
  say(elt.matches('[data-polled]') ? 'No connection. What you see may be old.' : 'No connection. Nothing was sent; try again.');
});
