// Parts that ask for themselves again: not while nobody looks, at once when somebody does again.
import htmx from 'htmx.org';

document.addEventListener('htmx:beforeRequest', event => {
  const { elt } = (event as CustomEvent<{ elt: Element }>).detail;
  if (elt.matches('[data-polled]') && document.visibilityState !== 'visible') event.preventDefault();
});

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  for (const part of document.querySelectorAll('[data-polled]')) htmx.trigger(part, 'shown');
});
