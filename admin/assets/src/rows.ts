// Puts rows that came from the server (live stream, answers of forms) in their places in the list this tab shows.
import htmx from 'htmx.org';
import { watchTimes } from './times';

export type Counts = Record<string, number>;

export const list = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-list]');

export const shownConversation = (): HTMLElement | null => document.querySelector<HTMLElement>('#conversation[data-conversation]');

/** Takes the rows that stand in a template of a partial answer. */
export function adoptRows(root: Element): void {
  const templates = root.matches('template[data-rows]') ? [root] : root.querySelectorAll('template[data-rows]');
  for (const template of templates as Iterable<HTMLTemplateElement>) {
    setCounts(template.dataset.inbox ?? '', JSON.parse(template.dataset.counts ?? '{}'));
    for (const row of template.content.querySelectorAll<HTMLElement>('.row')) placeRow(row.cloneNode(true) as HTMLElement);
    template.remove();
  }
}

export function rowFrom(html: string): HTMLElement | null {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.querySelector<HTMLElement>('.row');
}

export function placeRow(row: HTMLElement): void {
  const here = list();
  const rows = here?.querySelector('[data-rows-list]');
  if (!here || !rows) return;
  const old = rowOf(row.dataset.id!);
  const belongs = row.dataset.inbox === here.dataset.inbox && row.dataset.views!.split(' ').includes(here.dataset.view!);
  if (!belongs) {
    removeRow(row.dataset.id!);
    return;
  }
  const after = here.dataset.after;
  if (after !== undefined && !old) return;
  const link = row.querySelector<HTMLAnchorElement>('a.open')!;
  link.setAttribute('href', `${here.dataset.base}/${row.dataset.id}${after === undefined ? '' : '?after=' + encodeURIComponent(after)}`);
  insert(rows, row, old, here.dataset.more !== undefined);
}

export function removeRow(id: string): void {
  const row = rowOf(id);
  if (!row) return;
  if (row.contains(document.activeElement))
    ((row.nextElementSibling ?? row.previousElementSibling)?.querySelector<HTMLElement>('a.open') ?? list())?.focus();
  row.remove();
  document.dispatchEvent(new Event('rows:changed'));
}

export function setCounts(inbox: string, counts: Counts): void {
  if (list()?.dataset.inbox !== inbox) return;
  for (const place of document.querySelectorAll<HTMLElement>('[data-count]')) {
    const count = counts[place.dataset.count!] ?? 0;
    place.textContent = count === 0 && place.matches('.count') ? '' : String(count);
  }
}

export function markCurrent(): void {
  const id = shownConversation()?.dataset.conversation;
  for (const link of document.querySelectorAll('.row a.open[aria-current]'))
    if (link.closest<HTMLElement>('.row')!.dataset.id !== id) link.removeAttribute('aria-current');
  if (id) rowOf(id)?.querySelector('a.open')?.setAttribute('aria-current', 'true');
}

function rowOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-rows-list] > .row[data-id="${CSS.escape(id)}"]`);
}

/** A row that is there already is changed, not replaced: it may have the focus, or wait for an answer. */
function insert(rows: Element, row: HTMLElement, old: HTMLElement | null, more: boolean): void {
  const at = Number(row.dataset.at);
  const others = [...rows.querySelectorAll<HTMLElement>(':scope > .row')].filter(other => other !== old);
  // Mail that was fetched together may be of one moment: then, as on the server, the newer conversation comes first.
  const next = others.find(other => Number(other.dataset.at) < at || (Number(other.dataset.at) === at && Number(other.dataset.id) < Number(row.dataset.id))) ?? null;
  if (!next && !old && more) return;
  const placed = old ?? row;
  if (old) patch(old, row);
  if (!old || old.nextElementSibling !== next) {
    const focused = placed.contains(document.activeElement) ? document.activeElement as HTMLElement : null;
    rows.insertBefore(placed, next);
    placed.classList.add('arrived');
    focused?.focus({ preventScroll: true });
  }
  if (!old) htmx.process(row);
  watchTimes(placed);
  markCurrent();
  document.dispatchEvent(new Event('rows:changed'));
}

function patch(old: HTMLElement, row: HTMLElement): void {
  old.className = row.className;
  Object.assign(old.dataset, row.dataset);
  old.querySelector('a.open')!.replaceChildren(...row.querySelector('a.open')!.childNodes);
}
