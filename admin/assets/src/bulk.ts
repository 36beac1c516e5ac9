// Selecting rows, and selects that hand in their form as soon as something is chosen.
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('[data-rows-list] .row:not([hidden]) input[name="ids"]')];

document.addEventListener('change', event => {
  const changed = event.target as HTMLElement;
  if (changed.matches('[data-select-all]'))
    for (const box of boxes()) box.checked = (changed as HTMLInputElement).checked;
  if (changed.matches('[data-select-all], input[name="ids"]')) count();
  if (changed.matches('select[data-submit-on-change]') && (changed as HTMLSelectElement).value !== '')
    (changed as HTMLSelectElement).form!.requestSubmit();
});
document.addEventListener('rows:changed', count);
document.addEventListener('htmx:afterSettle', count);
document.addEventListener('focusin', event => {
  if (event.target instanceof HTMLInputElement && event.target.matches('[data-select-on-focus]')) event.target.select();
});

function count(): void {
  const all = boxes();
  const picked = all.filter(box => box.checked).length;
  const place = document.querySelector('[data-picked]');
  if (place) place.textContent = picked === 0 ? '' : `${picked}`;
  const selectAll = document.querySelector<HTMLInputElement>('[data-select-all]');
  if (!selectAll) return;
  selectAll.checked = picked > 0 && picked === all.length;
  selectAll.indeterminate = picked > 0 && picked < all.length;
}
