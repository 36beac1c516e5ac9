// Filters the rows that are loaded, in the browser; what is typed is not part of the address.
const field = () => document.querySelector<HTMLInputElement>('[data-quick-filter]');

function filter(): void {
  const words = (field()?.value ?? '').toLocaleLowerCase().split(/\s+/).filter(word => word !== '');
  for (const row of document.querySelectorAll<HTMLElement>('[data-rows-list] > .row')) {
    const text = (row.textContent ?? '').toLocaleLowerCase();
    row.hidden = !words.every(word => text.includes(word));
  }
}

document.addEventListener('input', event => {
  if ((event.target as Element).matches('[data-quick-filter]')) filter();
});
document.addEventListener('rows:changed', () => {
  if (field()?.value) filter();
});
